"""Silent sockets are asked whether they are there: who answers stays, who does not is let go; over real sockets."""

import asyncio

import pytest

from bench.seats import Seat
from tests.server import Server
from web import pings


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pings, "SWEEP", 0.4)


async def a_seat(server: Server, code: str, key: str) -> Seat:
    loop = asyncio.get_running_loop()
    path = f"/api/sessions/{code}/live"
    _, seat = await loop.create_connection(lambda: Seat(path, key), "127.0.0.1", server.port)
    await seat.open
    seat._send(1, b'{"since": 0, "epoch": ""}')
    return seat


async def test_who_answers_stays_and_who_does_not_is_let_go(server: Server) -> None:
    opened = await server.open("ideas_and_dots", "Coffee")
    tokens = [
        (await server.call("POST", f"/api/sessions/{opened.code}/participants", json={"name": name})).json()["token"]
        for name in ("Ann", "Bo")
    ]
    here, gone = [await a_seat(server, opened.code, token) for token in tokens]
    lost = asyncio.Event()
    gone.connection_lost = lambda exc: lost.set()  # type: ignore[method-assign]
    pinged = asyncio.Event()
    answer = here._send

    def said(opcode: int, payload: bytes) -> None:
        answer(opcode, payload)
        if opcode == 10:
            pinged.set()

    here._send = said  # type: ignore[method-assign]
    gone._send = lambda opcode, payload: None  # type: ignore[method-assign]
    await asyncio.wait_for(asyncio.gather(lost.wait(), pinged.wait()), 20)
    pinged.clear()
    await asyncio.wait_for(pinged.wait(), 20)
    assert not here.transport.is_closing()
    assert server.room(opened.code).desk.seats() == 2


async def test_a_page_hears_that_somebody_is_there_whether_it_speaks_or_not(server: Server) -> None:
    opened = await server.open("ideas_and_dots", "Coffee")
    ann = await server.join(opened.code, "Ann")
    for who in (ann, opened.helm):
        before = who.frames.count({"beat": 1})
        await who.until(lambda who=who, before=before: who.frames.count({"beat": 1}) >= before + 3)
