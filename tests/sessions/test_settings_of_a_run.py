"""A run goes by the settings it began with; more notes or dots count at once (decision 0055)."""

import pytest

from sessions.rules.refusal import Refused
from tests.stage import Stage


def test_more_notes_count_at_once_and_nobody_gets_fewer() -> None:
    stage = Stage("priority_pulse").to("write")
    with pytest.raises(Refused) as refused:
        stage.lead("change_plan", step="write", limit=2)
    assert (refused.value.code, "it is 3 now" in refused.value.say) == ("only_more", True)
    for text in "abc":
        stage.do("ann", "add_note", text=text)
    with pytest.raises(Refused) as refused:
        stage.do("ann", "add_note", text="d")
    assert (refused.value.code, stage.step["limit"]) == ("enough_notes", 3)
    stage.lead("change_plan", step="write", limit=4)
    stage.do("ann", "add_note", text="d")
    assert (stage.step["limit"], stage.step["prompt"][:16]) == (4, "Up to four prior")
    stage.lead("change_plan", step="write", limit=0)
    stage.do("ann", "add_note", text="e")
    assert stage.step["prompt"].startswith("Any number of priorities")
    stage.lead("change_plan", step="write", limit=1)
    assert stage.step["limit"] == 0
    stage.lead("next_phase", unshown="aside")
    stage.lead("previous_phase")
    assert (stage.step["limit"], stage.step["prompt"][:10]) == (1, "One of the")


def test_more_dots_count_at_once_and_nobody_gets_fewer() -> None:
    stage = Stage().with_ideas("a", "b", "c", "d").to("vote")
    items = list(stage.wall().values())
    budget = stage.vote.budget
    for item in items[:budget]:
        stage.do("ann", "place_dot", item=item)
    assert stage.own("ann")[f"votes:{stage.vote.id}"]["left"] == 0
    assert growing(stage, "vote") == {"dots": budget, "per_item": 2}
    stage.lead("change_plan", step="vote", dots=budget + 2, settings={"per_item": 3})
    assert (stage.vote.budget, stage.vote.per_item, stage.step["budget"]) == (budget + 2, 3, budget + 2)
    assert stage.own("ann")[f"votes:{stage.vote.id}"]["left"] == 2
    for _ in range(2):
        stage.do("ann", "place_dot", item=items[0])
    for fewer in ({"dots": budget}, {"per_item": 1}):
        with pytest.raises(Refused, match="can only grow"):
            stage.lead("change_plan", step="vote", settings=fewer)
    stage.lead("reveal", anyway=True)
    stage.lead("change_plan", step="vote", dots=20)
    assert (stage.vote.budget, growing(stage, "vote")) == (budget + 2, {})
    stage.lead("next_phase")
    stage.lead("previous_phase", again="anew")
    assert stage.session.board.ballots["impact.2"].budget == 20


def growing(stage: Stage, step: str) -> dict[str, int]:
    """What there may be more of in a step, and how many of it there are."""
    (settings,) = [one["settings"] for one in stage.helm()["script"]["steps"] if one["key"] == step]
    return {setting["name"]: setting["value"] for setting in settings if setting.get("grows")}


def test_a_step_goes_on_with_the_walls_it_began_with_also_for_words_that_come_late() -> None:
    stage = Stage("ideas_and_dots").to("ideas")
    stage.lead("change_plan", step="ideas", settings={"pile": "others"})
    stage.do("ann", "add_note", text="in time")
    run = stage.session.run
    assert run is not None
    stage.to("vote")
    stage.lead("change_plan", step="vote", settings={"on": "nothing", "ballot": "none"})
    stage.do("ann", "place_dot", item=next(iter(stage.wall().values())))
    stage.do("bob", "add_note", text="late", phase=run.id)
    assert {note.text: note.pile for note in stage.session.board.notes.values()} == {
        "in time": "ideas",
        "late": "ideas",
    }


def test_taking_a_move_back_goes_on_as_the_step_began() -> None:
    stage = Stage("ideas_and_dots").to("ideas")
    stage.lead("next_phase")
    stage.lead("change_plan", step="ideas", settings={"pile": "others", "private": True})
    stage.lead("undo")
    stage.do("ann", "add_note", text="still here")
    assert stage.step["private"] is False
    stage.lead("reveal", anyway=True)
    assert stage.wall("ideas")
