"""A room as the log has it, read without touching anything that runs; it can be done apart from the loop."""

from dataclasses import dataclass

from sessions.evolve import evolve, new_room
from sessions.room import Room
from sessions.running.closing import Pulse
from sessions.running.opening import SessionOpened
from workshop import stream
from workshop.digests import PULSE, digest
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


def give_back(store: Store, room: Room, sessions: list[str], heard: set[bytes]) -> None:
    """What is kept apart from the stream: who holds which pen, what was heard, who has answered the exit pulse.

    Who has answered is found by a digest that is kept in no order and beside no answer.
    """
    for row in store.pens(sessions):
        room.give_pen(row["session"], row["person"], row["pile"], row["pen"], row["hand"])
    heard |= store.heard(sessions)
    for session in (room.sessions[code] for code in sessions if code in room.sessions):
        entries = {person: room.entries(person) for person in session.roles}
        session.part(Pulse).answered = {
            p for p, known in entries.items() if any(digest(e, PULSE) in heard for e in known)
        }
