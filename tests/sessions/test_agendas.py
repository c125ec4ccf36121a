"""Own agendas: built out of every activity, checked as ours are, kept in the room and opened again."""

import random
from typing import Any

import pytest

from sessions.activities import ALL
from sessions.rules.refusal import Refused
from sessions.running.agenda_files import read, warnings, written
from sessions.running.agendas import Agendas
from tests.chance.choosing import set_to
from tests.chance.test_played import PEOPLE, everybody_plays, press
from tests.stage import FACILITATOR, Stage

OKRS = "## Whole organisation\n### Warm and quick\n- R1\n## Growth\n### G\n- G1\n## Supply\n### S\n- S1\n"


def script(stage: Stage) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = stage.helm()["script"]["steps"]
    return steps


def keys(stage: Stage) -> list[str]:
    return [step["key"] for step in script(stage)]


def test_steps_are_added_copied_moved_and_removed() -> None:
    stage = Stage("ideas_and_dots")
    before = keys(stage)
    stage.lead("add_step", activity="thumbs", after=before[1])
    thumbs = keys(stage)[2]
    assert [s["activity"] for s in script(stage)][2] == "thumbs"
    stage.lead("copy_step", step=thumbs)
    assert [s["activity"] for s in script(stage)].count("thumbs") == 2
    stage.lead("move_step", step=thumbs, by=-2)
    assert keys(stage)[0] == thumbs
    stage.lead("remove_step", step=thumbs)
    assert thumbs not in keys(stage)


def test_only_a_facilitator_arranges_the_plan() -> None:
    stage = Stage("ideas_and_dots")
    for name, more in (
        ("add_step", {"activity": "pause"}),
        ("remove_step", {"step": "vote"}),
        ("go_to", {"step": "vote"}),
    ):
        with pytest.raises(Refused, match="Only the facilitator"):
            stage.do("ann", name, **more)


def test_a_step_that_was_begun_stays_and_the_last_one_too() -> None:
    stage = Stage("ideas_and_dots").to("ideas")
    with pytest.raises(Refused, match="was begun"):
        stage.lead("remove_step", step="arrive")
    fresh = Stage("ideas_and_dots")
    for key in keys(fresh)[1:]:
        fresh.lead("remove_step", step=key)
    with pytest.raises(Refused, match="left to do"):
        fresh.lead("remove_step", step=keys(fresh)[0])


@pytest.mark.parametrize(
    ("step", "settings"),
    [
        ("vote", {"dots": 21}),
        ("vote", {"dots": "three"}),
        ("vote", {"leans": 1}),
        ("vote", {"nothing": 1}),
        ("ideas", {"pile": ""}),
        ("ideas", {"limit": True}),
    ],
)
def test_a_setting_is_within_its_bounds(step: str, settings: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        Stage("ideas_and_dots").lead("change_plan", step=step, settings=settings)
    assert refused.value.code == "bad_setting"


def test_what_a_step_needs_from_earlier_ones_is_said_before_it_is_too_late() -> None:
    stage = Stage("ideas_and_dots")
    assert not any(step["lacks"] for step in script(stage))
    stage.lead("remove_step", step="ideas")
    lacking = {step["key"]: step["lacks"] for step in script(stage) if step["lacks"]}
    assert set(lacking) == {"group", "vote"}
    stage.lead("add_step", activity="gather")
    assert not any(step["lacks"] for step in script(stage))


def test_a_facilitator_goes_to_any_step_while_it_runs() -> None:
    stage = Stage("ideas_and_dots").to("ideas")
    stage.do("ann", "add_note", text="an idea")
    with pytest.raises(Refused) as refused:
        stage.lead("go_to", step="vote")
    assert refused.value.code == "not_shown"
    stage.lead("go_to", step="vote", unshown="show")
    assert stage.step["key"] == "vote"
    stage.lead("go_to", step="arrive", unshown="aside")
    assert stage.step["key"] == "arrive"


def test_an_agenda_is_kept_once_a_name_and_goes_through_a_file_unchanged() -> None:
    stage = Stage("leadership_draft")
    stage.lead("keep_agenda", name="Monday")
    stage.lead("change_plan", step="vote", settings={"dots": 4})
    stage.lead("keep_agenda", name="monday")
    (agenda,) = stage.room.part(Agendas).kept.values()
    name, asks, steps = read(ALL, written(agenda))
    again = written(type(agenda)("x", name, asks, steps))
    assert again == written(agenda)
    assert next(s for s in again["steps"] if s["activity"] == "vote")["settings"]["dots"] == 4
    stage.keep("drop_agenda", agenda=agenda.id)
    assert not stage.room.part(Agendas).kept


@pytest.mark.parametrize(
    "file",
    [
        [],
        {"name": "x", "steps": []},
        {"name": "x", "steps": [{"activity": "dance", "title": "t", "prompt": "p"}]},
        {"name": "x", "steps": [{"activity": "pause", "title": "", "prompt": "p"}]},
        {"name": "x", "steps": [{"activity": "pause", "title": "t", "prompt": "p", "minutes": 9999}]},
        {"name": "x", "steps": [{"activity": "vote", "title": "t", "prompt": "p", "settings": {"dots": 99}}]},
        {"name": "x", "asks": "money", "steps": [{"activity": "pause", "title": "t", "prompt": "p"}]},
        {"name": "x", "steps": [{"activity": "pause", "title": "t", "prompt": "p"}] * 41},
    ],
)
def test_a_file_that_is_no_agenda_is_refused_with_a_sentence(file: Any) -> None:
    with pytest.raises(Refused) as refused:
        read(ALL, file)
    assert refused.value.say.endswith(".")


@pytest.mark.parametrize("seed", range(12))
def test_agendas_of_chance_are_played_to_their_end(seed: int) -> None:
    """Steps in whatever order, with whatever settings: what is promised of ours holds for them."""
    chance = random.Random(f"agenda {seed}")
    stage = Stage("ideas_and_dots", PEOPLE, OKRS)
    stage.lead("prepare", what="about", text=stage.room.record.top()[0].id)
    for name in chance.choices(sorted(ALL), k=7):
        stage.lead("add_step", activity=name, after=chance.choice(keys(stage)))
    for step in stage.session.plan.values():
        settings = {name: set_to(chance, setting) for name, setting in ALL[step.activity].settings.stated().items()}
        stage.lead("change_plan", step=step.key, settings=settings)
    assert warnings(ALL, stage.session.plan.values(), {"goal"}) is not None
    for _ in range(150):
        if stage.session.state == "closed":
            break
        everybody_plays(stage, chance)
        press(stage)
        if chance.random() < 0.1 and stage.session.state != "closed":
            stage.lead("go_to", step=chance.choice(keys(stage)), unshown="show", again="anew")
    if stage.session.state != "closed":
        stage.lead("close_session")
    assert FACILITATOR in stage.session.roles
