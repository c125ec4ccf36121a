"""What somebody settled that a vote did not, and is named for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.room import AnywhereCommand, Keeping, Room, Turn
from sessions.room.kind import OfRecord, Shown
from sessions.rules import text
from sessions.rules.days import a_day
from sessions.rules.event import Event, RecordEvent
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords, NameWords, NoteWords

if TYPE_CHECKING:
    from sessions.record.record import Record


@dataclass(slots=True)
class Decision:
    """Something settled, and by whom; with the question, the rule that won, who does it and by which day, if said."""

    session: str
    objective: str
    text: str
    by: str
    question: str = ""
    tie_breaker: str = ""
    owner: str = ""
    due: str = ""
    at: int = 0


def is_whose(turn: Turn | Keeping, name: str) -> bool:
    """Whether a decision is with whoever acts: one of the leaders the record knows, under this name.

    A name alone is anybody's: people say themselves what they are called.
    """
    own = turn.room.name_of(turn.by.person)
    return turn.by.person in turn.record.leaders and text.alike(own) == text.alike(name)


class Decided(RecordEvent, frozen=True, tag="decided"):
    """Somebody settled what a vote did not, and is named for it."""

    session: str
    objective: str
    text: str
    by: str
    question: str = ""
    tie_breaker: str = ""
    owner: str = ""
    due: str = ""
    at: int = 0

    def evolve(self, record: Record) -> None:
        more = (self.question, self.tie_breaker, self.owner, self.due, self.at)
        record.decisions.append(Decision(self.session, self.objective, self.text, self.by, *more))
        record.touch("objective:" + self.objective, f"decision:{len(record.decisions)}")


class LogDecision(AnywhereCommand, frozen=True, tag="log_decision"):
    """Write down a decision: the question, what was decided, by whom, by which rule, who does it and by which day.

    For whoever decides, and for whoever facilitates or keeps the record and writes it down for them.
    """

    question: LineWords
    text: NoteWords
    decider: NameWords
    tie_breaker: LineWords = ""
    owner: NameWords = ""
    day: str = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        decider = text.optional(self.decider, text.NAME, "The name of who decides").replace("\n", " ")
        if not decider:
            raise Refused("needs_decider", "Say who decided this: a decision has a name.", text=self.text)
        if not turn.keeps and not is_whose(turn, decider):
            sentence = "Whoever decides says it, or whoever facilitates writes it down."
            raise Refused("not_yours", sentence, text=self.text)
        if any((d.text, d.by, d.question) == (self.text, decider, self.question) for d in turn.record.decisions):
            return []
        return [
            Decided(
                session=turn.code,
                objective="",
                text=text.clean(self.text, text.NOTE, "The decision"),
                by=decider,
                question=text.clean(self.question, text.LINE, "The question").replace("\n", " "),
                tie_breaker=text.optional(self.tie_breaker, text.LINE, "The tie-breaker").replace("\n", " "),
                owner=text.optional(self.owner, text.NAME, "The name of who does it").replace("\n", " "),
                due=a_day(self.day),
                at=turn.by.at,
            )
        ]


class DecisionLogged(Shown, frozen=True):
    """Something that was settled, the newest last; days are ISO."""

    text: str
    by: str
    question: str
    tie_breaker: str
    owner: str
    due: str
    order: int


class DecisionSeen(OfRecord):
    """A decision that was asked a question; what votes and needs led to stands with them."""

    name = "decision"
    shape = DecisionLogged

    def ids(self, room: Room) -> Iterable[str]:
        return (str(at) for at, made in enumerate(room.record.decisions, 1) if made.question)

    def look(self, room: Room, id: str) -> DecisionLogged | None:
        made = room.record.decisions
        if not id.isdecimal() or not 1 <= int(id) <= len(made) or not made[int(id) - 1].question:
            return None
        found = made[int(id) - 1]
        return DecisionLogged(
            found.text, found.by, found.question, found.tie_breaker, found.owner, found.due, order=int(id)
        )
