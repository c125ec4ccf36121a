"""Changing what is watched: one field at a time, and closing it once nobody has to."""

from typing import Literal

from sessions.record.raid.item import RaidChanged, RaidItem, RaidListed
from sessions.room import AnywhereCommand, Keeping, Turn
from sessions.rules import bounds, text
from sessions.rules.days import a_day
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import NoteWords


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
