"""Flushing: what waits in topics is framed once and written to every seat; a tick, not a flood."""

import asyncio
import time

from workshop.channel import Channel
from workshop.seats import Seat
from workshop.wire import Framed

#: The longest gap between two frames, and how much longer than the last flush it is, in seconds.
LONGEST_GAP, GAP = 0.1, 9.0
#: Counters move at most this often, and so do those who come, in seconds.
COUNTING = 0.25


class Flushing:
    """The first change goes out at once; then the gap is about nine times what the last flush took."""

    def __init__(self, channels: dict[str, Channel]) -> None:
        self._channels = channels
        self.number = 1
        self.frames = 0
        self._flushed = 0.0
        self._took = 0.0
        self._timer: asyncio.TimerHandle | asyncio.Handle | None = None
        self._counting: asyncio.TimerHandle | None = None

    def soon(self) -> None:
        """Tell what waits, as soon as the gap is over."""
        if self._timer is not None:
            return
        gap = min(LONGEST_GAP, GAP * self._took)
        wait = self._flushed + gap - time.monotonic()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(wait, self._flush) if wait > 0 else loop.call_soon(self._flush)

    def now(self) -> None:
        """Tell what waits to be told together, counts included, without waiting any longer."""
        for channel in self._channels.values():
            channel.counted = 0.0
        if self._timer is not None:
            self._timer.cancel()
        self._flush()

    def _flush(self) -> None:
        self._timer = None
        began = time.monotonic()
        later = False
        for channel in self._channels.values():
            counts = began - channel.counted >= COUNTING
            # Whatever else is told may be theirs who came: they are told of before it.
            self._flush_channel(channel, counts, counts or any(topic.hurries() for topic in channel.topics.values()))
            self._flush_places(channel)
            later = later or bool(channel.main.waiting or channel.helm.waiting)
            if counts:
                channel.counted = began
        self._flushed = time.monotonic()
        self._took = self._flushed - began
        if later and self._counting is None:
            self._counting = asyncio.get_running_loop().call_later(COUNTING, self._count)

    def _count(self) -> None:
        self._counting = None
        self.soon()

    def _flush_channel(self, channel: Channel, counters: bool, coming: bool) -> None:
        self.number += 1
        main = channel.main.cut(self.number, counters, coming)
        helm = channel.helm.cut(self.number, counters, coming)
        if main is None and helm is None:
            self.number -= 1
            return
        told = [main] if main else []
        steering = [*told, helm] if helm else told
        framed = Framed(told)
        framed_steering = Framed(steering) if helm else framed
        behind_since = time.monotonic()
        for seat in channel.seats:
            steers = "helm" in seat.follows
            payloads = steering if steers else told
            if payloads:
                self._write(seat, payloads, framed_steering if steers else framed, behind_since)

    def _flush_places(self, channel: Channel) -> None:
        """Tell each place's news to who stands there, and to nobody else."""
        for topic in channel.places():
            if not topic.waiting:
                continue
            self.number += 1
            payload = topic.cut(self.number)
            assert payload is not None
            framed, behind_since = Framed([payload]), time.monotonic()
            for seat in channel.at.get(topic.name, ()):
                self._write(seat, [payload], framed, behind_since, counts=False)

    def _write(
        self, seat: Seat, payloads: list[bytes], framed: Framed, behind_since: float, counts: bool = True
    ) -> None:
        """Write to a seat that reads; ``counts``: it knows everything up to this number then."""
        if not seat.ready:
            return
        if seat.port.paused:
            seat.behind_since = seat.behind_since or behind_since
            return
        if counts:
            seat.number = self.number
        seat.port.write(payloads, framed)
        self.frames += 1
