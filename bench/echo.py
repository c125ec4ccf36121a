"""What commands are measured against: an asyncio server that stores the rows of each frame and says that it did.

It knows no room, no rule and nobody: it reads the frame, has one thread write what came since the last commit, synced,
and answers. The rows are those that a secret dot makes: an event, and the digest of what was heard.
"""

import asyncio
import base64
import hashlib
import json
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from workshop import wire

#: Seconds for which what comes is gathered before it is stored; 0: stored as soon as the thread is free.
GATHERS = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0
_MADE = """
CREATE TABLE event (room TEXT, number INTEGER, session TEXT, at INTEGER, body BLOB, PRIMARY KEY (room, number));
CREATE TABLE heard (session TEXT, digest BLOB, PRIMARY KEY (session, digest)) WITHOUT ROWID;
"""


class Stores:
    """Rows that wait for the one thread that writes."""

    def __init__(self, file: Path) -> None:
        self._file, self._thread = file, ThreadPoolExecutor(1)
        self._waiting: list[tuple[Any, str, bytes]] = []
        self._writing = False
        self._number = 0
        self._thread.submit(self._open).result()

    def _open(self) -> None:
        self._data = sqlite3.connect(self._file, isolation_level=None)
        self._data.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + _MADE)

    def add(self, seat: "Echo", id: str, body: bytes) -> None:
        """One frame waits to be stored."""
        self._waiting.append((seat, id, body))
        if not self._writing:
            self._writing = True
            loop = asyncio.get_running_loop()
            loop.call_later(GATHERS, self._next) if GATHERS else loop.call_soon(self._next)

    def _next(self) -> None:
        batch, self._waiting = self._waiting, []
        work = asyncio.get_running_loop().run_in_executor(self._thread, self._write, batch)
        work.add_done_callback(lambda _: self._written(batch))

    def _write(self, batch: list[tuple[Any, str, bytes]]) -> None:
        events, heard = [], []
        for _, id, body in batch:
            self._number += 1
            events.append(("room", self._number, "BENCH1", None, body))
            heard.append(("BENCH1", hashlib.sha256(id.encode()).digest()))
        self._data.execute("BEGIN IMMEDIATE")
        self._data.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?)", events)
        self._data.executemany("INSERT INTO heard VALUES (?, ?)", heard)
        self._data.execute("COMMIT")

    def _written(self, batch: list[tuple[Any, str, bytes]]) -> None:
        for seat, id, _ in batch:
            seat.transport.write(wire.framed(b'{"done":"%b"}' % id.encode()))
        self._writing = False
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            for seat, id, body in waiting:
                self.add(seat, id, body)


class Echo(asyncio.Protocol):
    """A WebSocket of the least kind, whose every frame is stored and answered."""

    transport: Any
    stores: Stores

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.greeted, self.buffer = transport, False, bytearray()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.greeted:
            self._greet()
        while len(self.buffer) >= 6:
            size, head = self.buffer[1] & 127, 2
            if size == 126:
                size, head = int.from_bytes(self.buffer[2:4], "big"), 4
            if len(self.buffer) < head + 4 + size:
                return
            mask = self.buffer[head : head + 4] * (size // 4 + 1)
            masked = self.buffer[head + 4 : head + 4 + size]
            body = (int.from_bytes(masked, "big") ^ int.from_bytes(mask[:size], "big")).to_bytes(size, "big")
            del self.buffer[: head + 4 + size]
            said = json.loads(body)
            if "id" in said:
                self.stores.add(self, said["id"], body)

    def _greet(self) -> None:
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        nonce = next(line for line in self.buffer.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key"))
        accept = hashlib.sha1(nonce.split(b": ")[1] + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
        self.transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + base64.b64encode(accept) + b"\r\n\r\n"
        )
        del self.buffer[: end + 4]
        self.greeted = True


async def echo(port: int, file: Path) -> None:
    """Serve it."""
    Echo.stores = Stores(file)
    server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(echo(int(sys.argv[1]), Path(sys.argv[2])))
