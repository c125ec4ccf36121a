"""Relaying: seats here of one room that another process holds. Their desk has no room: it asks once, and takes cuts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from sessions.rules.refusal import Refused
from workshop import wire
from workshop.cut import PLACE, RECORD, Alone, Cut, Look, News, Visitor
from workshop.desk import Desk
from workshop.open_room import NO_FIRST_WORD, OpenRoom, hear
from workshop.seats import Seat
from workshop.together.crossing import Said, Sat, Sit, read, write
from workshop.together.guests import MOVED

if TYPE_CHECKING:
    from workshop.together.relays import Relays

#: Seconds for which seats wait for a room that has moved, and between two looks for it.
LOOKING, AGAIN = 8.0, 0.2


class Relayed:
    """One room of another process, as far as seats here look at it; if it moves, they move along and notice nothing."""

    def __init__(self, id: str, holder: int, relays: Relays) -> None:
        self.id, self.holder = id, holder
        self.desk = Desk(self)
        self._relays, self._links = relays, relays.links
        self._sat: dict[int, Sat] = {}
        self._at: dict[int, Seat] = {}
        self._whole: dict[str, Cut] = {}
        #: What each seat has asked and not been answered, by its name.
        self._asked: dict[int, dict[str, bytes]] = {}
        self._moving: asyncio.Task[None] | None = None
        #: The room itself, once this process holds it.
        self._here: OpenRoom | None = None
        #: Whether everybody here was sent away.
        self._over = False

    # Seats

    def expect(self, seat: Seat) -> None:
        """A seat was let in and will sit down: the room is looked at from here from now on, until the seat has left."""
        self._at[seat.id] = seat

    async def sit(self, seat: Seat, since: int, epoch: str) -> None:
        """Give a socket its place, once the room has said what it is there."""
        while not (seat.gone or self._over or self._here):
            if self._moving is not None:
                await asyncio.wait([self._moving])
                continue
            whole = seat.visitor.channel not in self.desk.channels
            if await self._ask_for_place(seat, whole, lambda sat: self._sit(seat, sat, since, epoch)):
                return
            self.move()
        if self._here is not None:
            await self._here.sit(seat, since, epoch)
        elif not seat.gone:
            seat.dismiss(*MOVED)

    async def _ask_for_place(self, seat: Seat, whole: bool, sit: Callable[[Sat], None]) -> bool:
        """Ask for a seat's place, and for all there is in its channel; false where the room is not to be reached."""
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def over(well: bool) -> None:
            if not done.done():
                done.set_result(well)

        def then(body: bytes) -> None:
            sat = read(Sat, body)
            if seat.gone:
                self._links.tell(self.holder, "left", write(seat.id))
            elif sat.why != MOVED:
                sit(sat)
            over(sat.why != MOVED)

        wish = Sit(self.id, seat.id, seat.visitor, whole)
        self._links.ask(self.holder, "sit", write(wish), then, lambda: over(False))
        return await done

    def _sit(self, seat: Seat, sat: Sat, since: int, epoch: str) -> None:
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
        """What a browser says is for the room to hear; a command is kept until it is answered. Raises ``Refused``."""
        if self._here is not None and self._moving is None:
            self._here.hear(seat, text, outline)
            return
        if not seat.ready and self._moving is None:
            raise Refused("no_first_word", NO_FIRST_WORD)
        raw = text.encode() if isinstance(text, str) else text
        if not outline.do:
            self._look(seat, outline)
        elif 0 < len(outline.id) <= wire.LONGEST_ID:
            # Any other is refused without its name, so that its answer could not be told from others.
            self._asked.setdefault(seat.id, {})[outline.id] = raw
        if self._moving is None:
            self._links.tell(self.holder, "said", write(Said(seat.id, raw)))

    def _look(self, seat: Seat, outline: wire.Frame) -> None:
        """Remember what a seat looks at, for when the room has moved; whether it may, the room says."""
        there = self.desk.channel(seat.visitor.channel).topics
        wanted = {topic.removeprefix(PLACE) for topic in outline.follow if topic in there}
        left = {topic.removeprefix(PLACE) for topic in outline.unfollow}
        seat.visitor.looks_at = (seat.visitor.looks_at | wanted) - left

    def catch_up(self, seat: Seat) -> None:
        """A paused seat reads again."""
        (self._here or self).desk.catch_up(seat)

    def left(self, seat: Seat) -> None:
        """The socket is gone."""
        (self._here or self).desk.leave(seat)
        for known in (self._at, self._sat, self._asked):
            known.pop(seat.id, None)
        if self.holder:
            self._links.tell(self.holder, "left", write(seat.id))
        if not self._at and self._here is None:
            self._relays.ended(self)

    # What the room says

    def take(self, cut: Cut) -> None:
        """Something was stored."""
        if cut.follows or cut.seen_off:
            here = {sat.place: seat for seat, sat in self._sat.items()}
            cut.follows = {here[place]: follows for place, follows in cut.follows.items() if place in here}
            cut.seen_off = {here[place]: why for place, why in cut.seen_off.items() if place in here}
            for seat, follows in cut.follows.items():
                self._sat[seat].follows = follows
        self.desk.take(cut)

    def tell(self, seat: int, payload: bytes) -> None:
        """Something is for one seat alone."""
        if seat in self._at:
            self._asked.get(seat, {}).pop(_answers(payload), None)
            self._at[seat].tell(payload)

    def goodbye(self, code: str, say: str, channel: str | None = None) -> None:
        """Open pages of a channel, or of everything here, are closed; where all are, nothing here counts any more."""
        for seat in list(self._at.values()):
            if channel is None or seat.visitor.channel == channel:
                seat.dismiss(code, say)
        if channel is None:
            self._over = True
            self._relays.ended(self)

    # When the room moves

    def move(self) -> None:
        """Whoever held the room does not any more: find who does, and have every seat's place there."""
        if self._moving is None and not self._over:
            self._moving = asyncio.create_task(self._move())
            for seat in self._at.values():
                if seat.ready:
                    seat.tell(wire.behind(True))

    async def _move(self) -> None:
        until = time.monotonic() + LOOKING
        self._sat.clear()
        while self._at and time.monotonic() < until:
            found = await self._relays.finds(self.id)
            if isinstance(found, OpenRoom):
                await self._move_here(found)
                return
            self.holder = found
            if found and await self._move_all():
                self._moving = None
                self._ask_again()
                return
            await asyncio.sleep(AGAIN)
        self._moving = None
        # It is held by nobody who can be reached.
        self.goodbye(*MOVED)

    async def _move_here(self, room: OpenRoom) -> None:
        """This process holds the room now: its seats here sit at the room's own desk from now on."""
        self._here, self.holder = room, 0
        self._relays.ended(self)
        for seat in [seat for seat in self._at.values() if seat.ready]:
            self.desk.leave(seat)
            await room.sit(seat, 0, "")
        self._moving = None
        for id, asked in self._asked.items():
            for raw in asked.values():
                if id in self._at:
                    hear(room, self._at[id], raw)

    async def _move_all(self) -> bool:
        """Every seat asks for its place; the first of each channel gets all there is in it."""
        asking, seen = [], set[str]()
        for seat in [seat for seat in self._at.values() if seat.ready]:
            whole = seat.visitor.channel not in seen
            seen.add(seat.visitor.channel)
            asking.append(self._ask_for_place(seat, whole, partial(self._sit_again, seat)))
        return all(await asyncio.gather(*asking))

    def _sit_again(self, seat: Seat, sat: Sat) -> None:
        """The seat has its place where the room is now, and is told what is otherwise than it was."""
        if sat.why:
            seat.dismiss(*sat.why)
            return
        self._sat[seat.id] = sat
        code = seat.visitor.channel
        cut = Cut()
        if sat.whole is not None:
            cut.topics = {code: self._otherwise(code, sat.whole)}
        if sat.follows != seat.follows:
            cut.follows = {seat.id: sat.follows}
        self.desk.take(cut)
        if sat.own:
            self.desk.tell_own(seat, sat.own)
        seat.tell(wire.behind(False))

    def _otherwise(self, code: str, whole: News) -> News:
        """What is otherwise in a whole channel than it was told here."""
        known, found = self.desk.channel(code).topics, News()
        for name in {*known, *whole}:
            now, before = whole.get(name, {}), known[name].entities if name in known else {}
            keys = dict.fromkeys((*now, *before))
            found[name] = {key: now.get(key) for key in keys if now.get(key) != before.get(key)}
        return found

    def _ask_again(self) -> None:
        """What was not answered is asked again; what was done already is known there by its name."""
        for seat, asked in self._asked.items():
            for raw in list(asked.values()):
                self._links.tell(self.holder, "said", write(Said(seat, raw)))

    # What its desk asks

    def there(self, channel: str) -> bool:
        """Whoever sits here was let in."""
        return True

    def whole(self, channel: str) -> Cut:
        """As the room sent it with the first seat's place."""
        return self._whole.get(channel, Cut(topics={channel: {}}))

    def own(self, channel: str, person: str, look: Look) -> Alone:
        """It came with the place."""
        return Alone()

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


def _answers(payload: bytes) -> str:
    """The name of the command this answers, none for anything else."""
    answer = _read_answer(payload)
    return answer.done or answer.refused


class _Answer(msgspec.Struct):
    done: str = ""
    refused: str = ""


_read_answer = msgspec.json.Decoder(_Answer).decode
