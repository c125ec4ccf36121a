"""What one caller may do: bodies, heads, frames, rings and words are limited before they cost anything."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.server import Server
from web import live
from web.patience import LARGEST
from workshop import joining, removing
from workshop.directory import IDLE
from workshop.settings import Settings


async def raw(server: Server, sent: bytes) -> bytes:
    """Everything that is answered to these bytes, until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(sent)
    await writer.drain()
    async with asyncio.timeout(10):
        answered = await reader.read()
    writer.close()
    return answered


async def test_a_body_that_says_it_is_too_large_is_refused_before_a_byte_of_it_has_come(server: Server) -> None:
    head = f"POST /api/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {LARGEST + 1}"
    answered = await raw(server, head.encode() + b"\r\n\r\n")
    assert answered.startswith(b"HTTP/1.1 413")
    assert json.loads(answered.split(b"\r\n\r\n")[1])["code"] == "too_large"


async def test_a_body_that_does_not_say_how_large_it_is_is_counted(server: Server) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 1000 + 5):
            yield b" " * 1000

    headers = {"content-type": "application/json"}
    answered = await server.call("POST", "/api/sessions", headers=headers, content=pieces())
    assert (answered.status_code, answered.json()["code"]) == (413, "too_large")
    assert not server.rooms.in_memory()


async def test_a_body_that_never_ends_is_answered_in_time(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.patience.BODY", 0.2)
    head = b"POST /api/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9"
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(head + b"\r\n\r\n{")
    async with asyncio.timeout(10):
        assert (await reader.readline()).startswith(b"HTTP/1.1 408")
    writer.close()


async def test_a_head_that_never_ends_is_closed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.patience.HEAD", 0.2)
    assert await raw(server, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ") == b""


async def test_a_head_that_was_whole_closes_no_socket_afterwards(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.patience.HEAD", 0.1)
    opened = await server.open()
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(0.3, over.set)
    await over.wait()
    await opened.helm.echo()


async def test_a_socket_that_says_nothing_is_closed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "FIRST_WORD", 0.2)
    opened = await server.open()
    where = f"{server.address.replace('http', 'ws')}/api/sessions/{opened.code}/live"
    async with asyncio.timeout(10), connect(where, additional_headers=bearer(opened.helm.key)) as socket:
        said = []
        with contextlib.suppress(ConnectionClosed):
            while True:
                said.append(json.loads(await socket.recv()))
    assert [frame["bye"] for frame in said] == ["no_first_word"]


def bearer(key: str) -> dict[str, str]:
    """The header that brings a key."""
    return {"Authorization": f"Bearer {key}"}


async def test_an_echo_is_free_only_as_an_echo_and_only_as_often_as_there_is_one(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop.seats.RATE", 0.0)
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    room = server.room(opened.code)
    seat = next(seat for seat in room.desk.channels[opened.code].seats if seat.visitor.person == ann.person)
    before = seat.allowance
    for _ in range(40):
        await ann.say({"at": 1})
    await ann.echo()
    assert seat.allowance < before - 10
    for frame in ({"at": 1, "junk": "x" * 200}, {"at": 1, "id": "y"}):
        known = seat.allowance
        await ann.say(frame)
        await ann.echo()
        assert seat.allowance < known - 1.5


async def test_an_id_that_is_too_long_is_not_said_back(server: Server) -> None:
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    known = len(ann.frames)
    await ann.say({"id": "z" * 5000, "do": "add_note", "text": "x"})
    await ann.until(lambda: any("refused" in frame for frame in ann.frames[known:]))
    assert "zzzz" not in "".join(ann.raw)


async def test_a_reader_that_does_not_read_is_cut_off_once_too_much_waits_for_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.fanout.MOST_WAITING", 2000)
    room, key = await server.demo()
    goals = [f"## Team {n}\n### Goal\n" + "\n".join(f"- {n} {m} {'x' * 180}" for m in range(6)) for n in range(150)]
    body = {"content": "\n".join(goals).encode(), "headers": {"Content-Type": "text/markdown"}}
    assert (await server.call("POST", f"/api/rooms/{room}/import", key, **body)).status_code == 200
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    deaf.setblocking(False)
    await asyncio.get_running_loop().sock_connect(deaf, ("127.0.0.1", server.port))
    where = f"ws://127.0.0.1:{server.port}/api/rooms/{room}/live"
    talking = connect(where, additional_headers=bearer(key), sock=deaf, max_queue=1, max_size=None, compression=None)
    async with asyncio.timeout(10), talking as talker:
        seats = server.rooms.room(room).desk.channel("").seats
        for _ in range(60):
            await talker.send(json.dumps({"since": 0, "epoch": ""}))
        while not (seats and next(iter(seats)).port.paused):
            await asyncio.sleep(0)
        for number in range(50):
            await talker.send(json.dumps({"id": f"{number}" * 20, "do": "nothing"}))
        while seats:
            await asyncio.sleep(0)


async def test_an_invented_cookie_is_replaced_and_what_it_names_speaks_for_nobody(server: Server) -> None:
    opened = await server.open()
    join = f"/api/sessions/{opened.code}/participants"
    planted = {"Cookie": "waggle=planted-by-somebody", "Origin": server.address}
    joined = await server.call("POST", join, json={"name": "Ann"}, headers=planted)
    ring = joined.headers["set-cookie"].split(";")[0].split("=")[1]
    assert ring != "planted-by-somebody"
    page = f"/s/{opened.code}"
    other = {"Cookie": "waggle=planted-by-somebody"}
    assert joined.json()["person"] not in (await server.call("GET", page, headers=other)).text
    assert joined.json()["person"] in (await server.call("GET", page, headers={"Cookie": f"waggle={ring}"})).text


async def test_a_browser_that_is_forgotten_speaks_for_nobody_by_any_ring_it_had(server: Server) -> None:
    opened = await server.open()
    join = f"/api/sessions/{opened.code}/participants"
    rings = ["first"]
    for name in ("Ann", "Bob"):
        headers = {"Cookie": f"waggle={rings[-1]}", "Origin": server.address}
        joined = await server.call("POST", join, json={"name": name}, headers=headers)
        rings.append(joined.headers["set-cookie"].split(";")[0].split("=")[1])
    await joining.forget_ring(server.rooms, rings[-1])
    for ring in rings:
        answer = await server.call("GET", f"/s/{opened.code}", headers={"Cookie": f"waggle={ring}"})
        assert f'data-person="{joined.json()["person"]}"' not in answer.text
        assert joining.on_ring(server.rooms, ring) == []


@pytest.mark.parametrize(
    ("open_to", "word", "given", "status"),
    [("word", "honey", "", 403), ("word", "honey", "honey", 201), ("nobody", "", "", 403), ("everyone", "", "", 201)],
)
async def test_who_may_open_sessions_is_a_setting(
    server: Server, open_to: str, word: str, given: str, status: int
) -> None:
    changed = server.app.state.settings.model_copy(update={"open_to": open_to, "word": word})
    server.app.state.settings = changed
    wish = {"format": "team_draft", "title": "Q1", "word": given}
    assert await server.status("POST", "/api/sessions", json=wish) == status
    assert (await server.status("POST", "/api/rooms", json={"demo": True, "word": given})) == status


def test_a_word_has_to_be_set_where_one_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="WAGGLE_WORD"):
        Settings(data=tmp_path, open_to="word", word=" ")


async def test_the_wire_is_documented_under_the_policy_of_every_page(server: Server) -> None:
    page = await server.call("GET", "/docs")
    assert page.status_code == 200
    policy = (await server.call("GET", "/")).headers["content-security-policy"]
    assert page.headers["content-security-policy"] == policy
    assert "<script>" not in page.text


async def test_a_room_that_nobody_looks_at_leaves_memory_and_its_clock_goes_on(server: Server) -> None:
    opened = await server.open()
    await opened.helm.to("ideate")
    deadline = opened.helm.session["step"].get("deadline")
    await opened.helm.leave()
    server.clients.remove(opened.helm)
    room = server.room(opened.code)
    await room.settled()
    while room.desk.seats():
        assert await server.status("GET", "/healthz") == 200
    room.asked_for -= IDLE + 1
    server.rooms.let_rest()
    assert room not in server.rooms.in_memory()
    again = await server.sit(opened.code, opened.helm.key)
    assert again.session["step"].get("deadline") == deadline


async def test_a_room_that_rests_is_brought_back_once_and_whole_however_many_ask_for_it(server: Server) -> None:
    room, key = await server.demo()
    before = (await server.call("GET", f"/api/rooms/{room}/export?as=json", key)).text
    held = server.rooms._open.pop(room)
    held.rests()
    pages = asyncio.gather(*(server.call("GET", f"/r/{room}", key) for _ in range(4)))
    keeper = await server.sit(room, key, record=True)
    assert [answer.status_code for answer in await pages] == [200] * 4
    assert server.rooms.room(room) is not held
    await keeper.ok("set_brief", part="vision", text="Brought back")
    after = (await server.call("GET", f"/api/rooms/{room}/export?as=json", key)).text
    assert "Brought back" in after
    assert "Brought back" not in before


async def test_two_who_ask_to_delete_one_room_delete_it_once_and_nothing_opens_it_meanwhile(server: Server) -> None:
    opened = await server.open()
    room = server.room(opened.code)
    (ann,) = await opened.people("Ann")
    gone = [asyncio.create_task(removing.delete_room(server.rooms, room.id)) for _ in range(2)]
    joined = await server.call("POST", f"/api/sessions/{opened.code}/participants", json={"name": "Late"})
    await asyncio.gather(*gone)
    assert joined.status_code == 404
    await ann.until(lambda: any(frame.get("bye") == "deleted" for frame in ann.frames))
    assert server.rooms.find(opened.code) is None
    assert not server.rooms.in_memory()


@pytest.mark.parametrize(
    ("proxies", "header", "client"),
    [
        ("*", "127.0.0.1, 203.0.113.9", "203.0.113.9"),
        ("*", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.9, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.0/8", "198.51.100.1, 203.0.113.9, 127.0.0.5", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9", "127.0.0.1"),
    ],
)
async def test_what_somebody_says_of_their_own_address_is_not_heard(
    tmp_path: Path, proxies: str, header: str, client: str
) -> None:
    running = Server(tmp_path, {"proxies": proxies})
    await running.start()
    answer = await running.call(
        "GET", "/api/local/seen", running.app.state.local_key, headers={"X-Forwarded-For": header}
    )
    assert (answer.json()["client"], answer.json()["peer"]) == (client, "127.0.0.1")
    await running.stop()
