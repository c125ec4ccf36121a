"""Edges of a festival that somebody found who tried to break it: what leaks, what is lost, what counts twice."""

from typing import Any

import pytest

from sessions.outcome import outcome
from sessions.rules.addresses import is_link
from sessions.rules.refusal import Refused
from tests.sessions.test_festival import act_of, kept, opened, refused, visitor_of
from tests.sessions.test_festival import s as festival_of_three
from tests.stage import FACILITATOR, Stage
from workshop.export import as_json

s = festival_of_three


def asked(s: Stage) -> tuple[Any, str, str]:
    """An act of the first slot at its questions, a visitor, and the question they asked."""
    opened(s, at="questions")
    act = kept(s).playing(1)[0]
    visitor = visitor_of(s, act)
    s.do(visitor, "go", act=act.id)
    s.do(visitor, "ask_question", act=act.id, text="canary")
    return act, visitor, next(iter(kept(s).questions))


def noted(s: Stage) -> tuple[Any, str]:
    """An act of the first slot at its feedback, and who left a note on it."""
    opened(s, at="feedback")
    act = kept(s).playing(1)[0]
    visitor = visitor_of(s, act)
    s.do(visitor, "go", act=act.id)
    line = s.everything()[f"billed:{act.team}"]["lines"][0]["id"]
    s.do(visitor, "leave_feedback", act=act.id, on=line, text="canary", kind="wish")
    return act, visitor


def test_a_question_that_was_set_aside_is_brought_back_by_nobody_but_its_hosts(s: Stage) -> None:
    act, _, question = asked(s)
    s.lead("handle_question", question=question, to="flagged")
    mate = next(p for p in s.session.roles if s.room.people[p].team == act.team)
    assert refused(s, mate, "answer_question", question=question, text="ok") == "no_such_question"
    assert refused(s, mate, "answer_question", question=question, text="") == "no_such_question"
    s.lead("close_session")
    assert "canary" not in as_json(outcome(s.room, s.session))


def test_what_is_up_leaves_the_screen_with_its_act(s: Stage) -> None:
    act, _, question = asked(s)
    letter = "AB"[act.stage - 1]
    s.lead("handle_question", question=question, to="up")
    assert s.everything()[f"stage:{letter}"]["up"] == "canary"
    s.lead("next_stage")
    s.lead("next_stage")
    s.lead("next_stage")
    assert s.everything()[f"stage:{letter}"]["up"] == ""
    s.lead("handle_question", question=question, to="flagged")
    assert all(s.everything()[f"stage:{one}"]["up"] == "" for one in "AB")


def test_what_is_draft_is_on_nobody_elses_wire(s: Stage) -> None:
    s.lead("publish_line_up")
    before = s.everything()
    s.lead("plan_festival", stages=7, slots=5, each=33, begins=1_800_000_000_000)
    s.lead("set_link", stage="G", link="https://secret.example/g")
    assert s.everything() == before
    assert "secret.example" in repr(s.helm()["draft"])


def test_taking_a_move_back_goes_on_where_the_slots_were(s: Stage) -> None:
    opened(s, at="questions")
    s.lead("next_phase", unshown="show")
    s.now += 3_000
    s.lead("undo")
    assert (s.step["round"], s.step["stage"]) == (1, "questions")
    while s.step["round"] < 2 or s.step["stage"] != "questions":
        s.lead("next_stage")
    s.now += 60_000
    s.lead("previous_phase")
    s.lead("next_phase")
    s.lead("undo")
    assert kept(s).slot == 2


def test_a_note_that_was_left_is_shown_and_filed_however_a_festival_ends(s: Stage) -> None:
    noted(s)
    s.lead("previous_phase")
    s.lead("close_session")
    assert all(note.shown for note in s.session.board.notes.values())
    assert [given.text for given in s.room.record.feedback.values()] == ["canary"]


def test_what_has_played_stays_in_the_line_up_and_nothing_is_put_before_it(s: Stage) -> None:
    act, _ = noted(s)
    s.lead("drop_act", act=act.id, version=kept(s).draft.version)
    s.lead("add_act", team=act.team, slot=3, stage=2, version=kept(s).draft.version)
    assert refused(s, FACILITATOR, "publish_line_up") == "on_stage"
    s.lead("undo_line_up", version=kept(s).draft.version)
    s.lead("undo_line_up", version=kept(s).draft.version)
    later = next(a for a in kept(s).live.values() if a.slot == 3)
    free = next(n for n in (1, 2) if all((a.slot, a.stage) != (1, n) for a in kept(s).live.values()))
    s.lead("move_act", act=later.id, slot=1, stage=free, version=kept(s).draft.version)
    assert refused(s, FACILITATOR, "publish_line_up") == "on_stage"


def test_slots_that_would_never_come_are_not_published_while_others_run(s: Stage) -> None:
    s.lead("publish_line_up")
    s.lead("plan_festival", slots=4)
    s.to("stages")
    assert refused(s, FACILITATOR, "publish_line_up") == "begun"


def test_one_person_counts_once_whatever_they_have(s: Stage) -> None:
    act, visitor, question = asked(s)
    other = next(
        p for p in ("ann", "abe", "bob", "bea", "cy", "cat") if p != visitor and kept(s).stands(s.room, p) != act.id
    )
    s.do(other, "go", act=act.id)
    s.do(other, "plus_question", question=question)
    for hand in ("h1", "h2"):
        s.do_with(hand, other, other, "plus_question", question=question)
    s.do_with("h3", visitor, visitor, "plus_question", question=question)
    assert [q["plus"] for q in s.helm()[f"desk:{act.id}"]["top"]] == [1]


def test_two_entries_of_one_person_were_where_either_was(s: Stage) -> None:
    act, visitor = noted(s)
    mate = next(p for p in s.session.roles if p not in (visitor, FACILITATOR) and kept(s).stands(s.room, p) != act.id)
    s.do(visitor, "star", act=act.id)
    s.lead("merge_people", keep=mate, drop=visitor)
    assert s.own(mate)["festival"]["stars"] == [act.id]
    assert act.id in s.own(mate)["festival"]["been"]
    line = s.everything()[f"billed:{act.team}"]["lines"][0]["id"]
    if s.room.people[mate].team != act.team:
        s.do(mate, "leave_feedback", act=act.id, on=line, text="again", kind="like")


def test_three_things_of_a_team_that_writes_late_wait_for_their_turn(s: Stage) -> None:
    opened(s, at="home")
    s.lead("next_phase")
    s.do("ann", "say_thing", nth=1, text="first")
    s.lead("read_out")
    s.do("cy", "say_thing", nth=1, text="late canary")
    assert "late canary" not in repr([s.everything(), as_json(outcome(s.room, s.session))])
    with pytest.raises(Refused, match="has not been shown"):
        s.lead("next_phase")
    s.lead("read_out")
    assert "late canary" in repr(s.everything())


def test_a_key_that_somebody_made_sees_neither_stars_nor_what_a_team_takes_along(s: Stage) -> None:
    opened(s, at="home")
    s.do("ann", "star", act=act_of(s, "Supply").id)
    s.lead("next_phase")
    s.do("ann", "say_thing", nth=1, text="ours")
    sealed = s.own("ann", "made")
    assert sealed["festival"]["stars"] == []
    assert "ours" not in repr(sealed)
    assert "ours" in repr(s.own("ann"))


def test_a_walk_beside_it_keeps_its_places(s: Stage) -> None:
    s.session.places["poster"] = "poster 1"
    s.lead("plan_festival", stages=2)
    s.lead("publish_line_up")
    assert s.session.places["poster"] == "poster 1"


def test_the_draft_takes_no_more_acts_than_anybody_could_place(s: Stage) -> None:
    team = act_of(s, "Growth").team
    codes = set()
    for _ in range(40):
        try:
            s.lead("add_act", team=team, slot=1, stage=1, version=kept(s).draft.version)
        except Refused as refusal:
            codes.add(refusal.code)
    assert codes == {"no_such_place"}
    assert len({act.id for act in kept(s).draft.acts.values()}) == len(kept(s).draft.acts)


@pytest.mark.parametrize(
    "link",
    ["ftp://a.b", "https://", "https://.", "https://#.x", "https://[::1.", "https://a.b:99999999", "https://a.b\\@evil",
     "https://me@a.b/", "https://a.b/\u202ex", "https://a\u200bb.c", "https://a b.c", "javascript:alert(1)"],
)  # fmt: skip
def test_an_address_that_hides_where_it_goes_is_no_call_link(link: str) -> None:
    assert not is_link(link)
    assert is_link("https://meet.example.org/room/7?pwd=x#y")
    assert is_link("https://räume.example:8443/a")


def test_nobody_asks_a_help_desk_where_there_is_none() -> None:
    stage = Stage("ideas_and_dots")
    assert refused(stage, "ann", "ask_help", why="me") == "not_now"


def test_what_was_left_at_an_act_outlives_the_act(s: Stage) -> None:
    """An act can be dropped while its pitch is on: what it got by then is on the record all the same."""
    opened(s, at="pitch")
    act = kept(s).playing(1)[0]
    visitor = visitor_of(s, act)
    s.do(visitor, "go", act=act.id)
    line = s.everything()[f"billed:{act.team}"]["lines"][0]["id"]
    s.do(visitor, "leave_feedback", act=act.id, on=line, text="canary note", kind="wish")
    s.do(visitor, "ask_question", act=act.id, text="canary question")
    s.lead("add_act", team=act.team, slot=3, stage=2, version=kept(s).draft.version)
    s.lead("drop_act", act=act.id, version=kept(s).draft.version)
    s.lead("publish_line_up")
    assert act.id not in kept(s).live
    s.lead("next_phase", unshown="show")
    mate = next(p for p in s.session.roles if s.room.people[p].team == act.team)
    assert act.id in s.own(mate)["mine"]["acts"]
    s.lead("close_session")
    assert [given.text for given in s.room.record.feedback.values()] == ["canary note"]
    told = as_json(outcome(s.room, s.session))
    assert "canary note" in told
    assert "canary question" in told


def test_an_act_without_a_name_is_none_that_could_be_moved(s: Stage) -> None:
    version = s.helm()["draft"]["version"]
    assert refused(s, FACILITATOR, "move_act", act="", slot=1, stage=1, version=version) == "no_such_act"
    assert refused(s, FACILITATOR, "drop_act", act="", version=version) == "no_such_act"
