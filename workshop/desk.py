"""The desk: topics take what was stored, one frame goes to every seat, and a slow seat holds nobody up.

It knows no room: it is handed cuts, and asks through ``Source`` for what it has not got.
"""

import secrets
import time
from collections.abc import Iterable
from typing import Protocol

from workshop import wire
from workshop.channel import Channel
from workshop.clock import now_ms
from workshop.cut import PLACE, RECORD, Alone, Changes, Cut, Look, Visitor
from workshop.flushing import Flushing
from workshop.seats import Seat
from workshop.topics import frame

#: A seat that stays paused this long is let go, in seconds.
PATIENCE = 30.0


class Source(Protocol):
    """What a desk asks of whoever holds the room."""

    id: str

    def there(self, channel: str) -> bool:
        """Whether there is such a channel."""

    def whole(self, channel: str) -> Cut:
        """Everything there is in a channel, whose changes are in the cuts from now on."""

    def own(self, channel: str, person: str, look: Look) -> Alone:
        """All that is one person's alone."""

    def enter(self, seat: int, visitor: Visitor) -> frozenset[str]:
        """A seat is taken, or taken anew; returns what it follows."""

    def leave(self, seat: int) -> None:
        """The seat is empty."""

    def why_not(self, visitor: Visitor) -> tuple[str, str] | None:
        """Why a seat has no place, as code and sentence."""

    def roles(self, visitor: Visitor) -> list[str]:
        """What a seat is told it is."""

    def where(self, visitor: Visitor) -> Iterable[str]:
        """The places somebody stands at, before they have a seat."""


class Desk:
    """The seats of one room, and what they are told."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.epoch = secrets.token_hex(8)
        self.channels: dict[str, Channel] = {}
        self.flushing = Flushing(self.channels)
        self._seats: dict[int, Seat] = {}

    @property
    def number(self) -> int:
        """The last number anything was told under."""
        return self.flushing.number

    @property
    def frames(self) -> int:
        """How many frames were written."""
        return self.flushing.frames

    def channel(self, code: str) -> Channel:
        """The topics of a session or of the record, filled when they are first asked for."""
        if code not in self.channels:
            self.fill(code, self._source.whole(code))
        return self.channels[code]

    def fill(self, code: str, whole: Cut) -> None:
        """Topics begin with everything there is."""
        channel = self.channels.setdefault(code, Channel(code))
        channel.topics, channel.me = {}, {}
        _ = channel.main, channel.helm
        for name, news in whole.topics.get(code, {}).items():
            topic = channel.topic(name)
            for key, body in news.items():
                if body is not None:
                    topic.entities[key], topic.stamps[key] = body, self.number
        channel.main.floor = channel.helm.floor = self.number - 1

    def seats(self) -> int:
        """How many sockets are open."""
        return sum(len(channel.seats) for channel in self.channels.values())

    def sitting(self) -> list[Seat]:
        """Every seat that was let in."""
        return list(self._seats.values())

    # What was stored

    def take(self, cut: Cut) -> None:
        """Put what was stored into the topics, tell people what is theirs, and flush soon."""
        for code, channel in self.channels.items():
            channel.put(cut.topics.get(code, {}))
            for person, seen in cut.own.get(code, {}).items():
                self._tell_own(channel, person, seen)
        for id, why in cut.seen_off.items():
            if (seat := self._seats.get(id)) and seat.ready:
                seat.dismiss(*why)
        for id, follows in cut.follows.items():
            if (seat := self._seats.get(id)) and seat.ready:
                self._move(seat, follows)
        self.flushing.soon()

    def begin_again(self) -> None:
        """All has to be told anew: a new epoch, and everybody gets everything."""
        self.epoch = secrets.token_hex(8)
        self.flushing.number += 1
        for code in list(self.channels):
            self._begin_again(code, self.channels[code])

    def _begin_again(self, code: str, channel: Channel) -> None:
        there = self._source.there(code)
        if there:
            self.fill(code, self._source.whole(code))
        else:
            del self.channels[code]
        for seat in [seat for seat in channel.seats if seat.ready]:
            gone = None if there else ("gone", "This session could not be stored. Open it again.")
            why = gone or self._source.why_not(seat.visitor)
            if why:
                seat.dismiss(*why)
            else:
                self.welcome(seat, 0, "")

    # Seats

    def welcome(self, seat: Seat, since: int, epoch: str) -> None:
        """Say who the seat is and where things stand; then it hears what everybody hears."""
        visitor = seat.visitor
        channel = self.channel(visitor.channel)
        channel.sit(seat)
        self._seats[seat.id] = seat
        channel.follow(seat, self._source.enter(seat.id, visitor))
        seat.lost = frozenset()
        if epoch != self.epoch or since > self.number:
            since = 0
        seat.number, seat.ready = self.number, True
        seat.behind_since, seat.behind_me = 0.0, False
        if seat.port.paused:
            seat.behind_since, seat.owed = time.monotonic(), (since, epoch)
            return
        welcome = {
            "room": self._source.id,
            "session": visitor.channel,
            "person": "" if visitor.screen else visitor.person,
            "roles": self._source.roles(visitor),
            "number": self.number,
            "epoch": self.epoch,
            "now": now_ms(),
        }
        frames = [wire.encode({"welcome": welcome}), channel.main.since(since, self.number)]
        if "helm" in seat.follows:
            frames.append(channel.helm.since(since, self.number))
        if "me" in seat.follows:
            frames.append(self._me(channel, visitor))
        seat.tell_all(frames + self._places(channel, seat.follows))

    def leave(self, seat: Seat) -> None:
        """The socket is gone."""
        channel = self.channels.get(seat.visitor.channel)
        if channel is None or self._seats.pop(seat.id, None) is None:
            return
        seat.ready = False
        channel.stand_up(seat)
        self._source.leave(seat.id)

    def catch_up(self, seat: Seat) -> None:
        """A paused seat reads again: tell it what changed while it did not."""
        if not seat.ready or not seat.behind_since:
            return
        if seat.owed is not None:
            (since, epoch), seat.owed = seat.owed, None
            self.welcome(seat, since, epoch)
            return
        channel, visitor = self.channels[seat.visitor.channel], seat.visitor
        since, seat.number, seat.behind_since = seat.number, self.number, 0.0
        frames = [channel.main.since(since, self.number)]
        if "helm" in seat.follows:
            frames.append(channel.helm.since(since, self.number))
        if "me" in seat.follows and seat.behind_me:
            frames.append(self._me(channel, visitor))
        seat.behind_me = False
        frames += [_gone(topic) for topic in sorted(seat.lost)]
        seat.lost = frozenset()
        seat.tell_all(frames + self._places(channel, seat.follows))

    def let_go_of_the_slow(self) -> None:
        """Close seats that have not read for too long; they come back by themselves."""
        limit = time.monotonic() - PATIENCE
        for seat in [seat for seat in self._seats.values() if seat.behind_since and seat.behind_since < limit]:
            seat.dismiss("too_slow", "Your connection could not keep up. It will be tried again.")

    def say_goodbye(self, code: str, say: str, channel: str | None = None) -> None:
        """Tell open pages of a channel, or of everything here, why they are closed."""
        for seat in list(self._seats.values()):
            if channel is None or seat.visitor.channel == channel:
                seat.dismiss(code, say)

    def paint(self, visitor: Visitor, helm: bool) -> bytes:
        """The first paint of a page: number, epoch and the topics it begins with, as JSON."""
        channel = self.channel(visitor.channel)
        topics = [channel.main.full(self.number)]
        if helm:
            topics.append(channel.helm.full(self.number))
        if visitor.person and visitor.channel != RECORD:
            topics.append(self._me(channel, visitor))
            topics += [channel.topic(PLACE + place).full(self.number) for place in sorted(self._source.where(visitor))]
        now = now_ms()
        head = b'{"number":%d,"epoch":"%b","now":%d,' % (self.number, self.epoch.encode(), now)
        return head + b'"topics":[' + b",".join(topics) + b"]}"

    # What one seat is told

    def _move(self, seat: Seat, follows: frozenset[str]) -> None:
        """A seat follows something else now: it loses what it had, and gets the rest in full."""
        channel = self.channels[seat.visitor.channel]
        left, came = seat.follows - follows, follows - seat.follows
        channel.follow(seat, follows)
        if seat.port.paused:
            seat.lost = (seat.lost | left) - follows
            seat.behind_since = seat.behind_since or time.monotonic()
            return
        full = [channel.topic(name).full(self.number) for name in sorted(came - {"me"})]
        seat.tell_all([_gone(topic) for topic in sorted(left)] + full)

    def _places(self, channel: Channel, follows: frozenset[str]) -> list[bytes]:
        return [channel.topic(name).full(self.number) for name in sorted(follows) if name.startswith(PLACE)]

    def _tell_own(self, channel: Channel, person: str, seen: dict[Look, Alone]) -> None:
        """Keep up what was asked for, forget what nobody looks with any more, and tell what changed."""
        known, seats = channel.me.pop(person, {}), channel.by_person.get(person, ())
        here = {seat.visitor.look for seat in seats}
        payloads = dict[Look, bytes]()
        for look, alone in known.items():
            # A seat whose room is moving has no place there yet, and hears all of it once it has.
            if look in seen or look in here:
                channel.me.setdefault(person, {})[look] = alone
            if look in seen and (changed := alone.take(seen[look])):
                payloads[look] = self._frame_of_me(changed)
        for seat in seats if payloads else ():
            if seat.ready and seat.visitor.look in payloads and "me" in seat.follows:
                if seat.port.paused:
                    seat.behind_me = True
                    seat.behind_since = seat.behind_since or time.monotonic()
                else:
                    seat.tell(payloads[seat.visitor.look])

    def tell_own(self, seat: Seat, alone: Alone) -> None:
        """All that is one person's alone is this now, for a seat whose room has moved."""
        channel, visitor = self.channels[seat.visitor.channel], seat.visitor
        channel.me.setdefault(visitor.person, {})[visitor.look] = alone
        if seat.port.paused:
            seat.behind_me = True
            seat.behind_since = seat.behind_since or time.monotonic()
        else:
            seat.tell(self._me(channel, visitor))

    def _me(self, channel: Channel, visitor: Visitor) -> bytes:
        alone = self.own(channel, visitor.person, visitor.look)
        return self._frame_of_me({**alone.few, **alone.many}, full=True)

    def _frame_of_me(self, news: Changes, full: bool = False) -> bytes:
        told = {key: body for key, body in news.items() if body is not None}
        return frame("me", self.number, told, [key for key in news if key not in told], full)

    def own(self, channel: Channel, person: str, look: Look) -> Alone:
        """All that is one person's alone; asked for once, and kept up by cuts."""
        seen = channel.me.setdefault(person, {})
        if look not in seen:
            seen[look] = self._source.own(channel.code, person, look)
        return seen[look]


def _gone(topic: str) -> bytes:
    return wire.encode({"gone": topic})
