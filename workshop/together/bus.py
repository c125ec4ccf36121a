"""A bus: carries messages from one process to another, in order, and may lose some."""

import asyncio
from collections.abc import Callable
from typing import Protocol


class Bus(Protocol):
    """What several processes need between them, and no more."""

    #: Bytes one message may have.
    largest: int

    async def open(self, me: int, take: Callable[[bytes], None]) -> None:
        """Be reached under this number from now on; ``take`` gets each message."""

    def send(self, to: int, message: bytes) -> None:
        """Send to one process; never waits."""

    def send_all(self, message: bytes) -> None:
        """Send to every process, this one as well; never waits."""

    async def close(self) -> None:
        """Be reached no longer, once what was sent is out."""


class Hub:
    """Where buses inside one process meet."""

    def __init__(self) -> None:
        self.there: dict[int, Callable[[bytes], None]] = {}


class InOneProcess:
    """A bus between parts of one process: for trying, and for finding out what happens when messages are lost."""

    largest = 64 * 1024

    def __init__(self, hub: Hub) -> None:
        self._hub, self._me = hub, 0
        #: Says of each message whether it is lost.
        self.loses: Callable[[int, bytes], bool] = lambda to, message: False

    async def open(self, me: int, take: Callable[[bytes], None]) -> None:
        self._me = me
        self._hub.there[me] = take

    def send(self, to: int, message: bytes) -> None:
        assert len(message) <= self.largest
        if not self.loses(to, message):
            asyncio.get_running_loop().call_soon(self._arrives, to, message)

    def send_all(self, message: bytes) -> None:
        for to in list(self._hub.there):
            self.send(to, message)

    async def close(self) -> None:
        self._hub.there.pop(self._me, None)

    def _arrives(self, to: int, message: bytes) -> None:
        take = self._hub.there.get(to)
        if take is not None:
            take(message)
