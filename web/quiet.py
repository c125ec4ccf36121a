"""uvicorn's server, that waits for its end instead of looking ten times a second whether it has come."""

import asyncio
from collections.abc import Awaitable, Callable
from types import FrameType

import uvicorn

from web.patience import PatientProtocol


class QuietServer(uvicorn.Server):
    """Serves until a signal, and does nothing by itself in between: answers get their date where they are made.

    ``leave`` is done between the first signal, at which it stops listening, and the end; a second signal does not wait
    for it.
    """

    _loop: asyncio.AbstractEventLoop | None = None
    _ended: asyncio.Event
    _leaving: asyncio.Task[None] | None = None

    def __init__(self, config: uvicorn.Config, leave: Callable[[], Awaitable[None]] | None = None) -> None:
        super().__init__(config)
        self._leave = leave

    async def main_loop(self) -> None:
        self._ended, self._loop = asyncio.Event(), asyncio.get_running_loop()
        if not self.should_exit:
            await self._ended.wait()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._loop is not None and self._leave is not None and self._leaving is None:
            self._loop.call_soon_threadsafe(self._begin_to_leave, sig)
            return
        super().handle_exit(sig, frame)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._ended.set)

    def _begin_to_leave(self, sig: int) -> None:
        self._leaving = asyncio.ensure_future(self._end(sig))

    def _take_nobody(self) -> None:
        """Whoever is sent away would come back here, where the fewest are: what balances finds nobody listening."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            if isinstance(connection, PatientProtocol):
                connection.shutdown()

    async def _end(self, sig: int) -> None:
        assert self._leave is not None
        self._take_nobody()
        try:
            await self._leave()
        finally:
            self.handle_exit(sig, None)
