"""What a session withstands: late hands, odd names, votes and notes in whatever order they come."""

import pytest

from sessions.outcome import fates, outcome
from sessions.rules.refusal import Refused
from sessions.running.closing import PulseGiven
from tests.stage import Stage


def test_a_long_paragraph_of_context_can_be_shown() -> None:
    stage = Stage()
    stage.lead("prepare", what="context", text="x" * 700)
    stage.to("context")
    assert stage.step["context"] == ["x" * 700]


def test_a_facilitator_learns_nothing_of_a_secret_vote_by_trying_to_change_it() -> None:
    answers = []
    for voted in (True, False):
        stage = Stage().with_ideas("a", "b", "c").to("vote")
        items = list(stage.wall().values())
        if voted:
            stage.do("ann", "place_dot", item=items[0])
        heard: list[str] = []
        for command, more in (("place_dot", {}), ("lean", {"lean": "now"}), ("take_dot", {}), ("take_dot", {})):
            try:
                stage.lead(command, item=items[0], person="ann", **more)
                heard.append("done")
            except Refused as refusal:
                heard.append(refusal.say)
        answers.append((heard, stage.everything()["spoken"], stage.helm()))
        own = stage.own("ann").get("votes:impact", {"items": {}})
        assert own["items"] == ({items[0]: 1} if voted else {})
    assert answers[0] == answers[1]


def test_whoever_votes_themselves_overrules_what_was_voted_for_them() -> None:
    stage = Stage().with_ideas("a", "b", "c").to("vote")
    one, two, _ = stage.wall().values()
    stage.lead("place_dot", item=one, person="ann")
    assert stage.vote.totals() == {one: 1}
    assert stage.own("ann")["me"]["spoken"][0]["how"] == "vote"
    stage.do("ann", "place_dot", item=two)
    assert (stage.vote.totals(), stage.vote.voters()) == ({two: 1}, 1)
    stage.lead("place_dot", item=one, person="ann")
    assert stage.vote.totals() == {two: 1}


def test_a_vote_in_ones_name_can_be_refused() -> None:
    stage = Stage().with_ideas("a", "b", "c").to("vote")
    one = next(iter(stage.wall().values()))
    stage.lead("place_dot", item=one, person="ann")
    stage.do("ann", "answer_spoken", made=stage.own("ann")["me"]["spoken"][0]["id"], refuse=True)
    assert stage.vote.totals() == {}
    assert stage.own("ann")["me"]["spoken"] == []
    with pytest.raises(Refused, match="refused"):
        stage.lead("place_dot", item=one, person="ann")
    assert stage.vote.totals() == {}


def test_no_order_tells_who_chose_or_wrote_first() -> None:
    stage = Stage().with_ideas("a", "b", "c", "d").to("vote")
    items = sorted(stage.wall().values())
    for item in reversed(items[1:]):
        stage.do("ann", "place_dot", item=item)
    for person in ("bob", "cy"):
        stage.do(person, "place_dot", item=items[0])
    stage.lead("reveal")
    assert list((stage.sees("ballot:impact") or {})["totals"]) == items
    became = fates(stage.room, stage.session)
    assert list(became) == sorted(became)
    shown = [key for key in stage.everything() if key.startswith("note:")]
    assert shown == sorted(shown)


def test_the_pulse_moves_only_with_every_fourth_answer() -> None:
    stage = Stage()
    stage.lead("close_session")
    for person in ("ann", "bob", "cy", "di"):
        stage.do(person, "exit_pulse", value=5)
    before = stage.sees("session")
    events = stage.do("eve", "exit_pulse", value=1)
    assert stage.sees("session") == before
    assert [event.unsigned for event in events if isinstance(event, PulseGiven)] == [True]


def test_a_hidden_sentence_is_not_taken() -> None:
    stage = Stage().to("objective")
    stage.do("ann", "add_note", text="RUDE")
    stage.lead("reveal")
    note = stage.wall("sentences")["RUDE"]
    stage.lead("reveal")
    stage.lead("hide_note", note=note)
    with pytest.raises(Refused):
        stage.lead("take_sentence", note=note)


def test_of_merged_entries_the_one_that_voted_last_counts() -> None:
    stage = Stage().with_ideas("a", "b", "c").to("vote")
    items = list(stage.wall().values())
    for item in items:
        stage.do("cy", "place_dot", item=item)
    stage.lead("merge_people", keep="ann", drop="cy")
    assert stage.vote.totals() == dict.fromkeys(sorted(items), 1)
    stage.do("ann", "place_dot", item=items[0])
    assert (stage.vote.totals(), stage.vote.voters()) == ({items[0]: 1}, 1)


def test_opening_a_pile_to_all_eyes_buries_nothing() -> None:
    stage = Stage()
    stage.lead("change_plan", step="ideate", hidden=False)
    stage.to("reflect")
    stage.do("ann", "add_note", text="a line")
    stage.do("ann", "turn_into_idea", note=next(iter(stage.session.board.notes)))
    stage.lead("next_phase")
    stage.do("bob", "add_note", text="in the open")
    assert "in the open" in stage.wall()
    with pytest.raises(Refused, match="has not been shown"):
        stage.lead("next_phase")
    stage.lead("next_phase", unshown="show")
    assert set(stage.wall()) == {"a line", "in the open"}


def test_lines_that_became_ideas_are_shown_even_where_the_step_for_ideas_is_left_out() -> None:
    stage = Stage()
    stage.lead("change_plan", step="ideate", left_out=True)
    stage.to("reflect")
    stage.do("ann", "add_note", text="a line")
    stage.do("ann", "turn_into_idea", note=next(iter(stage.session.board.notes)))
    stage.lead("next_phase", unshown="show")
    assert set(stage.wall()) == {"a line"}


def test_stopped_means_stopped_for_everything_but_hands() -> None:
    stage = Stage().to("ideate")
    run = stage.step["run"]
    stage.do("ann", "add_note", text="first")
    note = next(iter(stage.session.board.notes))
    stage.lead("stop_input")
    for name, fields in (
        ("edit_note", {"note": note, "text": "x"}),
        ("add_note", {"text": "x", "phase": run}),
    ):
        with pytest.raises(Refused) as refusal:
            stage.do("ann", name, **fields)
        assert refusal.value.more == {"text": "x"}
    stage.do("ann", "hand")


def test_merging_entries_takes_thumbs_visits_and_the_polisher_along() -> None:
    stage = Stage().to("thumbs")
    stage.do("bob", "thumb", thumb="up")
    stage.lead("set_teams", names="Growth")
    stage.to("close")
    stage.do("bob", "claim_team", team=next(iter(stage.room.record.teams)))
    stage.lead("merge_people", keep="ann", drop="bob")
    assert [v.person for v in stage.room.record.visits.values()] == ["ann"]
    stage.do("ann", "claim_team", team=next(iter(stage.room.record.teams)), on=False)
    assert stage.room.record.visits == {}
    assert outcome(stage.room, stage.session).data()["thumbs"] == [{"name": "Ann", "thumb": "up"}]


def test_a_hidden_note_gives_its_dots_back() -> None:
    stage = Stage().with_ideas("a", "b", "c").to("vote")
    item = stage.wall()["a"]
    stage.do("ann", "place_dot", item=item)
    stage.lead("hide_note", note=item)
    assert stage.own("ann")["votes:impact"]["left"] == 3


def test_what_was_set_aside_unseen_stays_unseen_when_the_pile_is_shown_later() -> None:
    stage = Stage().to("ideate")
    stage.do("ann", "add_note", text="canary")
    stage.lead("next_phase", unshown="aside")
    stage.lead("previous_phase")
    stage.do("bob", "add_note", text="new")
    stage.lead("reveal")
    assert set(stage.wall()) == {"new"}


@pytest.mark.parametrize("name", ["Ann\u200b", "ANN", " ann ", "Ａｎｎ"])
def test_names_that_look_the_same_are_the_same(name: str) -> None:
    from sessions.running.people import join

    stage = Stage()
    with pytest.raises(Refused, match="already"):
        join(stage.room, stage.session, "x", name, "", False)
