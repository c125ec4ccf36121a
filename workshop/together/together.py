"""One process among others: it shows that it lives, lets go of rooms it has lost, and finds those it has not."""

import asyncio
import contextlib
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import SQLAlchemyError

from sessions.rules.refusal import Refused
from workshop.lasting import Lasting
from workshop.open_room import OpenRoom
from workshop.store import HeldElsewhere
from workshop.together.bus import Bus
from workshop.together.crossing import read, write
from workshop.together.guests import MOVED, Guests
from workshop.together.links import Links
from workshop.together.relays import Relays

if TYPE_CHECKING:
    from workshop.directory import Rooms

logger = structlog.get_logger()

#: Seconds between two signs of life in the store.
ALIVE = 0.5
#: Seconds without the bus after which a process lets go of its rooms: nobody else could reach them.
ALONE = 3.0
#: Seconds for which a process that was away takes no rooms of others: they may have been away as it was.
SETTLING = 5.0
#: Seconds between two seats that are sent elsewhere when a process ends, at most.
PACE = 0.03
#: Rooms whose holders are remembered.
MOST_KNOWN = 10_000


class Together:
    """What a process among several has beside its rooms."""

    def __init__(self, rooms: "Rooms", bus: Bus) -> None:
        self._rooms, self._bus = rooms, bus
        self.links = Links(rooms.process, bus)
        self.relays = Relays(self.links, self._finds)
        self.guests = Guests(self.links, rooms.held)
        self.links.told["deleted"] = lambda process, body: self._deleted(process, read(str, body))
        self.links.fallen.append(self._lost)
        #: Who holds a room, for as long as the link to that process stands.
        self._holders: dict[str, int] = {}
        self._pulse: asyncio.Task[None] | None = None
        self._seen = self._settled = 0.0
        #: Whether it is about to end: it takes no seats and no rooms any more.
        self.leaving = False

    async def open(self) -> None:
        """Be one of several from now on; raises ``NoData`` where the bus is not there."""
        await self.links.open()
        self._seen = time.monotonic()
        self._pulse = asyncio.create_task(self._live())

    async def close(self) -> None:
        """Be one of several no longer."""
        if self._pulse is not None:
            self._pulse.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pulse
        self.relays.goodbye(*MOVED)
        await self.links.close()

    @property
    def reached(self) -> bool:
        """Whether the others can reach this process."""
        return time.monotonic() - self._seen < ALONE

    async def leave(self, seconds: float) -> None:
        """This process is about to end: its seats go one after the other, then its rooms, and nobody has to wait."""
        self.leaving = True
        if not await asyncio.to_thread(self._rooms.store.others, self._rooms.process):
            return
        desks = [room.desk for room in self._rooms.in_memory()] + [room.desk for room in self.relays.all()]
        seats = [seat for desk in desks for seat in desk.sitting()]
        logger.info("leaving", seats=len(seats), rooms=len(self._rooms.in_memory()))
        for seat in seats:
            if seat.ready:
                seat.dismiss(*MOVED)
            await asyncio.sleep(min(PACE, seconds / len(seats)))
        for room in self._rooms.in_memory():
            await self._rooms.hand_over(room.id)

    @property
    def may_take(self) -> bool:
        """Whether this process may take rooms of others that show no life, or that nobody holds."""
        return not self.leaving and self.reached and time.monotonic() > self._settled

    def holder(self, room: str) -> int:
        """The process that holds a room as far as it is known without asking the store; 0 for not known."""
        return self._holders.get(room, 0)

    def knows(self, room: str, process: int) -> None:
        """The store says that this process holds the room (0: that it is not known any more)."""
        self._holders.pop(room, None)
        if process:
            self._holders[room] = process
            while len(self._holders) > MOST_KNOWN:
                del self._holders[next(iter(self._holders))]

    def _lost(self, process: int) -> None:
        self._holders = {room: holder for room, holder in self._holders.items() if holder != process}

    async def _finds(self, room: str) -> OpenRoom | int:
        """The process that holds a room (0: not to be found just now), or the room where it is this one."""
        self.knows(room, 0)
        try:
            return await self._rooms.held(room) or 0
        except HeldElsewhere as why:
            return why.process
        except (Refused, SQLAlchemyError):
            return 0

    def deleted(self, room: str) -> None:
        """A room is gone, for all."""
        self.links.tell_all("deleted", write(room))

    def _deleted(self, process: int, room: str) -> None:
        self.knows(room, 0)
        if process != self.links.me:
            self._rooms.let_go(room)

    async def _live(self) -> None:
        slept, looking = time.monotonic(), Lasting("could not look which rooms are held here")
        while True:
            await asyncio.sleep(ALIVE)
            slept, before = time.monotonic(), slept
            if slept - before > ALONE:
                # We were away ourselves: so may the others have been, as far as we can tell.
                self._settled = slept + SETTLING
            if getattr(self._bus, "there", True):
                self._seen = time.monotonic()
            if not self.reached:
                self._let_go([room.id for room in self._rooms.in_memory()], "nobody can reach this process")
                self._settled = time.monotonic() + SETTLING
                continue
            try:
                await self._look()
                looking.works()
            except Exception as fault:
                self._settled = time.monotonic() + SETTLING
                looking.fails(fault)

    async def _look(self) -> None:
        rooms, store = self._rooms, self._rooms.store
        stored = [room.id for room in rooms.in_memory() if room.turns.number and not room.turns.busy()]
        began = time.monotonic()
        await rooms.log.in_turn(lambda: store.beat(rooms.process))
        if time.monotonic() - began > ALONE:
            self._settled = time.monotonic() + SETTLING
        kept = await asyncio.to_thread(store.kept, stored, rooms.process)
        self._let_go(set(stored) - kept, "another process holds it")

    def _let_go(self, lost: Iterable[str], why: str) -> None:
        for id in lost:
            if self._rooms.holds(id):
                logger.warning("a room is let go of", why=why)
                self._rooms.lose(id)
