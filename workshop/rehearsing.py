"""A copy of a session in a room of its own, with nothing anybody wrote, to be played by simulated people."""

from sessions.decide import rehearsed
from sessions.running.beginning import rehearsal_of
from sessions.running.opening import RehearsalMarked
from workshop.directory import Rooms
from workshop.files import document
from workshop.joining import Opened, open_session
from workshop.taking_in import take_in


async def copy_for_rehearsal(rooms: Rooms, code: str) -> Opened:
    """The copy, and the keys to it."""
    room, session = rooms.must_find(code)
    opened = await open_session(rooms, session.format, f"Rehearsal: {session.title}"[:80])
    copy = rooms.room(opened.room)
    await copy.turns.ask(opened.code, lambda: [RehearsalMarked(of=session.code)])
    await take_in(copy, document.read(document.write(room.room, whole=False)))
    await copy.turns.ask(
        opened.code, lambda: [*rehearsal_of(room.room, session, copy.room), *rehearsed(room.room, session)]
    )
    return opened
