"""Which votes count, whoever made the keys: merging, parting, refusing and withdrawing are exact in any order."""

from itertools import permutations
from typing import Any

import pytest

from sessions.activities.confidence.rounds import ConfidenceRound, Rounds
from sessions.board.counting import as_it_counts
from sessions.room.speaking import SpokenFor
from sessions.rules.event import Event
from sessions.rules.refusal import Refused
from tests.sessions.test_confidence import SEVEN, voting
from tests.stage import FACILITATOR, Stage


def link(stage: Stage, key: str, person: str) -> None:
    """A facilitator makes a link for somebody."""
    stage.happen([SpokenFor(id=key, how="link", person=person, by=FACILITATOR, at=stage.now)])


def sure(stage: Stage, person: str, value: int, key: str = "", entry: str = "") -> list[Event]:
    """A confidence vote, with one's own key or another."""
    yes: dict[str, Any] = {"meaningful": True, "inclusive": True, "can_do": True}
    return stage.do_with(key, stage.room.whole(entry or person), entry or person, "cast_confidence", value=value, **yes)


def values(stage: Stage) -> list[int]:
    """The votes that count now, sorted."""
    last: ConfidenceRound = next(reversed(stage.session.part(Rounds).by_id.values()))
    return as_it_counts(stage.room, stage.session, last).values()


def test_what_was_refused_never_counts_again() -> None:
    stage = voting()
    link(stage, "A", "ines")
    link(stage, "B", "ines")
    sure(stage, "ines", 1, "A")
    sure(stage, "ines", 2, "B")
    assert values(stage) == [2]
    stage.do("ines", "answer_spoken", made="A", refuse=True)
    stage.lead("merge_people", keep="ines", drop="marta")
    stage.do("ines", "answer_spoken", made="B", refuse=True)
    assert values(stage) == []
    stage.do("ines", "answer_spoken", made="merged.marta", refuse=True)
    assert values(stage) == []


@pytest.mark.parametrize("order", list(permutations(["A", "merge", "own"])))
def test_undoing_in_any_order_leaves_the_own_vote(order: tuple[str, ...]) -> None:
    stage = voting()
    link(stage, "A", "ines")
    for what in order:
        if what == "A":
            sure(stage, "ines", 1, "A")
        elif what == "own":
            sure(stage, "ines", 5)
        else:
            sure(stage, "marta", 3)
            stage.lead("merge_people", keep="ines", drop="marta")
    for made in ("merged.marta", "A"):
        stage.do("ines", "answer_spoken", made=made, refuse=True)
    assert values(stage) == [3, 5]


def test_three_entries_are_parted_as_they_were_merged() -> None:
    stage = voting()
    for person, value in (("ines", 5), ("marta", 4), ("dev", 1)):
        sure(stage, person, value)
    stage.lead("merge_people", keep="marta", drop="dev")
    before = values(stage)
    stage.lead("merge_people", keep="ines", drop="marta")
    assert values(stage) == [1]
    stage.do("ines", "answer_spoken", made="merged.marta", refuse=True)
    assert values(stage) == before


def test_a_vote_that_is_taken_back_with_a_key_lets_the_own_vote_count_again() -> None:
    stage = Stage().with_ideas("a", "b", "c").to("vote")
    one, two, _ = stage.wall().values()
    link(stage, "A", "ann")
    stage.do("ann", "place_dot", item=one)
    stage.do_with("A", "ann", "ann", "place_dot", item=two)
    assert stage.vote.totals() == {two: 1}
    stage.do_with("A", "ann", "ann", "take_dot", item=two)
    assert stage.vote.totals() == {one: 1}


def test_what_was_cast_openly_and_refused_stays_out_also_after_a_merge() -> None:
    stage = Stage().with_ideas("a", "b", "c").to("vote")
    one = next(iter(stage.wall().values()))
    stage.lead("place_dot", item=one, person="ann")
    stage.do("ann", "answer_spoken", made=stage.own("ann")["me"]["spoken"][0]["id"], refuse=True)
    stage.lead("merge_people", keep="ann", drop="bob")
    assert (stage.vote.totals(), stage.vote.voters()) == ({}, 0)


def test_only_who_it_was_done_to_answers_and_fine_is_not_for_ever() -> None:
    stage = voting()
    stage.join("zed")
    link(stage, "A", "ines")
    stage.lead("merge_people", keep="ines", drop="zed")
    with pytest.raises(Refused):
        stage.do_with("", "ines", "zed", "answer_spoken", made="A")
    stage.do_with("", "ines", "zed", "answer_spoken", made="merged.zed")
    assert {told["id"] for told in stage.own("ines")["me"]["spoken"]} == {"A", "merged.zed"}
    stage.do("ines", "answer_spoken", made="A")
    stage.do("ines", "answer_spoken", made="A", refuse=True)
    stage.do("ines", "answer_spoken", made="merged.zed", refuse=True)
    assert {made.state for made in stage.session.spoken.values()} == {"refused"}


def test_whoever_was_merged_into_another_can_refuse_it_too() -> None:
    stage = voting()
    stage.join("zed")
    stage.lead("merge_people", keep="zed", drop="ines")
    stage.do_with("", "zed", "ines", "answer_spoken", made="merged.ines", refuse=True)
    assert "participant" in stage.session.roles["ines"]
    assert stage.session.roles["zed"] == {"participant"}


def test_votes_by_keys_that_were_made_let_nothing_be_told_of_two() -> None:
    for own in ((5,), (1,), (5, 5), (1, 2)):
        stage = voting()
        line = stage.room.record.results_of(stage.step["objective"])[1].id
        people = SEVEN.split()
        for person, value in zip(people, own, strict=False):
            sure(stage, person, value)
            if value == 1:
                stage.do(person, "raise_concern", text="worried", line=line)
        for person in people[len(own) :]:
            link(stage, "L" + person, person)
            sure(stage, person, 3, "L" + person)
        stage.lead("reveal")
        assert (stage.step["lacks"], stage.step["passed"]) == ("few", False)
        assert stage.step["worries"] != line
        assert not any(taken.passed or taken.tells() for taken in stage.room.record.confidence)


def test_a_concern_hangs_on_the_vote_it_was_said_with() -> None:
    stage = voting()
    link(stage, "A", "ines")
    sure(stage, "ines", 5, "A")
    sure(stage, "ines", 1)
    stage.do("ines", "raise_concern", text="mine")
    for person in ["marta", "dev", "piers"]:
        sure(stage, person, 4)
    stage.lead("reveal")
    assert [concern["text"] for concern in stage.step["concerns"]] == ["mine"]


def test_a_key_that_was_made_is_not_told_whether_its_person_has_voted() -> None:
    for votes in (False, True):
        stage = voting()
        if votes:
            sure(stage, "ines", 4)
            stage.do("ines", "done", on=True)
        link(stage, "A", "ines")
        seen = stage.own("ines", "A")
        assert (seen["me"]["done"], seen["mine"].get("vote")) == (False, None)


def test_refusing_a_key_ties_nobody_to_a_note() -> None:
    stage = Stage().to("ideate")
    link(stage, "A", "ann")
    stage.do_with("A", "ann", "ann", "add_note", text="by link")
    assert [type(event).__name__ for event in stage.lead("withdraw_link", made="A")] == ["SpokenSettled"]
    note = next(key[5:] for key in stage.own("ann") if key.startswith("note:"))
    stage.do("ann", "remove_note", note=note)


def test_two_who_refused_to_be_one_person_are_not_made_one_again() -> None:
    stage = voting()
    stage.lead("merge_people", keep="ines", drop="marta")
    stage.do("ines", "answer_spoken", made="merged.marta", refuse=True)
    for keep, drop in (("ines", "marta"), ("marta", "ines")):
        with pytest.raises(Refused, match="two people"):
            stage.lead("merge_people", keep=keep, drop=drop)
    stage.lead("merge_people", keep="dev", drop="marta")
    assert [made.state for made in stage.session.spoken.values()] == ["refused", ""]


def test_a_key_somebody_else_made_cannot_find_out_who_is_done_with_a_secret_vote() -> None:
    stage = Stage().with_ideas("a", "b", "c").to("vote")
    link(stage, "A", "ann")
    assert stage.own("ann", "A")["me"]["cannot_be_done"]
    assert "cannot_be_done" not in stage.own("ann")["me"]
    for done in (False, True):
        if done:
            stage.do("ann", "done")
        before = stage.everything()["counts"]
        with pytest.raises(Refused, match="key of your own"):
            stage.do_with("A", "ann", "ann", "done")
        assert stage.everything()["counts"] == before
