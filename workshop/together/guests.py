"""Guests: seats of other processes in rooms that this one holds. A room tells each process once, whatever its seats."""

import asyncio
from collections.abc import Awaitable, Callable

from workshop.cut import RECORD, Cut
from workshop.open_room import OpenRoom, hear
from workshop.seats import Port, Seat
from workshop.together.crossing import Changed, Ended, Said, Sat, Sit, Told, read, write
from workshop.together.links import Answer, Links
from workshop.wire import Framed

#: Why a seat elsewhere has to come again.
MOVED = ("restart", "This session has moved to another server. You will be back in a moment.")

#: The room of this id in memory; raises where another process holds it.
Finds = Callable[[str], Awaitable[OpenRoom | None]]


class Abroad:
    """One room's seats in other processes, by process."""

    def __init__(self, room: str, links: Links) -> None:
        self._room, self._links = room, links
        self.seats: dict[int, set[int]] = {}

    def __len__(self) -> int:
        return sum(map(len, self.seats.values()))

    def take(self, cut: Cut) -> None:
        """Tell every process what was stored: its size does not depend on how many look."""
        if self.seats:
            body = write(Changed(self._room, cut))
            for process in self.seats:
                self._links.tell(process, "cut", body)

    def goodbye(self, code: str, say: str, channel: str | None = None) -> None:
        """Tell open pages of a channel, or of everything here, why they are closed."""
        for process in self.seats:
            self._links.tell(process, "bye", write(Ended(self._room, channel, code, say)))

    def again(self) -> None:
        """All has to be told anew: whoever looks from elsewhere comes again."""
        self.goodbye(*MOVED)


class Guests:
    """Every seat of another process that has its place here."""

    def __init__(self, links: Links, finds: Finds) -> None:
        self._links, self._finds = links, finds
        #: By the process and what it calls the seat: the room it is in, and what it has here.
        self._there: dict[tuple[int, int], tuple[OpenRoom, Seat]] = {}
        self._sitting: set[tuple[int, int]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        links.asked["sit"] = self._asked_to_sit
        links.told["said"] = self._said
        links.told["left"] = lambda process, body: self._leave(process, read(int, body))
        links.fallen.append(self._leave_all)

    def forget(self, room: OpenRoom) -> None:
        """The room is not held here any more."""
        for who in [who for who, (held, _) in self._there.items() if held is room]:
            del self._there[who]

    def _asked_to_sit(self, process: int, body: bytes, answer: Answer) -> None:
        task = asyncio.ensure_future(self._sit(process, read(Sit, body), answer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _sit(self, process: int, wish: Sit, answer: Answer) -> None:
        who = (process, wish.seat)
        self._sitting.add(who)
        try:
            room = await self._finds(wish.room)
            if room is not None:
                await room.shows(wish.visitor.channel)
        except Exception:
            # Whatever it is, the seat comes again, and finds the room where it is then.
            room = None
        if who not in self._sitting or not answer.stands:
            return
        self._sitting.discard(who)
        answer(write(self._place(process, wish, room) if room else Sat(why=MOVED)))

    def _place(self, process: int, wish: Sit, room: OpenRoom) -> Sat:
        """From here on every cut reaches the process after this answer."""
        visitor, audience = wish.visitor, room.turns.audience
        why = room.why_not(visitor)
        if why:
            return Sat(why=why)
        before = self._there.get((process, wish.seat))
        seat = before[1] if before else Seat(_Back(self._links, process, wish), visitor)
        seat.ready = True
        self._there[process, wish.seat] = room, seat
        self._abroad(room).seats.setdefault(process, set()).add(wish.seat)
        channel = room.desk.channel(visitor.channel)
        sat = Sat(seat.id, audience.enter(seat.id, visitor), audience.roles(visitor))
        if visitor.person and visitor.channel != RECORD:
            sat.own = room.desk.own(channel, visitor.person, visitor.look)
        if wish.whole:
            sat.whole = {name: dict(topic.entities) for name, topic in channel.topics.items()}
        return sat

    def _abroad(self, room: OpenRoom) -> Abroad:
        if not isinstance(room.elsewhere, Abroad):
            room.elsewhere = Abroad(room.id, self._links)
        return room.elsewhere

    def _said(self, process: int, body: bytes) -> None:
        said = read(Said, body)
        found = self._there.get((process, said.seat))
        if found is not None:
            hear(*found, said.text)

    def _leave(self, process: int, number: int) -> None:
        self._sitting.discard((process, number))
        found = self._there.pop((process, number), None)
        if found is None:
            return
        room, seat = found
        abroad = self._abroad(room)
        abroad.seats[process].discard(number)
        if not abroad.seats[process]:
            del abroad.seats[process]
        room.turns.audience.leave(seat.id)

    def _leave_all(self, process: int) -> None:
        for _, number in [who for who in self._there if who[0] == process]:
            self._leave(process, number)


class _Back(Port):
    """The way to one seat of another process."""

    paused = False
    on_resume = None

    def __init__(self, links: Links, process: int, wish: Sit) -> None:
        self._links, self._process = links, process
        self._room, self._seat = wish.room, wish.seat

    def write(self, payloads: list[bytes], framed: Framed | None = None) -> None:
        """Only what is for this seat alone comes this way."""
        for payload in payloads:
            self._links.tell(self._process, "told", write(Told(self._room, self._seat, payload)))

    def close(self, code: int, reason: str) -> None:
        """Whoever has the socket closes it."""
