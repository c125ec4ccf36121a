"""What somebody settled that a vote did not, and is named for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


class Decided(RecordEvent, frozen=True, tag="decided"):
    """Somebody settled what a vote did not, and is named for it."""

    session: str
    objective: str
    text: str
    by: str

    def evolve(self, record: Record) -> None:
        record.decisions.append(Decision(self.session, self.objective, self.text, self.by))
        record.touch("objective:" + self.objective)
