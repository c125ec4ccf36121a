"""Data can go: after a deletion no byte of it is in the database, its log or free pages, and open pages are told."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.server import Opened, Server
from workshop import rehearsing, removing
from workshop.directory import DAY

CANARIES = ("canary-note", "canary-title", "canary-name", "canary-context", "canary-line", "canary-concern")


def files(server: Server) -> bytes:
    """Every byte in the data folder."""
    return b"".join(file.read_bytes() for file in sorted(Path(server.data).iterdir()) if file.is_file())


async def emptied(server: Server) -> None:
    """Wait until what was deleted has left the write-ahead log too."""
    await server.rooms.log.in_turn(lambda: None)
    async with asyncio.timeout(10):
        while (server.data / "waggle.db-wal").stat().st_size:
            await server.rooms.log.in_turn(lambda: None)


async def held(server: Server) -> Opened:
    """A session with something of everything in it."""
    opened = await server.open(title="canary-title of a session")
    ann, bob, *_ = [await server.join(opened.code, name) for name in ("canary-name Ann", "Bob", "Cy")]
    await opened.helm.ok("prepare", what="context", text="canary-context " * 300)
    await opened.helm.to("reflect")
    await ann.ok("add_note", text="canary-line")
    await opened.helm.to("ideate")
    for number in range(40):
        await bob.do("add_note", text=f"canary-note {number} " + "x" * 300)
        for key in [key for key in bob.me if key.startswith("note:")]:
            await bob.do("remove_note", note=key[5:])
    await bob.ok("add_note", text="canary-note that stays")
    await opened.helm.to("vote")
    return opened


async def test_nothing_of_a_deleted_session_is_left_in_any_file(server: Server) -> None:
    opened = await held(server)
    copy = await server.call("POST", f"/api/sessions/{opened.code}/links", opened.helm.key, json={"role": "screen"})
    assert copy.status_code == 201
    assert all(canary.encode() in files(server) for canary in ("canary-note", "canary-name", "canary-title"))
    base = f"/api/sessions/{opened.code}/deletion"
    wrong = await server.call("POST", base, opened.helm.key, json={"name": "another"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_name")
    gone = await server.call("POST", base, opened.helm.key, json={"name": "Canary-Title of a session"})
    assert (gone.status_code, gone.json()["go"]) == (200, "/")
    await opened.helm.until(lambda: any(frame.get("bye") == "deleted" for frame in opened.helm.frames))
    await emptied(server)
    left = files(server)
    assert [canary for canary in (*CANARIES, opened.code) if canary.encode() in left] == []
    assert await server.status("GET", f"/api/sessions/{opened.code}") == 404


async def test_a_session_of_a_kept_room_goes_and_what_it_published_stays(server: Server) -> None:
    room, key = await server.demo()
    first = await server.open("leadership_draft", "canary-title", key=key, room=room)
    ann = await server.join(first.code, "canary-name")
    people = [ann, *[await server.join(first.code, name) for name in ("Bob", "Cy")]]
    await first.helm.to("ideate")
    await ann.ok("add_note", text="a published result", baseline="1", target="2")
    await people[1].ok("add_note", text="canary-note")
    await first.helm.to("vote")
    for person in people:
        await person.ok(
            "place_dot", item=next(k[5:] for k, n in ann.session.items() if n.get("text") == "a published result")
        )
    await first.helm.to("objective")
    await first.helm.ok("word_objective", text="A published goal")
    await first.helm.ok("close_session")
    second = await server.open("ideas_and_dots", "Another", key=key, room=room)
    answer = await server.call(
        "POST", f"/api/sessions/{first.code}/deletion", first.helm.key, json={"name": "canary-title"}
    )
    assert answer.json()["go"] == f"/r/{room}"
    await emptied(server)
    left = files(server)
    assert [c for c in ("canary-title", "canary-name", "canary-note", first.code) if c.encode() in left] == []
    exported = (await server.call("GET", f"/api/rooms/{room}/export", key)).json()
    assert "A published goal" in json.dumps(exported)
    await second.helm.to("ideas")
    dan = await server.join(second.code, "Dan")
    await dan.ok("add_note", text="the room goes on")
    await server.stop()
    await server.start()
    assert "A published goal" in (await server.call("GET", f"/api/rooms/{room}/export", key)).text


async def test_a_room_goes_with_its_sessions_their_rehearsals_and_every_link(server: Server) -> None:
    room, key = await server.demo()
    opened = await server.open("ideas_and_dots", "canary-title", key=key, room=room)
    copied = await rehearsing.copy_for_rehearsal(server.rooms, opened.code)
    watching = await server.sit(room, key, record=True)
    gone = await server.call("POST", f"/api/rooms/{room}/deletion", key, json={"name": "Kestrel Heat"})
    assert gone.status_code == 200, gone.text
    for client in (opened.helm, watching):
        await client.until(lambda c=client: any(frame.get("bye") == "deleted" for frame in c.frames))
    await emptied(server)
    left = files(server)
    assert [word for word in ("Kestrel", "canary-title", opened.code, copied.code, room) if word.encode() in left] == []
    assert await server.status("GET", f"/r/{room}", key) == 404


async def test_somebodys_words_and_name_go_and_their_votes_stay_counted(server: Server) -> None:
    opened = await server.open()
    ann, bob, cy = [await server.join(opened.code, name) for name in ("canary-name", "Bob", "Cy")]
    await opened.helm.to("ideate")
    await ann.ok("add_note", text="canary-note", baseline="1")
    await bob.ok("add_note", text="another")
    await opened.helm.to("vote")
    item = next(key[5:] for key, note in bob.session.items() if note.get("text") == "another")
    for person in (ann, bob, cy):
        await person.ok("place_dot", item=item)
    path = f"/api/sessions/{opened.code}/forgetting"
    assert await server.status("POST", path, opened.helm.key, json={"person": ann.person}) == 403
    assert await server.status("POST", path, ann.key, json={"person": ann.person}) == 200
    await bob.until(lambda: any(n.get("text") == "Removed by its writer." for n in bob.session.values()))
    await emptied(server)
    assert b"canary" not in files(server)
    await opened.helm.ok("reveal", anyway=True)
    await bob.until(lambda: "totals" in bob.session["ballot:impact"])
    assert bob.session["ballot:impact"]["totals"] == {item: 3}
    assert bob.session[f"person:{ann.person}"]["name"] == "Somebody"


async def test_rehearsals_go_after_a_day_and_closed_rooms_when_nobody_opens_them(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = await server.open()
    copied = await rehearsing.copy_for_rehearsal(server.rooms, opened.code)
    closed = await server.open("ideas_and_dots", "Closed")
    await closed.helm.ok("close_session")
    await removing.tidy(server.rooms, keep_days=30)
    assert server.rooms.find(copied.code)
    later = server.rooms.store.room(copied.room)
    assert later
    monkeypatch.setattr("workshop.removing.now_ms", lambda: later["held"] + DAY + 1)
    await removing.tidy(server.rooms, keep_days=30)
    assert server.rooms.find(copied.code) is None
    rest(server, closed.links["room"])
    monkeypatch.setattr("workshop.removing.now_ms", lambda: later["held"] + 31 * DAY)
    await removing.tidy(server.rooms, keep_days=30)
    assert server.rooms.find(closed.code) is None
    assert server.rooms.find(opened.code)


async def test_a_session_that_planned_itself_and_that_nobody_came_to_keeps_no_room(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = (await server.call("POST", "/api/rooms", json={"name": "Kestrel"})).json()
    room = made["room"]
    keeper = await server.sit(room, made["room_token"], record=True)
    days = [(datetime.now(UTC) + timedelta(days=more)).date().isoformat() for more in (0, 90, 60)]
    await keeper.ok("set_cycle", organisation="Kestrel", name="Q1", start=days[0], end=days[1])
    await keeper.until(lambda: any(key.startswith("session:") for key in keeper.topics["record"]))
    held = server.rooms.store.room(room)
    assert held
    await keeper.leave()
    rest(server, room)
    monkeypatch.setattr("workshop.removing.now_ms", lambda: held["held"] + 40 * DAY)
    await removing.tidy(server.rooms, keep_days=30)
    assert server.rooms.store.room(room)
    monkeypatch.setattr("workshop.removing.today", lambda: days[2])
    await removing.tidy(server.rooms, keep_days=30)
    assert server.rooms.store.room(room) is None


def rest(server: Server, room: str) -> None:
    """The room has left memory."""
    server.rooms._open.pop(room).rests()
