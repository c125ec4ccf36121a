"""Every format is played to its end by seven people of chance, as rehearsals are; what is promised holds all along."""

import contextlib
import random
import re
from collections import ChainMap
from collections.abc import Collection
from typing import Any

import pytest

from sessions import formats, views
from sessions.activities import ALL
from sessions.activities.activity import Activity
from sessions.activities.playing import Act, Seen
from sessions.outcome import outcome
from sessions.rules.refusal import Refused
from tests.chance.agreeing import agrees
from tests.chance.choosing import set_to
from tests.chance.test_every_command import OKRS
from tests.chance.test_properties import within_the_rules
from tests.stage import FACILITATOR, Stage
from workshop.export import as_csv, as_json, as_markdown

PEOPLE = "ann@Growth bob@Supply cy@Growth di@Supply eve@Growth fay@Supply gus"
NAMES = [person.partition("@")[0] for person in PEOPLE.split()]
#: What may be refused where several do the same at once.
CROWDED = {"held", "not_held", "pair_full", "need_two", "enough_notes", "item_full"}
#: And what may be besides where they do it once more.
AGAIN = {"budget_spent", "no_dot"}
#: What a sentence says as long as something is hidden.
WAITS = re.compile("before all are shown|when (we show them|they are shown, never|all are shown|all have said)")
#: More presses of the main button than any format needs.
MOST = 300


@pytest.mark.parametrize("format", list(formats.ALL))
@pytest.mark.parametrize("seed", range(2))
def test_seven_people_play_a_format_to_its_end(format: str, seed: int) -> None:
    stage, chance = ready(format), random.Random(f"{format} {seed}")
    for _ in range(MOST):
        if stage.session.state == "closed":
            break
        everybody_plays(stage, chance)
        press(stage)
    assert stage.session.state == "closed", "the main button does not lead to the end"
    assert {run.phase for run in stage.session.runs} == {phase.key for phase in formats.ALL[format].phases}
    agrees(stage)


@pytest.mark.parametrize("format", list(formats.ALL))
def test_settings_that_change_while_their_step_runs_lose_nobody_a_word(format: str) -> None:
    stage, chance = ready(format), random.Random(format)
    for _ in range(MOST):
        phase = stage.session.phase
        if stage.session.state == "closed":
            break
        everybody_plays(stage, chance)
        for name, setting in (ALL[phase.activity].settings.stated() if phase else {}).items():
            with contextlib.suppress(Refused):
                stage.lead("change_plan", step=phase.key if phase else "", settings={name: set_to(chance, setting)})
            everybody_plays(stage, chance, AGAIN)
        press(stage)
    assert stage.session.state == "closed"
    agrees(stage)


@pytest.mark.parametrize("format", list(formats.ALL))
def test_once_it_is_shown_no_sentence_says_that_it_waits(format: str) -> None:
    stage, chance = ready(format), random.Random(format)
    for _ in range(MOST):
        if stage.session.state == "closed":
            break
        everybody_plays(stage, chance)
        before, shows = stage.step, shows_next(stage)
        press(stage)
        step = stage.step
        # What is written is shown, and then voted on: that is hidden again.
        if shows and stage.session.run and step["run"] == before["run"] and not shows_next(stage):
            said = f"{step['prompt']} {step['seen_by']}"
            assert not WAITS.search(said), (step["key"], said)


def test_each_activity_that_takes_something_is_played() -> None:
    """Somebody who rehearses sees people do something wherever there is something to do."""
    passive = {"pitch", "read_back", "escalate", "shortlist", "finish", "reread", "arrive", "read", "pause", "themes"}
    silent = {name for name, activity in ALL.items() if type(activity).play is Activity.play}
    assert silent <= passive


def shows_next(stage: Stage) -> bool:
    """Whether the main button shows something that is hidden."""
    return bool(stage.helm().get("main", {}).get("do") == "reveal")


def ready(format: str) -> Stage:
    """A session that has what its format asks for."""
    stage = Stage(format, PEOPLE, OKRS)
    record = stage.room.record
    if formats.ALL[format].asks == "team":
        stage.lead("prepare", what="team", text=next(iter(record.teams)))
    if formats.ALL[format].asks == "goal":
        stage.lead("prepare", what="about", text=record.top()[0].id)
    return stage


def everybody_plays(stage: Stage, chance: random.Random, besides: Collection[str] = ()) -> None:
    """Each does what their activity says, in an order of chance; secrets and rules are looked at after each."""
    phase = stage.session.phase
    for person in random.Random(chance.random()).sample(NAMES, len(NAMES)):
        if phase is None:
            return
        seen = Seen(person, ChainMap(stage.everything(), stage.at(person)), stage.own(person))
        for number, act in enumerate(ALL[phase.activity].play(seen, chance)):
            try_to(stage, person, marked(act, f"canary{stage.count}.{number}"), besides)
            seen.things, seen.own = ChainMap(stage.everything(), stage.at(person)), stage.own(person)
        within_the_rules(stage)
        stage.now += 1_000
    nobody_else_sees(stage)


def marked(act: Act, mark: str) -> Act:
    """The act with words that can be found again."""
    name, fields = act
    return (name, {**fields, "text": f"{fields['text']} {mark}"}) if "text" in fields else act


def try_to(stage: Stage, person: str, act: Act, besides: Collection[str] = ()) -> None:
    try:
        stage.do(person, act[0], **act[1])
    except Refused as refusal:
        if refusal.code not in CROWDED and refusal.code not in besides:
            raise


def nobody_else_sees(stage: Stage) -> None:
    """What is not shown is on nobody else's wire, place, export or outcome."""
    hidden = {note.id: note for note in stage.session.board.notes.values() if not note.shown}
    if not hidden:
        return
    told = outcome(stage.room, stage.session)
    common: list[Any] = [stage.everything(), stage.helm(), list(views.everywhere(stage.sight))]
    common += [as_json(told), as_csv(told), as_markdown(told), list(views.record(stage.room))]
    everywhere = repr(common)
    own = {person: repr(stage.own(person)) for person in [*NAMES, FACILITATOR]}
    for note in hidden.values():
        writer = stage.room.holders[note.pen][1]
        canary = note.text.split()[-1]
        assert canary not in everywhere
        assert canary in own[writer]
        assert not any(canary in seen for person, seen in own.items() if person != writer)


def press(stage: Stage) -> None:
    """The facilitator's main button, showing what there is to show."""
    main = stage.helm()["main"]
    answers: dict[str, dict[str, Any]] = {
        "next_phase": {"unshown": "show", "again": "anew"},
        "reveal": {"anyway": True},
    }
    try:
        stage.lead(main["do"], **{**main["fields"], **answers.get(main["do"], {})})
    except Refused as refusal:
        if refusal.code != "not_passed":
            raise
        stage.lead("next_phase") if stage.session.beside(1) else stage.lead("close_session")
    stage.now += 5_000
