"""From the shortlist to the draft: results, the sentence above them, pairs, thumbs and visits."""

import pytest

from sessions.outcome import outcome
from sessions.rules.refusal import Refused
from tests.stage import Stage


def drafted() -> Stage:
    stage = Stage().to("ideate")
    stage.do("ann", "add_note", text="Days to a warm home", baseline="61", target="42")
    stage.do("bob", "add_note", text="First visit right", baseline="71 %", target="85 %")
    stage.do("cy", "add_note", text="Association homes", baseline="?", target="320")
    stage.to("vote")
    for person in ("ann", "bob", "cy", "di"):
        for item in stage.wall().values():
            stage.do(person, "place_dot", item=item)
    return stage.to("refine")


def results(stage: Stage) -> list[str]:
    found: list[str] = stage.step["results"]
    return found


def test_the_shortlist_becomes_results_of_the_record_with_their_figures() -> None:
    stage = drafted()
    texts = {r.text: (r.baseline, r.target) for r in stage.room.record.results.values()}
    assert texts == {
        "Days to a warm home": (61, 42),
        "First visit right": (71, 85),
        "Association homes": (None, 320),
    }


def test_going_back_and_forth_drafts_nothing_twice() -> None:
    stage = drafted()
    for _ in range(2):
        stage.lead("previous_phase")
    stage.to("refine")
    assert len(stage.room.record.results) == 3


def test_one_writer_at_a_time_until_the_hold_expires() -> None:
    stage = drafted()
    card = results(stage)[0]
    stage.do("ann", "take_card", result=card)
    with pytest.raises(Refused, match="Ann is writing"):
        stage.do("bob", "take_card", result=card)
    with pytest.raises(Refused) as refusal:
        stage.do("bob", "change_result", result=card, field="metric", value="days")
    assert refusal.value.code == "not_held"
    stage.now += 61_000
    stage.do("bob", "take_card", result=card)
    stage.do("bob", "change_result", result=card, field="metric", value="median days")
    assert stage.room.record.results[card].metric == "median days"


def test_what_is_missing_is_shown_and_blocks_nothing() -> None:
    stage = drafted()
    card = next(r for r in results(stage) if stage.room.record.results[r].text == "Association homes")
    assert "where it is today" in (stage.sees("result:" + card) or {})["missing"]
    stage.do("ann", "take_card", result=card)
    for field, value in (("finder", "Hana"), ("find_by", "Friday"), ("metric", "homes")):
        stage.do("ann", "change_result", result=card, field=field, value=value)
    assert (stage.sees("result:" + card) or {})["missing"] == ["its unit", "up, down or keep"]
    stage.to("objective")


def test_a_change_that_started_from_another_value_is_refused() -> None:
    stage = drafted()
    card = results(stage)[0]
    stage.do("ann", "take_card", result=card)
    stage.do("ann", "change_result", result=card, field="unit", value="days", was="")
    with pytest.raises(Refused) as refusal:
        stage.do("ann", "change_result", result=card, field="unit", value="weeks", was="")
    assert refusal.value.code == "changed_meanwhile"


def test_sentences_are_shown_together_then_one_vote_each_then_one_is_taken() -> None:
    stage = drafted().to("objective")
    stage.do("ann", "add_note", text="Warm, quick and worth it")
    stage.do("bob", "add_note", text="Our customers can finally plan")
    assert "Warm" not in str(stage.everything())
    stage.lead("reveal")
    wall = stage.wall("sentences")
    best = wall["Warm, quick and worth it"]
    stage.do("ann", "place_dot", item=best)
    with pytest.raises(Refused):
        stage.do("ann", "place_dot", item=wall["Our customers can finally plan"])
    for person in ("bob", "cy"):
        stage.do(person, "place_dot", item=best)
    stage.lead("reveal")
    assert stage.step["best"] == best
    stage.lead("take_sentence", note=best)
    objective = stage.room.record.drafted_in("K7Q2MX")
    assert objective
    assert objective.text == "Warm, quick and worth it"


def test_two_carry_a_result_and_never_the_same_person_twice() -> None:
    stage = drafted().to("pairs")
    card = results(stage)[0]
    stage.do("ann", "volunteer", result=card)
    assert stage.do("ann", "volunteer", result=card) == []
    stage.do("bob", "volunteer", result=card)
    with pytest.raises(Refused, match="Ann and Bob carry"):
        stage.do("cy", "volunteer", result=card)
    stage.do("ann", "volunteer", result=card, on=False)
    stage.do("cy", "volunteer", result=card)
    assert stage.room.record.results[card].leads == ["bob", "cy"]


def test_thumbs_are_nobodys_business_until_shown_and_then_carry_names() -> None:
    stage = drafted().to("thumbs")
    before = (stage.everything(), stage.helm()["crew"], stage.own("bob"))
    stage.do("ann", "thumb", thumb="down")
    assert (stage.everything(), stage.helm()["crew"], stage.own("bob")) == before
    stage.lead("reveal")
    assert stage.step["thumbs"] == {"ann": "down"}


def test_closing_publishes_the_draft_and_forgets_who_wrote_what() -> None:
    stage = drafted()
    stage.lead("set_teams", names="Growth\nSupply")
    stage.to("close")
    team = next(iter(stage.room.record.teams))
    stage.do("ann", "claim_team", team=team, by="Friday")
    stage.lead("close_session")
    came = outcome(stage.room, stage.session).data()
    assert came["objective"]["version"] == 1
    assert came["visits"] == [{"team": "Growth", "leader": "Ann", "by": "Friday"}]
    assert stage.room.pens == {}
    assert [key for key in stage.own("ann") if key.startswith("note:")] == []
    with pytest.raises(Refused, match="over"):
        stage.do("ann", "add_note", text="too late")


def test_the_exit_pulse_is_given_once_and_shown_from_four_answers_on() -> None:
    stage = drafted()
    stage.lead("close_session")
    for person in ("ann", "bob", "cy"):
        stage.do(person, "exit_pulse", value=4)
    assert (stage.sees("session") or {})["pulse"] is None
    with pytest.raises(Refused, match="already"):
        stage.do("ann", "exit_pulse", value=1)
    stage.do("di", "exit_pulse", value=5)
    assert (stage.sees("session") or {})["pulse"] == {"answers": 4, "mean": 4.2}


def test_the_draft_says_how_many_teams_find_themselves_in_it() -> None:
    stage = drafted()
    assert "coverage" not in stage.step
    teams = {name: stage.keep("add_team", name=name)[0].team for name in ("Growth", "Supply", "Surveys")}  # type: ignore[attr-defined]
    assert stage.step["coverage"] == {"touched": 0, "of": 3, "without": ["Growth", "Supply", "Surveys"]}
    card = results(stage)[0]
    stage.do("ann", "take_card", result=card)
    stage.do("ann", "change_result", result=card, field="teams", value=[teams["Growth"], teams["Surveys"]])
    assert stage.step["coverage"] == {"touched": 2, "of": 3, "without": ["Supply"]}
    stage.lead("drop_result", result=card)
    assert stage.step["coverage"]["touched"] == 0
