"""Every command there is, by chance and by everybody: none breaks a rule, replay agrees, and each one succeeds."""

import random
import typing
from collections import Counter
from typing import Any, Literal

import msgspec
import pytest

from sessions import formats, views
from sessions.activities import ALL
from sessions.activities.confidence.rounds import Rounds
from sessions.activities.gallery.walk import Walk
from sessions.board.proposals import Proposals
from sessions.decide import COMMANDS, decide, decide_record
from sessions.evolve import evolve, new_room
from sessions.record.cards import Cards
from sessions.room import By, Command, RecordCommand
from sessions.room.kind import AtPlace, Entity, ForAll, ForHelm, InRecord, RecordSight, Shown, Sight
from sessions.room.speaking import SpokenFor
from sessions.rules.refusal import Refused
from sessions.running.agendas import Agendas
from sessions.running.identity import ClaimMade, Claims
from sessions.running.step import LobbyShown
from sessions.shapes import added
from tests.chance.test_properties import within_the_rules
from tests.stage import CODE, FACILITATOR, Stage, plain

ANYTIME = [c for c in COMMANDS.values() if issubclass(c, Command) and c.anytime]
#: What would leave little of a session if chance did it as often as anything else.
RARE = ("remove_person", "merge_people", "add_step", "copy_step", "move_step", "remove_step", "go_to")

OKRS = """
## Whole organisation
### Switching to us is warm, quick and worth it
- Days from contract to warm home
  - figures: 61 → 42, down
- First-visit-right installs
  - figures: 71 → 85, up
## Growth
### More homes say yes
- Signed contracts
  - figures: 210 → 290, up
## Supply
### The right part is there
- Fill rate of three sizes
  - figures: 88 → 97, up
## Surveys
### One survey is enough
- Surveys without a second visit
  - figures: 64 → 80, up
"""
PEOPLE = "ann@Growth bob@Supply cy@Surveys di@Growth eve@Supply fay@Surveys"
NAMES = [person.partition("@")[0] for person in PEOPLE.split()]
ROUNDS, STEPS = 6, 1500
#: What ends or empties a session is asked for once, at the end, so that the rest has something to happen in.
LAST = ("close_session", "exit_pulse")
done: Counter[str] = Counter()


@pytest.mark.parametrize("format", list(formats.ALL))
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_chance_breaks_no_rule_and_replay_agrees(format: str, seed: int) -> None:
    stage = Stage(format, PEOPLE, OKRS)
    chance = random.Random(f"{format} {seed}")
    prepare(stage, chance)
    for step in range(STEPS):
        stage.now += chance.randrange(400, 9_000)
        if step % 40 == 39:
            press(stage, chance)
        elif step % 40 == 20:
            attempt(stage, chance, FACILITATOR, "stop_input", {"on": False})
        else:
            act(stage, chance)
        within_the_rules(stage)
    attempt(stage, chance, FACILITATOR, "close_session", {})
    for person in NAMES:
        attempt(stage, chance, person, "exit_pulse", {"value": chance.randrange(0, 7)})
    agrees(stage)


def test_each_command_succeeded() -> None:
    assert set(COMMANDS) - set(done) == set()


def press(stage: Stage, chance: random.Random) -> None:
    """The facilitator's main button; where it would close the session, back to the beginning by many steps."""
    main = stage.helm()["main"]
    if main["do"] in LAST:
        for _ in range(12):
            attempt(stage, chance, FACILITATOR, "previous_phase", {"again": chance.choice(["look", "anew"])})
        return
    answers: dict[str, dict[str, Any]] = {
        "next_phase": {"unshown": "show", "again": "anew"},
        "reveal": {"anyway": True},
    }
    more = answers.get(main["do"], {})
    attempt(stage, chance, FACILITATOR, main["do"], {**main["fields"], **more})


def prepare(stage: Stage, chance: random.Random) -> None:
    """What a format asks for before it begins, most of the time."""
    record = stage.room.record
    goal = record.top()[0].id
    stage.lead("prepare", what="team", text=next(iter(record.teams)))
    if stage.session.format != "leadership_draft":
        stage.lead("prepare", what="about" if stage.session.format == "confidence_vote" else "title", text=goal)
    attempt(stage, chance, "", "name_sponsor", {"person": "ann"}, key=True)
    stage.happen([ClaimMade(claim="claim", person="bob")])
    stage.happen([SpokenFor(id="key:1", how="link", person="bob", by=FACILITATOR, at=stage.now)])


def act(stage: Stage, chance: random.Random) -> None:
    """Somebody does something that may or may not fit."""
    phase = stage.session.phase
    fitting = list(ALL[phase.activity].takes) if phase else []
    pool = [*fitting * 12, *ANYTIME, *(c for c in COMMANDS.values() if issubclass(c, RecordCommand))]
    command = chance.choice(pool or list(ANYTIME))
    name = str(command.__struct_config__.tag)
    if name in (*LAST, "next_phase", "previous_phase") or (name in RARE and chance.random() < 0.95):
        return
    person = chance.choice([*NAMES, FACILITATOR, FACILITATOR, FACILITATOR, "nobody"])
    said = fields(stage, chance, command)
    apt = aptly(stage, chance, name) if chance.random() < 0.6 else None
    attempt(stage, chance, *((apt[0], name, {**said, **apt[1]}) if apt else (person, name, said)))


def aptly(stage: Stage, chance: random.Random, name: str) -> tuple[str, dict[str, Any]] | None:
    """Who could do this now, and with what; nothing where chance does well enough alone."""
    board, session = stage.session.board, stage.session
    person = chance.choice(NAMES)
    if name in ("name_heap", "take_out", "answer_heap"):
        piled = {c.pile for c in board.clusters.values()}
        homes = {p: f"poster:{stage.own(p).get('mine', {}).get('home', '')}" for p in NAMES}
        person = next((p for p in chance.sample(NAMES, len(NAMES)) if homes[p] in piled), person)
    mine = stage.own(person).get("mine", {})
    own = [key[5:] for key in stage.own(person) if key.startswith("note:")]
    at_home = [thing.id for thing in board.items(f"poster:{mine.get('home', '')}")]
    heaps = [id for id in at_home if id in board.clusters]
    if name in ("take_dot", "lean"):
        cast = [(p, i) for p in NAMES for k, v in stage.own(p).items() if k.startswith("votes:") for i in v["items"]]
        who, item = chance.choice(cast) if cast else ("", "")
        return (who, {"item": item, "person": ""}) if cast else None
    if name in ("turn_into_idea", "edit_note", "remove_note") and own:
        return person, {"note": chance.choice(own)}
    if name == "settle_proposal" and session.part(Proposals).open:
        return FACILITATOR, {"proposal": chance.choice(list(session.part(Proposals).open))}
    held = next(((hold.person, card) for card, hold in session.part(Cards).holds.items()), None)
    if name in ("change_result", "put_card_down") and held:
        return held[0], {"result": held[1], **({"field": "text", "value": "words"} if name == "change_result" else {})}
    if name in ("lock_objective", "reopen_objective"):
        wanted = "final" if name == "lock_objective" else "locked"
        goals = [goal.id for goal in stage.room.record.objectives.values() if goal.status == wanted]
        return ("ann", {"objective": goals[0], **({"why": "because"} if wanted == "locked" else {})}) if goals else None
    if name == "place_dot":
        there = [thing.id for thing in board.items(stage.step.get("pile", ""))]
        return (person, {"person": "", "item": chance.choice(there)}) if there else None
    if name == "volunteer":
        goal = stage.room.works_on(session)
        free = [r.id for r in stage.room.record.results_of(goal.id) if len(r.leads) < 2] if goal else []
        return (person, {"person": "", "on": True, "result": free[0]}) if free else None
    if name == "leave_note" and mine.get("role") == "visitor" and session.part(Walk) and session.part(Walk).round > 0:
        lines = session.part(Walk).posters[mine["route"][min(session.part(Walk).round, len(mine["route"])) - 1]].lines
        return person, {
            "on": chance.choice(lines).id,
            "kind": "like",
            "round": session.part(Walk).round,
            "text": "words",
        }
    if name == "heap" and len(at_home) > 1:
        return person, {"notes": at_home[:2]}
    if name in ("name_heap", "take_out", "answer_heap") and heaps:
        field = {"name_heap": "heap", "take_out": "note", "answer_heap": "item"}[name]
        return person, {field: heaps[0]}
    if name == "raise_concern":
        low = [p for p in NAMES if stage.own(p).get("mine", {}).get("vote", {}).get("value", 9) <= 2]
        return (low[0], {"round": "", "line": "", "text": "words"}) if low else None
    wall = [thing.id for thing in board.items(stage.step.get("pile", ""))]
    if name == "merge" and len(wall) > 1:
        return FACILITATOR, {"notes": chance.sample(wall, 2), "title": "words"}
    if name == "split" and board.clusters:
        return FACILITATOR, {"note": chance.choice(list(board.clusters))}
    if name == "join_groups" and session.part(Walk):
        return FACILITATOR, {"group": 1, "into": 2}
    if name in ("settle_concern", "title", "withdraw_link", "ask_meaning"):
        worries = [c for r in session.part(Rounds).by_id.values() for c in r.concerns]
        fitting: dict[str, tuple[str, dict[str, Any]]] = {
            "settle_concern": (FACILITATOR, {"text": "words", **({"concern": worries[-1]} if worries else {})}),
            "title": (
                FACILITATOR,
                {"item": chance.choice(list(board.clusters) or [""]), "was": None, "title": "words"},
            ),
            "withdraw_link": (FACILITATOR, {"made": "key:1"}),
            "ask_meaning": (person, {"item": stage.step.get("item", "")}),
        }
        return fitting[name]
    return None


def attempt(
    stage: Stage, chance: random.Random, person: str, name: str, said: dict[str, Any], key: bool = False
) -> None:
    """One command's turn; a refusal is a sentence and changes nothing."""
    hand = chance.choice(["", "", "", "key:1"]) if person in NAMES else ""
    by = By(person, stage.now, stage._new_id, lambda things: list(reversed(things)), frozenset(NAMES), hand)
    command = COMMANDS[name](**said)
    before = dict(stage.everything())
    try:
        if isinstance(command, RecordCommand):
            events = decide_record(stage.room, command, by, key=key or chance.random() < 0.8)
        else:
            events = decide(stage.room, CODE, command, by)
    except Refused as refusal:
        assert refusal.say.endswith((".", "?", "!")), refusal.say
        assert stage.everything() == before
        return
    stage.happen(events)
    done[name] += bool(events)


def have_their_shape(sight: Sight) -> None:
    """Every entity looks as its kind says it does."""
    for audience in (ForAll, ForHelm, AtPlace):
        for kind in audience.all.values():
            seen = [one for one in (kind.look(sight, id) for id in list(kind.ids(sight))) if one is not None]
            if kind.adds:
                assert all(says_what_it_may(sight, kind.shape, kind.adds, one) for one in seen), kind.name
            else:
                assert {type(one) for one in seen} <= {kind.shape}, kind.name
    for kind in InRecord.all.values():
        record = RecordSight(sight.room, drafts=True)
        assert {type(kind.look(record, id)) for id in kind.ids(record)} <= {kind.shape, type(None)}, kind.name


def says_what_it_may(sight: Sight, shape: type[Shown], method: str, seen: Entity) -> bool:
    """Whether an entity says nothing but its own shape, and what the step's activity adds to it; and all of that."""
    if isinstance(seen, LobbyShown):
        return sight.activity is None
    phase = sight.session.phase
    shapes = [shape, *([more] if phase and (more := added(method).get(phase.activity)) else [])]
    said: dict[str, Any] = plain({"it": seen})["it"]
    for one in shapes:
        msgspec.convert(said, one)
    return set(said) <= {field.encode_name for one in shapes for field in msgspec.structs.fields(one)}


def agrees(stage: Stage) -> None:
    """The stored events, and the pens beside them, make the same room again."""
    again = new_room("room")
    for event in stage.log:
        evolve(again, CODE, event)
    sight = views.look(again, again.sessions[CODE])
    assert plain(dict(views.everything(ForAll, sight))) == stage.everything()
    have_their_shape(sight)
    for person in [*NAMES, FACILITATOR]:
        for hand in ("", "key:1"):
            own = views.for_person(stage.room, stage.session, person, hand)
            assert views.for_person(again, again.sessions[CODE], person, hand) == own
    assert list(views.record(stage.room)) == list(views.record(again))


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
    options = typing.get_args(kind)
    if typing.get_origin(kind) is Literal:
        return chance.choice(options)
    if options and type(None) in options:
        return value(stage, chance, name, next(o for o in options if o is not type(None)), command)
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
        "answer": ["adopted", "declined", ""],
    }
    return pools.get(name, [])
