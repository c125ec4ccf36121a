"""Kestrel Heat over the real wire, the steps between: feedback, drafts side by side, gallery, festival, marketplace.

Source: ``spec/kestrel.md``, steps 3 and 5 to 8.
"""

import json
from pathlib import Path
from typing import Any

from sessions.activities.gallery.walk import Walk
from tests.server import Client, Server
from tests.web.test_kestrel_cycle import helm_of, step, team_seat

_FOUND = json.loads((Path(__file__).parents[2] / "workshop" / "files" / "kestrel.json").read_text())
SIZES = {team["id"]: team["size"] for team in _FOUND["teams"]}
STILL_OPEN = "no result covers customers already installed"


async def test_3_thirty_one_pieces_of_feedback_and_one_is_open(server: Server) -> None:
    made = await step(server, 3)
    keeper = await server.sit(made["room"], made["room_token"], record=True)
    teams = {team: await team_seat(server, made, team) for team in SIZES}
    for at in range(31):
        team = "CAR" if at == 30 else [*SIZES][at % 12]
        text = STILL_OPEN if at == 30 else f"feedback {at}"
        await teams[team].ok("give_feedback", on="K4", kind="concern", text=text)
    await keeper.until(lambda: len(given(keeper)) == 31)
    for id, thing in given(keeper).items():
        if thing["text"] != STILL_OPEN:
            await keeper.ok("answer_feedback", feedback=id, answer="adapted", reason="In the next wording")
    await keeper.until(lambda: sum(thing["state"] == "open" for thing in given(keeper).values()) == 1)
    (left,) = [thing for thing in given(keeper).values() if thing["state"] == "open"]
    assert (left["team"], left["text"]) == ("CAR", STILL_OPEN)


def given(keeper: Client) -> dict[str, dict[str, str]]:
    """Feedback on the record, by its id."""
    things = keeper.topics["record"]
    return {key.partition(":")[2]: thing for key, thing in things.items() if key.startswith("feedback:")}


async def test_5_teams_draft_side_by_side_and_see_nothing_of_each_other(server: Server) -> None:
    made = await step(server, 5)
    surveyors = await helm_of(server, made)
    growth = await server.open("team_draft", "Growth drafts", key=made["room_token"], room=made["room"])
    await growth.helm.ok("prepare", what="team", text="GRO")
    seats = {}
    for opened, team in ((surveyors, "SUR"), (growth, "GRO")):
        seats[team] = await server.join(opened.code, f"Somebody of {team}", team)
        while opened.helm.session["step"]["activity"] != "gather":
            await opened.helm.ok("next_phase")
        await seats[team].echo()
        await seats[team].ok("add_note", text=f"canary of {team}", baseline="1", target="2")
    for opened, team, other in ((surveyors, "SUR", "GRO"), (growth, "GRO", "SUR")):
        await opened.helm.echo()
        await seats[team].echo()
        assert f"canary of {team}" in "".join(seats[team].raw)
        assert f"canary of {other}" not in "".join(seats[team].raw + opened.helm.raw)


async def test_6_everybody_walks_past_five_posters_and_none_past_their_own(server: Server) -> None:
    made = await step(server, 6)
    opened = await helm_of(server, made)
    for team, size in {**SIZES, "leadership": 7}.items():
        for nth in range(size):
            answer = await server.call(
                "POST", f"/api/sessions/{opened.code}/participants", json={"name": f"{team} {nth}", "team": team}
            )
            assert answer.status_code == 201, answer.text
    await opened.helm.to("welcome")
    await opened.helm.ok("deal_groups")
    groups = opened.helm.session["step"]["groups"]
    home = {poster: opened.helm.session[f"poster:{poster}"]["team"] for poster in opened.helm.ids("poster")}
    assert sum(group["people"] for group in groups) == 108
    assert {len(group["route"]) for group in groups} == {opened.helm.session["step"]["rounds"]}
    reviewers = {p: sum(group["people"] for group in groups if p in group["route"]) for p in home}
    assert set(reviewers.values()) == {9 * opened.helm.session["step"]["rounds"]}
    for group in server.room(opened.code).room.sessions[opened.code].part(Walk).groups:
        own = {opened.helm.session[f"person:{person}"]["name"].split()[0] for person in group.people}
        assert not own & {home[poster] for poster in group.route}
    late = await server.join(opened.code, "Late", "SUR")
    assert "SUR" not in {home[poster] for poster in late.me["mine"].get("route", [])}


async def test_7_leadership_does_not_play_three_times_in_four_slots_beside_platform(server: Server) -> None:
    opened = await helm_of(server, await step(server, 7))
    asked = {"leadership": 3, "PLA": 2}
    asked = {("LEAD" if team == "leadership" else team): plays for team, plays in asked.items()}
    await opened.helm.ok("plan_festival", stages=4, slots=4, headliners=asked)
    assert (await opened.helm.do("draw_line_up"))["code"] == "no_line_up"
    await opened.helm.ok("plan_festival", headliners={**asked, "LEAD": 2})
    await opened.helm.ok("draw_line_up")


async def test_8_fourteen_needs_and_how_each_is_answered(server: Server) -> None:
    made = await step(server, 8)
    keeper = await server.sit(made["room"], made["room_token"], record=True)
    teams = {team: await team_seat(server, made, team) for team in SIZES}
    answers = {"accepted": "accepted", "conditional": "conditional", "declined": "declined"}
    for need in _FOUND["dependencies"]:
        said = {"text": need["upstream_need"], "because": need["downstream_impact"] or ""}
        await teams[need["consumer"]].ok("say_need", provider=need["provider"], **said)
        await keeper.until(lambda need=need: asked(keeper, need))
        (id,) = asked(keeper, need)
        if answer := answers.get(need["state"]):
            words = "" if answer == "accepted" else "Not before August"
            await teams[need["provider"]].ok("answer_need", dependency=id, answer=answer, words=words)
    await keeper.until(lambda: states(keeper) == ["accepted"] * 7 + ["conditional"] + ["declined"] + ["proposed"] * 5)


def needs(keeper: Client) -> dict[str, dict[str, str]]:
    """Needs on the record, by their ids."""
    things = keeper.topics["record"]
    return {key.partition(":")[2]: thing for key, thing in things.items() if key.startswith("dependency:")}


def asked(keeper: Client, need: dict[str, Any]) -> list[str]:
    """Ids of what this team asks of that one in these words."""
    wanted = (need["consumer"], need["provider"], need["upstream_need"])
    return [id for id, n in needs(keeper).items() if (n["consumer"], n["provider"], n["need"]) == wanted]


def states(keeper: Client) -> list[str]:
    """In which state they all are."""
    return sorted(need["state"] for need in needs(keeper).values())
