"""Another program that is told what happens: keeps every call, and answers as it is told to."""

import asyncio
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse, Response

from tests.ports import free_port

PATIENCE = 10.0


class Listener:
    """Listens on a port of its own; ``status`` is how it answers."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self._heard = asyncio.Event()
        port = free_port()
        self.address = f"http://127.0.0.1:{port}/told"
        app = FastAPI()
        app.post("/told")(self._told)
        self._server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None))

    async def start(self) -> None:
        """Listen."""
        self._task = asyncio.create_task(self._server.serve())
        while not self._server.started:
            await asyncio.sleep(0)

    async def stop(self) -> None:
        """Listen no more."""
        self._server.should_exit = True
        await self._task

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
