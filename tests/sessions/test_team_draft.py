"""The team draft: one file of what is there, and an alignment or a reason for none that goes upward."""

import pytest

from sessions.rules.refusal import Refused
from tests.stage import Stage

OKRS = """
### Switching is warm, quick and worth it
- Days to warm home
## Growth
"""


def drafted() -> Stage:
    stage = Stage("team_draft", "ann@Growth bob@Growth cy@Growth di@Growth", OKRS)
    growth = next(team.id for team in stage.room.record.teams.values())
    stage.lead("prepare", what="team", text=growth)
    stage.to("goal")
    assert stage.step["goal"][0]["text"] == "Switching is warm, quick and worth it"
    stage.to("ideate")
    stage.do("ann", "add_note", text="Leads that were surveyed", baseline="40 %", target="60 %")
    stage.to("vote")
    for person in ("ann", "bob", "cy", "di"):
        stage.do(person, "place_dot", item=next(iter(stage.wall().values())))
    stage.to("objective")
    stage.do("ann", "add_note", text="The right homes find us")
    stage.lead("reveal")
    stage.lead("take_sentence", note=stage.wall("sentences")["The right homes find us"])
    return stage.to("alignment")


def test_it_drafts_for_the_team_and_says_what_it_serves() -> None:
    stage = drafted()
    objective = stage.room.record.objectives[stage.step["objective"]]
    assert (objective.team, objective.status) == (stage.session.team, "draft")
    parent = stage.step["goal"][1]["id"]
    with pytest.raises(Refused, match="Choose how"):
        stage.do("bob", "align", parent=parent)
    stage.do("bob", "align", parent=parent, kind="directional", reason="We find our own way")
    assert (stage.step["parent"], stage.step["kind"]) == (parent, "directional")
    stage.to("needs")
    stage.do("cy", "add_note", text="I need the survey slots by July because leads wait")
    stage.lead("close_session")
    assert objective.status == "shared"
    assert [o.text for o in stage.room.record.of_team(stage.session.team)] == ["The right homes find us"]


def test_serving_none_needs_a_reason_that_goes_upward_with_the_teams_name() -> None:
    stage = drafted()
    with pytest.raises(Refused, match="Say why it serves none"):
        stage.do("ann", "align")
    stage.do("ann", "align", reason="No result covers customers already installed")
    (given,) = stage.room.record.feedback.values()
    assert (given.kind, given.team, given.source, given.by) == ("cannot_align", stage.session.team, "team", "")
    assert stage.room.record.objectives[stage.step["objective"]].unaligned == given.text


def test_a_leadership_draft_is_shared_when_it_is_published_and_counted_where_everybody_looks() -> None:
    stage = Stage(okrs="## Growth\n")
    stage.with_ideas("one", "two").to("objective")
    stage.do("ann", "add_note", text="Warm and quick")
    stage.lead("reveal")
    stage.lead("take_sentence", note=stage.wall("sentences")["Warm and quick"])
    stage.lead("close_session")
    (objective,) = stage.room.record.top()
    assert (objective.status, objective.version) == ("shared", 1)
    stage.keep("give_feedback", key=False, person="ann", on=objective.id, kind="concern", text="Not ours")
    (given,) = stage.room.record.feedback.values()
    assert [f.id for f in stage.room.record.open_feedback()] == [given.id]
    with pytest.raises(Refused, match="Only the people who lead"):
        stage.keep("answer_feedback", key=False, person="bob", feedback=given.id, answer="adopted", reason="ok")
    stage.keep("answer_feedback", feedback=given.id, answer="adapted", reason="Line two names you now")
    assert (given.state, given.reason) == ("adapted", "Line two names you now")
