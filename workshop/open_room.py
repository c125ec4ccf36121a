"""One room in memory: its turns, and the desk where its seats are told."""

import time
from collections.abc import Callable
from typing import Protocol

from sessions.room import Room
from sessions.rules.refusal import Refused
from workshop import wire
from workshop.asking import DELETED
from workshop.cut import RECORD, Cut, Visitor
from workshop.desk import Desk
from workshop.log import Log
from workshop.reading import Reading
from workshop.seats import Seat
from workshop.turns import Turns

#: Bytes of everything that happened in a room from which on what takes long is done apart from the loop.
LARGE = 256 * 1024
NO_FIRST_WORD = "Say “since” first, then send commands."


class Elsewhere(Protocol):
    """Seats of a room that sit in other processes."""

    def __len__(self) -> int:
        """How many there are."""

    def take(self, cut: Cut) -> None:
        """Something was stored."""

    def goodbye(self, code: str, say: str, channel: str | None = None) -> None:
        """Open pages of a channel, or of everything here, are closed."""

    def again(self) -> None:
        """All has to be told anew."""


class OpenRoom:
    """A room with its writer, and the seats that follow it."""

    def __init__(self, id: str, log: Log, reading: Reading | None = None) -> None:
        self.id = id
        self.turns = Turns(id, log, reading)
        self.desk = Desk(self.turns.audience)
        self.turns.tells = self._tell
        self.turns.anew = self._anew
        #: When somebody last asked for it (monotonic seconds).
        self.asked_for = time.monotonic()
        #: Told when the room's cycle has other days than it had, once they are stored.
        self.cycle_moved: Callable[[], None] = lambda: None
        self._cycle: dict[str, str] = {}
        #: Seats of other processes, where there are any.
        self.elsewhere: Elsewhere | None = None

    @property
    def room(self) -> Room:
        """The room as it is now."""
        return self.turns.room

    @property
    def title(self) -> str:
        """What people call the room: the organisation, or its first session."""
        held = next(iter(self.room.held.values()), None)
        return self.room.record.organisation or self.room.name or (held.title if held else "The record")

    async def settled(self) -> None:
        """Wait until everything decided so far is stored or void."""
        await self.turns.settled()

    async def shows(self, channel: str) -> None:
        """Wait until all is settled and topics are there to be looked at; those of a large room are filled apart."""
        await self.turns.settled()
        if self.turns.audience.there(channel) and channel not in self.desk.channels and self.turns.size > LARGE:
            whole = await self.turns.apart(lambda: self.turns.audience.whole(channel))
            if channel not in self.desk.channels:
                self.desk.fill(channel, whole)

    async def sit(self, seat: Seat, since: int, epoch: str) -> None:
        """Give a socket its place: welcome it and tell it everything, or what changed since."""
        await self.shows(seat.visitor.channel)
        if seat.gone:
            return
        why = self.why_not(seat.visitor)
        if why:
            seat.dismiss(*why)
        else:
            self.desk.welcome(seat, since, epoch)

    def why_not(self, visitor: Visitor) -> tuple[str, str] | None:
        """Why somebody has no place here now, as code and sentence; none where they have."""
        return ("deleted", DELETED) if self.turns.deleted else self.turns.audience.why_not(visitor)

    def hear(self, seat: Seat, text: str | bytes, outline: wire.Frame) -> None:
        """A seat commands, or wishes to look at something. Raises ``Refused``."""
        if not seat.ready:
            raise Refused("no_first_word", NO_FIRST_WORD)
        visitor, turns = seat.visitor, self.turns
        if not outline.do:
            turns.audience.wish(seat.id, outline.follow, outline.unfollow)
            return
        if visitor.screen:
            raise Refused("not_yours", "The big screen only shows.")
        command = wire.command(text, outline)
        if visitor.channel == RECORD:
            turns.take_on_record(visitor.person, visitor.key, visitor.team, command, seat.tell, visitor.who)
        else:
            turns.take(visitor.channel, visitor.person, command, seat.tell, visitor.look)

    def catch_up(self, seat: Seat) -> None:
        """A paused seat reads again."""
        self.desk.catch_up(seat)

    def left(self, seat: Seat) -> None:
        """The socket is gone."""
        self.desk.leave(seat)

    def is_idle(self, since: float) -> bool:
        """Whether nobody has looked at it since then (monotonic seconds), and nothing is under way."""
        if self.desk.seats() or (self.elsewhere is not None and len(self.elsewhere)):
            self.asked_for = time.monotonic()
        return self.asked_for < since and not self.turns.busy()

    def rests(self) -> int:
        """Let go of everything that keeps the room awake; when the next bell rings (Unix milliseconds), or 0."""
        self.desk.channels.clear()
        return self.turns.rests()

    def _tell(self, cut: Cut) -> None:
        self.desk.take(cut)
        if self.elsewhere is not None:
            self.elsewhere.take(cut)
        if self._cycle != self.room.record.cycle:
            self._cycle = self.room.record.cycle
            self.cycle_moved()

    def say_goodbye(self, session: str = "") -> None:
        """Tell open pages of a session, or of everything here, that it was deleted; and close them."""
        self.goodbye("deleted", DELETED, session or None)
        self.turns.deleted = self.turns.deleted or not session

    def goodbye(self, code: str, say: str, channel: str | None = None) -> None:
        """Tell open pages of a channel, or of everything here, why they are closed."""
        self.desk.say_goodbye(code, say, channel)
        if self.elsewhere is not None:
            self.elsewhere.goodbye(code, say, channel)

    def _anew(self) -> None:
        self.desk.begin_again()
        if self.elsewhere is not None:
            self.elsewhere.again()


__all__ = ["LARGE", "RECORD", "OpenRoom"]


class Hears(Protocol):
    """A room, or what stands for one here that another process holds."""

    def hear(self, seat: Seat, text: str | bytes, outline: wire.Frame) -> None:
        """A seat commands, or wishes to look at something. Raises ``Refused``."""


def hear(room: Hears, seat: Seat, text: str | bytes) -> None:
    """Have a room hear what a seat said before, or by another way than its own socket; a refusal is told."""
    outline = wire.Frame()
    try:
        outline = wire.read(text)
        room.hear(seat, text, outline)
    except Refused as fault:
        seat.tell(wire.refused(outline.id, fault))
