"""Which line of a goal above another goal serves, and how; or why none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sessions.rules.event import RecordEvent

if TYPE_CHECKING:
    from sessions.record.record import Record


@dataclass(slots=True)
class Alignment:
    """A child objective serves a parent objective or result, in one of three ways; or says why not."""

    child: str
    parent: str
    kind: str
    reason: str = ""
    kept: dict[str, Any] = field(default_factory=dict)


class Aligned(RecordEvent, frozen=True, tag="aligned"):
    """An objective serves a parent in one of three ways, or (no parent) says why it serves none."""

    objective: str
    parent: str
    kind: Literal["explicit", "directional", "shared", ""]
    reason: str = ""

    def evolve(self, record: Record) -> None:
        for key in [k for k, link in record.alignments.items() if link.child == self.objective]:
            del record.alignments[key]
        record.objectives[self.objective].unaligned = "" if self.parent else self.reason
        if self.parent:
            link = Alignment(self.objective, self.parent, self.kind, self.reason)
            record.alignments[f"{self.objective}.{self.parent}"] = link
        record.touch("objective:" + self.objective)
