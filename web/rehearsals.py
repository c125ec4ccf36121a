"""Rehearsals begun with a button: simulated people in the background, until the copy is closed."""

import asyncio

import structlog
from starlette.requests import HTTPConnection

from workshop import rehearse

logger = structlog.get_logger()

PEOPLE = 7


class Rehearsals:
    """The simulated people of this process."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, request: HTTPConnection, code: str, people: int = PEOPLE) -> None:
        """Let ``people`` simulated participants join the session over the wire."""
        server = request.scope.get("server") or ("127.0.0.1", 8000)
        host = "127.0.0.1" if server[0] in ("0.0.0.0", "::", None) else server[0]
        task = asyncio.create_task(self._play(f"http://{host}:{server[1]}", code, people))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Send everybody home."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _play(self, address: str, code: str, people: int) -> None:
        try:
            await rehearse.play(address, code, people)
        except Exception as fault:
            logger.warning("rehearsal ended", reason=type(fault).__name__)
