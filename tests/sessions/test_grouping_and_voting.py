"""Groups and secret dots: within the budget whatever is merged, and unseen until they are shown."""

import pytest

from sessions.outcome import outcome
from sessions.rules.refusal import Refused
from tests.stage import Stage


def voting(*ideas: str) -> tuple[Stage, list[str]]:
    stage = Stage().with_ideas(*ideas).to("vote")
    return stage, list(stage.wall().values())


def test_merging_keeps_both_texts_under_one_title() -> None:
    stage = Stage().with_ideas("faster visits", "visits sooner", "cheaper")
    wall = stage.wall()
    stage.lead("merge", notes=[wall["faster visits"], wall["visits sooner"]], title="Quick visits")
    assert set(stage.wall()) == {"Quick visits", "cheaper"}
    stage.lead("split", note=wall["visits sooner"])
    assert set(stage.wall()) == {"faster visits", "visits sooner", "cheaper"}


def test_a_group_of_three_loses_one_note_and_stands() -> None:
    stage = Stage().with_ideas("a", "b", "c")
    wall = stage.wall()
    stage.lead("merge", notes=list(wall.values()), title="all")
    stage.lead("split", note=wall["b"])
    assert set(stage.wall()) == {"all", "b"}


def test_only_a_facilitator_merges_but_anyone_may_suggest_and_object() -> None:
    stage = Stage().with_ideas("a", "b")
    items = list(stage.wall().values())
    with pytest.raises(Refused, match="Only the facilitator"):
        stage.do("ann", "merge", notes=items)
    stage.do("ann", "propose_merge", notes=items)
    assert len(stage.helm()["main"]["proposals"]) == 1
    stage.lead("merge", notes=items)
    assert stage.helm()["main"]["proposals"] == []
    stage.do("bob", "object", item=next(iter(stage.wall().values())))
    cluster = next(e for k, e in stage.everything().items() if k.startswith("cluster:"))
    assert cluster["objections"] == 1


def test_a_dot_beyond_the_budget_is_refused_with_the_figure() -> None:
    stage, items = voting("a", "b", "c", "d")
    for item in items[:3]:
        stage.do("ann", "place_dot", item=item)
    with pytest.raises(Refused, match="all 3 dots"):
        stage.do("ann", "place_dot", item=items[3])


def test_at_most_two_on_one_item_and_taken_back_freely() -> None:
    stage, items = voting("a", "b", "c")
    stage.do("ann", "place_dot", item=items[0])
    stage.do("ann", "place_dot", item=items[0])
    with pytest.raises(Refused, match="2 dots on one idea"):
        stage.do("ann", "place_dot", item=items[0])
    stage.do("ann", "take_dot", item=items[0])
    stage.do("ann", "place_dot", item=items[1])
    assert stage.own("ann")["votes:impact"]["items"] == {items[0]: 1, items[1]: 1}


def test_a_vote_moves_nothing_anybody_else_is_told() -> None:
    stage, items = voting("a", "b", "c")
    before = (stage.everything(), stage.helm(), stage.own("bob"))
    stage.do("ann", "place_dot", item=items[0])
    stage.do("ann", "lean", item=items[0], lean="later")
    assert (stage.everything(), stage.helm(), stage.own("bob")) == before


def test_a_merge_during_the_vote_refunds_what_one_item_may_not_hold() -> None:
    stage, items = voting("a", "b", "c")
    for item in (items[0], items[0], items[1]):
        stage.do("ann", "place_dot", item=item)
    stage.lead("merge", notes=items[:2])
    votes = stage.own("ann")["votes:impact"]
    assert list(votes["items"].values()) == [2]
    assert votes["left"] == 1


def test_setting_aside_refunds_every_dot() -> None:
    stage, items = voting("a", "b", "c")
    stage.do("ann", "place_dot", item=items[0])
    stage.lead("set_aside", item=items[0])
    assert stage.own("ann")["votes:impact"]["left"] == 3


def test_shown_totals_are_split_only_from_four_voters_on() -> None:
    stage, items = voting("a", "b", "c")
    for person in ("ann", "bob", "cy"):
        stage.do(person, "place_dot", item=items[0])
        stage.do(person, "lean", item=items[0], lean="later")
    stage.lead("reveal")
    three = stage.sees("ballot:impact") or {}
    assert three["totals"] == {items[0]: 3}
    assert "later" not in three
    again, items = voting("a", "b", "c")
    for person in ("ann", "bob", "cy", "di"):
        again.do(person, "place_dot", item=items[0])
        again.do(person, "lean", item=items[0], lean="later")
    again.lead("reveal")
    assert (again.sees("ballot:impact") or {})["later"] == {items[0]: 4}


def test_a_shown_vote_never_reopens_and_going_back_says_what_for() -> None:
    stage, items = voting("a", "b", "c")
    for person in ("ann", "bob", "cy"):
        stage.do(person, "place_dot", item=items[0])
    stage.lead("reveal")
    with pytest.raises(Refused) as refusal:
        stage.do("bob", "place_dot", item=items[0])
    assert refusal.value.code == "vote_over"
    stage.lead("next_phase")
    with pytest.raises(Refused) as refusal:
        stage.lead("previous_phase")
    assert refusal.value.code == "vote_shown"
    stage.lead("previous_phase", again="look")
    assert stage.step["shown"]
    assert "ballot:impact.2" not in stage.everything()
    stage.lead("next_phase")
    stage.lead("previous_phase", again="anew")
    for person in ("ann", "bob", "cy"):
        stage.do(person, "place_dot", item=items[1])
    stage.lead("reveal")
    assert (stage.sees("ballot:impact") or {})["totals"] == {items[0]: 3}
    assert (stage.sees("ballot:impact.2") or {})["totals"] == {items[1]: 3}


def test_undo_after_voting_anew_brings_the_shown_vote_back() -> None:
    stage, items = voting("a", "b", "c")
    for person in ("ann", "bob", "cy"):
        stage.do(person, "place_dot", item=items[0])
    stage.lead("reveal")
    stage.lead("next_phase")
    stage.lead("previous_phase", again="anew")
    assert stage.step["ballot"] == "impact.2"
    stage.do("ann", "place_dot", item=items[1])
    stage.lead("undo")
    assert stage.step["ballot"] == "impact"
    assert "ballot:impact.2" not in stage.everything()
    stage.lead("next_phase")


@pytest.mark.parametrize(
    ("first", "second", "withheld"),
    [("ann bob cy", "ann bob cy di", True), ("ann bob cy", "ann bob cy", False), ("ann bob cy", "bob cy di", True)],
)
def test_rounds_that_together_would_tell_a_vote_are_not_shown_together(first: str, second: str, withheld: bool) -> None:
    stage, items = voting("a", "b", "c")
    for round, people in enumerate((first, second)):
        if round:
            stage.lead("next_phase")
            stage.lead("previous_phase", again="anew")
        for person in people.split():
            stage.do(person, "place_dot", item=items[0])
        stage.lead("reveal")
    older = stage.sees("ballot:impact") or {}
    assert ("totals" not in older) == older["withheld"] == withheld
    told = outcome(stage.room, stage.session).data()["votes"]
    assert [bool(vote["items"]) for vote in told] == [not withheld, True]


def test_under_three_voters_no_figure_is_told_anywhere() -> None:
    stage, items = voting("a", "b", "c")
    for person in ("ann", "bob"):
        stage.do(person, "place_dot", item=items[2])
    stage.lead("reveal")
    ballot = stage.sees("ballot:impact") or {}
    assert (ballot["voters"], ballot["tells"], "totals" in ballot) == (2, False, False)
    assert outcome(stage.room, stage.session).data()["votes"][0]["items"] == []
    stage.to("shortlist")
    assert stage.step["items"] == []
    assert stage.step["ranked"] == list(stage.wall().values())


def test_few_votes_are_shown_only_when_that_is_meant() -> None:
    stage, items = voting("a", "b", "c")
    stage.do("ann", "place_dot", item=items[0])
    with pytest.raises(Refused, match="1 of 5 have voted") as refusal:
        stage.lead("reveal", anyway=False)
    assert refusal.value.code == "few_voted"
    for person in ("bob", "cy", "di"):
        stage.do(person, "place_dot", item=items[0])
    stage.lead("reveal", anyway=False)


def test_a_vote_for_a_past_run_is_refused_and_not_counted() -> None:
    stage, items = voting("a", "b", "c")
    run = stage.step["run"]
    stage.do("ann", "place_dot", item=items[0])
    stage.to("shortlist")
    with pytest.raises(Refused) as refusal:
        stage.do("bob", "place_dot", item=items[0], phase=run)
    assert refusal.value.code == "phase_over"


def test_the_facilitator_votes_only_for_somebody_and_openly() -> None:
    stage, items = voting("a", "b", "c")
    with pytest.raises(Refused, match="do not take part"):
        stage.lead("place_dot", item=items[0])
    events = stage.lead("place_dot", item=items[0], person="ann")
    assert any(getattr(event, "openly", False) for event in events)
    with pytest.raises(Refused):
        stage.do("ann", "place_dot", item=items[0], person="bob")


def test_the_shortlist_keeps_a_place_for_what_is_most_often_called_later() -> None:
    stage, items = voting("a", "b", "c", "d", "e", "f")
    votes = {"ann": [0, 1, 2], "bob": [0, 1, 2], "cy": [0, 1, 3], "di": [0, 2, 3], "eve": [1, 0, 5]}
    for person, chosen in votes.items():
        for place in chosen:
            stage.do(person, "place_dot", item=items[place])
            lean = "later" if place == 5 else "now"
            stage.do(person, "lean", item=items[place], lean=lean)
    stage.to("shortlist")
    assert stage.step["kept"] == items[5]
    assert items[5] in stage.step["items"]
    assert len(stage.step["items"]) == 4


@pytest.mark.parametrize(
    ("baseline", "target", "figures"),
    [
        ("71 %", "85 %", (71, 85, "%")),
        ("61 days", "42", (61, 42, "days")),
        ("61", "42 days", (61, 42, "days")),
        ("61", "42", (61, 42, "")),
        ("?", "90 %", (None, 90, "%")),
        ("3 weeks", "12 days", (None, None, "")),
        ("1 in 9", "many", (None, None, "")),
        ("", "", (None, None, "")),
        ("4,5", "6", (4.5, 6, "")),
    ],
)
def test_what_an_idea_counts_in_stays_with_the_result_it_becomes(
    baseline: str, target: str, figures: tuple[float | None, float | None, str]
) -> None:
    stage = Stage().to("ideate")
    stage.do("ann", "add_note", text="Warm homes", baseline=baseline, target=target)
    stage.lead("reveal")
    stage.to("shortlist").lead("shortlist", item=next(iter(stage.session.board.notes)))
    stage.lead("next_phase")
    (result,) = stage.room.record.results.values()
    assert (result.baseline, result.target, result.unit) == figures
