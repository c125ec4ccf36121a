"""One socket of uvicorn's, with a way to write a message that was framed once for everybody."""

import asyncio
import socket
from asyncio.transports import BaseTransport
from collections.abc import Awaitable, Callable
from typing import cast

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request

from web import deflating, pings
from workshop import wire
from workshop.wire import Framed

#: Under this name the ASGI scope's extensions hold the protocol.
EXTENSION = "waggle.fanout"

#: Bytes the kernel may hold for a reader that does not read; without a bound it swallows megabytes.
SEND_BUFFER, NOT_SENT = 64 * 1024, 16 * 1024
#: Bytes we hold before a seat counts as paused.
HIGH_WATER = 128 * 1024
#: Bytes that may wait for a reader who does not read; beyond them the connection is cut off.
MOST_WAITING = 1024 * 1024


class FanoutProtocol(WebSocketsSansIOProtocol):
    """uvicorn's own protocol; its transport takes whole frames from a ``FastPort``."""

    paused = False
    #: Whether it takes what is made smaller for all.
    deflates = False
    #: Whether anything came since it was looked at, and how often it was looked at before something came.
    heard, silent = False, 0
    #: Hears when the reader falls behind (true) and when it keeps up again.
    on_flow: Callable[[bool], None] | None = None
    #: Takes each text message as it arrives, past the queue that wakes a task for every one of them.
    on_text: Callable[[bytes], None] | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=HIGH_WATER)
        connection = self.transport.get_extra_info("socket")
        if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
            option = getattr(socket, "TCP_NOTSENT_LOWAT", None)
            if option is not None:
                connection.setsockopt(socket.IPPROTO_TCP, option, NOT_SENT)

    # Whether it is still there

    def data_received(self, data: bytes) -> None:
        self.heard = True
        super().data_received(data)

    def start_keepalive(self) -> None:
        pings.of(self.loop).begin(self)

    def stop_keepalive(self) -> None:
        pings.of(self.loop).end(self)

    def say(self, frames: bytes) -> None:
        """Send what is said by itself: a ping, to which any word is an answer, and that somebody is there."""
        if self.may_write:
            self.transport.write(frames)

    def let_go(self) -> None:
        """End the connection: nobody has answered."""
        self.transport.abort()

    def handle_connect(self, event: Request) -> None:
        if deflating.reads_well(event.headers.get("User-Agent", "")):
            self.conn.available_extensions = [deflating.OFFERED]
        super().handle_connect(event)
        self.deflates = deflating.shares(self.conn.extensions)

    async def run_asgi(self) -> None:
        extensions = cast("dict[str, object]", self.scope["extensions"])
        extensions[EXTENSION] = self
        await super().run_asgi()

    async def send(self, message: ASGISendEvent) -> None:
        await super().send(message)
        if self.initial_response is not None and self.close_sent:
            # Who is not let in has had an answer: uvicorn would log an error for each of them.
            self.handshake_complete = True

    @property
    def may_write(self) -> bool:
        """Whether whole frames may still be put onto the transport."""
        return not self.close_sent and not self.disconnected

    def handle_text(self, event: Frame) -> None:
        if self.on_text is not None and event.fin and not self.close_sent:
            self.on_text(bytes(event.data))
        else:
            super().handle_text(event)

    def pause_writing(self) -> None:
        self.paused = True
        super().pause_writing()
        if self.on_flow is not None:
            self.on_flow(True)

    def resume_writing(self) -> None:
        self.paused = False
        super().resume_writing()
        if self.on_flow is not None:
            self.on_flow(False)

    def handle_parser_exception(self) -> None:
        """Too large a frame, or no frame at all: say so before the socket closes."""
        if self.handshake_complete and not self.transport.is_closing():
            limit = wire.LARGEST // 1024
            say = f"This message was larger than {limit} KB, or damaged, so the connection was closed."
            self.transport.write(wire.framed(wire.bye("bad_frame", say)))
        super().handle_parser_exception()


class FastPort:
    """Writes to a ``FanoutProtocol``; what one person gets in one turn goes out in one piece."""

    # A change is written to every seat: what that looks at lies close together.
    __slots__ = ("_close", "_held", "_loop", "_protocol", "_small", "_write", "on_resume", "paused")

    def __init__(self, protocol: FanoutProtocol, close: Callable[[int, str], None]) -> None:
        self.paused = protocol.paused
        self.on_resume: Callable[[], None] | None = None
        protocol.on_flow = self._flow
        self._protocol = protocol
        self._write = protocol.transport.write
        self._small = protocol.deflates
        self._close = close
        self._held: list[bytes] = []
        self._loop = asyncio.get_running_loop()

    def write(self, payloads: list[bytes], framed: Framed | None = None) -> None:
        """Write now what was framed for all, and in a moment what is for one."""
        if self.paused and self._too_much(payloads):
            return
        if framed is None:
            if not self._held:
                self._loop.call_soon(self._flush)
            self._held += map(wire.framed, payloads)
            return
        told, protocol = framed.small if self._small else framed.plain, self._protocol
        if self._held:
            self._held.append(told)
            self._flush()
        # As ``may_write`` says, without a call for every seat.
        elif not (protocol.close_sent or protocol.disconnected):
            self._write(told)

    def close(self, code: int, reason: str) -> None:
        """Close once what was written is out."""
        self._flush()
        self._close(code, reason)

    def _too_much(self, payloads: list[bytes]) -> bool:
        """Whether what waits for this reader has grown past all bounds; then the connection ends at once."""
        transport = self._protocol.transport
        waiting = transport.get_write_buffer_size() + sum(map(len, self._held)) + sum(map(len, payloads))
        if waiting > MOST_WAITING:
            self._held.clear()
            transport.abort()
        return waiting > MOST_WAITING

    def _flush(self) -> None:
        if self._held:
            held, self._held = self._held, []
            if self._protocol.may_write:
                self._write(b"".join(held))

    def _flow(self, paused: bool) -> None:
        self.paused = paused
        if not paused and self.on_resume is not None:
            self.on_resume()


class PlainPort:
    """Writes through ASGI ``send``, under any server; a queue keeps the room from waiting."""

    #: Messages a reader may be behind before it counts as paused.
    MOST = 200

    def __init__(self, send: Callable[[str], Awaitable[None]], close: Callable[[int, str], None]) -> None:
        self._send = send
        self._close = close
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._waiting = 0
        self._task = asyncio.create_task(self._drain())
        self._ending: tuple[int, str] | None = None
        self.paused = False
        self.on_resume: Callable[[], None] | None = None

    def write(self, payloads: list[bytes], framed: Framed | None = None) -> None:
        """Queue messages."""
        self._waiting += sum(map(len, payloads))
        if self._waiting > MOST_WAITING:
            self._close(1013, "too much waits")
            return
        for payload in payloads:
            self._queue.put_nowait(payload.decode())
        self.paused = self._queue.qsize() > self.MOST

    def close(self, code: int, reason: str) -> None:
        """Close once what was queued is out."""
        self._ending = (code, reason)
        self._queue.put_nowait(None)

    def stop(self) -> None:
        """The socket is gone."""
        self._task.cancel()

    async def _drain(self) -> None:
        while (message := await self._queue.get()) is not None:
            await self._send(message)
            self._waiting -= len(message.encode())
            if self.paused and self._queue.empty():
                self.paused = False
                if self.on_resume is not None:
                    self.on_resume()
        if self._ending:
            self._close(*self._ending)
