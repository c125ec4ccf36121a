"""Taking a file into a room's record, whole or not at all; and saying beforehand what it would bring."""

from typing import Any, cast

from sessions.record.files.importing import Imported
from sessions.record.files.incoming import Incoming
from sessions.record.files.preview import preview
from sessions.record.files.settling import counts, settle, weigh
from sessions.room import Room
from sessions.rules.event import Event
from sessions.rules.refusal import Refused
from workshop import stream
from workshop.asking import new_id
from workshop.clock import now_ms
from workshop.open_room import OpenRoom

#: How much of what a file brings, and how much of it is new, by kind.
Brought = dict[str, dict[str, int]]


async def take_in(room: OpenRoom, came: Incoming, by: str = "") -> Brought:
    """Take a file into the record, whole; returns how much of what it brought."""
    found: Brought = {}

    def settled(room: Room) -> Event:
        event = _as_kept(settle(room, came, now_ms(), by, new_id))
        found.update(counts(room, event))
        return event

    await room.turns.fill(settled)
    return found


async def would_bring(room: OpenRoom, came: Incoming) -> dict[str, Any]:
    """What a file would bring, goal by goal, and what of it is not used; nothing is taken in."""

    def looked() -> dict[str, Any]:
        event = weigh(room.room, came, now_ms(), "", new_id)
        seen = preview(room.room, event)
        return {
            "brings": counts(room.room, event),
            "goals": seen.goals,
            "changed": seen.changed,
            "anything": seen.anything,
            "unused": [unused.told() for unused in sorted(came.unused, key=lambda one: one.line)],
            "columns": came.columns,
        }

    return await room.turns.apart(looked)


def _as_kept(event: Imported) -> Imported:
    """The fact as it will be read again; refused as ``bad_file`` where something in it cannot be kept."""
    try:
        return cast("Imported", stream.read(stream.write(event)))
    except (ValueError, TypeError, OverflowError) as fault:
        raise Refused("bad_file", "Something in this file cannot be kept. Nothing was imported.") from fault
