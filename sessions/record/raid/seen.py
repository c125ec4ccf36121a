"""What a session and the record see of what is watched."""

from __future__ import annotations

from collections.abc import Iterable

from sessions.room import Room
from sessions.room.kind import OfRecord, Shown


class RaidShown(Shown, frozen=True):
    """Something to watch; ``changed`` is when it was looked at last (Unix milliseconds)."""

    sort: str
    statement: str
    owner: str
    impact: str
    response: str
    due: str
    closed: bool
    changed: int
    order: int


class RaidSeen(OfRecord):
    """Something to watch."""

    name = "raid"
    shape = RaidShown

    def ids(self, room: Room) -> Iterable[str]:
        return room.record.raid

    def look(self, room: Room, id: str) -> RaidShown | None:
        found = room.record.raid.get(id)
        if found is None:
            return None
        return RaidShown(
            sort=found.sort,
            statement=found.statement,
            owner=found.owner,
            impact=found.impact,
            response=found.response,
            due=found.due,
            closed=found.closed,
            changed=found.changed,
            order=found.order,
        )
