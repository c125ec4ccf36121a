"""Another program that is told what happens: keeps every call, and answers as it is told to."""

import asyncio
from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from tests.web.elsewhere import Elsewhere

PATIENCE = 10.0


class Listener(Elsewhere):
    """Listens; ``status`` is how it answers."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self._heard = asyncio.Event()
        super().__init__(("POST", "/told", self._told))
        self.address += "/told"

    async def heard(self, count: int) -> list[tuple[dict[str, str], bytes]]:
        """The first calls, as soon as there are so many."""
        async with asyncio.timeout(PATIENCE):
            while len(self.calls) < count:
                self._heard.clear()
                await self._heard.wait()
        return self.calls[:count]

    async def _told(self, request: Request) -> Any:
        self.calls.append((dict(request.headers), await request.body()))
        self._heard.set()
        if self.status == 307:
            return RedirectResponse(self.address.replace("/told", "/elsewhere"))
        return Response(status_code=self.status)
