"""What somebody settled that a vote did not, and is named for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.room import Keeping, Turn
from sessions.rules import text
from sessions.rules.event import RecordEvent

if TYPE_CHECKING:
    from sessions.record.record import Record


@dataclass(slots=True)
class Decision:
    """Something settled, and by whom."""

    session: str
    objective: str
    text: str
    by: str


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

    def evolve(self, record: Record) -> None:
        record.decisions.append(Decision(self.session, self.objective, self.text, self.by))
        record.touch("objective:" + self.objective)
