"""Deleting: a session, a room, or one person's words go, and open pages are told so."""

import asyncio
from collections.abc import Callable

from sessions.running import midway
from workshop import deleting, stream
from workshop.clock import now_ms
from workshop.directory import DAY, Rooms
from workshop.open_room import OpenRoom
from workshop.reading import read_open
from workshop.rhythm import today


async def delete_session(rooms: Rooms, code: str) -> None:
    """A session goes, whole, with its rehearsals; with its room where the room was opened for it alone."""
    room, _ = rooms.must_find(code)
    for id in rooms.store.rehearsals(of=[code]):
        await delete_room(rooms, id)
    if set(room.room.held) == {code} and not room.room.record.organisation:
        await delete_room(rooms, room.id)
        return
    await room.turns.apart(lambda: _rewrite(rooms, room, lambda stored: deleting.without_session(stored, code), code))
    room.say_goodbye(code)
    room.turns.loaded = [other for other in room.turns.loaded if other != code]
    room.turns.begin_again()
    rooms.log.forget_soon()


async def delete_room(rooms: Rooms, id: str) -> None:
    """A room goes, with everything in it and with the rehearsals of its sessions."""
    if rooms.is_deleted(id):
        return
    room = rooms.let_go(id)
    if rooms.together is not None:
        rooms.together.deleted(id)
    for rehearsal in rooms.store.rehearsals(of=[row["code"] for row in rooms.store.sessions_of(id)]):
        if rehearsal != id:
            await delete_room(rooms, rehearsal)
    if room is not None:
        await room.settled()
    await rooms.log.in_turn(lambda: rooms.store.drop_room(id))
    rooms.log.forget_soon()


async def forget_person(rooms: Rooms, room: OpenRoom, person: str) -> None:
    """An entry's name and words go from a room: notes say that they were removed, votes stay counted.

    What was merged into it by somebody else, or it into another, is asked for by its own key.
    """
    pens = {pen for pen, (_, who) in room.room.holders.items() if who == person}
    await room.turns.apart(lambda: _rewrite(rooms, room, lambda stored: deleting.without_person(stored, person, pens)))
    room.turns.begin_again()
    rooms.log.forget_soon()


async def tidy(rooms: Rooms, keep_days: int) -> None:
    """Rehearsals go after a day; closed rooms that nobody opens after ``keep_days`` (0: never)."""
    for id in rooms.store.rehearsals(before=now_ms() - DAY):
        if await _is_ours(rooms, id):
            await delete_room(rooms, id)
    for id in rooms.store.unused_rooms(now_ms() - keep_days * DAY) if keep_days else ():
        if rooms.holds(id) or not await _is_ours(rooms, id):
            continue
        if not await asyncio.to_thread(_goes_on, rooms, id):
            await delete_room(rooms, id)


async def _is_ours(rooms: Rooms, id: str) -> bool:
    """Whether no other process holds a room: what others hold, they tidy."""
    return (await asyncio.to_thread(rooms.store.own, id, rooms.process)).process == rooms.process


def _goes_on(rooms: Rooms, id: str) -> bool:
    """Whether a session of a room is not over yet, but for one that planned itself and that nobody came to."""
    if all(row["ended"] for row in rooms.store.sessions_of(id)):
        return False
    room = read_open(rooms.store, id).room
    day = today()
    return any(s.state != "closed" and not midway.was_left(room, s.code, day) for s in room.sessions.values())


def _rewrite(
    rooms: Rooms, room: OpenRoom, work: Callable[[list[deleting.Stored]], deleting.Changes], code: str = ""
) -> None:
    stored = [(number, session, stream.read(body)) for number, session, body in rooms.store.all_of(room.id)]
    changes = work(stored)
    bodies = {number: stream.write(event) for number, event in changes.now.items()}
    rooms.log.now(lambda: rooms.store.rewrite(room.id, changes.gone, bodies, code))
