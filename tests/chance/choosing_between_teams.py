"""What could be done between teams now, and with what: needs, marks and stalls, and what they hold together."""

import random
from typing import Any

from sessions.activities.marketplace.market import Market
from tests.stage import FACILITATOR, Stage

PEOPLE = "ann@Growth bob@Supply cy@Surveys di@Growth eve@Supply fay@Surveys"
NAMES = [person.partition("@")[0] for person in PEOPLE.split()]
#: Who could do something now, and with what; nothing where chance does well enough alone.
Apt = tuple[str, dict[str, Any]] | None


#: Steps of a dependency: the standing they are possible from, whose they are, and what they say.
_STEPS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "change_need": ("proposed agreed", "consumer", {"field": "need_by", "value": "2026-12-01", "was": None}),
    "answer_need": ("proposed slipped undecided", "provider", {"answer": "accepted", "need_by": "2026-12-02"}),
    "confirm_need": ("accepted conditional", "consumer", {}),
    "ask_again": ("accepted conditional declined", "consumer", {"words": "words"}),
    "ask_decision": ("proposed declined", "provider", {"whose": "Ann", "day": "2026-12-01"}),
    "decide_need": ("undecided", "", {"answer": "declined", "words": "words", "need_by": ""}),
    "reflect_need": ("accepted agreed", "provider", {"mode": "dedicated", "text": "words", "result": ""}),
    "settle_need": ("agreed", "consumer", {"state": "slipped", "why": "words"}),
}


def between_teams(stage: Stage, chance: random.Random, name: str) -> Apt:
    record, people = stage.room.record, stage.room.people
    if name == "say_need":
        person = chance.choice(NAMES)
        others = [team for team in record.teams if team != people[person].team]
        return person, {"provider": chance.choice(others), "text": f"words {chance.random()}", "consumer": ""}
    if name not in _STEPS:
        return None
    standings, side, said = _STEPS[name]
    found = [need for need in record.dependencies.values() if need.standing in standings.split()]
    if not found:
        return None
    need = chance.choice(found)
    theirs = [p for p in NAMES if side and people[p].team == getattr(need, side)]
    who = chance.choice(theirs) if theirs else FACILITATOR
    return who, {"dependency": need.id, "version": need.version, **said}


def at_the_market(stage: Stage, chance: random.Random, name: str) -> Apt:
    kept, record, people = stage.session.part(Market), stage.room.record, stage.room.people
    of_a_team = [p for p in NAMES if people[p].team in record.teams and not record.teams[people[p].team].gone]
    if not of_a_team:
        return None
    person = chance.choice(of_a_team)
    goals = [g for g in record.objectives.values() if g.team not in ("", people[person].team) and g.status != "draft"]
    if name in ("set_mark", "offer_help") and goals:
        goal = chance.choice(goals)
        return person, {"goal": goal.id, "on": True} if name == "set_mark" else {"goal": goal.id, "text": "words"}
    if name == "settle_duplicate" and goals:
        return person, {"team": chance.choice(goals).team, "end": "both", "words": "words"}
    if name == "set_stall_link":
        return FACILITATOR, {"link": f"https://call.example/{chance.randint(0, 9)}", "team": people[person].team}
    if name == "miss_partner":
        seated = [(p, stall.id) for stall in kept.now() for p in stall.seats if not stall.missed]
        who, stall = chance.choice(seated) if seated else ("", "")
        return (who, {"stall": stall}) if seated else None
    return (FACILITATOR, {}) if name == "plan_stalls" else None


def held_together(stage: Stage, chance: random.Random, name: str) -> Apt:
    record, people = stage.room.record, stage.room.people
    person = chance.choice(NAMES)
    results = [r.id for r in record.results.values() if not r.dropped]
    if name in ("lead_share", "carry_share") and results:
        said = {"result": chance.choice(results), "team": people[person].team}
        return person, said | ({"person": "Ann"} if name == "lead_share" else {"own": ""})
    if name == "leave_share":
        held = [(s.result, team) for s in record.shares.values() for team in s.parts if team != s.lead]
        return (FACILITATOR, dict(zip(("result", "team"), chance.choice(held), strict=True))) if held else None
    if name == "raise_conflict" and len(results) > 1:
        return person, dict(zip(("a", "b"), chance.sample(results, 2), strict=True)) | {"text": "words"}
    if name in ("say_conflict_need", "decide_conflict") and record.conflicts:
        more: dict[str, Any] = (
            {"side": "a", "was": None} if name == "say_conflict_need" else {"decider": "Ann", "day": ""}
        )
        return FACILITATOR, {"conflict": chance.choice(list(record.conflicts)), "text": "words", **more}
    if name in ("change_raid", "close_raid") and record.raid:
        item = chance.choice(list(record.raid))
        more = {"field": "owner", "value": "Ann", "was": None} if name == "change_raid" else {"closed": True}
        return person, {"item": item, **more}
    if name == "take_back_raid":
        own = [(p, n["id"]) for p in NAMES for n in stage.own(p).get("raid_notes", {}).get("notes", [])]
        who, note = chance.choice(own) if own else ("", "")
        return (who, {"note": note}) if own else None
    if name == "put_up_need":
        return FACILITATOR, {"need": chance.choice(["", *record.dependencies])}
    if name == "next_team":
        return FACILITATOR, {"after": -1}
    return (person, {"count": 2}) if name == "say_capacity" else None
