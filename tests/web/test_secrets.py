"""Secrets stay: every key a role can make is made, and looks; files are read while a backup runs."""

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect

from sessions import formats
from sessions.board.counting import as_it_counts
from tests.layout.filling import fill
from tests.layout.test_layout import session_of
from tests.layout.walking import press
from tests.server import Client, Opened, Server
from tests.web.test_deleting import emptied

CANARY = "canary-7f3a"


def figures(server: Server, opened: Opened) -> tuple[dict[str, int], int]:
    """Totals and voters of the vote that is open, as they would be shown now."""
    room = server.room(opened.code).room
    session = room.sessions[opened.code]
    found = as_it_counts(room, session, session.board.ballots["impact"])
    return found.totals(), found.voters()


async def keys_to(server: Server, opened: Opened, person: Client) -> list[str]:
    """Every key that somebody who facilitates can come by to look as this person."""
    base = f"/api/sessions/{opened.code}"
    link = await server.call("POST", f"{base}/links", opened.helm.key, json={"role": "person", "person": person.person})
    found = [link.json()["url"].split("#key=")[1]]
    claim = (await server.call("POST", f"{base}/claims", json={"person": person.person})).json()["claim"]
    await opened.helm.ok("answer_claim", claim=claim.split(".")[0], yes=True)
    answered = await server.call("POST", f"{base}/claims/answer", json={"claim": claim})
    assert answered.json()["answer"] == "yes"
    return [*found, "cookie " + answered.headers["set-cookie"].split(";")[0].split("=")[1]]


async def look(server: Server, opened: Opened, key: str, person: Client) -> str:
    """All that somebody sees who comes with this key."""
    seen = []
    if key.startswith("cookie "):
        headers = {"Cookie": f"waggle={key.split()[1]}", "Origin": server.address}
        for page in ("", "/helm", "/screen", "/outcome", "/sheet"):
            where = f"/s/{opened.code}{page}?as={person.person}"
            seen.append((await server.call("GET", where, headers=headers)).text)
        return "\n".join(seen)
    client = await server.sit(opened.code, key)
    for page in ("", "/helm", "/screen", "/outcome", "/sheet"):
        seen.append((await server.call("GET", f"/s/{opened.code}{page}", key)).text)
    for kind in ("md", "csv", "json"):
        seen.append((await server.call("GET", f"/api/sessions/{opened.code}/export?as={kind}", key)).text)
    seen += client.raw
    await client.leave()
    server.clients.remove(client)
    return "\n".join(seen)


def secrets_of(person: Client) -> dict[str, Any]:
    """What is this person's alone at this moment: unseen notes, votes, thumbs, concerns."""
    me = person.me
    mine = me.get("mine", {})
    found = {key: note["text"] for key, note in me.items() if key.startswith("note:") and not note.get("shown")}
    found |= {key: votes["items"] for key, votes in me.items() if key.startswith("votes:") and votes["items"]}
    if not person.session["step"].get("shown"):
        found |= {name: mine[name] for name in ("vote", "concern", "thumb", "asked", "objections") if mine.get(name)}
    return found


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


async def sealed(server: Server, opened: Opened, target: Client, secrets: dict[str, Any]) -> None:
    """Nothing of it is seen with any key made now; and the person's own seat still sees it."""
    for key in await keys_to(server, opened, target):
        seen = await look(server, opened, key, target)
        own = me_in(seen)
        for name, value in secrets.items():
            if name.startswith("note:"):
                assert name not in own
                assert value not in {note.get("text") for key, note in own.items() if key.startswith("note:")}
                assert name[5:] not in seen
            elif name.startswith("votes:"):
                assert not own.get(name, {"items": {}})["items"]
            else:
                assert not own.get("mine", {}).get(name)
    assert secrets_of(target) == secrets
    assert target.me["me"]["spoken"]


def me_in(seen: str) -> dict[str, Any]:
    """What the topic of one's own says in all that was seen, frames and first paints alike."""
    found: dict[str, Any] = {}
    marker = '{"topic":"me"'
    at = seen.find(marker)
    while at >= 0:
        found |= json.JSONDecoder().raw_decode(seen[at:].replace("\\u003c", "<"))[0]["set"]
        at = seen.find(marker, at + 1)
    return found


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


async def test_two_entries_made_one_see_nothing_of_each_other_and_can_be_parted(server: Server) -> None:
    opened = await server.open()
    ann, bob, *_ = await opened.people()
    await opened.helm.to("ideate")
    await ann.ok("add_note", text=CANARY)
    await opened.helm.ok("merge_people", keep=bob.person, drop=ann.person)
    await bob.until(lambda: bob.me["me"]["spoken"])
    assert CANARY not in "".join(bob.raw)
    again = await server.sit(opened.code, ann.key)
    assert again.person == bob.person
    assert [note["text"] for key, note in again.me.items() if key.startswith("note:")] == [CANARY]
    await bob.ok("answer_spoken", made=bob.me["me"]["spoken"][0]["id"], refuse=True)
    await bob.until(lambda: f"person:{ann.person}" in bob.session)
    back = await server.sit(opened.code, ann.key)
    assert back.person == ann.person
    assert [note["text"] for key, note in back.me.items() if key.startswith("note:")] == [CANARY]
    await opened.helm.ok("reveal")
    await bob.until(lambda: CANARY in json.dumps(bob.session))


async def test_of_two_entries_made_one_one_vote_counts_also_after_a_restart_and_no_key_takes_it_over(
    server: Server,
) -> None:
    opened = await server.open()
    ann, bob, cy, di = await opened.people()
    await opened.helm.to("ideate")
    for text in ("a", "b"):
        await cy.ok("add_note", text=text)
    await opened.helm.to("vote")
    await ann.echo()
    one, two = opened.helm.ids("note")
    await ann.ok("place_dot", item=one)
    await bob.ok("place_dot", item=two)
    await di.ok("place_dot", item=one)
    await opened.helm.ok("merge_people", keep=bob.person, drop=ann.person)

    def ballot() -> tuple[dict[str, int], int]:
        return figures(server, opened)

    assert ballot() == ({one: 1, two: 1}, 2)
    again = await server.sit(opened.code, ann.key)
    assert again.me["votes:impact"]["items"] == {one: 1}
    await server.stop()
    await server.start()
    assert ballot() == ({one: 1, two: 1}, 2)
    back = await server.sit(opened.code, ann.key)
    await back.ok("place_dot", item=one)
    assert ballot() == ({one: 3}, 2)
    bob = await server.sit(opened.code, bob.key)
    assert bob.me["votes:impact"]["items"] == {two: 1}
    assert bob.me["me"]["spoken"]
    refused = await bob.do("answer_spoken", "parted", made=bob.me["me"]["spoken"][0]["id"], refuse=True)
    assert "done" in refused
    assert ballot() == ({one: 3, two: 1}, 3)


async def merged_in(server: Server, opened: Opened, keep: Client) -> Client:
    """A facilitator's second device, said to be the same person as somebody."""
    puppet = await server.join(opened.code, "Zed")
    await opened.helm.ok("merge_people", keep=keep.person, drop=puppet.person)
    return puppet


async def test_whoever_is_merged_into_somebody_gets_no_key_of_theirs_and_forgets_nothing(server: Server) -> None:
    opened = await server.open()
    ann, *_ = await opened.people()
    await opened.helm.to("ideate")
    await ann.ok("add_note", text=CANARY)
    zed = await merged_in(server, opened, ann)
    base = f"/api/sessions/{opened.code}"
    made = await server.call("POST", f"{base}/links", zed.key, json={"role": "person", "person": ann.person})
    spy = await server.sit(opened.code, made.json()["url"].split("#key=")[1])
    assert CANARY not in "".join(spy.raw)
    await server.call("POST", f"{base}/forgetting", zed.key, json={"person": ann.person})
    again = await server.sit(opened.code, ann.key)
    assert again.me["me"]["name"] == "Ann"
    assert [note["text"] for key, note in again.me.items() if key.startswith("note:")] == [CANARY]
    await again.do("answer_spoken", "no", made=again.me["me"]["spoken"][0]["id"], refuse=True)
    after = await server.call("GET", f"/s/{opened.code}?as={ann.person}", spy.key)
    assert CANARY not in after.text


async def test_a_socket_that_was_let_in_before_a_parting_is_not_seated_as_the_other(server: Server) -> None:
    opened = await server.open()
    ann, *_ = await opened.people()
    zed = await merged_in(server, opened, ann)
    where = f"{server.address.replace('http', 'ws')}/api/sessions/{opened.code}/live"
    async with connect(where, additional_headers={"Authorization": f"Bearer {zed.key}"}) as late:
        await ann.until(lambda: ann.me["me"]["spoken"])
        await ann.ok("answer_spoken", made=ann.me["me"]["spoken"][0]["id"], refuse=True)
        await late.send(json.dumps({"since": 0, "epoch": ""}))
        assert json.loads(await late.recv())["bye"] == "merged"


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


async def test_a_merge_in_one_session_holds_in_all_of_the_room_and_is_parted_in_all(server: Server) -> None:
    room, key = await server.demo()
    first, second = [await server.open(key=key, room=room) for _ in range(2)]
    ann, bob = await first.people("Ann Bob")
    others = []
    for person, name in ((ann, "Ann"), (bob, "Bob")):
        join = f"/api/sessions/{second.code}/participants"
        made = (await server.call("POST", join, person.key, json={"name": name})).json()
        assert made["person"] == person.person
        others.append(await server.sit(second.code, made["token"]))
    await second.helm.to("ideate")
    for text in ("a", "b"):
        await others[0].do("add_note", text, text=text)
    await second.helm.to("vote")
    await others[0].echo()
    one, two = second.helm.ids("note")
    await others[0].do("place_dot", "one", item=one)
    await others[1].do("place_dot", "two", item=two)
    assert figures(server, second) == ({one: 1, two: 1}, 2)
    await first.helm.ok("merge_people", keep=ann.person, drop=bob.person)
    assert figures(server, second) == ({two: 1}, 1)
    await ann.until(lambda: ann.me["me"]["spoken"])
    await ann.do("answer_spoken", "parted", made=ann.me["me"]["spoken"][0]["id"], refuse=True)
    assert figures(server, second) == ({one: 1, two: 1}, 2)
    assert await server.status("GET", f"/s/{second.code}", others[1].key) == 200


async def test_what_is_sent_again_after_a_merge_is_done_once(server: Server) -> None:
    opened = await server.open()
    ann, bob, *_ = await opened.people()
    await opened.helm.to("ideate")
    assert "done" in await ann.do("add_note", id="once", text="said once")
    await opened.helm.ok("merge_people", keep=bob.person, drop=ann.person)
    again = await server.sit(opened.code, ann.key)
    assert "done" in await again.do("add_note", id="once", text="said once")
    await again.echo()
    assert len([key for key in again.me if key.startswith("note:")]) == 1


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


@pytest.mark.parametrize("backing_up", [False, True], ids=["alone", "while a backup runs"])
async def test_after_the_close_no_file_ties_anybody_to_what_they_wrote_or_answered(
    server: Server, backing_up: bool
) -> None:
    opened = await server.open()
    people = await opened.people("Ann Bob Cy Di")
    await opened.helm.to("ideate")
    for person in people:
        await person.ok("add_note", text="something")
    pens = {row["pen"] for row in server.rooms.store.pens([opened.code])}
    backup = sqlite3.connect(server.data / "waggle.db", isolation_level=None)
    if backing_up:
        backup.execute("BEGIN")
        backup.execute("select count(*) from event").fetchone()
    await opened.helm.ok("close_session")
    for number, person in enumerate(people):
        await person.ok("exit_pulse", value=1 + number % 5)
        assert (await person.do("exit_pulse", value=3))["code"] == "answered"
    if backing_up:
        written = (server.data / "waggle.db-wal").read_bytes()
        assert written.count(b"pulse_given") >= 4
        assert not any(answered(server, opened, person) in written for person in people)
        backup.execute("COMMIT")
    backup.close()
    await emptied(server)
    left = b"".join(Path(file).read_bytes() for file in server.data.glob("waggle.db*"))
    assert not [pen for pen in pens if tied(left, pen, people)]
    assert sqlite3.connect(server.data / "waggle.db").execute("select count(*) from pen").fetchone() == (0,)
    await server.stop()
    await server.start()
    again = await server.sit(opened.code, people[0].key)
    assert (await again.do("exit_pulse", id="another command", value=3))["code"] == "answered"


def tied(left: bytes, pen: str, people: list[Client]) -> bool:
    """Whether a pen stands near somebody's id anywhere in these bytes."""
    at = left.find(pen.encode())
    while at >= 0:
        near = left[max(0, at - 60) : at + 60]
        if any(person.person.encode() in near for person in people):
            return True
        at = left.find(pen.encode(), at + 1)
    return False


def answered(server: Server, opened: Opened, person: Client) -> bytes:
    """The digest under which it is kept that somebody has answered."""
    from workshop.digests import PULSE, digest

    return digest(person.person, PULSE)


async def test_nothing_is_printed_that_gives_a_code_away_or_moves_a_terminal(
    server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    opened = await server.open()
    await server.call("GET", f"/s/{opened.code}/outcome", opened.helm.key)
    await server.call("GET", "/j/%1b%5b2J%0d%0aevil")
    from web.commands import printable

    logged = capfd.readouterr()
    assert opened.code not in logged.out + logged.err
    assert "\x1b" not in logged.out + logged.err
    assert printable("a\x1b[2J\r\nb\u202e") == "a\\x1b[2J\\x0d\\x0ab\\x202e"


def test_files_are_for_the_servers_own_user_alone(tmp_path: Path) -> None:
    from workshop.store import Store

    tmp_path.chmod(0o755)
    store = Store(tmp_path)
    store.begin_process(1)
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}
    store.close()


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
