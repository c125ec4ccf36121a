"""Secrets stay: every key a role can make is made, and looks; files are read while a backup runs."""

import asyncio

import pytest

from sessions import formats
from tests.layout.filling import fill
from tests.layout.test_layout import session_of
from tests.layout.walking import press
from tests.server import Client, Server
from tests.web.keys import figures, keys_to, sealed, secrets_of


@pytest.mark.parametrize("format", list(formats.ALL))
async def test_no_key_that_is_made_for_somebody_shows_what_they_wrote_or_voted_before(
    server: Server, format: str
) -> None:
    opened, crew = await session_of(server, format, full=True)
    target = crew[2]
    met: set[str] = set()
    for phase in formats.ALL[format].phases:
        await opened.helm.to(phase.key)
        for _ in range(5):
            for person in crew:
                await person.echo()
            await fill(crew)
            await target.echo()
            secrets = secrets_of(target)
            met |= {key.partition(":")[0] for key in secrets}
            if secrets:
                await sealed(server, opened, target, secrets)
            if not await press(opened.helm):
                break
    assert met


async def test_the_person_is_told_at_once_and_can_refuse_and_the_session_says_so(server: Server) -> None:
    opened = await server.open()
    ann, *_ = await opened.people()
    link = f"/api/sessions/{opened.code}/links"
    made = await server.call("POST", link, opened.helm.key, json={"role": "person", "person": ann.person})
    key = made.json()["url"].split("#key=")[1]
    await ann.until(lambda: ann.me["me"]["spoken"])
    told = ann.me["me"]["spoken"][0]
    assert (told["how"], told["by"]) == ("link", "Facilitator")
    other = await server.sit(opened.code, key)
    assert other.me["me"]["spoken"] == []
    assert (await other.do("answer_spoken", made=told["id"], refuse=False))["code"] == "not_yours"
    await ann.ok("answer_spoken", made=told["id"], refuse=True)
    await other.until(lambda: any(frame.get("bye") == "withdrawn" for frame in other.frames))
    assert await server.status("GET", f"/s/{opened.code}", key) == 404
    done = ann.session["spoken"]["done"][0]
    assert (done["how"], done["for"], done["state"]) == ("link", ann.person, "refused")
    exported = await server.call("GET", f"/api/sessions/{opened.code}/export?as=md", ann.key)
    assert "Facilitator made a personal link for Ann." in exported.text


async def test_a_vote_with_a_key_that_was_made_counts_in_the_place_of_the_old_one(server: Server) -> None:
    opened = await server.open()
    ann, bob, *_ = await opened.people()
    await opened.helm.to("ideate")
    for text in ("a", "b", "c"):
        await bob.ok("add_note", text=text)
    await opened.helm.to("vote")
    await ann.echo()
    one, two, _ = opened.helm.ids("note")
    await ann.ok("place_dot", item=one)
    (key, _) = await keys_to(server, opened, ann)
    phone = await server.sit(opened.code, key)
    assert phone.me.get("votes:impact", {"items": {}})["items"] == {}
    await phone.ok("place_dot", item=two)

    def ballot() -> tuple[dict[str, int], int]:
        return figures(server, opened)

    assert ballot() == ({two: 1}, 1)
    await ann.ok("place_dot", item=one)
    assert ballot()[0] == {one: 2}


async def test_a_link_that_is_withdrawn_before_its_person_refuses_takes_its_votes_along(server: Server) -> None:
    opened = await server.open()
    ann, bob, *_ = await opened.people()
    await opened.helm.to("ideate")
    for text in ("a", "b"):
        await bob.ok("add_note", text=text)
    await opened.helm.to("vote")
    await ann.echo()
    one, two = opened.helm.ids("note")
    await ann.ok("place_dot", item=one)
    key, _ = await keys_to(server, opened, ann)
    phone = await server.sit(opened.code, key)
    await phone.ok("place_dot", item=two)

    def ballot() -> tuple[dict[str, int], int]:
        return figures(server, opened)

    assert ballot()[0] == {two: 1}
    made = next(done["id"] for done in opened.helm.session["spoken"]["done"] if done["how"] == "link")
    await opened.helm.ok("withdraw_link", made=made)
    assert ballot() == ({one: 1}, 1)


async def test_a_thumb_by_a_key_that_was_refused_is_not_shown(server: Server) -> None:
    opened = await server.open()
    ann, *_ = await opened.people()
    await opened.helm.to("thumbs")
    key, _ = await keys_to(server, opened, ann)
    phone = await server.sit(opened.code, key)
    await ann.ok("thumb", thumb="up")
    await phone.ok("thumb", thumb="down")
    for told in list(ann.me["me"]["spoken"]):
        await ann.ok("answer_spoken", made=told["id"], refuse=True)
    await opened.helm.ok("reveal", anyway=True)
    await opened.helm.until(lambda: opened.helm.session["step"].get("shown"))
    assert opened.helm.session["step"]["thumbs"] == {ann.person: "up"}


async def test_a_key_that_was_refused_leaves_the_record(server: Server) -> None:
    room, key = await server.demo()
    opened = await server.open(key=key, room=room)
    ann, *_ = await opened.people()
    made, _ = await keys_to(server, opened, ann)
    record = await server.sit(room, made, record=True)
    await ann.until(lambda: ann.me["me"]["spoken"])
    for told in list(ann.me["me"]["spoken"]):
        await ann.ok("answer_spoken", made=told["id"], refuse=True)
    await record.until(lambda: any(frame.get("bye") == "withdrawn" for frame in record.frames))


async def test_a_key_that_was_made_makes_nobody_known(server: Server) -> None:
    room, key = await server.demo()
    opened = await server.open(key=key, room=room)
    ann, *_ = await opened.people()
    made, _ = await keys_to(server, opened, ann)
    join = f"/api/sessions/{opened.code}/participants"
    assert await server.status("POST", join, made, json={"name": "Ann"}) == 409
    other = await server.open("team_draft", key=key, room=room)
    joined = await server.call("POST", join.replace(opened.code, other.code), made, json={"name": "Ann"})
    assert joined.json()["person"] != ann.person
    joined = await server.call("POST", join.replace(opened.code, other.code), ann.key, json={"name": "Ann"})
    assert joined.status_code == 409


async def test_a_claim_that_the_person_refused_opens_nothing(server: Server) -> None:
    opened = await server.open()
    ann, *_ = await opened.people()
    base = f"/api/sessions/{opened.code}/claims"
    claim = (await server.call("POST", base, json={"person": ann.person})).json()["claim"]
    await opened.helm.ok("answer_claim", claim=claim.split(".")[0], yes=True)
    await ann.until(lambda: ann.me["me"]["spoken"])
    await ann.ok("answer_spoken", made=ann.me["me"]["spoken"][0]["id"], refuse=True)
    answered = await server.call("POST", f"{base}/answer", json={"claim": claim})
    assert answered.json() == {"answer": "no"}
    assert "set-cookie" not in answered.headers


async def test_whoever_is_removed_keeps_no_seat_no_key_and_no_record(server: Server) -> None:
    room, key = await server.demo()
    opened = await server.open("leadership_draft", key=key, room=room)
    joined = await server.call("POST", f"/api/sessions/{opened.code}/participants", json={"name": "Mallory"})
    token = joined.json()["token"]
    mallory = await server.sit(opened.code, token)
    record = await server.sit(room, token, record=True)
    await opened.helm.ok("remove_person", person=mallory.person)
    await mallory.until(lambda: any(frame.get("bye") == "removed" for frame in mallory.frames))
    await record.until(lambda: any(frame.get("bye") == "removed" for frame in record.frames))
    assert await server.status("GET", f"/r/{room}", token) == 404
    assert await server.status("GET", f"/api/sessions/{opened.code}/export?as=md", token) == 404


async def test_a_co_facilitator_can_be_removed_and_their_link_taken_back(server: Server) -> None:
    opened = await server.open()
    base = f"/api/sessions/{opened.code}/links"
    made = await server.call("POST", base, opened.helm.key, json={"role": "co-facilitator"})
    key = made.json()["url"].split("#key=")[1]
    await server.call("POST", "/api/keys", json={"key": key})
    await opened.helm.until(lambda: len(opened.helm.ids("person")) == 2)
    other = next(id for id in opened.helm.ids("person") if id != opened.helm.person)
    await opened.helm.ok("remove_person", person=other)
    link = opened.helm.session["spoken"]["done"][0]
    await opened.helm.ok("withdraw_link", made=link["id"])
    assert await server.status("POST", "/api/keys", json={"key": key}) == 404


async def test_a_participant_cannot_follow_posters_as_a_screen(server: Server) -> None:
    opened, crew = await session_of(server, "gallery_walk", full=True)
    await opened.helm.to("welcome")
    await opened.helm.ok("deal_groups")
    await opened.helm.to("walk")
    posters = opened.helm.ids("poster")
    visitor = Client(server, opened.code, crew[0].key)
    server.clients.append(visitor)
    where = f"{server.address.replace('http', 'ws')}/api/sessions/{opened.code}/live?as=screen"
    await visitor.come(where=where)
    await visitor.say({"follow": [f"place:{id}" for id in posters]})
    await visitor.until(lambda: any(frame.get("code") == "not_there" for frame in visitor.frames))
    assert not any(topic.startswith("place:") for topic in visitor.topics)
    screen = await server.sit(opened.code, opened.links["screen_url"].split("key=")[1])
    await screen.say({"follow": [f"place:{id}" for id in posters]})
    await screen.until(lambda: len([t for t in screen.topics if t.startswith("place:")]) == len(posters))


async def test_two_people_at_once_get_their_answers_while_a_file_is_taken_in(server: Server) -> None:
    room = (await server.call("POST", "/api/rooms", json={"name": "large"})).json()
    other = await server.open("ideas_and_dots")
    ann = await server.join(other.code, "Ann")
    await other.helm.to("ideas")
    body = "team,objective,key result\n" + "".join(f"T{n % 400},O{n % 2000},R{n}\n" for n in range(4000))
    headers = {"Content-Type": "text/csv"}
    path = f"/api/rooms/{room['room']}/import"
    filling = asyncio.create_task(server.call("POST", path, room["room_token"], content=body, headers=headers))
    answers = 0
    while not filling.done():
        await ann.ok("done", on=answers % 2 == 0)
        answers += 1
    assert (await filling).status_code == 200
    assert answers > 5
    assert len(server.rooms.room(room["room"]).room.record.results) == 4000
