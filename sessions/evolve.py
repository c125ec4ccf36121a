"""What an event does to a room: it depends on the event alone, never on today's formats or settings."""

from sessions.record.record import Record
from sessions.room import Room
from sessions.rules.event import BoardEvent, Event, RecordEvent, RoomEvent, SessionEvent


def new_room(id: str) -> Room:
    """A room in which nothing has happened yet."""
    return Room(id, Record())


def evolve(room: Room, session: str, event: Event) -> None:
    """Change ``room`` in place by one event of the session with this code, remembering what it touched."""
    match event:
        case BoardEvent():
            event.evolve(room.sessions[session].board)
        case SessionEvent():
            event.evolve(room.sessions[session])
        case RecordEvent():
            event.evolve(room.record)
        case RoomEvent():
            event.evolve(room)
