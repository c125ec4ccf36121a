"""Commands of chance: fields that fit more often than not, and some that never do."""

import random
import typing
from typing import Annotated, Any, Literal

import msgspec

from sessions.activities import ALL
from sessions.activities.confidence.rounds import Rounds
from sessions.activities.festival.feedback import lines
from sessions.activities.festival.programme import Festival, plays_for
from sessions.activities.gallery.walk import Walk
from sessions.board.proposals import Proposals
from sessions.record.cards import Cards
from sessions.record.checks.findings import Findings
from sessions.room.setting import Setting
from sessions.running.agendas import Agendas
from sessions.running.identity import Claims
from sessions.running.removing import Removed
from tests.chance.choosing_between_teams import NAMES, PEOPLE, Apt, at_the_market, between_teams, held_together
from tests.stage import CODE, FACILITATOR, Stage


def aptly(stage: Stage, chance: random.Random, name: str) -> Apt:
    """Who could do this now, and with what."""
    return next((apt for way in _WAYS if (apt := way(stage, chance, name))), None)


def _in_the_plan(stage: Stage, chance: random.Random, name: str) -> Apt:
    plan, begun = stage.session.plan, {run.phase for run in (*stage.session.runs, *stage.session.undone)}
    ahead = [step for step in plan if step not in begun]
    if name == "remove_step":
        return (FACILITATOR, {"step": chance.choice(ahead)}) if ahead else None
    if name in ("change_plan", "move_step", "go_to"):
        step = (
            plan[chance.choice(list(plan))]
            if stage.session.phase is None or chance.random() < 0.5
            else stage.session.phase
        )
        more: dict[str, Any] = {"change_plan": _planned(chance, step.activity), "move_step": {"by": 1}}.get(name, {})
        return FACILITATOR, {"step": step.key, **more}
    return None


def _planned(chance: random.Random, activity: str) -> dict[str, Any]:
    """Minutes, or one of its settings as it may be set."""
    stated = ALL[activity].settings.stated()
    if not stated or chance.random() < 0.3:
        return {"minutes": 5}
    name = chance.choice(sorted(stated))
    return {"settings": {name: set_to(chance, stated[name])}}


def set_to(chance: random.Random, setting: Setting) -> str | int | bool:
    """A setting as it may be set."""
    if setting.kind == "number":
        return chance.randint(setting.least, min(setting.most, setting.least + 8))
    if setting.kind == "switch":
        return chance.random() < 0.5
    if setting.kind == "choice":
        return chance.choice([value for value, _ in setting.choices])
    names = {"wall": ["ideas", "needs"], "vote": ["impact", "choice"], "words": ["Show it"]}[setting.kind]
    return chance.choice(names)


def _among_people(stage: Stage, chance: random.Random, name: str) -> Apt:
    removed = list(stage.session.part(Removed).roles)
    if name == "let_in" and removed:
        return FACILITATOR, {"person": chance.choice(removed)}
    if name == "recognise":
        return FACILITATOR, {"person": "eve"}
    return (chance.choice(NAMES), {"person": ""}) if name == "rename" else None


def _on_the_wall(stage: Stage, chance: random.Random, name: str) -> Apt:
    board, session = stage.session.board, stage.session
    person = chance.choice(NAMES)
    own = [key[5:] for key in stage.own(person) if key.startswith("note:")]
    wall = [thing.id for thing in board.items(stage.step.get("pile", ""))]
    if name in ("take_dot", "lean"):
        cast = [(p, i) for p in NAMES for k, v in stage.own(p).items() if k.startswith("votes:") for i in v["items"]]
        who, item = chance.choice(cast) if cast else ("", "")
        return (who, {"item": item, "person": ""}) if cast else None
    if name in ("turn_into_idea", "edit_note", "remove_note") and own:
        return person, {"note": chance.choice(own)}
    if name == "settle_proposal" and session.part(Proposals).open:
        return FACILITATOR, {"proposal": chance.choice(list(session.part(Proposals).open))}
    if name == "place_dot" and wall:
        return person, {"person": "", "item": chance.choice(wall)}
    if name == "propose_merge" and len(wall) > 1:
        return person, {"notes": chance.sample(wall, 2)}
    if name == "show_item" and wall:
        return FACILITATOR, {"item": chance.choice(wall)}
    if name == "object" and wall:
        return person, {"on": True, "item": chance.choice(wall)}
    if name == "merge" and len(wall) > 1:
        return FACILITATOR, {"notes": chance.sample(wall, 2), "title": "words"}
    if name == "split" and board.clusters:
        return FACILITATOR, {"note": chance.choice(list(board.clusters))}
    if name == "title":
        return FACILITATOR, {"item": chance.choice(list(board.clusters) or [""]), "was": None, "title": "words"}
    return (person, {"item": stage.step.get("item", "")}) if name == "ask_meaning" else None


def _at_posters(stage: Stage, chance: random.Random, name: str) -> Apt:
    board, walk = stage.session.board, stage.session.part(Walk)
    piled = {cluster.pile for cluster in board.clusters.values()}
    homes = {p: f"poster:{stage.own(p).get('mine', {}).get('home', '')}" for p in NAMES}
    with_heaps = [p for p in NAMES if homes[p] in piled]
    person = chance.choice(with_heaps if with_heaps and name in _OF_HEAPS else NAMES)
    at_home = [thing.id for thing in board.items(homes[person])]
    heaps = [id for id in at_home if id in board.clusters]
    mine = stage.own(person).get("mine", {})
    if name == "leave_note" and mine.get("role") == "visitor" and walk and walk.round > 0:
        lines = walk.posters[mine["route"][min(walk.round, len(mine["route"])) - 1]].lines
        return person, {"on": chance.choice(lines).id, "kind": "like", "round": walk.round, "text": "words"}
    if name == "heap" and len(at_home) > 1:
        return person, {"notes": at_home[:2]}
    if name in _OF_HEAPS and heaps:
        return person, {_OF_HEAPS[name]: heaps[0], **({"title": "words"} if name == "name_heap" else {})}
    return (FACILITATOR, {"group": 1, "into": 2}) if name == "join_groups" and walk else None


#: Commands about a heap, and the field that names it.
_OF_HEAPS = {"name_heap": "heap", "take_out": "note", "answer_heap": "item"}


def _on_goals(stage: Stage, chance: random.Random, name: str) -> Apt:
    session, record = stage.session, stage.room.record
    held = next(((hold.person, card) for card, hold in session.part(Cards).holds.items()), None)
    if name in ("change_result", "put_card_down") and held:
        return held[0], {"result": held[1], **({"field": "text", "value": "words"} if name == "change_result" else {})}
    if name in ("waive_finding", "dismiss_finding", "reopen_finding"):
        standing = Findings.of(stage.room).standing()
        open_again = name == "reopen_finding"
        keys = [key for key, found in standing.items() if (found.state in ("waived", "dismissed")) is open_again]
        said = {} if open_again else {"name": "Ines", "reason": "we know"}
        return (FACILITATOR, {"finding": chance.choice(keys), **said}) if keys else None
    if name in ("lock_objective", "reopen_objective"):
        wanted = "final" if name == "lock_objective" else "locked"
        goals = [goal.id for goal in record.objectives.values() if goal.status == wanted]
        return ("ann", {"objective": goals[0], **({"why": "because"} if wanted == "locked" else {})}) if goals else None
    if name in ("note_chat", "agree_chat"):
        line = next((goal.id for goal in record.objectives.values() if goal.status != "draft" and goal.text), "")
        chats = [chat for chat in record.chats.values() if not chat.shared]
        if name == "note_chat":
            return ("ann", {"person": "bob", "on": line, "chat": ""}) if line else None
        return (chats[0].beside if chats[0].agreed else chats[0].by, {"chat": chats[0].id}) if chats else None
    if name == "raise_trigger":
        live = [need.id for need in record.dependencies.values() if need.live]
        return (FACILITATOR, {"dependency": live[0], "text": "late", "day": ""}) if live else None
    if name == "answer_trigger":
        fired = [need.id for need in record.dependencies.values() if need.fired]
        return (FACILITATOR, {"dependency": fired[0], "text": "so", "name": "Ines"}) if fired else None
    if name == "check_in":
        home = {r.id: record.objectives[r.objective] for r in record.results.values() if not r.dropped}
        open_ = [id for id, goal in home.items() if goal.status != "draft"]
        checked = {"confidence": chance.randint(1, 10), "figure": "4", "line": "words"}
        return (FACILITATOR, {"result": chance.choice(open_), **checked}) if open_ else None
    if name == "log_decision":
        return FACILITATOR, {"question": f"q {chance.random()}", "text": "words", "decider": "Ines", "day": ""}
    if name == "volunteer":
        goal = stage.room.works_on(session)
        free = [r.id for r in record.results_of(goal.id) if len(r.leads) < 2] if goal else []
        return (chance.choice(NAMES), {"person": "", "on": True, "result": free[0]}) if free else None
    if name == "raise_concern":
        low = [p for p in NAMES if stage.own(p).get("mine", {}).get("vote", {}).get("value", 9) <= 2]
        return (low[0], {"round": "", "line": "", "text": "words"}) if low else None
    if name == "cast_confidence":
        values = {"meaningful": True, "inclusive": True, "can_do": True, "round": ""}
        return chance.choice(NAMES), {"value": chance.randint(1, 5), **values}
    if name == "settle_concern":
        worries = [c for r in session.part(Rounds).by_id.values() if r.shown for c in r.concerns]
        return FACILITATOR, {"text": "words", **({"concern": worries[-1]} if worries else {})}
    return (FACILITATOR, {"made": "key:1"}) if name == "withdraw_link" else None


def _at_the_festival(stage: Stage, chance: random.Random, name: str) -> Apt:
    kept, person = stage.session.part(Festival), chance.choice(NAMES)
    draft, version = list(kept.draft.acts.values()), kept.draft.version
    if name in ("move_act", "drop_act") and draft:
        more = {"slot": 1, "stage": 1, "swap": True} if name == "move_act" else {}
        return FACILITATOR, {"act": chance.choice(draft).id, "version": version, **more}
    if name == "add_act" and draft:
        return FACILITATOR, {"team": draft[0].team, "slot": 1, "stage": 1, "version": version}
    if name == "undo_line_up":
        return FACILITATOR, {"version": version}
    if name == "plan_festival":
        return FACILITATOR, {"stages": 2, "slots": 3, "each": 20, "headliners": {}, "online": False, "begins": 0}
    return _on_stage(stage, chance, name, kept, person) if kept.live else None


def _on_stage(stage: Stage, chance: random.Random, name: str, kept: Festival, person: str) -> Apt:
    playing = [act for slot in kept.may_go_to() for act in kept.playing(slot)]
    been = [(p, act) for act, people in kept.crowd.been.items() for p in people if act in kept.live]
    asked = [q for q in kept.questions.values() if q.act in kept.live]
    if name == "star":
        return person, {"act": chance.choice(list(kept.live)), "on": True}
    if name in ("go", "move_person") and playing:
        who = FACILITATOR if name == "move_person" else person
        return who, {"act": chance.choice(playing).id, **({"person": person} if name == "move_person" else {})}
    if name in ("ask_question", "leave_feedback") and been:
        who, act = chance.choice(been)
        line = next(iter(lines(stage.room.record, kept.live[act].team)), "")
        said: dict[str, Any] = {"on": line, "kind": "like"} if name == "leave_feedback" else {}
        return who, {"act": act, "text": "words", **said}
    if name == "capture" and playing:
        return FACILITATOR, {"act": chance.choice(playing).id, "text": "words", "on": ""}
    if name in ("plus_question", "handle_question", "ask_back", "answer_question") and asked:
        question = chance.choice(asked)
        there = [p for p, act in been if act == question.act]
        who = chance.choice(there) if name == "plus_question" and there else FACILITATOR
        done: dict[str, dict[str, Any]] = {"plus_question": {"on": True}, "handle_question": {"to": "later"}}
        return who, {"question": question.id, **done.get(name, {"text": "words"})}
    if name == "settle_help" and kept.calls:
        return FACILITATOR, {"call": chance.choice(list(kept.calls))}
    if name in ("read_out", "say_thing"):
        players = [p for p in NAMES if plays_for(stage.room, p) in {act.team for act in kept.live.values()}]
        thing = (chance.choice(players), {"nth": 1, "text": "words", "was": None}) if players else None
        return (FACILITATOR, {}) if name == "read_out" else thing
    if name == "host_act":
        able = [(p, a) for a, duty in kept.duties.items() for p in NAMES if plays_for(stage.room, p) in duty.teams]
        who, act = chance.choice(able) if able else ("", "")
        return (who, {"act": act, "on": True}) if able else None
    if name == "name_host":
        return FACILITATOR, {"act": next(iter(kept.live)), "host": chance.choice(NAMES), "on": True}
    if name == "hear_change" and kept.told:
        return chance.choice(list(kept.told)), {}
    if name in ("set_link", "try_link", "tell_stage", "invite_there"):
        by_name: dict[str, dict[str, Any]] = {
            "set_link": {"link": f"https://call.example/{chance.randint(0, 9)}"},
            "try_link": {"tried": "works"},
            "tell_stage": {"text": "words"},
            "invite_there": {"on": chance.random() < 0.5},
        }
        return FACILITATOR, {"stage": next(iter(kept.stages)), **by_name[name]}
    return None


_WAYS = (
    held_together,
    _in_the_plan,
    _among_people,
    _on_the_wall,
    _at_posters,
    _on_goals,
    _at_the_festival,
    between_teams,
    at_the_market,
)


def fields(stage: Stage, chance: random.Random, command: type[msgspec.Struct]) -> dict[str, Any]:
    """Fields that a command takes, plausible more often than not."""
    said = {}
    for field in msgspec.structs.fields(command):
        if field.name in ("id", "phase") or (not field.required and chance.random() < 0.3):
            continue
        said[field.name] = value(stage, chance, field.name, field.type, str(command.__struct_config__.tag))
    return said


def value(stage: Stage, chance: random.Random, name: str, kind: Any, command: str) -> Any:
    """One value: a choice of a literal, something that is there, or something of the right type."""
    if typing.get_origin(kind) is Annotated:
        return value(stage, chance, name, typing.get_args(kind)[0], command)
    options = typing.get_args(kind)
    if typing.get_origin(kind) is Literal:
        return chance.choice(options)
    if options and type(None) in options:
        return value(stage, chance, name, next(o for o in options if o is not type(None)), command)
    if options and all(typing.get_origin(option) is Literal for option in options):
        return chance.choice([word for option in options for word in typing.get_args(option)])
    if typing.get_origin(kind) is dict:
        return chance.choice([{}, {"dots": 3}, {"pile": "ideas"}, {"limit": "three"}])
    there = known(stage, name, command)
    if kind == list[str] or typing.get_origin(kind) is list:
        return chance.sample(there, min(len(there), chance.randrange(0, 4)))
    if kind is bool:
        return chance.random() < 0.7
    if kind is int:
        return chance.choice([0, 1, 2, 3, 4, 5, 9])
    if kind is float:
        return chance.choice([-1.0, 1.0, 3.0, 500.0])
    if there and chance.random() < 0.93:
        return chance.choice(there)
    return chance.choice(["words", "", "Think: a\nFeel: b\nDo: c", "61", "x" * 600])


def known(stage: Stage, name: str, command: str) -> list[str]:
    """What there is to be named by a field of this name."""
    board, record, session = stage.session.board, stage.room.record, stage.session
    results, goals = list(record.results), list(record.objectives)
    carded = command in ("take_card", "put_card_down", "change_result", "comment")
    pools: dict[str, list[str]] = {
        "note": list(board.notes),
        "notes": [*board.notes, *board.clusters],
        "item": [*board.notes, *board.clusters, *results],
        "heap": list(board.clusters),
        "result": [*results, *goals] if carded else results,
        "objective": goals,
        "on": [*goals, *results],
        "line": [*goals, *results],
        "parent": [*goals, *results],
        "person": [*session.roles],
        "keep": NAMES,
        "drop": NAMES,
        "team": list(record.teams),
        "teams": list(record.teams),
        "touches": list(record.teams),
        "poster": list(session.part(Walk).posters) if session.part(Walk) else [],
        "last": NAMES,
        "step": list(session.plan),
        "session": [CODE],
        "feedback": list(record.feedback),
        "dependency": list(record.dependencies),
        "provider": list(record.teams),
        "consumer": ["", *record.teams],
        "proposal": list(session.part(Proposals).open),
        "claim": list(session.part(Claims).made),
        "made": list(session.spoken),
        "concern": [c for r in session.part(Rounds).by_id.values() for c in r.concerns],
        "round": ["", *session.part(Rounds).by_id],
        "activity": list(ALL),
        "after": ["", *session.plan] if command == "add_step" else [],
        "agenda": list(stage.room.part(Agendas).kept),
        "day": ["2026-12-01"],
        "start": ["2026-10-01"],
        "end": ["2026-12-31"],
        "names": ["Growth\nSupply\nSurveys\nQuality"],
        "part": ["vision"],
        "field": ["text", "metric", "unit", "baseline", "target", "direction", "current"],
        "value": ["words", "61", "up", "42"],
        "why": ["because it was asked for"],
        "need_by": ["", "2026-12-01"],
        "decision_date": ["", "2026-11-01"],
        "answer": ["adopted", "declined", ""],
    }
    return pools.get(name, [])


__all__ = ["NAMES", "PEOPLE", "aptly", "fields"]
