"""The record over the wire: what a session changes appears, drafts stay with whoever keeps it, files go in and out."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from websockets.asyncio.client import connect

from tests.server import Client, Server
from tests.waiving import clear_the_way
from web.record_pages import PAGE
from workshop import files

KESTREL = files.DEMO.read_text()


def things(client: Client, kind: str, topic: str = "record") -> dict[str, dict[str, Any]]:
    found = client.topics.get(topic, {})
    return {key.partition(":")[2]: thing for key, thing in found.items() if key.startswith(kind + ":")}


async def test_a_document_goes_in_and_comes_out_the_same(server: Server) -> None:
    opened = (await server.call("POST", "/api/rooms", json={"name": "Ours"})).json()
    room, key = opened["room"], opened["room_token"]
    where, head = f"/api/rooms/{room}/import", {"Content-Type": "application/json"}
    dry = await server.call("POST", where + "?dry=1", key, content=KESTREL, headers=head)
    assert dry.json()["brings"]["key_results"] == {"all": 44, "new": 44}
    assert (await server.call("POST", where, key, content=KESTREL, headers=head)).status_code == 200
    await server.stop()
    await server.start()
    back = await server.call("GET", f"/api/rooms/{room}/export?as=json", key)
    assert {k: v for k, v in back.json().items() if k != "organisation"} == {
        k: v for k, v in json.loads(KESTREL).items() if k != "organisation"
    }


async def test_a_dry_run_and_a_bad_file_change_nothing(server: Server) -> None:
    room, key = await server.demo()
    before = (await server.call("GET", f"/api/rooms/{room}/export?as=csv", key)).text
    rows = "team,objective,key result,direction\nNew,Goal,Fine,up\nNew,Goal,Bad,sideways\n"
    for query, status in (("?dry=1", 200), ("", 422)):
        where = f"/api/rooms/{room}/import{query}"
        answer = await server.call("POST", where, key, content=rows, headers={"Content-Type": "text/csv"})
        assert answer.status_code == status
        assert [bad["line"] for bad in answer.json()["bad"]] == [3]
    assert (await server.call("GET", f"/api/rooms/{room}/export?as=csv", key)).text == before


@pytest.mark.parametrize(("method", "path"), [("POST", "import"), ("GET", "export"), ("POST", "invitations")])
async def test_only_the_rooms_key_opens_it(server: Server, method: str, path: str) -> None:
    room, key = await server.demo()
    _, other = await server.demo()
    for wrong in ("", other):
        assert (await server.call(method, f"/api/rooms/{room}/{path}", wrong, json={})).status_code == 403
    assert (await server.call("GET", f"/api/rooms/{room}/export?as=xls", key)).status_code == 422


async def test_what_a_session_drafts_appears_when_it_is_published_and_not_before(server: Server) -> None:
    opened = await server.open()
    room, key = opened.links["room"], opened.links["room_token"]
    invited = (await server.call("POST", f"/api/rooms/{room}/invitations", key, json={})).json()["url"]
    guest = await server.sit(room, invited.partition("#key=")[2], record=True)
    keeper = await server.sit(room, key, record=True)
    (ann,) = await opened.people("Ann")
    await opened.helm.to("objective")
    await ann.ok("add_note", text="CANARY warm and quick")
    await opened.helm.ok("reveal")
    note = opened.helm.ids("note")[0]
    await opened.helm.ok("take_sentence", note=note)
    await keeper.until(lambda: things(keeper, "objective", "helm"))
    assert "CANARY" not in "".join(guest.raw)
    await opened.helm.ok("close_session")
    await guest.until(lambda: things(guest, "objective"))
    assert [o["status"] for o in things(guest, "objective").values()] == ["shared"]
    await guest.until(lambda: things(guest, "session")[opened.code]["state"] == "closed")


async def test_a_locked_goal_needs_a_reason_and_no_open_feedback(server: Server) -> None:
    room, key = await server.demo()
    keeper = await server.sit(room, key, record=True)
    assert (await keeper.do("lock_objective", objective="K"))["code"] == "no_sponsor"
    await keeper.ok("name_sponsor", person="ines")
    assert (await keeper.do("lock_objective", objective="K"))["code"] == "not_final"
    server.rooms.room(room).room.record.objectives["K"].status = "final"
    assert "1 piece of feedback is still open" in (await keeper.do("lock_objective", objective="K"))["say"]
    assert (await keeper.do("answer_feedback", feedback="F-31", answer="adapted"))["code"] == "needs_reason"
    await keeper.ok("answer_feedback", feedback="F-31", answer="adapted", reason="A candidate for Q4")
    refused = await keeper.do("lock_objective", objective="K")
    assert (refused["code"], refused["values"]["left"]) == ("findings_open", 4)
    await clear_the_way(server, room, keeper, "K")
    await keeper.ok("lock_objective", objective="K")
    edit = {"result": "K4", "field": "target", "value": "80"}
    assert (await keeper.do("revise_result", **edit))["code"] == "needs_reason"
    await keeper.ok("revise_result", **edit, why="The regulator moved the line")
    last = server.rooms.room(room).room.record.revisions[-1]
    assert (last.was, last.now, last.why) == (75, 80, "The regulator moved the line")


async def test_every_change_is_on_a_page_with_its_moment_and_older_ones_on_the_next(server: Server) -> None:
    room, key = await server.demo()
    many = "\n".join(f"### Goal {n}\n- Result {n}\n  - figures: 1 → {n + 2}" for n in range(PAGE))
    body = {"content": f"## Many\n{many}".encode(), "headers": {"Content-Type": "text/markdown"}}
    assert (await server.call("POST", f"/api/rooms/{room}/import", key, **body)).status_code == 200
    keeper = await server.sit(room, key, record=True)
    await keeper.ok("set_brief", part="vision", text="Warm by 2030")
    newest = (await server.call("GET", f"/r/{room}/changes", key)).text
    assert "2030" in newest
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\dT', newest)
    assert newest.count("<li>") == PAGE
    older = (await server.call("GET", f"/r/{room}/changes?skip={PAGE}", key)).text
    assert "2030" not in older
    assert "from a file" in older


async def test_a_guest_looks_and_does_not_write_and_a_team_says_what_it_thinks(server: Server) -> None:
    room, key = await server.demo()
    url = (await server.call("POST", f"/api/rooms/{room}/invitations", key, json={"team": "CAR"})).json()["url"]
    guest = await server.sit(room, url.partition("#key=")[2], record=True)
    assert (await guest.do("set_brief", part="vision", text="Mine"))["code"] == "not_yours"
    assert (await guest.do("answer_feedback", feedback="F-31", answer="declined", reason="no"))["code"] == "not_yours"
    assert (await guest.do("add_note", text="no"))["code"] == "not_now"
    await guest.ok("give_feedback", on="K2", kind="concern", text="Who rings the customer?")
    await guest.until(lambda: len(things(guest, "feedback")) == 2)
    given = next(f for f in things(guest, "feedback").values() if f["on"] == "K2")
    assert (given["team_name"], given["by"], given["source"]) == ("Customer Care", "", "team")


async def test_links_to_the_record_are_taken_back_team_by_team_and_who_waits_at_the_door_too(server: Server) -> None:
    room, key = await server.demo()
    path = f"/api/rooms/{room}/invitations"
    keys = {}
    for team in ("CAR", "HOM", ""):
        url = (await server.call("POST", path, key, json={"team": team})).json()["url"]
        keys[team] = url.partition("#key=")[2]
    guests = {team: await server.sit(room, token, record=True) for team, token in keys.items()}
    where = f"{server.address.replace('http', 'ws')}/api/rooms/{room}/live"
    async with connect(where, additional_headers={"Authorization": f"Bearer {keys['CAR']}"}) as late:
        assert (await server.call("POST", f"{path}/taken-back", keys["HOM"], json={"team": "CAR"})).status_code == 403
        taken = await server.call("POST", f"{path}/taken-back", key, json={"team": "CAR"})
        assert taken.status_code == 200, taken.text
        await guests["CAR"].until(lambda: any(frame.get("bye") == "withdrawn" for frame in guests["CAR"].frames))
        await late.send(json.dumps({"since": 0, "epoch": ""}))
        assert json.loads(await late.recv())["bye"] == "withdrawn"
    assert (await server.call("POST", "/api/keys", json={"key": keys["CAR"]})).status_code == 404
    for team in ("HOM", ""):
        assert "refused" in await guests[team].do("nothing at all")
    again = (await server.call("POST", path, key, json={"team": "CAR"})).json()["url"].partition("#key=")[2]
    assert "record" in (await server.sit(room, again, record=True)).topics


async def test_who_may_enter_a_session_is_said_on_the_record(server: Server) -> None:
    room, key = await server.demo()
    keeper = await server.sit(room, key, record=True)
    opened = await server.open("ideas_and_dots", "Leaders only", key, room=room)
    await keeper.ok("plan_session", session=opened.code, day="2026-12-01", teams=["leadership"])
    join = f"/api/sessions/{opened.code}/participants"
    refused = await server.call("POST", join, json={"name": "Somebody", "team": "HOM"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_invited")
    stranger = await server.call("POST", join, json={"name": "Marta Olsen", "team": "leadership"})
    assert stranger.json()["person"] != "marta", "a name alone makes nobody a leader"
    path = f"/api/rooms/{room}/invitations"
    url = (await server.call("POST", path, key, json={"team": "leadership"})).json()["url"]
    invited = await server.call("POST", join, url.partition("#key=")[2], json={"name": "ines calder"})
    assert invited.json()["person"] == "ines", "whom the file named comes by the leaders' link"
    other = (await server.call("POST", path, key, json={"team": "HOM"})).json()["url"].partition("#key=")[2]
    refused = await server.call("POST", join, other, json={"name": "Zoe", "team": "leadership"})
    assert refused.json()["code"] == "not_invited", "the team of an invitation is the team one has"


async def test_one_person_in_two_sessions_of_a_room_is_one_person(server: Server) -> None:
    room, key = await server.demo()
    first, second = [await server.open("ideas_and_dots", title, key, room=room) for title in ("One", "Two")]
    ann = await server.join(first.code, "Ann")
    path = f"/api/sessions/{second.code}/participants"
    again = await server.call("POST", path, ann.key, json={"name": "ann"})
    assert again.json()["person"] == ann.person


async def test_a_walk_is_planned_ahead(server: Server) -> None:
    found = json.loads(KESTREL)
    wish = {
        "teams": {team["id"]: team["size"] for team in found["teams"]},
        "rounds": 5,
        "pairs": [[need["consumer"], need["provider"]] for need in found["dependencies"]],
        "guests": 7,
        "hosts": 1,
    }
    came = (await server.call("POST", "/api/plans/walk", json=wish)).json()
    assert [sum(group["people"].values()) for group in came["groups"]] == [9] * 12
    assert came["unmet"] == []
    refused = await server.call("POST", "/api/plans/walk", json={**wish, "rounds": 12})
    assert refused.status_code == 422
    assert refused.json()["say"].startswith("With 12 posters there can be at most 11 rounds")


@pytest.mark.parametrize(
    "body",
    [
        '{"teams": [{"id": "A", "name": "A", "size": true}]}',
        '{"top": {"id": "o", "objective": "O", "note": "\\ud800"}}',
        '{"teams": [], "kept": NaN}',
        '{"teams": [], "kept": 1e999}',
        '{"teams": [], "kept": ' + "9" * 5000 + "}",
        '{"top": ["x"]}',
        '{"top": {"id": "t", "objective": "T", "key_results": {"id": "r"}}}',
        '{"top": {"id": "t", "objective": "T"}, "feedback_open": [{"id": "f", "on": "t", "text": "x", "state": [1]}]}',
        '{"top": {"id": "t", "objective": "T", "key_results": [{"id": "t", "text": "same id"}]}}',
    ],
)
async def test_a_hostile_file_is_refused_and_the_room_opens_again(server: Server, body: str) -> None:
    room, key = await server.demo()
    head = {"Content-Type": "application/json"}
    answer = await server.call("POST", f"/api/rooms/{room}/import", key, content=body, headers=head)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_rows")
    await server.stop()
    await server.start()
    back = await server.call("GET", f"/api/rooms/{room}/export?as=json", key)
    assert back.json()["top"]["id"] == "K"


async def test_strange_parts_that_no_page_shows_break_nothing(server: Server) -> None:
    room, key = await server.demo()
    odd = {"dependencies": 5, "brief": "vision", "governance": [1], "forum": None}
    top = {
        "top": {"id": "t", "objective": "T"},
        "feedback_open": [{"id": "f", "on": "t", "text": "x", "from_team": [1]}],
    }
    where, head = f"/api/rooms/{room}/import", {"Content-Type": "application/json"}
    taken = await server.call("POST", where, key, content=json.dumps({**odd, **top}), headers=head)
    assert taken.status_code == 200
    keeper = await server.sit(room, key, record=True)
    await keeper.ok("set_brief", part="vision", text="Another")
    for kind in ("json", "csv", "md"):
        assert (await server.call("GET", f"/api/rooms/{room}/export?as={kind}", key)).status_code == 200
    assert (await server.call("GET", f"/r/{room}", key)).status_code == 200


async def test_a_long_line_of_markdown_does_not_hold_the_server(server: Server) -> None:
    room, key = await server.demo()
    body = "# a" + " " * 3_000_000 + "b"
    where, head = f"/api/rooms/{room}/import?dry=1", {"Content-Type": "text/markdown"}
    answer = await server.call("POST", where, key, content=body, headers=head)
    assert "longer than 2,000 characters" in answer.json()["bad"][0]["say"]


async def test_two_people_with_one_invitation_do_not_answer_for_each_other(server: Server) -> None:
    room, key = await server.demo()
    urls = [(await server.call("POST", f"/api/rooms/{room}/invitations", key, json={})).json()["url"] for _ in "ab"]
    one, two = [await server.sit(room, url.partition("#key=")[2], record=True) for url in urls]
    keeper = await server.sit(room, key, record=True)
    await keeper.ok("give_feedback", id="1", on="K", kind="like", text="FIRST")
    for guest in (one, two):
        refused = await guest.do("give_feedback", id="1", on="K", kind="like", text="mine")
        assert (refused["code"], refused["text"]) == ("not_yours", "mine"), "a guest without a name or a team"


@pytest.mark.parametrize("kind", ["", "text/plain", "application/octet-stream"])
async def test_what_a_file_is_its_content_says(server: Server, kind: str) -> None:
    made = (await server.call("POST", "/api/rooms", json={"name": "Ours"})).json()
    where, key = f"/api/rooms/{made['room']}/import", made["room_token"]
    head = {"Content-Type": kind} if kind else {}
    for name, counts in (
        ("10-notion.md", (1, 2, 4)),
        ("german-excel-cp1252.csv", (1, 1, 1)),
        ("excel-unicode-text.txt", (1, 1, 1)),
        ("sheet.xlsx", (2, 2, 4)),
        ("puzzle-overview.json", (1, 1, 1)),
        ("14-table-only.md", (1, 1, 2)),
    ):
        body = (Path("tests/workshop/inputs") / name).read_bytes()
        found = (await server.call("POST", where + "?dry=1", key, content=body, headers=head)).json()
        brings = found["brings"]
        assert tuple(brings[part]["all"] for part in ("teams", "objectives", "key_results")) == counts, name
        assert [goal["state"] for goal in found["goals"]] == ["new"] * counts[1]
        assert all({"line", "what", "say"} <= one.keys() for one in found["unused"])
    assert (
        await server.call("POST", where, key, content=body, headers={"Content-Type": "image/png"})
    ).status_code == 415


async def test_a_column_that_was_chosen_once_is_known_for_the_next_file(server: Server) -> None:
    made = (await server.call("POST", "/api/rooms", json={"name": "Ours"})).json()
    where, key = f"/api/rooms/{made['room']}/import", made["room_token"]
    body = "team,objective,Zielbild,Colour\nSales,Grow,Close rate,red\n"
    asked = (await server.call("POST", where + "?dry=1", key, content=body)).json()
    assert asked["columns"] == ["Zielbild", "Colour"]
    chosen = quote(json.dumps({"Zielbild": "key result", "Colour": "none"}))
    taken = await server.call("POST", f"{where}?columns={chosen}", key, content=body)
    assert taken.json()["brings"]["key_results"] == {"all": 1, "new": 1}
    await server.stop()
    await server.start()
    again = (await server.call("POST", where + "?dry=1", key, content=body.replace("Close rate", "Visits"))).json()
    assert (again["columns"], again["brings"]["key_results"]["all"]) == ([], 1)
    paint = quote(json.dumps({"Colour": "paint"}))
    wrong = await server.call("POST", f"{where}?columns={paint}", key, content=body)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "bad_columns")


async def test_the_sponsor_locks_in_the_browser_they_joined_in_once_it_is_known_to_be_them(server: Server) -> None:
    room, key = await server.demo()
    keeper = await server.sit(room, key, record=True)
    await keeper.ok("name_sponsor", person="ines")
    opened = await server.open("ideas_and_dots", key=key, room=room)
    spelled = things(keeper, "leader")["ines"]["name"].upper()
    answer = await server.call("POST", f"/api/sessions/{opened.code}/participants", json={"name": spelled})
    ines = await server.sit(room, answer.json()["token"], record=True)
    goal = server.rooms.room(room).room.record.objectives["K"]
    goal.status = "final"
    for given in server.rooms.room(room).room.record.open_feedback("K"):
        await keeper.ok("answer_feedback", feedback=given.id, answer="adopted", reason="Yes")
    await clear_the_way(server, room, keeper, "K")
    assert (await ines.do("lock_objective", objective="K"))["code"] == "not_yours"
    (known,) = opened.helm.topics["helm"]["known"]["people"]
    assert known["sponsors"]
    await opened.helm.ok("recognise", person=known["person"])
    await ines.ok("lock_objective", objective="K")
    assert goal.status == "locked"
