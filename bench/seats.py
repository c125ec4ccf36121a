"""Many light WebSocket seats: raw asyncio protocols that count frames and note when word comes back."""

import asyncio
import base64
import json
import os
import time
import zlib
from typing import Any


class Seat(asyncio.Protocol):
    """One socket. ``frames`` and ``bytes`` count what came; ``latencies`` are seconds until done."""

    def __init__(self, path: str, key: str, cookie: str = "", origin: str = "") -> None:
        self.path, self.key = path, key
        #: As a browser says them: its cookie, and from which page it comes.
        self._more = f"Cookie: {cookie}\r\nOrigin: {origin}\r\n" if cookie else ""
        self.frames = self.bytes = 0
        self.open = asyncio.get_running_loop().create_future()
        self.buffer = bytearray()
        self.sent: dict[str, float] = {}
        self.latencies: list[float] = []
        self.refused = 0
        self.arrivals: dict[bytes, float] | None = None
        self.on_frame: Any = None
        #: Whether it reads where things stand; of thousands of seats nobody has room for that.
        self.reads = True
        self.first: dict[str, Any] = {}
        self.me: dict[str, Any] = {}
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        nonce = base64.b64encode(os.urandom(16)).decode()
        host = ":".join(map(str, transport.get_extra_info("peername")[:2]))
        bearer = f"Authorization: Bearer {self.key}\r\n" if self.key else ""
        self.transport.write(
            f"GET {self.path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {nonce}\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Extensions: permessage-deflate\r\n{bearer}{self._more}\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.open.done():
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if b" 101 " not in self.buffer[:20]:
                self.open.set_exception(ConnectionError(bytes(self.buffer[:200]).decode()))
                return
            del self.buffer[: end + 4]
            self.open.set_result(None)
        self._frames()

    def _frames(self) -> None:
        while len(self.buffer) >= 2:
            size, head = self.buffer[1] & 127, 2
            if size == 126:
                size, head = int.from_bytes(self.buffer[2:4], "big"), 4
            elif size == 127:
                size, head = int.from_bytes(self.buffer[2:10], "big"), 10
            if len(self.buffer) < head + size:
                return
            opcode, small = self.buffer[0] & 15, self.buffer[0] & 64
            payload = bytes(self.buffer[head : head + size])
            del self.buffer[: head + size]
            if opcode == 1:
                self._take(payload, len(payload), bool(small))
            elif opcode == 9:
                self._send(10, payload)

    def _take(self, payload: bytes, size: int, small: bool) -> None:
        self.frames += 1
        self.bytes += size
        if small:
            # Reading it is the browser's work; only seats that are watched do it here.
            if not (self.on_frame or self.arrivals is not None):
                return
            payload = zlib.decompressobj(-15).decompress(payload + b"\0\0\xff\xff")
        if payload.startswith(b'{"done"'):
            id = json.loads(payload)["done"]
            self.latencies.append(time.perf_counter() - self.sent.pop(id))
        elif payload.startswith(b'{"refused"'):
            self.refused += 1
        elif self.arrivals is not None:
            self.arrivals[payload] = time.perf_counter()
        if self.reads and b'"full":true' in payload[:80] and payload.startswith(b'{"topic":"session"'):
            self.first = json.loads(payload)["set"]
        if self.reads and payload.startswith(b'{"topic":"me"'):
            self.me |= json.loads(payload)["set"]
        if self.on_frame:
            self.on_frame(payload)

    def line(self, posters: dict[str, Any]) -> str:
        """The first line of the poster one walks to first, for who walks."""
        route = self.me.get("mine", {}).get("route", [])
        return str(posters[f"poster:{route[0]}"]["lines"][0]["id"]) if route else ""

    def say(self, message: dict[str, Any]) -> None:
        """Send one frame; a command's time is noted."""
        if "id" in message:
            self.sent[message["id"]] = time.perf_counter()
        self._send(1, json.dumps(message).encode())

    def _send(self, opcode: int, payload: bytes) -> None:
        size = len(payload)
        head = bytes([128 | opcode, 128 | size]) if size < 126 else bytes([128 | opcode, 254]) + size.to_bytes(2, "big")
        self.transport.write(head + b"\0\0\0\0" + payload)

    def eof_received(self) -> None:
        return None


async def sit(port: int, paths: list[tuple[str, str]], first: bool = True, reads: bool = True) -> list[Seat]:
    """Open one seat for each (path, key), twenty at a time."""
    loop = asyncio.get_running_loop()
    seats: list[Seat] = []
    for at in range(0, len(paths), 20):
        some = [
            (await loop.create_connection(lambda p=p, k=k: Seat(p, k), "127.0.0.1", port))[1]  # type: ignore[misc]
            for p, k in paths[at : at + 20]
        ]
        await asyncio.gather(*(seat.open for seat in some))
        for seat in some:
            seat.reads = reads
        for seat in some if first else []:
            seat.say({"since": 0})
        seats += some
    return seats


async def quiet(seats: list[Seat], pause: float = 0.4) -> None:
    """Wait until nothing has come for a while."""
    before = -1
    while (now := sum(seat.frames for seat in seats)) != before:
        before = now
        await asyncio.sleep(pause)
