"""Long work with a room, done apart from the loop: this room waits for it, and no other does."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Found = TypeVar("Found")


class Apart:
    """Of one room: what takes long is done one after the other, and what else would happen meanwhile waits."""

    def __init__(self, settled: Callable[[], Awaitable[None]]) -> None:
        self._settled = settled
        self._working: asyncio.Future[None] | None = None
        self._waiting: list[Callable[[], None]] = []
        self._one_at_a_time = asyncio.Lock()

    def busy(self) -> bool:
        """Whether something is being done."""
        return self._working is not None

    def put_off(self, work: Callable[[], None]) -> bool:
        """Whether this has to wait until what is being done is done; it is then done by itself."""
        if self._working is not None:
            self._waiting.append(work)
        return self._working is not None

    async def over(self) -> None:
        """Wait until nothing is being done."""
        while self._working is not None:
            await asyncio.shield(self._working)

    async def do(self, work: Callable[[], Found]) -> Found:
        """Do it in a thread, once everything decided before is stored."""
        async with self._one_at_a_time:
            await self._settled()
            self._working = asyncio.get_running_loop().create_future()
            try:
                return await asyncio.to_thread(work)
            finally:
                self._working.set_result(None)
                self._working = None
                waiting, self._waiting = self._waiting, []
                asyncio.get_running_loop().call_soon(lambda: [later() for later in waiting])
