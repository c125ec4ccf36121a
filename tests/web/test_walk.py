"""The walk over the wire: a seat hears its own poster and no other, and the bell rings by itself."""

import json
from typing import Any

from tests.server import Client, Opened, Server
from workshop.cut import Visitor

OKRS = """
## Alpha
### Alpha is quick
- A1
## Beta
### Beta is warm
- B1
## Gamma
### Gamma is safe
- G1
"""


async def gather(server: Server) -> tuple[Opened, list[Client]]:
    """A walk of three teams in its first round, reading."""
    made = (await server.call("POST", "/api/rooms", json={"name": "Hall"})).json()
    room, key = made["room"], made["room_token"]
    head = {"Content-Type": "text/markdown"}
    await server.call("POST", f"/api/rooms/{room}/import", key, content=OKRS, headers=head)
    opened = await server.open("gallery_walk", "Walk", key, room=room)
    teams = {t.name: t.id for t in server.room(opened.code).room.record.teams.values()}
    people = [
        await server.join(opened.code, f"{team} {number}", teams[team])
        for team in ("Alpha", "Beta", "Gamma")
        for number in range(3)
    ]
    await opened.helm.to("welcome")
    await opened.helm.ok("deal_groups")
    await opened.helm.to("walk")
    for person in people:
        await person.until(lambda person=person: place(person))
    return opened, people


def place(client: Client) -> str:
    found = [topic for topic in client.topics if topic.startswith("place:")]
    assert len(found) <= 1, "nobody stands at two posters"
    return found[0] if found else ""


def mine(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.me["mine"]
    return found


def line(client: Client) -> str:
    where = place(client).partition(":")[2]
    return str(client.session[f"poster:{where}"]["lines"][0]["id"])


async def test_a_note_is_on_the_wire_of_its_poster_alone_and_not_before_the_reading_is_over(server: Server) -> None:
    opened, people = await gather(server)
    writer = next(p for p in people if mine(p)["role"] == "visitor")
    await writer.ok("leave_note", on=line(writer), text="CANARY", round=1)
    others = [p for p in people if p is not writer]
    everywhere = [*others, opened.helm]
    for client in everywhere:
        await client.echo()
        assert "CANARY" not in "".join(client.raw)
    taken = await server.call("GET", f"/api/sessions/{opened.code}/export?as=json", opened.helm.key)
    page = await server.call("GET", f"/s/{opened.code}/outcome", writer.key)
    assert "CANARY" not in taken.text + page.text
    await opened.helm.ok("next_stage")
    here = [p for p in others if place(p) == place(writer)]
    assert here
    for client in here:
        await client.until(lambda client=client: "CANARY" in "".join(client.raw))
    for client in everywhere:
        await client.echo()
        assert client in here or "CANARY" not in "".join(client.raw)
    taken = await server.call("GET", f"/api/sessions/{opened.code}/export?as=json", opened.helm.key)
    assert "CANARY" not in taken.text, "while people walk, notes are for who stands there"


async def test_a_visitor_asking_for_another_poster_is_refused_and_a_facilitator_is_not(server: Server) -> None:
    opened, people = await gather(server)
    ann = next(p for p in people if mine(p)["role"] == "visitor")
    other = next(key[7:] for key in ann.session if key.startswith("poster:") and f"place:{key[7:]}" != place(ann))
    await ann.say({"follow": [f"place:{other}"]})
    await ann.until(lambda: any(f.get("code") == "not_there" for f in ann.frames))
    say = next(f["say"] for f in ann.frames if f.get("code") == "not_there")
    assert say.startswith("You see a poster while you stand before it. You are at poster ")
    await opened.helm.say({"follow": [f"place:{other}"]})
    await opened.helm.until(lambda: f"place:{other}" in opened.helm.topics)
    await opened.helm.say({"follow": ["place:nowhere"]})
    await opened.helm.until(lambda: any(f.get("code") == "no_such_topic" for f in opened.helm.frames))


async def test_who_walks_on_loses_one_poster_and_gets_the_next_and_keeps_it_after_a_break(server: Server) -> None:
    opened, people = await gather(server)
    ann = next(p for p in people if mine(p)["role"] == "visitor")
    first, route = place(ann), mine(ann)["route"]
    assert first == f"place:{route[0]}"
    await opened.helm.ok("next_stage")
    await opened.helm.ok("next_stage")
    await ann.until(lambda: place(ann) == f"place:{route[1]}")
    assert {"gone": first} in ann.frames
    await ann.leave()
    ann.topics = {}
    await ann.come(0)
    assert place(ann) == f"place:{route[1]}"


async def test_the_bell_rings_by_itself_and_also_after_a_restart(server: Server) -> None:
    opened, people = await gather(server)
    await opened.helm.ok("add_minutes", minutes=-1.995)
    await opened.helm.until(lambda: opened.helm.session["step"]["stage"] == "talk")
    await opened.helm.ok("hold_clock")
    await opened.helm.ok("add_minutes", minutes=-7.995)
    await opened.helm.echo()
    assert opened.helm.session["step"]["stage"] == "talk", "Hold keeps the bell from ringing"
    key, code = opened.helm.key, opened.code
    await server.stop()
    await server.start()
    helm = await server.sit(code, key)
    assert helm.session["step"]["stage"] == "talk"
    await helm.ok("hold_clock", id="after the restart", on=False)
    await helm.until(lambda: helm.session["step"]["stage"] == "move")
    assert people


async def test_a_phone_that_lost_a_whole_round_files_its_note_where_it_stood(server: Server) -> None:
    opened, people = await gather(server)
    ann = next(p for p in people if mine(p)["role"] == "visitor")
    on, run, where = line(ann), ann.session["step"]["run"], place(ann)
    await ann.leave()
    for _ in range(3):
        await opened.helm.ok("next_stage")
    await ann.come()
    await ann.ok("leave_note", on=on, text="late", round=1, phase=run)
    (note,) = server.room(opened.code).room.sessions[opened.code].board.notes.values()
    assert (f"place:{note.pile[7:]}", note.late) == (where, True)


async def test_the_same_first_paint_holds_ones_place(server: Server) -> None:
    opened, people = await gather(server)
    ann = next(p for p in people if mine(p)["role"] == "visitor")
    room = server.room(opened.code)
    paint = json.loads(room.desk.paint(Visitor(opened.code, ann.person, ann.person, of=opened.code), False))
    assert [t["topic"] for t in paint["topics"]] == ["session", "me", place(ann)]
