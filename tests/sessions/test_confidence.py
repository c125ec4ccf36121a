"""The confidence vote: its rule, its secrecy, and Kestrel's two rounds."""

import pytest

from sessions.activities.confidence import law
from sessions.rules.refusal import Refused
from tests.stage import Stage

OKRS = """
### Switching is warm, quick and worth it
- K1
- K4 cost as quoted
  - figures: 58 → 75, up
"""
SEVEN = "ines marta dev piers hana joss ruth"


def voting(people: str = SEVEN) -> Stage:
    stage = Stage("confidence_vote", people, OKRS)
    goal = next(iter(stage.room.record.objectives))
    stage.lead("prepare", what="about", text=goal)
    stage.to("vote")
    return stage


def cast(stage: Stage, *values: int) -> None:
    for person, value in zip(SEVEN.split(), values, strict=False):
        round = stage.own(person)["mine"]["round"]
        stage.do(person, "cast_confidence", value=value, meaningful=True, inclusive=value > 2, can_do=True, round=round)


@pytest.mark.parametrize(
    ("values", "present", "unsettled", "silent", "asked", "lacks"),
    [
        ([4, 4, 4, 3, 3, 4, 3], 7, 0, 0, False, ""),
        ([4, 3, 4, 2, 3, 4, 2], 7, 2, 0, False, "concerns"),
        ([4, 3, 4, 2, 3, 4, 2], 7, 0, 2, False, "asking"),
        ([4, 3, 4, 2, 3, 4, 2], 7, 0, 2, True, ""),
        ([3, 3, 3, 2], 4, 0, 0, False, "mean"),
        ([5, 5, 5, 5], 5, 0, 0, False, ""),
        ([5, 5, 5], 4, 0, 0, False, "turnout"),
        ([], 4, 0, 0, False, "turnout"),
    ],
)
def test_it_passes_by_the_rule_as_written(
    values: list[int], present: int, unsettled: int, silent: int, asked: bool, lacks: str
) -> None:
    assert law.lacks(values, len(values), present, unsettled, silent, asked) == lacks


def test_kestrels_first_round_holds_at_3_14_and_its_second_passes_at_3_57() -> None:
    stage = voting()
    cast(stage, 4, 3, 4, 2, 3, 4, 2)
    line = stage.room.record.results_of(stage.step["objective"])[1].id
    stage.do("piers", "raise_concern", text="As quoted by whom?", line=line)
    assert stage.step["rounds"] == []
    stage.lead("reveal")
    assert stage.step["rounds"][0] == {
        "number": 1,
        "voters": 7,
        "present": 7,
        "mean": "3.14",
        "counts": [0, 2, 2, 3, 0],
        "yes": {"meaningful": 7, "inclusive": 5, "can_do": 7},
        "low": 2,
    }
    assert (stage.step["passed"], stage.step["lacks"]) == (False, "concerns")
    stage.lead("fix_line", line=line)
    stage.do("ines", "take_card", result=line)
    stage.do("ines", "change_result", result=line, field="text", value="K4 first month costs no more than quoted")
    stage.lead("vote_again", after=1)
    stage.lead("vote_again", after=1)
    assert (stage.step["round"], stage.step["title"]) == (2, "And now?")
    cast(stage, 4, 4, 4, 3, 3, 4, 3)
    stage.lead("reveal")
    assert [r["mean"] for r in stage.step["rounds"]] == ["3.14", "3.57"]
    assert stage.step["passed"]
    stage.to("close")
    stage.lead("make_final")
    objective = stage.room.record.objectives[stage.step["objective"]]
    assert (objective.status, objective.version) == ("final", 2)
    votes = [(c.round, c.votes, c.passed) for c in stage.room.record.confidence]
    assert votes == [
        (1, [2, 2, 3, 3, 4, 4, 4], False),
        (2, [3, 3, 3, 4, 4, 4, 4], True),
    ]


def test_a_held_vote_is_not_made_final_unless_somebody_decides() -> None:
    stage = voting()
    cast(stage, 1, 1, 2, 2, 3, 3, 3)
    stage.to("close")
    with pytest.raises(Refused, match="Not yet"):
        stage.lead("make_final")
    stage.lead("previous_phase")
    stage.lead("previous_phase", again="look")
    assert stage.step["stage"] == "hear"
    stage.lead("decide", text="We go with it for four weeks", person="ines")
    stage.to("close")
    stage.lead("make_final")
    assert stage.room.record.decisions[0].by == "ines"


def test_low_votes_are_answered_one_by_one() -> None:
    stage = voting()
    cast(stage, 5, 5, 5, 5, 5, 2, 1)
    stage.do("joss", "raise_concern", text="Nobody asked the crews")
    stage.lead("reveal")
    (concern,) = stage.step["concerns"]
    stage.lead("settle_concern", concern=concern["id"], text="We ask them on Monday")
    assert (stage.step["passed"], stage.step["lacks"]) == (False, "asking")
    assert stage.helm()["main"]["silent"] == 1
    stage.lead("ask_room")
    assert stage.step["passed"]


def test_nothing_of_a_vote_is_seen_before_its_show_and_never_whose_it_is() -> None:
    stage = voting()
    before = repr(stage.everything()) + repr(stage.helm())
    cast(stage, 4, 3, 4, 2, 3, 4, 1)
    stage.do("ruth", "raise_concern", text="CANARY")
    counts = stage.everything()["counts"]
    assert counts["voted"] == 7
    told = {**stage.everything(), "counts": {**counts, "voted": 0}}
    assert repr(told) + repr(stage.helm()) == before
    assert "CANARY" not in "".join(repr(stage.own(p)) for p in SEVEN.split() if p != "ruth")
    stage.lead("reveal")
    assert "CANARY" in repr(stage.step)
    assert not any(person in repr(stage.step["rounds"]) for person in SEVEN.split())


def test_a_vote_of_round_1_that_arrives_in_round_2_is_refused_and_its_words_kept() -> None:
    stage = voting()
    cast(stage, 4, 3, 4, 2, 3)
    first = stage.own("ruth")["mine"]["round"]
    stage.lead("reveal")
    stage.lead("vote_again")
    with pytest.raises(Refused) as refusal:
        stage.do("ruth", "cast_confidence", value=5, meaningful=True, inclusive=True, can_do=True, round=first)
    assert refusal.value.code == "phase_over"
    with pytest.raises(Refused) as refusal:
        stage.do("ruth", "raise_concern", text="kept", round=first)
    assert refusal.value.more["text"] == "kept"
    assert stage.step["round"] == 2


def test_under_four_voters_only_the_mean_is_shown_and_kept() -> None:
    stage = voting("ines marta dev")
    cast(stage, 2, 3, 4)
    stage.lead("reveal")
    assert stage.step["rounds"] == [{"number": 1, "voters": 3, "present": 3, "mean": "3.00"}]
    assert stage.room.record.confidence[0].votes == []
    assert stage.helm()["main"]["silent"] == 0


def test_all_alike_is_remarked_on_to_the_facilitator_alone() -> None:
    stage = voting()
    cast(stage, 5, 5, 5, 5, 5, 5, 5)
    assert stage.helm()["main"]["remark"] == ""
    stage.lead("reveal")
    assert "Everyone chose the same" in stage.helm()["main"]["remark"]
    assert "Everyone chose the same" not in repr(stage.everything())


def test_three_rounds_are_the_most() -> None:
    stage = voting()
    for number in (1, 2, 3):
        cast(stage, 2, 2, 2, 2, 2, 2, 2)
        stage.lead("reveal")
        if number < 3:
            stage.lead("vote_again")
    with pytest.raises(Refused, match="name who takes it"):
        stage.lead("vote_again")


def test_a_concern_is_for_low_votes_and_goes_when_the_vote_rises() -> None:
    stage = voting()
    cast(stage, 4)
    with pytest.raises(Refused, match="votes of 1 and 2"):
        stage.do("ines", "raise_concern", text="hm")
    cast(stage, 2)
    stage.do("ines", "raise_concern", text="hm")
    cast(stage, 3)
    stage.lead("reveal")
    assert stage.step["concerns"] == []


def test_the_narrative_is_written_apart_chosen_and_kept() -> None:
    stage = voting()
    cast(stage, 4, 4, 4, 4, 4, 4, 4)
    stage.to("narrative")
    stage.do("ines", "add_note", text="Think: We finish\nFeel: Proud\nDo: Bring blockers early")
    stage.do("dev", "add_note", text="Think: x\nFeel: y\nDo: z")
    stage.lead("reveal")
    note = next(n.id for n in stage.session.board.notes.values() if "finish" in n.text)
    for person in ("marta", "dev", "ines"):
        stage.do(person, "place_dot", item=note)
    stage.lead("reveal")
    main = stage.helm()["main"]
    stage.lead(main["do"], **main["fields"])
    assert stage.room.record.narrative == {"think": "We finish", "feel": "Proud", "do": "Bring blockers early"}
    assert stage.step["stage"] == "taken"


def test_what_changed_since_the_draft_is_marked_and_what_is_open_stands_there() -> None:
    stage = Stage("confidence_vote", SEVEN, OKRS)
    goal = next(iter(stage.room.record.objectives))
    stage.keep("give_feedback", on=goal, kind="concern", text="Nobody looks after old customers")
    stage.keep("revise_objective", objective=goal, text="Switching is warm, quick and cheap")
    stage.lead("prepare", what="about", text=goal)
    stage.to("reread")
    first = stage.step["lines"][0]
    assert [p for p in first["pieces"] if p[0] != "same"] == [["gone", "worth it"], ["new", "cheap"]]
    assert [line["changed"] for line in stage.step["lines"]] == [True, False, False]
    assert stage.step["open"][0]["text"] == "Nobody looks after old customers"
    assert [box["holds"] for box in stage.step["boxes"]] == [False, None, False]


def test_where_nobody_has_voted_nobody_is_said_to_see_a_risk() -> None:
    stage = voting()
    stage.lead("reveal", anyway=True)
    assert (stage.step["title"], "risk" in stage.step["prompt"]) == ("Nobody has voted", False)
