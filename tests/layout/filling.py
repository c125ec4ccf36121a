"""People who fill a step with long words and many things, at once and over the real wire."""

import asyncio
from typing import Any

from sessions.rules.line_up.wish import LEAD
from tests.layout.filling_between_teams import BETWEEN_TEAMS
from tests.layout.long_words import LONG
from tests.server import Client

FIGURES = ("from 1,000,000 households", "to 1,250,000 households")


async def fill(people: list[Client]) -> None:
    """Let everybody do what the present step asks for, as much of it as fits."""
    step = people[0].session["step"]
    act = _ACTS.get(step["activity"])
    if act:
        await asyncio.gather(*(act(person, step, number) for number, person in enumerate(people)))


async def _gather(person: Client, step: dict[str, Any], number: int) -> None:
    for turn in range(2):
        text = f"{LONG[(number + turn) % len(LONG)]} {number}.{turn}"
        figures = dict(zip(("baseline", "target"), FIGURES, strict=True)) if step.get("figures") else {}
        await person.do("add_note", text=text, **figures)


async def _vote(person: Client, step: dict[str, Any], number: int) -> None:
    notes = {key.partition(":")[2]: note for key, note in person.session.items() if key.startswith("note:")}
    items = sorted(id for id, note in notes.items() if note["pile"] == step["pile"])
    for turn in range(step.get("budget", 0)):
        item = items[(number + turn // 2) % len(items)]
        await person.do("place_dot", item=item)
        if step.get("leans"):
            await person.do("lean", item=item, lean="later" if number % 2 else "now")


async def _phrase(person: Client, step: dict[str, Any], number: int) -> None:
    if step["stage"] == "write":
        words = LONG[number % len(LONG)]
        narrative = f"Think: {words}\nFeel: {words}\nDo: {words}"
        await person.do("add_note", text=narrative if step["into"] == "narrative" else f"{words} {number}")
    elif step["stage"] == "vote":
        await _vote(person, {"budget": 1, "pile": step["pile"]}, number)


async def _refine(person: Client, step: dict[str, Any], number: int) -> None:
    for result in step["results"][number : number + 1]:
        await person.do("take_card", result=result)
        for field, value in (("metric", LONG[0]), ("unit", "households"), ("finder", LONG[1][:60])):
            await person.do("change_result", result=result, field=field, value=value)
        await person.do("comment", result=result, text=LONG[number % len(LONG)])
        if number:
            await person.do("put_card_down", result=result)


async def _pair(person: Client, step: dict[str, Any], number: int) -> None:
    for result in step["results"]:
        await person.do("volunteer", result=result)


async def _thumbs(person: Client, step: dict[str, Any], number: int) -> None:
    await person.do("thumb", thumb=("up", "sideways", "down")[number % 3])


async def _visits(person: Client, step: dict[str, Any], number: int) -> None:
    for team in step["teams"]:
        await person.do("claim_team", team=team, by="the Friday after next")


async def _confidence(person: Client, step: dict[str, Any], number: int) -> None:
    if step["stage"] != "vote":
        return
    said: dict[str, Any] = {"meaningful": True, "inclusive": number > 2, "can_do": False}
    round = person.me["mine"]["round"]
    await person.do("cast_confidence", value=1 + number % 5, round=round, **said)
    if number % 5 < 2:
        await person.do("raise_concern", text=LONG[number % len(LONG)], line=step["objective"], round=round)


async def _walk(person: Client, step: dict[str, Any], number: int) -> None:
    mine = person.me["mine"]
    if mine.get("role") == "host":
        await person.do("hear", text=LONG[number % len(LONG)], kind="wish")
    elif mine.get("role") == "visitor" and step["stage"] in ("read", "talk"):
        poster = person.session["poster:" + mine["route"][step["round"] - 1]]
        for line in poster["lines"]:
            note = {"text": LONG[number % len(LONG)], "kind": "what_if", "round": step["round"]}
            await person.do("leave_note", on=line["id"], **note)


async def _say_change(person: Client, step: dict[str, Any], number: int) -> None:
    await person.do("share_sentence", text=LONG[number % len(LONG)])


async def _align(person: Client, step: dict[str, Any], number: int) -> None:
    if number == 0 and step["goal"]:
        await person.do("align", parent=step["goal"][0]["id"], kind="directional")


async def a_line_up(helm: Client, *early: Client) -> None:
    """What a session with stages needs before its first step: acts, hosts, and call links that were tried.

    ``early`` are somebody who hosts in the first slot and somebody whose team plays in it.
    """
    if all(step["activity"] != "slots" for step in helm.session["plan"]["steps"]):
        return
    await helm.ok("plan_festival", online=True)
    for name in ("draw_line_up", "publish_line_up", "plan_hosts"):
        await helm.ok(name)
    await helm.ok("prepare", what="call_link", text="https://call.example/main")
    for stage in [key[6:] for key in helm.session if key.startswith("stage:")]:
        await helm.ok("set_link", stage=stage, link=f"https://call.example/{stage}/a-room-with-a-long-name")
        await helm.ok("try_link", stage=stage, tried="works")
    await helm.ok("try_link", stage="main", tried="works")
    await helm.ok("tell_stage", text=LONG[1])
    if early:
        await _plays_first(helm, early[1], early[0])
        await _hosts_early(helm, early[0])


async def _plays_first(helm: Client, person: Client, host: Client) -> None:
    """The team of this person plays in the first slot, if it can in place of the host's, who is off stage then."""
    await asyncio.gather(person.echo(), host.echo())
    await helm.echo()
    mine, draft = person.me["festival"]["plays"], helm.topics["helm"]["draft"]
    theirs = next(act for act in draft["acts"] if act["team"] == mine)
    off = host.me["festival"]["plays"]
    first = sorted((act for act in draft["acts"] if act["slot"] == 1), key=lambda act: (act["team"] != off, act["id"]))
    if any(act["team"] == mine for act in first):
        return
    # Leadership would meet itself in the slot it is swapped into; it moves up instead.
    there = next((act for act in first if act["team"] != LEAD), None)
    stage = there["stage"] if there else 3 - min(2, first[0]["stage"]) if first else 1
    place = {"slot": 1, "stage": stage, "swap": there is not None, "version": draft["version"]}
    for name, fields in (("move_act", {"act": theirs["id"], **place}), ("publish_line_up", {}), ("plan_hosts", {})):
        await helm.ok(name, **fields)


async def _hosts_early(helm: Client, person: Client) -> None:
    """This person hosts in the first two slots, wherever their team is not on stage itself."""
    await person.echo()
    await helm.echo()
    acts = {key[4:]: act for key, act in helm.session.items() if key.startswith("act:")}
    for slot in (1, 2):
        here = sorted(act for act, its in acts.items() if its["slot"] == slot)
        if here and all(acts[act]["team"] != person.me["festival"]["plays"] for act in here):
            await helm.ok("name_host", act=here[0], host=person.me["me"]["person"])


async def _look_ahead(person: Client, step: dict[str, Any], number: int) -> None:
    for act in sorted(key[4:] for key in person.session if key.startswith("act:"))[:3]:
        await person.do("star", act=act)
    for act in person.me["festival"]["may_host"]:
        await person.do("host_act", act=act)
    await person.do("ask_help", why=LONG[1])


async def _slots(person: Client, step: dict[str, Any], number: int) -> None:
    slot = step["round"] + (step["stage"] == "move")
    playing = [key for key, act in person.session.items() if key.startswith("act:") and act["slot"] == slot]
    acts = sorted(playing, key=lambda key: int(person.session[key]["stage"]))
    own = person.me["festival"]["plays"]
    others = [key for key in acts if person.session[key]["team"] != own]
    if not others or step["stage"] == "break":
        return
    hosts = number % 2 == 0 or slot % 2 == 0
    hosted = [key for key in acts if hosts and key[4:] in person.me["festival"]["hosting"]]
    act = (hosted or [others[number % len(others)]])[0][4:]
    if step["stage"] != "move" or number % 2:
        await person.do("go", act=act)
    if step["stage"] == "questions":
        await person.do("ask_question", act=act, text=LONG[number % len(LONG)])
        await person.echo()
        topic = person.topics.get(f"place:{act}", {})
        for question in [key[9:] for key in topic if key.startswith("question:")][:3]:
            await person.do("plus_question", question=question)
        for question in [q["id"] for q in person.me["festival"]["queue"]][:1]:
            await person.do("handle_question", question=question, to="up")
    if step["stage"] == "feedback":
        for line in person.session["billed:" + person.session["act:" + act]["team"]]["lines"]:
            await person.do("leave_feedback", act=act, on=line["id"], text=LONG[number % len(LONG)], kind="offer")


async def _three_things(person: Client, step: dict[str, Any], number: int) -> None:
    await person.do("say_thing", nth=1 + number % 3, text=LONG[number % len(LONG)])


async def _how_sure(person: Client, step: dict[str, Any], number: int) -> None:
    for place, row in enumerate(step["rated"]):
        value = 1 + (number * 3 + place) % 10
        await person.do("say_how_sure", result=row["result"], value=value, text=LONG[number % len(LONG)])


async def _review(person: Client, step: dict[str, Any], number: int) -> None:
    part = ("progress", "challenge", "milestone", "plan")[number % 4]
    if step["up"]:
        await person.do("say_progress", result=step["up"], part=part, text=LONG[number % len(LONG)])


async def _raise(person: Client, step: dict[str, Any], number: int) -> None:
    await BETWEEN_TEAMS["needs_round"](person, step, number)
    await person.echo()
    own = person.me["me"]["team"]
    for key, need in sorted(person.session.items()):
        if key.startswith("dependency:") and need["consumer"] == own and not need["fired"]:
            await person.do("raise_trigger", dependency=key[11:], text=LONG[number % len(LONG)])


_ACTS = {
    "decide_blocked": _raise,
    "how_sure": _how_sure,
    "review_shared": _review,
    **BETWEEN_TEAMS,
    "gather": _gather,
    "vote": _vote,
    "phrase": _phrase,
    "refine": _refine,
    "pair": _pair,
    "thumbs": _thumbs,
    "visits": _visits,
    "confidence": _confidence,
    "walk": _walk,
    "say_change": _say_change,
    "align": _align,
    "look_ahead": _look_ahead,
    "slots": _slots,
    "three_things": _three_things,
}
