"""Every command there is, by chance and by everybody: none breaks a rule, replay agrees, and each one succeeds."""

import random
from collections import Counter
from typing import Any

import pytest

from sessions import formats
from sessions.activities import ALL
from sessions.board.notes.writing import AddNote
from sessions.decide import COMMANDS, decide, decide_record
from sessions.record.checks.findings import in_the_way
from sessions.record.files.importing import LeaderRow
from sessions.record.files.incoming import Incoming
from sessions.record.files.settling import settle
from sessions.room import Asked, By, Command, RecordCommand
from sessions.room.speaking import SpokenFor
from sessions.rules.refusal import Refused
from sessions.running.identity import ClaimMade
from tests.chance.agreeing import agrees
from tests.chance.choosing import NAMES, PEOPLE, aptly, fields
from tests.chance.test_properties import within_the_rules
from tests.stage import CODE, FACILITATOR, Stage

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
ROUNDS, STEPS = 6, 1500
#: What ends or empties a session is asked for once, at the end, so that the rest has something to happen in.
LAST = ("close_session", "exit_pulse", "set_read_only")
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
            write(stage, chance)
        elif step % 40 == 20:
            attempt(stage, chance, FACILITATOR, "stop_input", {"on": False})
        else:
            act(stage, chance)
        within_the_rules(stage)
    make_up(stage, chance)
    look_up_and_lock(stage, chance)
    attempt(stage, chance, FACILITATOR, "close_session", {})
    for theme in list(stage.room.record.themes)[:1]:
        attempt(stage, chance, "", "answer_theme", {"theme": theme, "answer": "not_now", "reason": "so"}, key=True)
    for on in (True, False):
        attempt(stage, chance, "", "set_read_only", {"on": on}, key=True)
    for person in NAMES:
        attempt(stage, chance, person, "exit_pulse", {"value": chance.randrange(0, 7)})
    agrees(stage)


def test_each_command_succeeded() -> None:
    assert {name for name in COMMANDS if not done[name]} == set()


def make_up(stage: Stage, chance: random.Random) -> None:
    """What nobody has done yet is tried once more in each step that takes it."""
    for step in list(stage.session.plan.values()):
        wanted = [command for command in ALL[step.activity].takes if not done[tag_of(command)]]
        if wanted:
            attempt(stage, chance, FACILITATOR, "stop_input", {"on": False})
            attempt(stage, chance, FACILITATOR, "go_to", {"step": step.key, "unshown": "show", "again": "anew"})
            write(stage, chance)
        for command in wanted * 20:
            if not done[tag_of(command)]:
                write(stage, chance)
                act(stage, chance, command)


def look_up_and_lock(stage: Stage, chance: random.Random) -> None:
    """What takes several to come first: a line above changes and its link is confirmed; a goal is locked and opened."""
    record = stage.room.record
    for link in list(record.alignments.values())[:1]:
        line = "objective" if link.parent in record.objectives else "result"
        change = {"text": f"words {chance.random()}"} if line == "objective" else {"field": "text", "value": "others"}
        attempt(stage, chance, "", f"revise_{line}", {line: link.parent, "why": "so", **change}, key=True)
        attempt(stage, chance, "", "confirm_link", {"objective": link.child, "parent": link.parent}, key=True)
    attempt(stage, chance, "", "name_sponsor", {"person": "ann"}, key=True)
    for goal in [goal.id for goal in record.objectives.values() if goal.status == "final"][:1]:
        for given in record.open_feedback(goal):
            said = {"feedback": given.id, "answer": "adopted", "reason": "yes"}
            attempt(stage, chance, "", "answer_feedback", said, key=True)
        for key in [found.finding.key for found in in_the_way(stage.room, goal)]:
            attempt(stage, chance, "", "waive_finding", {"finding": key, "name": "Ines", "reason": "known"}, key=True)
        for name in ("lock_objective", "reopen_objective"):
            why = {} if name == "lock_objective" else {"why": "because"}
            attempt(stage, chance, "", name, {"objective": goal, **why}, key=True)


def press(stage: Stage, chance: random.Random) -> None:
    """The facilitator's main button, or any step; where it would close the session, back to the beginning."""
    if chance.random() < 0.15:
        steps = list(stage.session.plan.values())
        wanted = [step for step in steps if any(not done[tag_of(c)] for c in ALL[step.activity].takes)]
        step = chance.choice(wanted or steps).key
        attempt(stage, chance, FACILITATOR, "go_to", {"step": step, "unshown": "show", "again": "anew"})
        return
    main = stage.helm()["main"]
    if main["do"] in LAST:
        again = chance.choice(["look", "anew"])
        attempt(stage, chance, FACILITATOR, "previous_phase", {"again": again})
        first = stage.session.steps()[0].key
        attempt(stage, chance, FACILITATOR, "go_to", {"step": first, "unshown": "show", "again": again})
        return
    answers: dict[str, dict[str, Any]] = {
        "next_phase": {"unshown": "show", "again": "anew"},
        "reveal": {"anyway": True},
    }
    more = answers.get(main["do"], {})
    attempt(stage, chance, FACILITATOR, main["do"], {**main["fields"], **more})


def write(stage: Stage, chance: random.Random) -> None:
    """Where notes are written, everybody writes one, so that later steps have something to be about."""
    phase = stage.session.phase
    for person in NAMES if phase and AddNote in ALL[phase.activity].takes else ():
        attempt(stage, chance, person, "add_note", {"text": f"words {chance.random()}"})
    if phase and phase.activity == "confidence":
        low = {"value": 1, "meaningful": True, "inclusive": True, "can_do": False, "round": ""}
        attempt(stage, chance, chance.choice(NAMES), "cast_confidence", low)
    if phase and phase.activity == "three_things":
        who, said = aptly(stage, chance, "say_thing") or ("", {})
        attempt(stage, chance, who, "say_thing", said) if who else None


def prepare(stage: Stage, chance: random.Random) -> None:
    """What a format asks for before it begins, most of the time."""
    record = stage.room.record
    goal = record.top()[0].id
    stage.lead("prepare", what="team", text=next(iter(record.teams)))
    if stage.session.format != "leadership_draft":
        stage.lead("prepare", what="about" if stage.session.format == "confidence_vote" else "title", text=goal)
    stage.happen([settle(stage.room, Incoming(leaders=[LeaderRow("leader", "Eve")]), stage.now, "", lambda: "x")])
    attempt(stage, chance, "", "name_sponsor", {"person": "ann"}, key=True)
    stage.happen([ClaimMade(claim="claim", person="bob")])
    stage.happen([SpokenFor(id="key:1", how="link", person="bob", by=FACILITATOR, at=stage.now)])


def act(stage: Stage, chance: random.Random, command: type[Asked] | None = None) -> None:
    """Somebody does something that may or may not fit; what nobody has done yet comes more often."""
    phase = stage.session.phase
    fitting = list(ALL[phase.activity].takes) if phase else []
    pool = [*fitting * 12, *ANYTIME, *(c for c in COMMANDS.values() if issubclass(c, RecordCommand))]
    wanted = [command for command in pool if not done[tag_of(command)]]
    command = command or chance.choice(wanted if wanted and chance.random() < 0.5 else pool)
    name = tag_of(command)
    if name in (*LAST, "next_phase", "previous_phase") or (name in RARE and chance.random() < 0.95):
        return
    person = chance.choice([*NAMES, FACILITATOR, FACILITATOR, FACILITATOR, "nobody"])
    said = fields(stage, chance, command)
    apt = aptly(stage, chance, name) if chance.random() < 0.6 else None
    attempt(stage, chance, *((apt[0], name, {**said, **apt[1]}) if apt else (person, name, said)))


def tag_of(command: type[Asked]) -> str:
    """What a command is called on the wire."""
    return str(command.__struct_config__.tag)


def attempt(
    stage: Stage, chance: random.Random, person: str, name: str, said: dict[str, Any], key: bool = False
) -> None:
    """One command's turn; a refusal is a sentence and changes nothing."""
    hand = chance.choice(["", "", "", "key:1"]) if person in NAMES else ""
    by = By(person, stage.now, stage._new_id, lambda things: list(reversed(things)), frozenset(NAMES), hand)
    command = COMMANDS[name](**said)
    before = dict(stage.everything())
    try:
        in_session = (
            not key
            and isinstance(command, Command)
            and (chance.random() < 0.8 or not isinstance(command, RecordCommand))
        )
        if isinstance(command, RecordCommand) and not in_session:
            events = decide_record(stage.room, command, by, key=key or chance.random() < 0.8)
        else:
            events = decide(stage.room, CODE, command, by)
    except Refused as refusal:
        assert refusal.say.endswith((".", "?", "!")), refusal.say
        assert stage.everything() == before
        return
    stage.happen(events)
    done[name] += bool(events)
