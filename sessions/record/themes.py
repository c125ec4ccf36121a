"""Themes: what people said matters, as a pulse found it; and what became of each, which is answered later.

Source: S0 (“most priorities… will not make it”: every theme is told what happened to it).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from sessions.room import Keeping, RecordCommand, Room
from sessions.room.kind import OfRecord, Shown
from sessions.rules import text
from sessions.rules.event import Event, RecordEvent, SignedEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import NoteWords

if TYPE_CHECKING:
    from sessions.record.record import Record


@dataclass(slots=True)
class Theme:
    """What a pulse found: its words, what was put together in it, its dots, and what became of it.

    ``now`` and ``later`` are dots by when, -1 where too few voted to say; ``teams`` are those that brought it up.
    """

    id: str
    words: str
    session: str
    dots: int
    now: int
    later: int
    notes: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    state: str = "open"
    reason: str = ""
    order: int = 0


class ThemeFound(RecordEvent, frozen=True, tag="theme_found"):
    """A pulse found this; nothing of who wrote it."""

    theme: str
    words: str
    session: str
    dots: int = 0
    now: int = -1
    later: int = -1
    notes: list[str] = []
    teams: list[str] = []

    def evolve(self, record: Record) -> None:
        record.themes[self.theme] = Theme(
            self.theme, self.words, self.session, self.dots, self.now, self.later, list(self.notes), list(self.teams),
            order=len(record.themes),
        )  # fmt: skip
        record.touch("theme:" + self.theme)


class ThemeAnswered(SignedEvent, frozen=True, tag="theme_answered"):
    """What became of a theme, and why; an empty answer opens it again."""

    theme: str
    answer: str
    reason: str

    def evolve(self, record: Record) -> None:
        theme = record.themes[self.theme]
        was = IN_WORDS.get(theme.state, "")
        theme.state, theme.reason = self.answer or "open", self.reason
        record.revise(self, "", theme.id, "theme", was, IN_WORDS.get(theme.state, ""))
        record.touch("theme:" + self.theme)


Answer = Literal["taken_up", "in_part", "not_now", ""]
#: What becomes of a theme, as people read it.
IN_WORDS = {"taken_up": "Taken up", "in_part": "In part", "not_now": "Not now"}


class AnswerTheme(RecordCommand, frozen=True, tag="answer_theme"):
    """Say what became of a theme, with a reason for those who brought it up; for leaders, or with the room's key."""

    theme: Id
    answer: Answer
    reason: NoteWords = ""

    def decide(self, turn: Keeping) -> list[Event]:
        theme = turn.record.themes.get(self.theme)
        if theme is None:
            raise Refused("no_such_theme", "That theme is not there any more.")
        if not turn.may_answer():
            raise Refused("not_yours", "Only the leaders say what becomes of it.")
        reason = text.optional(self.reason, what="The reason")
        if self.answer and not reason:
            raise Refused("needs_reason", "Whoever brought this up wants to know why. Add a reason of one line.")
        if (theme.state, theme.reason) == (self.answer or "open", reason):
            return []
        return [ThemeAnswered(theme=theme.id, answer=self.answer, reason=reason)]


class ThemeShown(Shown, frozen=True):
    """What people said matters: with its dots (by when, where enough voted), its teams, and what became of it."""

    words: str
    session: str
    dots: int
    now: int
    later: int
    notes: list[str]
    teams: list[str]
    state: str
    reason: str
    order: int


class ThemeSeen(OfRecord):
    """A theme."""

    name = "theme"
    shape = ThemeShown
    on = frozenset({"team"})

    def ids(self, room: Room) -> Iterable[str]:
        return room.record.themes

    def look(self, room: Room, id: str) -> ThemeShown | None:
        theme = room.record.themes.get(id)
        if theme is None:
            return None
        return ThemeShown(
            words=theme.words,
            session=theme.session,
            dots=theme.dots,
            now=theme.now,
            later=theme.later,
            notes=theme.notes,
            teams=[room.record.team_name(team) for team in theme.teams],
            state=theme.state,
            reason=theme.reason,
            order=theme.order,
        )


def told(room: Room) -> list[str]:
    """The themes of the last pulse, those with most dots first: what a draft begins with."""
    themes = list(room.record.themes.values())
    if not themes:
        return []
    last = [theme for theme in themes if theme.session == themes[-1].session]
    return [theme.words for theme in sorted(last, key=lambda theme: -theme.dots)]
