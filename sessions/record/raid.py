"""Risks, assumptions, issues and dependencies to watch: each with one name, its impact, and what is done about it.

Source: S4, the RAID log; “no open row without one name, stale ones first” (``field-festival.md``, 37).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sessions.record.brief import a_day
from sessions.room import AnywhereCommand, Keeping, Room, Turn
from sessions.room.kind import OfRecord, Shown
from sessions.rules import bounds, text
from sessions.rules.event import Event, SignedEvent
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import NoteWords

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


class ChangeRaid(AnywhereCommand, frozen=True, tag="change_raid"):
    """Change one field of something that is watched; ``was`` is what the change started from."""

    item: Id
    field: Literal["statement", "owner", "impact", "response", "due"]
    value: NoteWords = ""
    was: str | None = None

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        found = _found(turn, self.item)
        now: str = getattr(found, self.field)
        same_as_before(self.was, now, self.value)
        most = {"owner": text.NAME, "due": text.NAME}.get(self.field, text.NOTE)
        value = text.optional(self.value, most, "This").replace("\n", " ")
        if self.field == "statement":
            value = text.clean(self.value, what="What is watched")
        if self.field == "due":
            value = a_day(value)
        return [RaidChanged(item=found.id, field=self.field, value=value)] if value != now else []


class CloseRaid(AnywhereCommand, frozen=True, tag="close_raid"):
    """Say that something has to be watched no longer, or again; what is closed has had one name."""

    item: Id
    closed: bool = True

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        found = _found(turn, self.item)
        if self.closed and not found.owner:
            raise Refused("needs_owner", "Say first who has looked after it: one name.")
        value = "yes" if self.closed else ""
        return [RaidChanged(item=found.id, field="closed", value=value)] if found.closed != self.closed else []


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


def listed(turn: Turn, sort: str, statement: str, owner: str = "") -> RaidListed:
    """The fact that something stands on the list from now on."""
    bounds.must_fit("things to watch", len(turn.record.raid) + 1)
    return RaidListed(item=turn.by.new_id(), sort=sort, statement=statement, owner=owner)


def _found(turn: Turn | Keeping, id: str) -> RaidItem:
    found = turn.record.raid.get(id)
    if found is None:
        raise Refused("no_such_item", "That is not on the list any more.")
    if not turn.own_team and not turn.keeps and not turn.by.person:
        raise Refused("not_yours", "Join a session of this room first, so that people know who says it.")
    return found


def take_in_raid(record: Record, rows: object) -> None:
    """What a file says is watched, by its id; rows without one, or without words, stay as they came."""
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict) or not row.get("id") or not isinstance(row.get("statement"), str):
            continue
        key, sort = str(row["id"]), str(row.get("type") or "risk")
        known = record.raid.get(key)
        order = known.order if known else len(record.raid)
        item = RaidItem(key, sort if sort in SORTS else "risk", row["statement"][: text.NOTE], order=order)
        for name, most in (("owner", text.NAME), ("impact", text.NOTE), ("response", text.NOTE), ("due", 10)):
            if isinstance(row.get(name), str):
                setattr(item, name, row[name][:most])
        item.closed = row.get("status") == "closed"
        record.raid[key] = item
        record.touch("raid:" + key)
