"""A failure trigger that fired: who saw what on which day, how fast it was raised, and the answer in its window.

Source: S4 (“failure triggers”; a response window “for both the team raising… and the leader”).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sessions.record.decisions import is_whose
from sessions.room import AnywhereCommand, Keeping, Turn
from sessions.rules import text
from sessions.rules.days import a_day
from sessions.rules.event import Event, SignedEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import NameWords, NoteWords

if TYPE_CHECKING:
    from sessions.record.dependencies.dependency import Dependency
    from sessions.record.record import Record

HOUR = 3_600_000


@dataclass(slots=True)
class Fired:
    """A trigger that fired on a day (ISO), raised and answered at Unix milliseconds (0: not yet)."""

    day: str
    words: str
    team: str
    raised: int
    answer: str = ""
    name: str = ""
    answered: int = 0


class TriggerFired(SignedEvent, frozen=True, tag="trigger_fired"):
    """A need's failure trigger fired on a day, and somebody has raised it."""

    dependency: str
    day: str
    words: str
    team: str = ""

    def evolve(self, record: Record) -> None:
        need = record.dependencies[self.dependency]
        need.fired = Fired(self.day, self.words, self.team, self.at)
        record.revise(self, "", need.id, "dependency.fired", "", self.words)
        record.touch("dependency:" + need.id, "needs")


class TriggerAnswered(SignedEvent, frozen=True, tag="trigger_answered"):
    """Somebody has answered what was raised, and is named for it."""

    dependency: str
    answer: str
    name: str

    def evolve(self, record: Record) -> None:
        need = record.dependencies[self.dependency]
        if need.fired is not None:
            record.revise(self, "", need.id, "dependency.answered", need.fired.answer, self.answer)
            need.fired.answer, need.fired.name, need.fired.answered = self.answer, self.name, self.at
        record.touch("dependency:" + need.id, "needs")


class RaiseTrigger(AnywhereCommand, frozen=True, tag="raise_trigger"):
    """Say that a need is off track, as its trigger said: what was seen, and on which day (ISO; today without one)."""

    dependency: Id
    text: NoteWords
    day: str = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        need = _found(turn, self.dependency)
        if not turn.keeps and turn.own_team not in (need.consumer, need.provider):
            names = {"consumer": turn.record.team_name(need.consumer), "provider": turn.record.team_name(need.provider)}
            raise Refused("not_yours", "Only {consumer} and {provider} say that this is off track.", names)
        if not need.live:
            raise Refused("not_from_here", "Nobody counts on this any more.", text=self.text)
        words = text.clean(self.text, text.NOTE, "What you saw")
        today = datetime.fromtimestamp(turn.by.at / 1000, UTC).date().isoformat()
        day = a_day(self.day) or today
        if need.fired and (need.fired.day, need.fired.words) == (day, words):
            return []
        return [TriggerFired(dependency=need.id, day=day, words=words, team=turn.own_team)]


class AnswerTrigger(AnywhereCommand, frozen=True, tag="answer_trigger"):
    """Answer what was raised: what happens now, by name; for leaders, and for whoever writes it down for them."""

    dependency: Id
    text: NoteWords
    name: NameWords = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        need = _found(turn, self.dependency)
        if need.fired is None:
            raise Refused("not_from_here", "Nobody has raised this.", text=self.text)
        name = text.optional(self.name, text.NAME, "The name").replace("\n", " ") or turn.room.name_of(turn.by.person)
        if not turn.keeps and not is_whose(turn, name):
            raise Refused("not_yours", "Whoever leads answers, or whoever facilitates writes it down.", text=self.text)
        if not name:
            raise Refused("needs_name", "Say who answers: an answer has a name.", text=self.text)
        answer = text.clean(self.text, text.NOTE, "The answer")
        if (need.fired.answer, need.fired.name) == (answer, name):
            return []
        return [TriggerAnswered(dependency=need.id, answer=answer, name=name)]


def in_words(record: Record, fired: Fired) -> list[str]:
    """What happened, each a sentence: that it fired, how fast it was raised, how fast it was answered."""
    said = [f"Off track since {_day(fired.day)}: {fired.words}"]
    began = round(datetime.fromisoformat(fired.day).replace(tzinfo=UTC).timestamp() * 1000) if fired.day else 0
    said.append(_within("Raised", fired.raised - began - 24 * HOUR, record.brief.get("raise_window", "")))
    if fired.answered:
        late = _within("Answered", fired.answered - fired.raised, record.brief.get("answer_window", ""))
        said.append(f"{fired.name}: {fired.answer}")
        said.append(late)
    else:
        window = record.brief.get("answer_window", "")
        said.append(f"Not answered yet; an answer is due within {window} hours." if window else "Not answered yet.")
    return [sentence for sentence in said if sentence]


def _day(iso: str) -> str:
    moment = datetime.fromisoformat(iso)
    return f"{moment.day} {moment:%B}"


def _within(what: str, took: int, window: str) -> str:
    """Whether it was in its window; a day counts as a whole, so that a time zone makes nobody late."""
    if not window.isdecimal():
        return ""
    return f"{what} within {window} hours." if took <= int(window) * HOUR else f"{what} after more than {window} hours."


def _found(turn: Turn | Keeping, id: str) -> Dependency:
    need = turn.record.dependencies.get(id)
    if need is None:
        raise Refused("no_such_need", "That need is not there any more.")
    return need
