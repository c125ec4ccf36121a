"""What Waggle is measured against: the same fan-out by FastAPI's send_text, and by bare transports."""

import asyncio
import base64
import hashlib
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI, WebSocket

from web.fanout import EXTENSION, FanoutProtocol, FastPort
from workshop import wire

PAYLOAD = b'{"topic":"session","number":1,"full":false,"set":{"note:7f3a":{"text":"%b"}},"drop":[]}' % (b"x" * 167)


def fanout_app(kind: str) -> FastAPI:
    """A server whose first seat says ``go`` and everybody gets the same message."""
    app = FastAPI()
    seats: dict[WebSocket, Any] = {}

    @app.websocket("/")
    async def seat(websocket: WebSocket) -> None:
        await websocket.accept()
        protocol = websocket.scope["extensions"].get(EXTENSION)
        seats[websocket] = FastPort(protocol, lambda code, reason: None) if kind == "waggle" else websocket
        try:
            while True:
                message = await websocket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                if kind == "waggle":
                    payloads, framed = [PAYLOAD], wire.Framed([PAYLOAD])
                    for port in seats.values():
                        if not port.paused:
                            port.write(payloads, framed)
                else:
                    text = PAYLOAD.decode()
                    for other in seats.values():
                        await other.send_text(text)
        finally:
            del seats[websocket]

    return app


class Bare(asyncio.Protocol):
    """A WebSocket of the least kind: it answers the handshake and writes whole frames."""

    all: "set[Bare]" = set()
    transport: Any

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.greeted = False

    def data_received(self, data: bytes) -> None:
        if not self.greeted:
            nonce = next(line for line in data.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key"))
            accept = hashlib.sha1(nonce.split(b": ")[1] + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
            self.transport.write(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: " + base64.b64encode(accept) + b"\r\n\r\n"
            )
            self.greeted = True
            self.all.add(self)
        elif data[0] == 129:
            framed = wire.framed(PAYLOAD)
            for other in self.all:
                other.transport.write(framed)

    def connection_lost(self, exc: Exception | None) -> None:
        self.all.discard(self)


async def bare(port: int) -> None:
    """Serve bare transports."""
    server = await asyncio.get_running_loop().create_server(Bare, "127.0.0.1", port, backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    kind, port = sys.argv[1], int(sys.argv[2])
    if kind == "bare":
        asyncio.run(bare(port))
    else:
        ws: Any = FanoutProtocol if kind == "waggle" else "websockets-sansio"
        uvicorn.run(
            fanout_app(kind),
            host="127.0.0.1",
            port=port,
            ws=ws,
            ws_per_message_deflate=False,
            log_level="error",
            loop="asyncio",
        )
