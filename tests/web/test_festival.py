"""A festival over the wire: canaries for questions and feedback, plans, a calendar, a slot that survives."""

import asyncio
from typing import Any

import icalendar
import pytest

from sessions.rules.line_up.placing import LineUp, clashes
from sessions.rules.line_up.wish import Wish
from tests.server import Client, Opened, Server
from workshop.plans import process
from workshop.plans.process import work_out

GOALS = "\n".join(f"## {team}\n### {team} wants this\n- Result of {team}" for team in ("Growth", "Supply", "Surveys"))
CANARY = "canary-in-the-coal-mine"
KESTREL = {
    "teams": {
        "HOM": 12, "GRO": 7, "PAR": 6, "SUR": 11, "INS": 15, "INW": 14,
        "SUP": 9, "CAR": 10, "APP": 9, "PLA": 8, "QUA": 6, "PEO": 6,
    },
    "stages": 4,
    "slots": 4,
    "headliners": {"LEAD": 2, "PLA": 2},
    "pairs": [["INS", "SUP"], ["INW", "SUP"], ["INS", "PLA"], ["PLA", "SUR"], ["SUR", "QUA"], ["GRO", "HOM"]],
}  # fmt: skip


async def opened_with(server: Server, names: str = "Ann Bob Cy") -> tuple[Opened, list[Client]]:
    room = (await server.call("POST", "/api/rooms", json={"name": "North"})).json()
    body = {"content": GOALS.encode(), "headers": {"Content-Type": "text/markdown"}}
    await server.call("POST", f"/api/rooms/{room['room']}/import", room["room_token"], **body)
    opened = await server.open("festival", "Festival", key=room["room_token"], room=room["room"])
    teams = [t["id"] for t in (await server.call("GET", f"/api/sessions/{opened.code}")).json()["teams"]]
    crew = [await server.join(opened.code, name, teams[n % 3]) for n, name in enumerate(names.split())]
    await opened.helm.ok("plan_festival", stages=1, slots=3, headliners={})
    await opened.helm.ok("draw_line_up")
    await opened.helm.ok("publish_line_up")
    return opened, crew


async def at_first_act(opened: Opened, crew: list[Client], part: str) -> tuple[str, list[Client]]:
    """The act of the first slot at this part, and whoever visits it."""
    await opened.helm.to("stages")
    while opened.helm.session["step"]["stage"] != part:
        await opened.helm.ok("next_stage")
        await opened.helm.echo()
    acts = {key[4:]: act for key, act in opened.helm.session.items() if key.startswith("act:")}
    act = next(id for id, one in acts.items() if one["slot"] == 1)
    for person in crew:
        await person.echo()
    visitors = [person for person in crew if person.me["festival"]["plays"] != acts[act]["team"]]
    for person in visitors:
        await person.ok("go", act=act)
        await person.until(lambda p=person: f"place:{act}" in p.topics)
    return act, visitors


async def test_a_line_up_for_anybody_and_a_refusal_in_numbers(server: Server) -> None:
    made = await server.call("POST", "/api/plans/festival", json=KESTREL)
    assert made.status_code == 200
    plan = made.json()
    assert (len(plan["acts"]), plan["unmet"], plan["proven"]) == (15, [], True)
    assert plan == (await server.call("POST", "/api/plans/festival", json=KESTREL)).json()
    refused = await server.call("POST", "/api/plans/festival", json={**KESTREL, "headliners": {"LEAD": 3, "PLA": 2}})
    assert refused.status_code == 422
    assert refused.json()["say"].startswith("5 headliner slots are asked for (Leadership 3, PLA 2), but 4 slots exist")


async def test_who_asked_and_who_asks_too_is_on_nobody_elses_wire(
    server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    opened, crew = await opened_with(server)
    act, (ann, bob) = await at_first_act(opened, crew, "questions")
    await ann.ok("ask_question", act=act, text=CANARY)
    await bob.until(lambda: CANARY in repr(bob.topics[f"place:{act}"]))
    question = next(key[9:] for key in bob.topics[f"place:{act}"] if key.startswith("question:"))
    before = len(ann.frames)
    await bob.ok("plus_question", question=question)
    await ann.echo()
    assert ann.frames[before:] == []
    pens = {pen for piles in server.room(opened.code).room.pens.values() for held in piles.values() for pen in held}
    everybody = "".join(text for client in (bob, opened.helm) for text in client.raw)
    assert pens
    assert not any(pen in everybody for pen in pens)
    elsewhere = next(client for client in crew if client not in (ann, bob))
    await elsewhere.echo()
    assert f"place:{act}" in elsewhere.topics or CANARY not in "".join(elsewhere.raw)
    logged = capfd.readouterr()
    assert CANARY not in logged.out + logged.err


async def test_feedback_is_nowhere_before_its_slot_ends(server: Server) -> None:
    opened, crew = await opened_with(server)
    act, (ann, bob) = await at_first_act(opened, crew, "feedback")
    line = ann.session["billed:" + ann.session[f"act:{act}"]["team"]]["lines"][0]["id"]
    await ann.ok("leave_feedback", act=act, on=line, text=CANARY, kind="wish")
    others = [opened.helm, *(client for client in crew if client is not ann)]
    for client in others:
        await client.echo()
    seen = ["".join(client.raw) for client in others]
    for kind in ("md", "csv", "json"):
        seen.append((await server.call("GET", f"/api/sessions/{opened.code}/export?as={kind}", bob.key)).text)
    for page in ("", "/outcome", "/screen", "/line-up"):
        seen.append((await server.call("GET", f"/s/{opened.code}{page}", bob.key)).text)
    assert CANARY not in "".join(seen)
    await opened.helm.ok("next_stage")
    await bob.until(lambda: CANARY in repr(bob.topics.get(f"place:{act}")))


async def test_a_calendar_of_ones_own_stays_when_an_act_moves_and_opens_nothing_else(server: Server) -> None:
    opened, (ann, *_) = await opened_with(server)
    await opened.helm.ok("plan_festival", begins=1_790_000_000_000)
    await opened.helm.ok("publish_line_up")
    await ann.echo()
    mine = next(
        key[4:] for key, act in ann.session.items() if key.startswith("act:") and act["team"] == ann.me["me"]["team"]
    )
    star = next(key[4:] for key in ann.session if key.startswith("act:") and key[4:] != mine)
    await ann.ok("star", act=star)
    wish = {"person": ann.person}
    made = await server.call("POST", f"/api/sessions/{opened.code}/calendars", ann.key, json=wish)
    url = made.json()["url"]
    path = url.split(server.address)[-1] if server.address in url else "/cal/" + url.split("/cal/")[1]

    async def read() -> dict[str, Any]:
        answer = await server.call("GET", path)
        assert answer.headers["content-type"].startswith("text/calendar")
        return {str(e["uid"]): e for e in icalendar.Calendar.from_ical(answer.text).walk("VEVENT")}

    before = await read()
    assert set(before) == {f"{mine}@{opened.code}", f"{star}@{opened.code}"}
    assert all(event["dtstart"].dt.utcoffset().total_seconds() == 0 for event in before.values())
    draft = opened.helm.topics["helm"]["draft"]
    slot = opened.helm.session[f"act:{mine}"]["slot"] % 3 + 1
    await opened.helm.ok("move_act", act=mine, slot=slot, stage=1, swap=True, version=draft["version"])
    await opened.helm.ok("publish_line_up")
    after = await read()
    assert set(after) == set(before)
    assert after[f"{mine}@{opened.code}"]["dtstart"].dt != before[f"{mine}@{opened.code}"]["dtstart"].dt
    key = path.removeprefix("/cal/").removesuffix(".ics")
    assert await server.status("GET", f"/s/{opened.code}/outcome", key) in (401, 403, 404)
    others = {"person": "somebody"}
    assert await server.status("POST", f"/api/sessions/{opened.code}/calendars", ann.key, json=others) == 403


async def test_the_clock_is_right_after_a_restart_in_the_middle_of_a_slot(server: Server) -> None:
    opened, crew = await opened_with(server)
    act, (ann, _) = await at_first_act(opened, crew, "questions")
    await ann.ok("ask_question", act=act, text="still here")
    await opened.helm.ok("hold_clock", on=True)
    await opened.helm.echo()
    left = opened.helm.session["step"]["left"]
    await server.stop()
    await server.start()
    again = await server.sit(opened.code, ann.key)
    await again.until(lambda: f"place:{act}" in again.topics)
    assert again.session["step"]["left"] == left
    assert "still here" in repr(again.topics[f"place:{act}"])
    assert again.me["festival"]["asked"][0]["text"] == "still here"


async def test_the_bell_rings_while_no_facilitator_is_there(server: Server) -> None:
    opened, crew = await opened_with(server)
    _, (ann, _) = await at_first_act(opened, crew, "pitch")
    await opened.helm.ok("add_minutes", minutes=-2.99)
    await opened.helm.leave()
    async with asyncio.timeout(20):
        await ann.until(lambda: ann.session["step"]["stage"] == "questions")


async def test_two_who_move_two_acts_at_once_one_is_told(server: Server) -> None:
    opened, _ = await opened_with(server)
    other = await server.sit(opened.code, opened.links["helm_token"])
    await opened.helm.echo()
    draft = opened.helm.topics["helm"]["draft"]
    first, second = [act["id"] for act in draft["acts"] if (act["slot"], act["stage"]) != (3, 1)]
    moves = ((opened.helm, first), (other, second))
    answers = await asyncio.gather(
        *(c.do("move_act", f"move-{act}", act=act, slot=3, stage=1, version=draft["version"]) for c, act in moves)
    )
    assert sorted("done" in answer for answer in answers) == [False, True]
    assert [a["code"] for a in answers if "refused" in a] == ["moved_meanwhile"]


async def test_somebody_on_two_devices_is_where_they_went_last(server: Server) -> None:
    opened, crew = await opened_with(server)
    act, (ann, _) = await at_first_act(opened, crew, "questions")
    second = await server.sit(opened.code, ann.key)
    await second.until(lambda: f"place:{act}" in second.topics)
    await second.ok("go", act="")
    for device in (ann, second):
        await device.until(lambda d=device: f"place:{act}" not in d.topics)


async def test_a_helper_sends_a_link_anew_and_nobody_else_does(server: Server) -> None:
    opened, (ann, bob, cy) = await opened_with(server)
    await opened.helm.ok("name_helper", person=ann.person)
    wish = {"role": "person", "person": bob.person}
    assert await server.status("POST", f"/api/sessions/{opened.code}/links", cy.key, json=wish) == 403
    made = await server.call("POST", f"/api/sessions/{opened.code}/links", ann.key, json=wish)
    assert made.status_code == 201
    assert bob.person not in made.json()["url"]
    assert await server.status("POST", f"/api/sessions/{opened.code}/links", ann.key, json={"role": "screen"}) == 403


async def test_a_helper_makes_no_link_for_who_sees_more_than_they_do(server: Server) -> None:
    opened, (ann, bob, _) = await opened_with(server)
    await opened.helm.ok("name_helper", person=ann.person)
    await opened.helm.ok("plan_hosts")
    await bob.echo()
    hosted = next(iter(bob.me["festival"]["may_host"]), "")
    await bob.ok("host_act", act=hosted)
    for person in (opened.helm.person, bob.person):
        wish = {"role": "person", "person": person}
        assert await server.status("POST", f"/api/sessions/{opened.code}/links", ann.key, json=wish) == 403


async def test_a_plan_that_takes_too_long_is_ended_and_says_that_it_is_the_best_so_far() -> None:
    wish = Wish({f"T{n}": 4 for n in range(30)}, 8, 4, pairs=[(f"T{n}", f"T{n + 1}") for n in range(29)])
    found = await work_out(wish, patience=0.0)
    assert isinstance(found, LineUp)
    assert not found.proven
    assert not [clash for clash in clashes(wish, found.acts) if clash.hard]


async def test_a_plan_whose_process_cannot_begin_is_made_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PROGRAM", ("/nowhere/at/all",))
    wish = Wish({"A": 4, "B": 4, "C": 4}, 2, 2)
    found = await work_out(wish)
    assert isinstance(found, LineUp)
    assert {act.team for act in found.acts} == {"A", "B", "C"}


async def test_a_team_whose_name_cannot_be_written_is_refused(server: Server) -> None:
    body = b'{"teams":{"\\ud800":3},"stages":1,"slots":1}'
    answer = await server.call(
        "POST", "/api/plans/festival", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
