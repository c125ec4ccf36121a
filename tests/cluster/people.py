"""People as their browsers behave: they come back by themselves, and ask again what was not answered."""

import asyncio
import contextlib
import time
from typing import Any

from tests.cluster.processes import Process
from tests.server import Client


class Person:
    """One browser: it goes to the next process where one does not let it in, as behind one address."""

    def __init__(self, processes: list[Process], code: str, key: str, first: int = 0) -> None:
        self.processes, self.first = processes, first
        self.client = Client(processes[first % len(processes)], code, key)
        self.pending: dict[str, dict[str, Any]] = {}
        self.done: set[str] = set()
        self.refused: dict[str, dict[str, Any]] = {}
        #: When it was let in (monotonic seconds), each time.
        self.came: list[float] = []
        self.in_step = asyncio.Event()
        self._task = asyncio.create_task(self._stay())
        self._seen = 0

    async def send(self, id: str, do: str, **fields: Any) -> None:
        """Ask for something; it is asked again until it is answered."""
        self.pending[id] = {"id": id, "do": do, **fields}
        if self.in_step.is_set():
            with contextlib.suppress(Exception):
                await self.client.say(self.pending[id])

    async def settled(self, seconds: float = 30) -> None:
        """Wait until everything was answered."""
        async with asyncio.timeout(seconds):
            while self.pending or not self.in_step.is_set():
                await asyncio.sleep(0.02)
                self.look()

    async def until(self, holds: Any, seconds: float = 30) -> None:
        """Wait until something holds of what it was told."""
        async with asyncio.timeout(seconds):
            while not (self.in_step.is_set() and holds()):
                await asyncio.sleep(0.02)

    async def leave(self) -> None:
        """Close the page."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        with contextlib.suppress(Exception):
            await self.client.leave()

    def look(self) -> None:
        """Take in what was answered."""
        for frame in self.client.frames[self._seen :]:
            self._seen += 1
            if frame.get("done") in self.pending:
                del self.pending[frame["done"]]
                self.done.add(frame["done"])
            elif frame.get("refused") in self.pending:
                del self.pending[frame["refused"]]
                self.refused[frame["refused"]] = frame

    async def _stay(self) -> None:
        at = self.first
        while True:
            self.client.server = self.processes[at % len(self.processes)]
            try:
                async with asyncio.timeout(3):
                    await self.client.come()
                self.came.append(time.monotonic())
                self.in_step.set()
                for frame in list(self.pending.values()):
                    await self.client.say(frame)
                assert self.client.socket
                await self.client.socket.wait_closed()
            except (OSError, Exception):
                pass
            finally:
                self.in_step.clear()
                with contextlib.suppress(Exception):
                    if self.client.socket:
                        self.client.socket.transport.abort()
            self.look()
            at += 1
            await asyncio.sleep(0.2)
