"""The rooms this process holds: opened when somebody asks, found by code, in memory while in use."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from sessions.room import Room, Session
from sessions.rules.refusal import Refused
from sessions.running.clock import ClockStarted
from workshop import keys, rhythm
from workshop.asking import DELETED
from workshop.clock import now_ms
from workshop.heart import Heart
from workshop.log import Log
from workshop.open_room import OpenRoom
from workshop.reading import Reading, read, read_open
from workshop.store import HeldElsewhere, Holding, Store
from workshop.together.bus import Bus
from workshop.together.guests import MOVED
from workshop.together.together import Together

#: After how long a room that nobody looks at leaves memory, in seconds.
IDLE = 120.0
#: A day in milliseconds.
DAY = 86_400_000
#: Codes whose rooms are remembered.
MOST_CODES = 10_000

#: What is said while the other processes cannot be reached.
AWAY = "This server cannot reach the others just now. Try again in a moment."


class Rooms:
    """Every room on this server."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.log = Log(self.store)
        self._open: dict[str, OpenRoom] = {}
        #: Rooms of codes that were asked for: true as long as the room is in memory.
        self._codes: dict[str, str] = {}
        self.process = self.store.begin_process()
        #: What this process has beside its rooms where it is one of several.
        self.together: Together | None = None
        #: Rooms that left memory and have to be woken for a bell.
        self._bells: dict[str, asyncio.TimerHandle] = {}
        #: Rooms that were deleted: nothing may open them again while that is under way, or later.
        self._deleted: set[str] = set()
        #: Rooms are brought into memory one after the other.
        self._awaking = asyncio.Lock()
        self._heart = Heart(self)
        self._noting: asyncio.Future[None] | None = None
        self._waking: asyncio.Future[None] | None = None
        #: Commands and frames of rooms that left memory.
        self._left = (0, 0)

    def start(self, tidying: Callable[[], Awaitable[None]] | None = None) -> None:
        """Begin to note that rooms are held, to let go of seats that do not read, and to tidy."""
        self._heart.start(tidying)

    def with_others(self, bus: Bus) -> Together:
        """This process is one of several on the same data, once what is returned is opened."""
        self.together = Together(self, bus)
        return self.together

    async def stop(self) -> None:
        """Tell everybody, write what is left, and let go of the data."""
        await self._heart.stop()
        await asyncio.gather(*filter(None, (self._noting, self._waking)), return_exceptions=True)
        await self.log.settled()
        with contextlib.suppress(SQLAlchemyError):
            await self.log.in_turn(lambda: self.store.end_process(self.process))
        for bell in self._bells.values():
            bell.cancel()
        for room in self._open.values():
            room.goodbye("restart", "The server is restarting. You will be back in a moment.")
        if self.together is not None:
            await self.together.close()
        self.log.close()
        self.store.close()

    @property
    def done(self) -> tuple[int, int]:
        """Commands taken and frames told since this process began, also of rooms that left memory."""
        rooms = self._open.values()
        return self._left[0] + self.commands_in_memory(), self._left[1] + sum(room.desk.frames for room in rooms)

    def commands_in_memory(self) -> int:
        """Commands that the rooms in memory took."""
        return sum(room.turns.commands for room in self._open.values())

    def _leaves(self, room: OpenRoom) -> int:
        """A room leaves memory; when its next bell rings (Unix milliseconds), or 0."""
        self._left = (self._left[0] + room.turns.commands, self._left[1] + room.desk.frames)
        self._heart.left()
        return room.rests()

    def in_memory(self) -> list[OpenRoom]:
        """Rooms that are open now."""
        return list(self._open.values())

    def find(self, code: str) -> tuple[OpenRoom, Session] | None:
        """The session with this code, and its room."""
        id = self.room_of(code)
        if not id or id in self._deleted:
            return None
        room = self.room(id)
        return (room, room.room.sessions[code]) if room.turns.load(code) else None

    def room_of(self, code: str) -> str:
        """The room of the session with this code, or nothing; looked up where the session is not in memory."""
        known = self._open.get(self._codes.get(code, ""))
        if known is not None and code in known.room.sessions:
            return known.id
        row = self.store.session(code)
        if row is None:
            return ""
        if len(self._codes) > MOST_CODES:
            self._codes.clear()
        self._codes[code] = row["room"]
        return str(row["room"])

    async def awake(self, id: str) -> None:
        """Have a room in memory, read apart from the loop; one that is not there is left to whoever asks for it."""
        async with self._awaking:
            if id in self._open or id in self._deleted:
                return
            if self.together is not None and (holder := self.together.holder(id)):
                raise HeldElsewhere(id, holder)
            if self.store.room(id) is None:
                return
            holding = await asyncio.to_thread(self._own, id)
            reading = await asyncio.to_thread(read_open, self.store, id)
            if id not in self._open and id not in self._deleted:
                self.room(id, reading, holding)

    async def held(self, id: str) -> OpenRoom | None:
        """The room in memory, or none; raises ``HeldElsewhere``."""
        await self.awake(id)
        return self._open.get(id)

    async def glance(self, id: str) -> Room | None:
        """A room to look at once, as it is stored, whoever holds it; none where there is none."""
        try:
            await self.awake(id)
        except HeldElsewhere:
            return (await asyncio.to_thread(read_open, self.store, id)).room
        return self._open[id].room if id in self._open else None

    async def glance_at(self, room: Room, code: str) -> Session | None:
        """A session of a room that was glanced at, also one that is over."""
        held = self._open.get(room.id)
        if held is not None and held.room is room:
            return room.sessions[code] if held.turns.load(code) else None
        if code not in room.sessions and code in room.held:
            room = (await asyncio.to_thread(read, self.store, room.id, [code])).room
        return room.sessions.get(code)

    def _own(self, id: str) -> Holding:
        """Have this process hold a room; raises ``HeldElsewhere`` where another one does."""
        if self.together is not None and not self.together.reached:
            raise Refused("busy", AWAY)
        holding = self.store.own(id, self.process, self.together is None or self.together.may_take)
        if holding.process == self.process:
            return holding
        if self.together is None or not holding.process:
            raise Refused("busy", AWAY)
        self.together.knows(id, holding.process)
        raise HeldElsewhere(id, holding.process)

    def room(self, id: str, reading: Reading | None = None, holding: Holding | None = None) -> OpenRoom:
        """The room in memory, opened from the log if need be.

        Raises ``Refused`` for one that was deleted, and ``HeldElsewhere``.
        """
        if id in self._deleted:
            raise Refused("no_such_code", DELETED)
        found = self._open.get(id)
        if found is None:
            holding = holding or self._own(id)
            bell = self._bells.pop(id, None)
            if bell:
                bell.cancel()
            found = self._hold(OpenRoom(id, self.log, reading))
            self._give_time_back(found, holding.away)
            self._noting = asyncio.ensure_future(self.note_held(id))
            self._heart.came()
        found.asked_for = time.monotonic()
        return found

    def begin(self, id: str) -> OpenRoom:
        """A new room in memory, of which nothing is stored yet."""
        return self._hold(OpenRoom(id, self.log))

    def _hold(self, room: OpenRoom) -> OpenRoom:
        room.cycle_moved = lambda: rhythm.keep(room, self.free_code)
        room.turns.lost = lambda: self.lose(room.id)
        self._open[room.id] = room
        return room

    def holds(self, id: str) -> bool:
        """Whether a room is in memory."""
        return id in self._open

    def is_deleted(self, id: str) -> bool:
        """Whether a room was deleted, or is being."""
        return id in self._deleted

    def lose(self, id: str) -> None:
        """A room cannot be held any more: whoever looks at it is told to come back."""
        room = self._open.pop(id, None)
        if room is not None:
            room.goodbye(*MOVED)
            self._leaves(room)
            if self.together is not None:
                self.together.guests.forget(room)

    async def hand_over(self, id: str) -> None:
        """Another process may hold a room from now on."""
        room = self._open.get(id)
        if room is not None:
            await room.settled()
            await self.log.in_turn(lambda: self.store.release(id, self.process))
            self.lose(id)

    def let_go(self, id: str) -> OpenRoom | None:
        """A room is being deleted: nothing opens it any more, and open pages are told."""
        self._deleted.add(id)
        bell = self._bells.pop(id, None)
        if bell is not None:
            bell.cancel()
        room = self._open.pop(id, None)
        if room is not None:
            room.say_goodbye()
            self._leaves(room)
        return room

    def must_find(self, code: str) -> tuple[OpenRoom, Session]:
        """The session with this code and its room; raises ``Refused``."""
        found = self.find(code)
        if found is None:
            raise Refused("no_such_code", "There is no session with this code. Check it and try again.")
        return found

    def free_code(self) -> str:
        """A code nobody has."""
        while True:
            code = keys.new_code()
            if self.store.session(code) is None:
                return code

    def _give_time_back(self, room: OpenRoom, away: int) -> None:
        """Clocks that ran while no process held the room get that time back (milliseconds)."""
        if not away:
            return
        for code, session in room.room.sessions.items():
            if session.state == "open" and session.run and session.run.left is None:
                self._give_back(room, code, session.run.deadline + away)

    def _give_back(self, room: OpenRoom, code: str, deadline: int) -> None:
        room.turns.happen(code, lambda: [ClockStarted(deadline=deadline)])

    async def note_held(self, room: str = "") -> None:
        """Note that this process is alive, and that it holds ``room``."""
        await self.log.in_turn(lambda: self.store.beat(self.process, room))

    def let_rest(self) -> None:
        """Rooms that nobody has looked at for a while leave memory; for a bell they are woken in time.

        Seats that do not read are let go of.
        """
        for room in (*self._open.values(), *(self.together.relays.all() if self.together else ())):
            room.desk.let_go_of_the_slow()
        for id, room in list(self._open.items()):
            if room.is_idle(time.monotonic() - IDLE):
                del self._open[id]
                at = self._leaves(room)
                if at:
                    wait = max(0.0, (at - now_ms()) / 1000)
                    self._bells[id] = asyncio.get_running_loop().call_later(wait, self._wake, id)

    def _wake(self, id: str) -> None:
        """The bell of a room that rests is about to ring."""
        self._waking = asyncio.ensure_future(self.awake(id))

    def new_row(self, id: str, name: str) -> dict[str, Any]:
        """The row of a room that this process holds."""
        return {"id": id, "name": name[:80], "opened": now_ms(), "held": now_ms(), "keeper": self.process}
