"""One port before several processes: each connection goes to the next one that answers, as behind any proxy."""

import asyncio
import contextlib
from collections.abc import Callable

#: Seconds a process has to answer.
PATIENCE = 2.0


class Front:
    """Listens on one port, and passes on what comes, byte by byte."""

    def __init__(self, port: int, behind: Callable[[], list[int]]) -> None:
        self.port, self._behind, self._next = port, behind, 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._came, "127.0.0.1", self.port, backlog=1024)

    async def close(self) -> None:
        """Listen no longer."""
        if self._server is not None:
            self._server.close()
        for task in (ended := list(self._tasks)):
            task.cancel()
        await asyncio.gather(*ended, return_exceptions=True)

    async def _came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        there = None
        try:
            there = await self._process()
            if there is not None:
                await asyncio.gather(_pass_on(reader, there[1]), _pass_on(there[0], writer))
        finally:
            for open in (writer, there[1] if there else writer):
                open.transport.abort()

    async def _process(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        ports = self._behind()
        for _ in ports:
            self._next += 1
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    return await asyncio.open_connection("127.0.0.1", ports[self._next % len(ports)])
        return None


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while read := await reader.read(64 * 1024):
            writer.write(read)
            await writer.drain()
    with contextlib.suppress(OSError):
        writer.close()
