"""What whoever runs the server sees of it: how it stands, its rooms from outside, its processes; and who may look."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass

import structlog
from sqlalchemy import delete, func, select

from workshop import VERSION, keys
from workshop.clock import now_ms
from workshop.directory import Rooms
from workshop.keys import Voice
from workshop.operating.rooms import RoomSeen, listed
from workshop.statements import table
from workshop.store import Store
from workshop.tables import OPERATOR, CallRow, HookRow, KeyRow, ProcessRow, RingRow

#: Rooms that are shown, and for how long a process counts that has said nothing (milliseconds).
MOST, SILENT = 200, 30_000
BEGAN = time.time()
#: Bytes that have to be free on the disk: some hours of a large festival.
LEAST_FREE = 20 * 1024 * 1024

logger = structlog.get_logger()


@dataclass(frozen=True)
class ProcessSeen:
    """A process that works with the data, and whether it is this one."""

    id: int
    here: bool


@dataclass(frozen=True)
class Seen:
    """A server at a glance. Times are Unix milliseconds, sizes bytes."""

    version: str
    since: int
    place: str
    room_left: int | None
    rooms: list[RoomSeen]
    rooms_in_all: int
    size: int
    awake: int
    seats: int
    commands: int
    #: What cannot be done just now, a sentence each.
    troubles: list[str]
    processes: list[ProcessSeen]
    #: Calls to other programs that wait, and programs that do not listen.
    calls: int
    deaf: int


async def let_look(rooms: Rooms) -> str:
    """A key to the page of whoever runs the server."""
    key = keys.new_key()
    row, fields = keys.key_row(key, Voice("", "", "", OPERATOR))
    await rooms.log.in_turn(lambda: rooms.store.write({row: [fields]}))
    logger.info("key made", room="", role=OPERATOR)
    return key


async def let_nobody_look(rooms: Rooms) -> None:
    """No key opens that page any more, in whatever browser it was."""

    def take_back() -> None:
        with rooms.store.writing() as stored:
            for t in (table(KeyRow), table(RingRow)):
                stored.execute(delete(t).where(t.c.role == OPERATOR))

    await rooms.log.in_turn(take_back)
    logger.info("keys withdrawn", room="", role=OPERATOR)


async def seen(rooms: Rooms) -> Seen:
    """The server at this moment; what is stored is read apart from the loop."""
    store, held = rooms.store, rooms.in_memory()
    every = await asyncio.to_thread(listed, store)
    calls, deaf = await asyncio.to_thread(_hooks, store)
    processes = await asyncio.to_thread(_processes, rooms)
    desks = [room.desk for room in held] + [
        room.desk for room in (rooms.together.relays.all() if rooms.together else ())
    ]
    return Seen(
        version=VERSION,
        since=int(BEGAN * 1000),
        place=store.place,
        room_left=store.room_left(),
        rooms=every[:MOST],
        rooms_in_all=len(every),
        size=sum(room.size for room in every),
        awake=len(held),
        seats=sum(desk.seats() for desk in desks),
        commands=rooms.done[0],
        troubles=list(troubles(rooms)),
        processes=processes,
        calls=calls,
        deaf=deaf,
    )


def troubles(rooms: Rooms) -> Iterator[str]:
    """Why nobody should be sent here just now, a sentence each; nothing where all is well."""
    try:
        rooms.store.session("")
        left = rooms.store.room_left()
    except Exception:
        yield "The data cannot be read."
        return
    if left is not None and left < LEAST_FREE:
        yield "The disk is full: make room in WAGGLE_DATA."
    if rooms.together is not None and not rooms.together.reached:
        yield "The other processes cannot be reached: is WAGGLE_BUS running?"
    if rooms.log.fails:
        yield "What people did last could not be stored."


def _processes(rooms: Rooms) -> list[ProcessSeen]:
    t = table(ProcessRow)
    alive = select(t.c.id).where(t.c.ended.is_(False), t.c.alive > now_ms() - SILENT).order_by(t.c.id)
    with rooms.store.reading() as stored:
        return [ProcessSeen(id, id == rooms.process) for id in stored.execute(alive).scalars()]


def _hooks(store: Store) -> tuple[int, int]:
    calls, hooks = table(CallRow), table(HookRow)
    with store.reading() as stored:
        waiting = stored.execute(select(func.count()).select_from(calls)).scalar() or 0
        deaf = stored.execute(select(func.count()).select_from(hooks).where(hooks.c.failing > 0)).scalar() or 0
    return waiting, deaf
