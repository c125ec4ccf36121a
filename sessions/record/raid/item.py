"""What could go wrong: risks, assumptions, issues and dependencies that are watched, each with one name.

Source: S4, the RAID log; “no open row without one name, stale ones first” (``field-festival.md``, 37).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sessions.rules.event import SignedEvent

if TYPE_CHECKING:
    from sessions.record.record import Record

#: What an item can be, as people read it.
SORTS = {"risk": "Risk", "assumption": "Assumption", "issue": "Issue", "dependency": "Dependency"}
RaidSort = Literal["risk", "assumption", "issue", "dependency"]


@dataclass(slots=True)
class RaidItem:
    """Something to watch. ``owner`` is one name; ``due`` a day; ``closed`` when nobody has to watch it any more."""

    id: str
    sort: str
    statement: str
    owner: str = ""
    impact: str = ""
    response: str = ""
    due: str = ""
    closed: bool = False
    changed: int = 0
    session: str = ""
    order: int = 0
    #: What a file said of it besides.
    kept: dict[str, Any] = field(default_factory=dict)


class RaidListed(SignedEvent, frozen=True, tag="raid_listed"):
    """Something to watch stands on the list."""

    item: str
    sort: str
    statement: str
    owner: str = ""

    def evolve(self, record: Record) -> None:
        order = len(record.raid)
        found = RaidItem(self.item, self.sort, self.statement, self.owner, session=self.session, order=order)
        found.changed = self.at
        record.raid[self.item] = found
        record.revise(self, "", self.item, "raid", "", self.statement)
        record.touch("raid:" + self.item)


class RaidChanged(SignedEvent, frozen=True, tag="raid_changed"):
    """One field of an item says this now, or it is closed, or open again."""

    item: str
    field: str
    value: str

    def evolve(self, record: Record) -> None:
        found = record.raid[self.item]
        if self.field == "closed":
            found.closed = self.value == "yes"
        else:
            setattr(found, self.field, self.value)
        found.changed = self.at
        record.touch("raid:" + self.item)
