"""The fast way to a socket: it delivers what the plain way delivers, and stands on what uvicorn has."""

import json
from pathlib import Path

import msgspec
import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from sessions.decide import COMMANDS
from sessions.rules.refusal import Refused
from tests.server import Server
from web.fanout import FanoutProtocol
from workshop import wire
from workshop.cut import Cut


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


def test_the_schemas_say_what_the_server_asks() -> None:
    parts = wire.schemas()["$defs"]
    for command in COMMANDS.values():
        schema = parts[command.__name__]
        assert "id" in schema["required"], command
        assert schema["additionalProperties"] is False, command
        assert schema["x-who"] == command.who
    assert parts["AddNote"]["properties"]["text"]["maxLength"] == 500
    assert parts["NextPhase"]["x-who"] == "facilitators"


def test_commands_take_an_id_or_the_key_it_is_told_under() -> None:
    def read(**fields: object) -> dict[str, object]:
        sent = json.dumps({"id": "c1", **fields})
        asked: dict[str, object] = msgspec.structs.asdict(wire.command(sent, wire.read(sent)))
        return asked

    assert read(do="edit_note", note="note:7f", text="note:7f")["note"] == "7f"
    assert read(do="edit_note", note="7f", text="note:7f")["text"] == "note:7f"
    assert read(do="merge", notes=["note:7f", "8a"])["notes"] == ["7f", "8a"]
    assert read(do="spotlight", item="line:cluster:x")["item"] == "line:cluster:x"
    assert read(do="place_dot", item="cluster:c")["item"] == "c"


def test_a_field_that_a_command_does_not_have_is_refused() -> None:
    sent = b'{"do": "add_note", "id": "c1", "text": "Words", "colour": "red"}'
    with pytest.raises(Refused, match="colour"):
        wire.command(sent, wire.read(sent))


async def test_what_is_told_before_a_seat_has_its_place_again_leaves_its_own_as_it_was(server: Server) -> None:
    """As it is where a room moves between processes: a cut knows only those whose places are there."""
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    await opened.helm.to("ideate")
    await ann.ok("add_note", text="mine")
    desk, before = server.room(opened.code).desk, dict(ann.me)
    desk.take(Cut(own={opened.code: {ann.person: {}}}))
    (seat,) = desk.channels[opened.code].by_person[ann.person]
    desk.tell_own(seat, desk.own(desk.channels[opened.code], ann.person, seat.visitor.look))
    await ann.ok("add_note", text="mine too")
    texts = [note["text"] for key, note in ann.me.items() if key.startswith("note:")]
    assert sorted(texts) == ["mine", "mine too"]
    assert before.items() <= ann.me.items()
