"""Somebody else's program, served on a port of its own in this process."""

import asyncio
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI

from tests.ports import free_port


class Elsewhere:
    """Answers by these functions, each by its method and path."""

    def __init__(self, *answers: tuple[str, str, Callable[..., Any]]) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        app = FastAPI()
        for method, path, answer in answers:
            app.add_api_route(path, answer, methods=[method], response_model=None)
        self._server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None))

    async def start(self) -> None:
        """Serve."""
        self._task = asyncio.create_task(self._server.serve())
        while not self._server.started:
            await asyncio.sleep(0)

    async def stop(self) -> None:
        """Serve no more."""
        self._server.should_exit = True
        await self._task
