"""One room in memory: its turns, and the desk where its seats are told."""

import time
from collections.abc import Callable

from sessions.room import Room
from workshop.asking import DELETED
from workshop.cut import RECORD, Cut
from workshop.desk import Desk
from workshop.log import Log
from workshop.reading import Reading
from workshop.seats import Seat
from workshop.turns import Turns

#: Bytes of everything that happened in a room from which on what takes long is done apart from the loop.
LARGE = 256 * 1024


class OpenRoom:
    """A room with its writer, and the seats that follow it."""

    def __init__(self, id: str, log: Log, reading: Reading | None = None) -> None:
        self.id = id
        self.turns = Turns(id, log, reading)
        self.desk = Desk(self.turns.audience)
        self.turns.tells = self._tell
        self.turns.anew = self.desk.begin_again
        #: When somebody last asked for it (monotonic seconds).
        self.asked_for = time.monotonic()
        #: Told when the room's cycle has other days than it had, once they are stored.
        self.cycle_moved: Callable[[], None] = lambda: None
        self._cycle: dict[str, str] = {}

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
        if self.turns.deleted:
            seat.dismiss("deleted", DELETED)
            return
        why = self.turns.audience.why_not(seat.visitor)
        if why:
            seat.dismiss(*why)
        else:
            self.desk.welcome(seat, since, epoch)

    def is_idle(self, since: float) -> bool:
        """Whether nobody has looked at it since then (monotonic seconds), and nothing is under way."""
        if self.desk.seats():
            self.asked_for = time.monotonic()
        return self.asked_for < since and not self.turns.busy()

    def rests(self) -> int:
        """Let go of everything that keeps the room awake; when the next bell rings (Unix milliseconds), or 0."""
        self.desk.channels.clear()
        return self.turns.rests()

    def _tell(self, cut: Cut) -> None:
        self.desk.take(cut)
        if self._cycle != self.room.record.cycle:
            self._cycle = self.room.record.cycle
            self.cycle_moved()

    def say_goodbye(self, session: str = "") -> None:
        """Tell open pages of a session, or of everything here, that it was deleted; and close them."""
        self.desk.say_goodbye("deleted", DELETED, session or None)
        self.turns.deleted = self.turns.deleted or not session


__all__ = ["LARGE", "RECORD", "OpenRoom"]
