"""Relaying: seats here of rooms that another process holds. Their desk has no room: it asks once, and takes cuts."""

import asyncio
from collections.abc import Callable, Iterable

from workshop import wire
from workshop.cut import RECORD, Cut, Look, Visitor
from workshop.desk import Desk
from workshop.seats import Seat
from workshop.together.crossing import Changed, Ended, Said, Sat, Sit, Told, read, write
from workshop.together.guests import MOVED
from workshop.together.links import Links


class Relayed:
    """One room of another process, as far as seats here look at it."""

    def __init__(self, id: str, holder: int, links: Links, ended: Callable[["Relayed"], None]) -> None:
        self.id, self.holder = id, holder
        self.desk = Desk(self)
        self._links, self._ended = links, ended
        self._sat: dict[int, Sat] = {}
        self._at: dict[int, Seat] = {}
        self._whole: dict[str, Cut] = {}

    # Seats

    async def sit(self, seat: Seat, since: int, epoch: str) -> None:
        """Give a socket its place, once the room has said what it is there."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def over() -> None:
            if not done.done():
                done.set_result(None)

        def then(body: bytes) -> None:
            self._sit(seat, read(Sat, body), since, epoch)
            over()

        self._at[seat.id] = seat
        whole = seat.visitor.channel not in self.desk.channels
        wish = Sit(self.id, seat.id, seat.visitor, whole)
        self._links.ask(self.holder, "sit", write(wish), then, over)
        await done

    def _sit(self, seat: Seat, sat: Sat, since: int, epoch: str) -> None:
        if seat.gone:
            return
        if sat.why:
            seat.dismiss(*sat.why)
            return
        visitor = seat.visitor
        if sat.whole is not None and visitor.channel not in self.desk.channels:
            self._whole[visitor.channel] = Cut(topics={visitor.channel: sat.whole})
        self._sat[seat.id] = sat
        channel = self.desk.channel(visitor.channel)
        self._whole.pop(visitor.channel, None)
        if sat.own:
            channel.me.setdefault(visitor.person, {})[visitor.look] = sat.own
        self.desk.welcome(seat, since, epoch)

    def hear(self, seat: Seat, text: str | bytes, outline: wire.Frame) -> None:
        """What a browser says is for the room to hear."""
        raw = text.encode() if isinstance(text, str) else text
        self._links.tell(self.holder, "said", write(Said(seat.id, raw)))

    def catch_up(self, seat: Seat) -> None:
        """A paused seat reads again."""
        self.desk.catch_up(seat)

    def left(self, seat: Seat) -> None:
        """The socket is gone."""
        self.desk.leave(seat)
        self._at.pop(seat.id, None)
        self._sat.pop(seat.id, None)
        self._links.tell(self.holder, "left", write(seat.id))
        if not self._at:
            self._ended(self)

    # What the room says

    def take(self, cut: Cut) -> None:
        """Something was stored."""
        here = {sat.place: seat for seat, sat in self._sat.items()}
        cut.follows = {here[place]: follows for place, follows in cut.follows.items() if place in here}
        cut.seen_off = {here[place]: why for place, why in cut.seen_off.items() if place in here}
        for seat, follows in cut.follows.items():
            self._sat[seat].follows = follows
        self.desk.take(cut)

    def tell(self, seat: int, payload: bytes) -> None:
        """Something is for one seat alone."""
        if seat in self._at:
            self._at[seat].tell(payload)

    def goodbye(self, code: str, say: str, channel: str | None = None) -> None:
        """Open pages of a channel, or of everything here, are closed; where all are, nothing here counts any more."""
        for seat in list(self._at.values()):
            if channel is None or seat.visitor.channel == channel:
                seat.dismiss(code, say)
        if channel is None:
            self._ended(self)

    # What its desk asks

    def there(self, channel: str) -> bool:
        """Whoever sits here was let in."""
        return True

    def whole(self, channel: str) -> Cut:
        """As the room sent it with the first seat's place."""
        return self._whole.get(channel, Cut(topics={channel: {}}))

    def own(self, channel: str, person: str, look: Look) -> bytes:
        """It came with the place."""
        return b"{}"

    def enter(self, seat: int, visitor: Visitor) -> frozenset[str]:
        """It came with the place."""
        return self._sat[seat].follows

    def leave(self, seat: int) -> None:
        """The room is told when the socket is gone."""

    def why_not(self, visitor: Visitor) -> tuple[str, str] | None:
        """Whoever sits here was let in."""
        return None

    def roles(self, visitor: Visitor) -> list[str]:
        """It came with the place."""
        return next(
            (sat.roles for seat, sat in self._sat.items() if self._at[seat].visitor is visitor),
            ["guest"] if visitor.channel == RECORD else [],
        )

    def where(self, visitor: Visitor) -> Iterable[str]:
        """Pages are painted where the room is."""
        return ()


class Relays:
    """Every room of other processes that somebody looks at from here."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._rooms: dict[str, Relayed] = {}
        links.told["cut"] = self._cut
        links.told["bye"] = self._bye
        links.told["told"] = self._told
        links.fallen.append(self._fallen)

    def room(self, id: str, holder: int) -> Relayed:
        """A room that another process holds."""
        found = self._rooms.get(id)
        if found is not None and found.holder != holder:
            found.goodbye(*MOVED)
            found = None
        if found is None:
            found = self._rooms[id] = Relayed(id, holder, self._links, self._ended)
        return found

    def all(self) -> list[Relayed]:
        """Rooms that are looked at from here now."""
        return list(self._rooms.values())

    def goodbye(self, code: str, say: str) -> None:
        """Every seat here is closed."""
        for room in self.all():
            room.goodbye(code, say)

    def _cut(self, process: int, body: bytes) -> None:
        changed = read(Changed, body)
        room = self._of(process, changed.room)
        if room is not None:
            room.take(changed.cut)

    def _bye(self, process: int, body: bytes) -> None:
        ended = read(Ended, body)
        room = self._of(process, ended.room)
        if room is not None:
            room.goodbye(ended.code, ended.say, ended.channel)

    def _told(self, process: int, body: bytes) -> None:
        told = read(Told, body)
        room = self._of(process, told.room)
        if room is not None:
            room.tell(told.seat, told.payload)

    def _of(self, process: int, id: str) -> Relayed | None:
        room = self._rooms.get(id)
        return room if room is not None and room.holder == process else None

    def _fallen(self, process: int) -> None:
        for room in [room for room in self._rooms.values() if room.holder == process]:
            room.goodbye(*MOVED)

    def _ended(self, room: Relayed) -> None:
        if self._rooms.get(room.id) is room:
            del self._rooms[room.id]
