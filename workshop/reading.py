"""A room as the log has it, read without touching anything that runs; it can be done apart from the loop."""

from dataclasses import dataclass

from sessions.evolve import evolve, new_room
from sessions.room import Room
from sessions.running.opening import SessionOpened
from workshop import stream
from workshop.store import Store


@dataclass(frozen=True)
class Reading:
    """A room with its record and these of its sessions, and how many bytes that are."""

    room: Room
    sessions: list[str]
    size: int


def read(store: Store, id: str, sessions: list[str]) -> Reading:
    """The record and these sessions as the log has them; other sessions are noted by name."""
    room, size = new_room(id), 0
    for _, session, body in store.events(id, sessions):
        size += len(body)
        event = stream.read(body)
        if isinstance(event, SessionOpened) and event.code not in sessions:
            event.note(room)
        else:
            evolve(room, session, event)
    return Reading(room, sessions, size)


def read_open(store: Store, id: str, also: list[str] | None = None) -> Reading:
    """The room with every session that is not over, and those that were brought back besides."""
    rows = store.sessions_of(id)
    found = read(store, id, [row["code"] for row in rows if not row["ended"] or row["code"] in (also or ())])
    for row in rows:
        if row["ended"] and row["code"] in found.room.held:
            found.room.held[row["code"]].ended = row["ended"]
    return found
