"""The fast way to a socket: it delivers what the plain way delivers, and stands on what uvicorn has."""

import json
from pathlib import Path

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from tests.server import Server
from web.fanout import FanoutProtocol
from workshop import wire


@pytest.mark.parametrize("protocol", [FanoutProtocol, "websockets-sansio"])
async def test_both_ways_deliver_the_same(tmp_path: Path, protocol: object) -> None:
    server = Server(tmp_path, ws=protocol, ws_protocol_class=None) if protocol == FanoutProtocol else Plain(tmp_path)
    await server.start()
    opened = await server.open("ideas_and_dots")
    ann, bob = await opened.people("Ann Bob")
    await opened.helm.ok("change_plan", step="ideas", hidden=False, limit=0)
    await opened.helm.to("ideas")
    for text in ("one", "two", "𝄞 three", "x" * 480):
        await ann.ok("add_note", text=text)
    await bob.echo()
    texts = sorted(n["text"] for k, n in bob.session.items() if k.startswith("note:"))
    assert texts == sorted(["one", "two", "𝄞 three", "x" * 480])
    fast = any(type(s.port).__name__ == "FastPort" for s in server.room(opened.code).desk.channel(opened.code).seats)
    assert fast == (protocol is FanoutProtocol)
    await server.stop()


class Plain(Server):
    """A server without our protocol."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.changes = {"ws": "websockets-sansio"}


def test_what_we_use_of_uvicorn_is_there() -> None:
    used = {"run_asgi", "connection_made", "pause_writing", "resume_writing", "handle_parser_exception"}
    assert used <= set(vars(WebSocketsSansIOProtocol))


async def test_what_we_use_of_a_protocol_is_there_on_a_real_socket(server: Server) -> None:
    opened = await server.open()
    seat = next(iter(server.room(opened.code).desk.channel(opened.code).seats))
    protocol = seat.port._protocol  # type: ignore[attr-defined]
    assert protocol.handshake_complete is True
    assert protocol.close_sent is False
    assert protocol.disconnected is False
    assert protocol.transport.is_closing() is False
    assert protocol.config.ws_per_message_deflate is False


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 200_000])
def test_a_frame_is_what_the_standard_says(size: int) -> None:
    from websockets.frames import Frame, Opcode

    payload = b"x" * size
    assert wire.framed(payload) == Frame(Opcode.TEXT, payload).serialize(mask=False)


def test_every_command_has_a_schema() -> None:
    found = wire.schemas()
    assert set(found["commands"]) >= {"add_note", "place_dot", "next_phase"}
    json.dumps(found)
