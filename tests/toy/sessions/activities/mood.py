"""A toy from outside: everybody says how they are in one word, and all see the words when they are shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from sessions.activities.activity import Activity, Main, Pens
from sessions.activities.playing import Chance, Plays, Seen
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import ForAll, Shown, Sight
from sessions.room.part import Part
from sessions.room.section import Line, Section
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords


@dataclass(slots=True)
class Moods(Part):
    """A word of each pen, and whether all are shown."""

    words: dict[str, str] = field(default_factory=dict)
    shown: bool = False


class MoodSaid(SessionEvent, frozen=True, tag="mood_said"):
    """A pen says a word, or another one."""

    unsigned: ClassVar[bool] = True
    own_words: ClassVar[tuple[str, ...]] = ("word",)
    pen: str
    word: str

    def evolve(self, session: Session) -> None:
        session.part(Moods).words[self.pen] = self.word
        session.touch("moods")
        session.board.touched_pens.add(self.pen)


class MoodsShown(SessionEvent, frozen=True, tag="moods_shown"):
    """Everybody sees the words."""

    def evolve(self, session: Session) -> None:
        session.part(Moods).shown = True
        session.touch("moods", "mood")


class SayMood(Command, frozen=True, tag="say_mood"):
    """Say how one is, in a word, unsigned."""

    who = "participants"
    word: LineWords

    def decide(self, turn: Turn) -> list[Event]:
        if turn.session.part(Moods).shown:
            raise Refused("already_shown", "The words are shown. Say yours aloud.")
        return [MoodSaid(pen=turn.pen("mood"), word=text.clean(self.word, 30, "Your word"))]


class MoodShown(Shown, frozen=True):
    """All words, in no order that says whose they are."""

    words: list[str]


class MoodOnTheWall(ForAll):
    """All words together, once they are shown."""

    name = "mood"
    shape = MoodShown

    def look(self, sight: Sight, id: str) -> MoodShown | None:
        kept = sight.session.part(Moods)
        return MoodShown(sorted(kept.words.values())) if kept.shown else None


def told(room: Room, session: Session) -> Iterator[Section]:
    """The words, in no order that says whose they are."""
    kept = session.part(Moods)
    words = sorted(kept.words.values()) if kept.shown else []
    lines = [Line(text=word, row="mood") for word in words]
    yield Section(key="moods", title="How we were", order=5, set="chips", lines=lines, data={"moods": words})


class MoodStep(Shown, frozen=True):
    """How many words were said, and whether they are shown."""

    said: int
    shown: bool


class MoodMine(Shown, frozen=True):
    """One's own word."""

    word: str


class Mood(Activity):
    """How are you, in a word?"""

    name = "mood"
    takes = (SayMood,)
    watches = frozenset({"moods"})
    tells = (told,)

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        kept = session.part(Moods)
        return bool(kept.words) and not kept.shown

    def reveal(self, turn: Turn) -> list[Event]:
        return [] if turn.session.part(Moods).shown else [MoodsShown()]

    def main(self, room: Room, session: Session) -> Main | None:
        return None if session.part(Moods).shown else Main("Show the words", "reveal")

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone when we show them, unsigned."

    def everyone(self, room: Room, session: Session) -> MoodStep:
        kept = session.part(Moods)
        return MoodStep(said=len(kept.words), shown=kept.shown)

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> MoodMine:
        words = session.part(Moods).words
        return MoodMine(next((words[pen] for pen in pens("mood") if pen in words), ""))

    def play(self, seen: Seen, chance: Chance) -> Plays:
        yield "say_mood", {"word": chance.choice(["curious", "tired", "sunny"])}
