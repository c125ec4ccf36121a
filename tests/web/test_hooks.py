"""Other programs are told what happens: signed, again until they listen, and nothing that is nobody else's."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import time
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.server import PATIENCE, Opened, Server
from tests.web.listener import Listener
from workshop.hooks import delivering, kept, reaching


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    """A program that listens."""
    running = Listener()
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    """A server that may tell programs of its own network, and tries again soon."""
    monkeypatch.setattr(delivering, "AGAIN", (0, 0, 3_600))
    running = Server(tmp_path / "data", {"hooks": "anywhere", "url": "https://waggle.example.org"})
    await running.start()
    yield running
    await running.stop()


async def hook_in(server: Server, opened: Opened, address: str) -> dict[str, str]:
    """A hook of the room of a session."""
    room, key = opened.links["room"], opened.links["room_token"]
    made = await server.call("POST", f"/api/rooms/{room}/hooks", key, json={"url": address})
    assert made.status_code == 201, made.text
    found: dict[str, str] = made.json()
    return found


async def listed(server: Server, opened: Opened) -> list[dict[str, Any]]:
    """The hooks of the room, as whoever keeps it sees them."""
    room, key = opened.links["room"], opened.links["room_token"]
    found: list[dict[str, Any]] = (await server.call("GET", f"/api/rooms/{room}/hooks", key)).json()["hooks"]
    return found


async def settled(server: Server, opened: Opened, what: str) -> dict[str, Any]:
    """The one hook, once its state says so."""
    for _ in range(2_000):
        (hook,) = await listed(server, opened)
        if hook[what]:
            return hook
    raise AssertionError(hook)


async def test_a_session_that_ends_is_told_signed_and_once(server: Server, listener: Listener) -> None:
    opened = await server.open("ideas_and_dots", "What shall we stop?")
    made = await hook_in(server, opened, listener.address)
    assert made["kind"] == "program"
    (ann,) = await opened.people("Ann")
    await opened.helm.to("ideas")
    await ann.ok("add_note", text="Fewer <b>meetings</b>")
    await opened.helm.ok("close_session")
    ((headers, body),) = await listener.heard(1)
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = b64decode(made["secret"].removeprefix("whsec_"))
    assert headers["webhook-signature"] == "v1," + b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    said = json.loads(body)
    assert (said["type"], said["room"]) == ("session.closed", opened.links["room"])
    assert said["data"]["session"]["title"] == "What shall we stop?"
    assert said["url"] == f"https://waggle.example.org/s/{opened.code}/outcome"
    hook = await settled(server, opened, "told")
    assert hook["failing"] == 0
    assert len(listener.calls) == 1
    assert listener.address not in json.dumps(await listed(server, opened))


async def test_nothing_is_told_that_was_not_shown_and_nobody_who_voted(server: Server, listener: Listener) -> None:
    opened = await server.open("ideas_and_dots", "Stop?")
    await hook_in(server, opened, listener.address)
    (ann,) = await opened.people("Unlinkable")
    await opened.helm.to("ideas")
    await ann.ok("add_note", text="a secret that nobody has shown")
    await opened.helm.ok("close_session")
    ((_, body),) = await listener.heard(1)
    assert b"a secret that nobody has shown" not in body
    assert b"Unlinkable" not in body


async def test_decisions_and_answers_are_told(server: Server, listener: Listener) -> None:
    room, key = await server.demo()
    made = await server.call("POST", f"/api/rooms/{room}/hooks", key, json={"url": listener.address})
    assert made.status_code == 201
    keeper = await server.sit(room, key, record=True)
    await keeper.ok("log_decision", question="Do we wait?", text="No, we go", decider="Ines", owner="Dev")
    ((_, body),) = await listener.heard(1)
    said = json.loads(body)
    assert (said["type"], said["title"]) == ("decision.taken", "Decided: No, we go")
    assert said["data"]["owner"] == "Dev"
    topic = keeper.topics["record"]
    need = next(k[11:] for k, n in topic.items() if k[:11] == "dependency:" and n["state"] == "proposed")
    version, provider = (topic[f"dependency:{need}"][name] for name in ("version", "provider"))
    opened = await server.open("gallery_walk", "Walk", key, room=room)
    theirs = await server.join(opened.code, "Ann", provider)
    await theirs.ok("answer_need", dependency=need, answer="declined", words="We have nobody", version=version)
    _, (_, body) = await listener.heard(2)
    said = json.loads(body)
    assert (said["type"], said["data"]["state"]) == ("dependency.answered", "declined")
    assert said["data"]["reason"] == "We have nobody"


async def test_who_does_not_listen_is_told_again_also_after_a_restart(server: Server, listener: Listener) -> None:
    listener.status = 503
    opened = await server.open("ideas_and_dots", "Stop?")
    await hook_in(server, opened, listener.address)
    await opened.helm.ok("close_session")
    calls = await listener.heard(3)
    assert len({headers["webhook-id"] for headers, _ in calls}) == 1
    hook = await settled(server, opened, "failing")
    assert hook["said"] == "answered 503"
    await server.stop()
    listener.status = 204
    await server.start()
    # It waits for an hour now; what is new does not.
    room, key = opened.links["room"], opened.links["room_token"]
    await server.call("POST", f"/api/rooms/{room}/hooks/{hook['hook']}/test", key)
    calls = await listener.heard(4)
    assert json.loads(calls[3][1])["type"] == "test"
    assert (await settled(server, opened, "told"))["failing"] == 0
    with server.rooms.store.reading() as stored:
        waits = stored.exec_driver_sql("select tries from call").all()
    assert waits == [(3,)]


@pytest.mark.parametrize("status", [307, 404, 500])
async def test_what_is_no_yes_is_no_and_nobody_is_followed_elsewhere(
    server: Server, listener: Listener, status: int
) -> None:
    listener.status = status
    opened = await server.open("ideas_and_dots", "Stop?")
    hook = await hook_in(server, opened, listener.address)
    room, key = opened.links["room"], opened.links["room_token"]
    await server.call("POST", f"/api/rooms/{room}/hooks/{hook['hook']}/test", key)
    await listener.heard(1)
    assert (await settled(server, opened, "failing"))["said"] == f"answered {status}"


async def test_a_hook_that_is_taken_off_is_told_nothing_more(server: Server, listener: Listener) -> None:
    opened = await server.open("ideas_and_dots", "Stop?")
    gone, stays = [await hook_in(server, opened, listener.address + end) for end in ("", "?stays")]
    room, key = opened.links["room"], opened.links["room_token"]
    where = f"/api/rooms/{room}/hooks/{gone['hook']}"
    assert await server.status("POST", f"{where}/removal", key) == 200
    assert await server.status("POST", f"{where}/test", key) == 422
    await opened.helm.ok("close_session")
    await settled(server, opened, "told")
    assert [one["hook"] for one in await listed(server, opened)] == [stays["hook"]]
    assert len(listener.calls) == 1


async def test_the_room_of_the_next_cycle_tells_the_same_programs(server: Server, listener: Listener) -> None:
    opened = await server.open("ideas_and_dots", "Stop?")
    made = await hook_in(server, opened, listener.address)
    await opened.helm.ok("close_session")
    await listener.heard(1)
    turned = await server.call(
        "POST", f"/api/rooms/{opened.links['room']}/next", opened.links["room_token"], json={"name": "Next"}
    )
    room, key = turned.json()["room"], turned.json()["room_token"]
    keeper = await server.sit(room, key, record=True)
    await keeper.ok("log_decision", question="Do we wait?", text="No, we go", decider="Ines")
    _, (headers, body) = await listener.heard(2)
    assert json.loads(body)["room"] == room
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    secret = b64decode(made["secret"].removeprefix("whsec_"))
    assert headers["webhook-signature"] == "v1," + b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()


async def test_with_a_room_goes_what_waits_for_its_programs(server: Server, listener: Listener) -> None:
    listener.status = 500
    opened = await server.open("ideas_and_dots", "Stop?")
    await hook_in(server, opened, listener.address)
    await opened.helm.ok("close_session")
    await settled(server, opened, "failing")
    room, key = opened.links["room"], opened.links["room_token"]
    assert await server.status("POST", f"/api/rooms/{room}/deletion", key, json={"name": "Stop?"}) == 200
    with server.rooms.store.reading() as stored:
        assert stored.exec_driver_sql("select count(*) from call").scalar() == 0
        assert stored.exec_driver_sql("select count(*) from hook").scalar() == 0


async def test_only_who_keeps_the_room_has_it_tell_others(server: Server, listener: Listener) -> None:
    opened = await server.open("ideas_and_dots", "Stop?")
    (ann,) = await opened.people("Ann")
    room = opened.links["room"]
    for key in ("", ann.key, opened.links["helm_token"]):
        refused = await server.call("POST", f"/api/rooms/{room}/hooks", key, json={"url": listener.address})
        assert refused.status_code in (401, 403, 404), refused.text
        assert await server.status("GET", f"/api/rooms/{room}/hooks", key) in (401, 403, 404)
    key = opened.links["room_token"]
    for wrong in ("", "slack", "ftp://x.example", "https://", "https://a@b.example", "https://x:99999/", "file:///etc"):
        refused = await server.call("POST", f"/api/rooms/{room}/hooks", key, json={"url": wrong})
        assert (refused.status_code, refused.json()["code"]) == (422, "bad_address"), wrong
    pressed = [server.call("POST", f"/api/rooms/{room}/hooks", key, json={"url": listener.address}) for _ in range(3)]
    assert sorted(answer.status_code for answer in await asyncio.gather(*pressed)) == [201, 422, 422]
    again = await server.call("POST", f"/api/rooms/{room}/hooks", key, json={"url": f" {listener.address} "})
    assert again.json()["code"] == "on_the_list"
    assert len((await server.call("GET", f"/api/rooms/{room}/hooks", key)).json()["hooks"]) == 1


async def test_a_server_may_keep_to_public_addresses_or_to_none(tmp_path: Path, listener: Listener) -> None:
    public = Server(tmp_path / "public")
    await public.start()
    opened = await public.open("ideas_and_dots", "Stop?")
    room, key = opened.links["room"], opened.links["room_token"]
    plain = await public.call("POST", f"/api/rooms/{room}/hooks", key, json={"url": listener.address})
    assert plain.json()["code"] == "bad_address"
    hook = await hook_in(public, opened, listener.address.replace("http://127.0.0.1", "https://localhost"))
    await public.call("POST", f"/api/rooms/{room}/hooks/{hook['hook']}/test", key)
    assert (await settled(public, opened, "failing"))["said"] == "it is inside this network"
    await public.stop()
    none = Server(tmp_path / "none", {"hooks": "nowhere"})
    await none.start()
    opened = await none.open("ideas_and_dots", "Stop?")
    room, key = opened.links["room"], opened.links["room_token"]
    refused = await none.call("POST", f"/api/rooms/{room}/hooks", key, json={"url": "https://x.example"})
    assert (refused.status_code, refused.json()["code"]) == (403, "no_hooks")
    await none.stop()
    assert not listener.calls


class Dripping:
    """A program that answers, a few bytes at a time, for as long as anybody listens."""

    async def start(self) -> None:
        """Listen."""
        self._server, self._over = await asyncio.start_server(self._came, "127.0.0.1", 0), asyncio.Event()
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/"

    async def stop(self) -> None:
        """Wait until whoever listened has gone."""
        self._server.close()
        await asyncio.wait_for(self._over.wait(), PATIENCE)

    async def _came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        with contextlib.suppress(OSError):
            while not reader.at_eof():
                writer.write(b"x: y\r\n")
                await writer.drain()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(1_000), 0.1)
        writer.transport.abort()
        self._over.set()


async def test_one_that_does_not_answer_keeps_nobody_else_waiting(server: Server, listener: Listener) -> None:
    opened, slow = await server.open("ideas_and_dots", "Stop?"), Dripping()
    await slow.start()
    await hook_in(server, opened, slow.address)
    await hook_in(server, opened, listener.address)
    keeper = await server.sit(opened.links["room"], opened.links["room_token"], record=True)
    for number in range(3):
        await keeper.ok("log_decision", question="Do we wait?", text=f"No {number}", decider="Ines")
    await listener.heard(3)
    drip, fast = await listed(server, opened)
    assert (drip["told"], drip["tried"]) == (0, 0)
    assert fast["told"]
    await server.stop()
    await slow.stop()
    await server.start()


async def test_a_call_takes_ten_seconds_at_most_however_it_drips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "PATIENCE", 0.5)
    slow = Dripping()
    await slow.start()
    began = time.monotonic()
    with pytest.raises(reaching.NotReached, match="did not answer in time"):
        await reaching.call(slow.address, b"{}", {}, anywhere=True)
    assert time.monotonic() - began < 3
    await slow.stop()


async def test_what_waits_for_a_program_that_is_gone_is_dropped_and_makes_nobody_spin(
    server: Server, listener: Listener
) -> None:
    opened = await server.open("ideas_and_dots", "Stop?")
    room, key = opened.links["room"], opened.links["room_token"]
    made = await hook_in(server, opened, listener.address)
    where = f"/api/rooms/{room}/hooks/{made['hook']}"
    both = [server.status("POST", f"{where}/removal", key), server.status("POST", f"{where}/test", key)]
    assert set(await asyncio.gather(*both, server.status("POST", f"{where}/removal", key))) <= {200, 422}
    store = server.rooms.store
    assert kept.next_due(store) == 0
    await server.rooms.log.in_turn(lambda: kept.sweep(store))
    with store.reading() as stored:
        assert stored.exec_driver_sql("select count(*) from call").scalar() == 0
