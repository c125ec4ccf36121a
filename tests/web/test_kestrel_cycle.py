"""Kestrel Heat as one cycle over the real wire, step by step, with what has to hold (``spec/kestrel.md``).

Steps begin from rooms as ``bin/demo --step`` makes them; steps 9 to 11 and the turn of the cycle are one room.
"""

import asyncio
import json
from typing import Any

import pytest

from sessions.record.checks.findings import Findings, in_the_way
from tests.server import Client, Opened, Server

LEADERS = "Ines Marta Dev Piers Hana Joss Ruth"


async def step(server: Server, number: int) -> dict[str, Any]:
    """A room at this step of the cycle: ids, keys, and the session that is ready."""
    answer = await server.call("POST", "/api/rooms", json={"demo": True, "step": number})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def helm_of(server: Server, made: dict[str, Any]) -> Opened:
    """Its session, as whoever facilitates it sees it."""
    code, key = made["session_url"].rsplit("/s/", 1)[1].split("/helm#key=")
    return Opened(server, {"code": code, "room": made["room"]}, await server.sit(code, key))


async def team_seat(server: Server, made: dict[str, Any], team: str) -> Client:
    """The record as somebody sees it who was invited as a team."""
    invited = await server.call(
        "POST", f"/api/rooms/{made['room']}/invitations", made["room_token"], json={"team": team}
    )
    return await server.sit(made["room"], invited.json()["url"].split("#key=")[1], record=True)


@pytest.mark.parametrize("number", range(1, 12))
async def test_the_demonstration_opens_at_every_step(server: Server, number: int) -> None:
    made = await step(server, number)
    keeper = await server.sit(made["room"], made["room_token"], record=True)
    goals = [key for key in keeper.topics["record"] if key.startswith("objective:")]
    assert len(goals) == (0 if number < 3 else 1 if number < 6 else 14)
    assert ("session_url" in made) is (number != 9)
    if number != 9:
        assert (await helm_of(server, made)).helm.session["session"]["state"] == "lobby"


async def test_no_step_there_is_none_of(server: Server) -> None:
    assert (await server.call("POST", "/api/rooms", json={"demo": True, "step": 12})).status_code == 422


async def test_1_the_pulse_others_notes_are_invisible_and_teams_have_a_rate(server: Server) -> None:
    made = await step(server, 1)
    opened = await helm_of(server, made)
    people = [await server.join(opened.code, f"P{at}", team) for at, team in enumerate(["HOM"] * 4 + ["INS"] * 5)]
    await opened.helm.ok("next_phase")
    for at, person in enumerate(people[:7]):
        await person.echo()
        await person.ok("add_note", text=f"canary {at}", why="now", kind="change")
        await person.ok("done")
    for person in people:
        await person.echo()
        others = [at for at in range(7) if people[at] is not person]
        assert not any(f"canary {at}" in "".join(person.raw) for at in others)
    await opened.helm.echo()
    assert "canary" not in "".join(opened.helm.raw)
    teams = opened.helm.topics["helm"]["answered"]["teams"]
    rate = {row["team"]: (row["done"], row["of"]) for row in teams}
    assert (rate["HOM"], rate["INS"]) == ((4, 12), (3, 15))


async def test_2_the_draft_no_tally_before_the_reveal_and_a_place_for_what_builds_for_later(server: Server) -> None:
    made = await step(server, 2)
    opened = await helm_of(server, made)
    leaders = [await server.join(opened.code, name) for name in LEADERS.split()]
    await opened.helm.to("context")
    assert opened.helm.session["step"]["themes"][0] == "Nobody tells us when the crew comes"
    await opened.helm.to("ideate")
    for at, leader in enumerate(leaders):
        await leader.echo()
        await leader.ok(
            "add_note", text="Prove the running cost" if at == 6 else f"idea {at}", baseline="1", target="2"
        )
    await opened.helm.to("vote")
    notes = {opened.helm.session[f"note:{id}"]["text"]: id for id in opened.helm.ids("note")}
    later = notes.pop("Prove the running cost")
    seen = {leader: len(leader.raw) for leader in leaders}
    first = list(notes.values())
    for at, leader in enumerate(leaders):
        await leader.echo()
        for item in (first[at % 3], first[(at + 1) % 3]):
            await leader.ok("place_dot", item=item)
        if at < 2:
            await leader.ok("place_dot", item=later)
            await leader.ok("lean", item=later, lean="later")
    for leader in leaders:
        told = [json.loads(raw) for raw in leader.raw[seen[leader] :]]
        shared = [frame for frame in told if frame.get("topic") == "session"]
        assert not any("totals" in json.dumps(frame) for frame in shared)
        assert not any(
            key.startswith("ballot:") and thing.get("shown") for f in shared for key, thing in f["set"].items()
        )
    await opened.helm.ok("reveal")
    await opened.helm.to("shortlist")
    assert opened.helm.session["step"]["kept"] == later
    assert later in opened.helm.session["step"]["items"]


async def test_4_a_confidence_vote_holds_and_then_passes(server: Server) -> None:
    made = await step(server, 4)
    opened = await helm_of(server, made)
    leaders = [await server.join(opened.code, name) for name in LEADERS.split()]
    await opened.helm.to("vote")
    assert not await votes(opened, leaders, (4, 3, 4, 2, 3, 4, 2))
    await opened.helm.ok("vote_again")
    assert await votes(opened, leaders, (4, 4, 4, 3, 3, 4, 3))


async def votes(opened: Opened, leaders: list[Client], values: tuple[int, ...]) -> bool:
    """Everybody votes, and it is shown; whether it has passed."""
    for leader, value in zip(leaders, values, strict=True):
        await leader.echo()
        said = {"value": value, "meaningful": True, "inclusive": True, "can_do": value > 2}
        await leader.ok("cast_confidence", **said)
    await opened.helm.ok("reveal")
    rounds = opened.helm.session["step"]["rounds"]
    assert rounds[-1]["mean"] == f"{sum(values) / len(values):.2f}"
    return bool(opened.helm.session["step"].get("passed"))


async def test_9_to_11_from_findings_to_the_lock_and_the_forum_and_the_next_cycle(server: Server) -> None:
    made = await step(server, 9)
    room, key = made["room"], made["room_token"]
    keeper = await server.sit(room, key, record=True)
    held = server.rooms.room(room)
    assert len((await server.call("GET", f"/api/rooms/{room}/findings", key)).json()["findings"]) == 31
    await settles(server, made, keeper)
    assert not [s.finding.key for s in Findings.of(held.room).standing().values() if s.blocks]
    await keeper.ok("name_sponsor", person="ines")
    held.room.record.objectives["K"].status = "final"
    held.room.record.touch("objective:K")
    assert in_the_way(held.room, "K") == []
    await keeper.ok("lock_objective", objective="K")
    edit = {"result": "K4", "field": "target", "value": "80"}
    assert (await keeper.do("revise_result", **edit))["code"] == "needs_reason"
    await forum(server, made, keeper)
    await keeper.ok("set_read_only")


async def settles(server: Server, made: dict[str, Any], keeper: Client) -> None:
    """Step 10, as the horizontal session settles it: by the teams themselves, and by whoever writes it down."""
    figures = {
        "GRO-2": ("campaign leads", "leads", "0", "400"),
        "GRO-3": ("qualified leads", "leads", "55", "80"),
        "PAR-1": ("landlord offers", "landlords", "6", "20"),
    }
    for result, values in figures.items():
        for field, value in zip(("metric", "unit", "baseline", "target"), values, strict=True):
            if keeper.topics["record"][f"result:{result}"][field] != value:
                await keeper.do("revise_result", result=result, field=field, value=value)
    await keeper.ok("lead_share", result="K1", team="INS", person="Olek")
    await keeper.ok("lead_share", result="K2", team="INS", person="Olek")
    await keeper.ok("lead_share", result="K4", team="APP", person="Uma")
    assert keeper.topics["record"]["result:SUR-1"]["target"] == 85
    await keeper.ok("set_brief", part="translation_owner", text="Dev Anand")
    clash = next(key[9:] for key in keeper.topics["record"] if key.startswith("conflict:"))
    await keeper.ok(
        "decide_conflict", conflict=clash, text="Customers pick within planned slots", decider="Marta Olsen"
    )
    platform, quality = [await team_seat(server, made, team) for team in ("PLA", "QUA")]
    await platform.ok("answer_need", dependency="D6", answer="accepted")
    for need in ("D3", "D4"):
        await platform.ok("answer_need", dependency=need, answer="accepted", need_by="2026-08-21")
        await keeper.ok("change_need", dependency=need, field="decision_date", value="2026-08-10", why="PLA said so")
    await platform.ok("answer_need", dependency="D7", answer="declined", words="No room before October")
    await quality.ok("answer_need", dependency="D14", answer="accepted", need_by="2026-08-15")
    await keeper.until(lambda: "finding:N5.D7" in keeper.topics["record"])
    await keeper.ok("revise_result", result="CAR-2", field="target", value="24")
    await keeper.until(lambda: "finding:N5.D7" not in keeper.topics["record"])
    await keeper.ok("waive_finding", finding="N6.PLA", name="Dev Anand", reason="D3 and D4 are one delivery")
    await keeper.ok("answer_feedback", feedback="F-31", answer="adapted", reason="A candidate for Q4")


async def forum(server: Server, made: dict[str, Any], keeper: Client) -> None:
    """Step 11: the trigger of D6 is raised and answered; the trade-off is logged; priorities go into the pulse."""
    app = await team_seat(server, made, "APP")
    await app.ok("raise_trigger", dependency="D6", text="feed 88% complete", day="2026-08-07")
    opened = await server.open("mid_quarter_forum", "Forum", key=made["room_token"], room=made["room"])
    people = [
        await server.join(opened.code, name, team) for name, team in (("Ann", "APP"), ("Bo", "PLA"), ("Cy", "INS"))
    ]
    await opened.helm.to("sure")
    for at, person in enumerate(people):
        await person.echo()
        await person.ok("say_how_sure", result="K4", value=3 + at, text=f"canary {at}")
    await opened.helm.echo()
    assert "canary" not in "".join(opened.helm.raw)
    await opened.helm.ok("reveal")
    await opened.helm.to("decide")
    assert opened.helm.session["step"]["raised"] == ["D6"]
    await opened.helm.ok("answer_trigger", dependency="D6", text="Daily figures first", name="Marta Olsen")
    said = opened.helm.session["dependency:D6"]["fired"]
    assert (said[2], said[3]) == ("Marta Olsen: Daily figures first", "Answered within 48 hours.")
    trade = {"question": "Live cost view now, or later?", "text": "Daily first", "decider": "Marta Olsen"}
    await opened.helm.ok("log_decision", tie_breaker="1 household without heat", owner="Uma", day="2026-08-20", **trade)
    await opened.helm.to("next")
    for at, person in enumerate(people):
        await person.echo()
        await person.ok("add_note", text=f"Priority {at}")
    await opened.helm.ok("reveal")
    await opened.helm.to("hand_on")
    await opened.helm.ok("keep_outlier", item=opened.helm.ids("note")[0])
    await opened.helm.ok("close_session")
    await asyncio.wait_for(keeper.until(lambda: any(k.startswith("theme:") for k in keeper.topics["record"])), 10)
    (checked,) = keeper.topics["record"]["checkin:K4"]["points"]
    assert (checked["confidence"], checked["voices"]) == (4, 3)
