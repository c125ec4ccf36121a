"""How long a request may take to arrive, and how large it may be: measured before anything is read."""

import asyncio
from typing import cast

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from workshop import files

#: Bytes a body may have, and one that brings a file.
LARGEST, LARGEST_FILE = 64 * 1024, files.LARGEST
#: Seconds until a request's head has to be whole, and until its body has to be.
HEAD, BODY = 10.0, 30.0


class PatientProtocol(H11Protocol):
    """uvicorn's own HTTP; a connection that does not come to its point is closed."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        upgraded = self.transport.get_protocol() is not self
        if upgraded or (self.cycle is not None and not self.cycle.response_complete):
            self._stop_waiting()
        elif self._waiting is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(HEAD, self._too_long)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _too_long(self) -> None:
        """No whole head yet."""
        self._waiting = None
        self.transport.close()


class Bodies:
    """Refuses bodies that are too large, before they are read where they say so, and those that never end."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        most = LARGEST_FILE if scope["path"].endswith("/import") else LARGEST
        if _announced(scope) > most:
            await _refuse(send, 413, "too_large", _too_large(most))
            return
        await self.app(scope, _Body(receive, most), send)


class _Body:
    """What is received of one body, counted, until its time is over: refusals that whoever reads it lets through."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most, self._left = receive, most, most
        self._until = asyncio.get_running_loop().time() + BODY
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408, "The request did not arrive in time.") from None
        self._left -= len(cast("bytes", message.get("body", b"")))
        if self._left < 0:
            raise HTTPException(413, _too_large(self._most))
        self._whole = not message.get("more_body", False)
        return message


def _too_large(most: int) -> str:
    return f"This can have {most // 1024:,} KB at most."


def _announced(scope: Scope) -> int:
    said = dict(scope["headers"]).get(b"content-length", b"0")
    return int(said) if said.isdigit() and len(said) < 20 else 0


async def _refuse(send: Send, status: int, code: str, say: str) -> None:
    body = f'{{"code":"{code}","say":"{say}"}}'.encode()
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, _length(body)]})
    await send({"type": "http.response.body", "body": body})


def _length(body: bytes) -> tuple[bytes, bytes]:
    return b"content-length", str(len(body)).encode()
