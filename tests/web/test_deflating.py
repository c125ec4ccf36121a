"""What everybody is told is made smaller once for whoever asks for that, and reads the same for all."""

import asyncio
import json
import zlib

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

from tests.server import PATIENCE, Opened, Server
from web.deflating import reads_well
from workshop import wire

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
SAFARI = "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15"
IPHONE = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1"


async def sitting(server: Server, opened: Opened, browser: str = CHROME, window: int | None = None) -> ClientConnection:
    """A browser that asks for it, in its seat."""
    live = f"{server.address.replace('http', 'ws')}/api/sessions/{opened.code}/live"
    asks = ClientPerMessageDeflateFactory(server_max_window_bits=window, client_max_window_bits=True)
    key = {"Authorization": f"Bearer {opened.links['helm_token']}"}
    socket = await connect(
        live, additional_headers=key, extensions=[asks], compression=None, user_agent_header=browser, max_size=None
    )
    await socket.send(json.dumps({"since": 0}))
    return socket


def agreed(socket: ClientConnection) -> str:
    """What server and browser have agreed on."""
    assert socket.response is not None
    return socket.response.headers.get("Sec-WebSocket-Extensions", "")


async def heard(socket: ClientConnection, word: str) -> None:
    """Wait for a frame that says so."""
    async with asyncio.timeout(PATIENCE):
        while word not in str(await socket.recv()):
            pass


async def test_all_read_the_same_and_who_asked_for_it_gets_fewer_bytes(server: Server) -> None:
    opened = await server.open("ideas_and_dots")
    (plain,) = await opened.people("Ann")
    small = await sitting(server, opened)
    narrow = await sitting(server, opened, window=10)
    assert "server_no_context_takeover" in agreed(small)
    assert "client_no_context_takeover" in agreed(small)
    await opened.helm.ok("change_plan", step="ideas", hidden=False, limit=0)
    await opened.helm.to("ideas")
    text = "People wait for their heat pump, and nobody tells them how long. " * 7
    await plain.ok("add_note", text=text)
    for socket in (small, narrow):
        await heard(socket, text.strip())
    # And what it says itself may be deflated too.
    await small.send(json.dumps({"id": "c1", "do": "hold_clock", "on": True}))
    await heard(small, '"c1"')
    ports = [seat.port._protocol for seat in server.room(opened.code).desk.channel(opened.code).seats]  # type: ignore[attr-defined]
    assert sorted(port.deflates for port in ports) == [False, False, False, True]
    for socket in (small, narrow):
        await socket.close()


@pytest.mark.parametrize(("browser", "well"), [(CHROME, True), (SAFARI, False), (IPHONE, False), ("a program", True)])
async def test_a_browser_that_may_read_it_badly_is_not_offered_it(server: Server, browser: str, well: bool) -> None:
    assert reads_well(browser) == well
    opened = await server.open("ideas_and_dots")
    socket = await sitting(server, opened, browser)
    assert ("permessage-deflate" in agreed(socket)) == well
    await socket.close()


async def test_a_message_that_would_unfold_into_much_ends_its_own_connection_alone(server: Server) -> None:
    opened = await server.open("ideas_and_dots")
    (ann,) = await opened.people("Ann")
    socket = await sitting(server, opened)
    await socket.send("x" * 10_000_000)
    with pytest.raises(ConnectionClosed):
        await heard(socket, "nothing that is ever said")
    await ann.ok("done", on=False)


@pytest.mark.parametrize("size", [0, 255, 256, 70_000])
def test_what_is_smaller_is_what_the_standard_says(size: int) -> None:
    payload = json.dumps({"text": "warm homes " * (size // 11)}).encode()[:size].ljust(size)
    made = wire.Framed([payload])
    assert made.plain == wire.framed(payload)
    if size < 256:
        assert made.small == made.plain
        return
    assert made.small[0] == 0xC1
    head = 2 if made.small[1] < 126 else 4
    inner = zlib.decompressobj(-15)
    assert inner.decompress(made.small[head:] + b"\0\0\xff\xff") == payload
    assert len(made.small) < len(made.plain) / 5
