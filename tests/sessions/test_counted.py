"""Counting that gives nobody away: found by an attack on what figures, questions and refusals tell together."""

from typing import Any

import pytest

from sessions.activities.confidence.rounds import Rounds, RoundShown
from sessions.outcome import outcome
from sessions.rules.refusal import Refused
from sessions.rules.voting import to_withhold
from tests.sessions.test_confidence import voting
from tests.sessions.test_hands import link, sure
from tests.stage import FACILITATOR, Stage


def asked(stage: Stage, name: str, /, **fields: Any) -> dict[str, Any]:
    """How a facilitator's command is answered: what a refusal says besides."""
    try:
        stage.do(FACILITATOR, name, **fields)
    except Refused as refusal:
        return {"code": refusal.code, **refusal.values, **refusal.more}
    return {}


def at_the_vote() -> tuple[Stage, list[str]]:
    stage = Stage().with_ideas("a", "b", "c").to("vote")
    return stage, list(stage.wall().values())


def test_what_was_cast_openly_for_two_entries_of_one_person_counts_once() -> None:
    stage, (one, two, _) = at_the_vote()
    for person in ("ann", "bob"):
        for item in (one, one, two):
            stage.lead("place_dot", item=item, person=person)
    stage.lead("merge_people", keep="ann", drop="bob")
    assert stage.vote.totals() == {one: 2, two: 1}


@pytest.mark.parametrize("chose", [0, 1])
def test_hiding_an_idea_tells_nobody_whether_somebody_chose_it(chose: int) -> None:
    stage, items = at_the_vote()
    stage.do("ann", "place_dot", item=items[chose])
    stage.lead("hide_note", note=items[0])
    assert asked(stage, "reveal")["voted"] == 1
    assert asked(stage, "next_phase")["code"] == "not_shown"


def test_whoever_takes_their_last_dot_back_has_not_voted() -> None:
    stage, items = at_the_vote()
    stage.do("ann", "place_dot", item=items[0])
    stage.do("ann", "take_dot", item=items[0])
    assert asked(stage, "reveal")["voted"] == 0


def test_rounds_are_told_apart_by_people_and_not_by_entries() -> None:
    stage = voting("ann bob cy di")
    for person, value in (("ann", 5), ("bob", 4), ("cy", 4), ("di", 1)):
        sure(stage, person, value)
    stage.lead("reveal")
    for again, was in (("bob2", "bob"), ("cy2", "cy")):
        stage.join(again)
        stage.lead("merge_people", keep=again, drop=was)
    stage.lead("vote_again", after=1)
    for person, value in (("ann", 5), ("bob2", 4), ("cy2", 4)):
        sure(stage, person, value)
    stage.lead("reveal")
    assert ["mean" in round for round in stage.step["rounds"]] == [False, True]
    assert [said.tells() for said in stage.room.record.confidence] == [False, True]


def test_a_vote_with_a_link_beside_three_others_is_not_told_by_the_next_round() -> None:
    stage = voting("ann bob cy di")
    link(stage, "L", "di")
    for round in (1, 2):
        for person, value in (("ann", 5), ("bob", 4), ("cy", 4)):
            sure(stage, person, value)
        if round == 1:
            sure(stage, "di", 1, "L")
        stage.lead("reveal")
        if round == 1:
            stage.lead("vote_again", after=1)
    assert ["mean" in round for round in stage.step["rounds"]] == [False, True]


def test_three_rounds_that_tell_one_vote_together_are_not_shown_together() -> None:
    all_six, first, others = {*"abcdef"}, {*"abc"}, {*"defg"}
    assert sorted(to_withhold(others, {"1": all_six, "2": first})) == ["1", "2"]
    assert to_withhold(all_six, {"1": all_six}) == []
    assert to_withhold({*"abcdef"}, {"1": {*"abc"}}) == []
    assert to_withhold({*"abcd"}, {"1": {*"abc"}}) == ["1"]


@pytest.mark.parametrize("chose", [0, 1])
def test_splitting_a_group_tells_nobody_whether_it_has_votes_where_figures_are_too_few(chose: int) -> None:
    stage = Stage().with_ideas("a", "b", "c", "d")
    items = list(stage.wall().values())
    stage.lead("merge", notes=items[:2], title="X")
    stage.lead("merge", notes=items[2:], title="Y")
    stage.to("vote")
    wall = stage.wall()
    stage.do("ann", "place_dot", item=list(wall.values())[chose])
    stage.lead("reveal")
    assert asked(stage, "split", note=wall["X"]) == {}


@pytest.mark.parametrize("values", [(3, 3, 3), (1, 3, 5)])
def test_of_three_own_votes_no_remark_says_how_they_were_spread(values: tuple[int, ...]) -> None:
    stage = voting("ann bob cy di")
    link(stage, "L", "di")
    for person, value in zip(("ann", "bob", "cy"), values, strict=True):
        sure(stage, person, value)
    sure(stage, "di", 3, "L")
    stage.lead("reveal")
    assert stage.helm()["main"]["remark"] == ""


def test_thumbs_go_back_to_whose_they_are_when_a_merge_is_refused() -> None:
    stage = Stage().to("thumbs")
    stage.do("bob", "thumb", thumb="down")
    stage.lead("reveal")
    stage.lead("merge_people", keep="ann", drop="bob")
    assert stage.step["thumbs"] == {"ann": "down"}
    stage.do("ann", "answer_spoken", made="merged.bob", refuse=True)
    assert stage.step["thumbs"] == {"bob": "down"}
    assert [said["name"] for said in outcome(stage.room, stage.session).data()["thumbs"]] == ["Bob"]


def test_a_key_that_was_made_for_somebody_turns_no_thumb_that_is_shown() -> None:
    stage = Stage().to("thumbs")
    stage.do("bob", "thumb", thumb="up")
    stage.lead("reveal")
    link(stage, "L", "ann")
    with pytest.raises(Refused, match="where you came in first"):
        stage.do_with("L", "ann", "ann", "thumb", thumb="down")


def test_a_vote_in_somebodys_name_is_told_each_time_the_vote_is_opened() -> None:
    stage, items = at_the_vote()
    stage.lead("place_dot", item=items[0], person="ann")
    told = stage.own("ann")["me"]["spoken"][0]["id"]
    stage.do("ann", "answer_spoken", made=told)
    assert not stage.own("ann")["me"]["spoken"]
    stage.lead("next_phase", unshown="aside")
    stage.lead("previous_phase", again="anew")
    stage.lead("place_dot", item=items[0], person="ann")
    assert stage.own("ann")["me"]["spoken"]


def test_concerns_are_shown_in_an_order_that_was_handed_in() -> None:
    stage = voting("ann bob cy di")
    for person in ("ann", "bob", "cy", "di"):
        sure(stage, person, 1)
        stage.do(person, "raise_concern", text=f"concern of {person}", line="", round="")
    concerns = sorted(next(iter(stage.session.part(Rounds).by_id.values())).concerns)
    shown = next(event for event in stage.lead("reveal") if isinstance(event, RoundShown))
    assert len(concerns) == 4
    assert shown.order == concerns[::-1], "the stage shuffles by turning round"
