"""Whether silent sockets are still there: one timer for all asks a few at a time; who does not answer is let go.

uvicorn keeps two timers for every socket, and asks each every twenty seconds whether it spoke or not.
"""

import asyncio
import weakref
from collections.abc import Iterator
from itertools import cycle
from typing import Protocol

from workshop import wire

#: An empty ping, as a frame.
PING = b"\x89\x00"
#: What a page can hear, which no ping is: on a line where even this comes no more, nothing comes.
BEAT = wire.framed(b'{"beat":1}')
#: Seconds until it is looked at a socket again; each is told then that somebody is there.
SWEEP = 20.0
#: After how many looks without a word a socket is asked; it is let go with the next one. An answer costs more than a
#: beat: it has to be read.
ASKED = 2
#: In how many parts: so that a thousand are not asked at once, and that nothing is woken for each of them.
PARTS = 4


class Socket(Protocol):
    """A socket that notes whether it ``heard`` anything, and for how many looks it was ``silent``."""

    heard: bool
    silent: int

    def say(self, frames: bytes) -> None:
        """Send this."""

    def let_go(self) -> None:
        """End the connection: nobody is there."""


class Pings:
    """The sockets of one loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._parts: list[set[Socket]] = [set() for _ in range(PARTS)]
        self._place: dict[Socket, set[Socket]] = {}
        self._next: Iterator[set[Socket]] = cycle(self._parts)
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, socket: Socket) -> None:
        """Look after a socket from now on."""
        part = min(self._parts, key=len)
        part.add(socket)
        self._place[socket] = part
        if self._timer is None:
            self._timer = self._loop.call_later(SWEEP / PARTS, self._sweep)

    def end(self, socket: Socket) -> None:
        """Look after it no longer."""
        part = self._place.pop(socket, None)
        if part is not None:
            part.discard(socket)
        if not self._place and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _sweep(self) -> None:
        self._timer = self._loop.call_later(SWEEP / PARTS, self._sweep)
        for socket in list(next(self._next)):
            socket.silent = 0 if socket.heard else socket.silent + 1
            socket.heard = False
            if socket.silent > ASKED:
                socket.let_go()
            else:
                socket.say(PING + BEAT if socket.silent == ASKED else BEAT)


_of_loop: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Pings]" = weakref.WeakKeyDictionary()


def of(loop: asyncio.AbstractEventLoop) -> Pings:
    """The one that looks after a loop's sockets."""
    return _of_loop.setdefault(loop, Pings(loop))
