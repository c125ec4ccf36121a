"""uvicorn's server, that waits for its end instead of looking ten times a second whether it has come."""

import asyncio
from types import FrameType

import uvicorn


class QuietServer(uvicorn.Server):
    """Serves until a signal, and does nothing by itself in between: answers get their date where they are made."""

    _loop: asyncio.AbstractEventLoop | None = None
    _ended: asyncio.Event

    async def main_loop(self) -> None:
        self._ended, self._loop = asyncio.Event(), asyncio.get_running_loop()
        if not self.should_exit:
            await self._ended.wait()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._ended.set)
