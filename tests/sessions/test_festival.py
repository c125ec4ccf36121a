"""A festival by its rules: a line-up moved and published, people who walk, questions, feedback, what comes of it."""

from typing import Any

import pytest

from sessions.activities.festival.programme import Act, Festival
from sessions.activities.festival.stage_seen import starts
from sessions.outcome import outcome
from sessions.rules.refusal import Refused
from sessions.running.rounds import WARNING
from tests.chance.test_every_command import OKRS
from tests.stage import FACILITATOR, Stage
from workshop.export import as_json

PEOPLE = "ann@Growth abe@Growth bob@Supply bea@Supply cy@Surveys cat@Surveys"


@pytest.fixture
def s() -> Stage:
    """Three teams, with a line-up nobody sees yet."""
    stage = Stage("festival", PEOPLE, OKRS)
    stage.lead("plan_festival", stages=2, slots=3, headliners={})
    stage.lead("draw_line_up")
    return stage


def kept(s: Stage) -> Festival:
    return s.session.part(Festival)


def act_of(s: Stage, team: str) -> Act:
    id = next(t.id for t in s.room.record.teams.values() if t.name == team)
    return next(act for act in kept(s).draft.acts.values() if act.team == id)


def opened(s: Stage, *, at: str = "pitch") -> Stage:
    """The line-up is live, and the first slot is at this part."""
    s.lead("publish_line_up")
    s.to("stages")
    while s.step["stage"] != at:
        s.lead("next_stage")
    return s


def refused(s: Stage, who: str, name: str, /, **fields: Any) -> str:
    with pytest.raises(Refused) as refusal:
        s.do(who, name, **fields)
    return refusal.value.code


def test_nobody_sees_a_line_up_before_it_is_published(s: Stage) -> None:
    assert not [key for key in s.everything() if key.startswith(("act:", "billed:"))]
    assert len(s.helm()["draft"]["acts"]) == 3
    s.lead("publish_line_up")
    assert len([key for key in s.everything() if key.startswith("act:")]) == 3
    assert s.room.held[s.session.code].pages == {"line-up": "The line-up"}


def test_an_act_goes_anywhere_and_its_clash_is_named_and_only_publishing_is_refused(s: Stage) -> None:
    growth, supply = act_of(s, "Growth"), act_of(s, "Supply")
    version = kept(s).draft.version
    s.lead("move_act", act=growth.id, slot=supply.slot, stage=supply.stage, version=version)
    (clash,) = [c for c in s.helm()["draft"]["clashes"] if c["hard"]]
    assert clash["say"].startswith("Growth and Supply are both on stage")
    with pytest.raises(Refused, match=r"cannot be published yet\. Growth and Supply"):
        s.lead("publish_line_up")
    s.lead("undo_line_up", version=kept(s).draft.version)
    assert act_of(s, "Growth") == growth
    s.lead("move_act", act=growth.id, slot=supply.slot, stage=supply.stage, version=kept(s).draft.version, swap=True)
    assert act_of(s, "Supply").slot == growth.slot
    s.lead("publish_line_up")


def test_of_two_who_move_at_once_the_second_is_told(s: Stage) -> None:
    version = kept(s).draft.version
    s.lead("move_act", act=act_of(s, "Growth").id, slot=3, stage=2, version=version)
    assert refused(s, FACILITATOR, "move_act", act=act_of(s, "Supply").id, slot=3, stage=2, version=version) == (
        "moved_meanwhile"
    )


def test_whom_a_published_change_touches_is_told_old_and_new(s: Stage) -> None:
    s.lead("publish_line_up")
    growth = act_of(s, "Growth")
    s.do("bob", "star", act=growth.id)
    free = next(
        (slot, stage)
        for slot in (1, 2, 3)
        for stage in (1, 2)
        if all((a.slot, a.stage) != (slot, stage) for a in kept(s).draft.acts.values())
    )
    s.lead("move_act", act=growth.id, slot=free[0], stage=free[1], version=kept(s).draft.version)
    assert not s.own("bob")["festival"]["told"]
    s.lead("publish_line_up")
    (change,) = s.own("bob")["festival"]["told"]
    assert (change["was"], change["act"]) == (growth.where, growth.id)
    assert s.own("ann")["festival"]["told"]
    assert not s.own("cy")["festival"]["told"]
    s.do("bob", "hear_change")
    assert not s.own("bob")["festival"]["told"]


def test_a_stage_that_vanishes_with_an_act_on_it_cannot_be_published(s: Stage) -> None:
    on_second = [act for act in kept(s).draft.acts.values() if act.stage == 2]
    s.lead("plan_festival", stages=1)
    assert bool(on_second) == any("not there any more" in c["say"] for c in s.helm()["draft"]["clashes"])
    s.lead("draw_line_up")
    s.lead("publish_line_up")


def test_a_team_that_is_taken_off_the_list_keeps_its_act_until_the_line_up_is_made_anew(s: Stage) -> None:
    s.lead("publish_line_up")
    s.keep("take_team_off", team=act_of(s, "Growth").team)
    opened(s, at="questions")
    assert len(kept(s).live) == 3


def test_an_impossible_line_up_is_refused_in_numbers(s: Stage) -> None:
    s.lead("plan_festival", slots=2, stages=2, headliners={"LEAD": 3})
    assert s.helm()["draft"]["refusal"].startswith("3 headliner slots are asked for (Leadership 3), but 2 slots exist")
    with pytest.raises(Refused, match="3 headliner slots"):
        s.lead("draw_line_up")


def test_of_two_headliners_that_are_said_at_once_none_is_lost(s: Stage) -> None:
    growth = act_of(s, "Growth").team
    s.lead("plan_festival", headline={"LEAD": 2})
    s.lead("plan_festival", headline={growth: 3})
    assert s.helm()["draft"]["headliners"] == {"LEAD": 2, growth: 3}
    s.lead("plan_festival", headline={"LEAD": 0})
    assert s.helm()["draft"]["headliners"] == {growth: 3}
    for wrong in (-1, 9):
        with pytest.raises(Refused, match="two or three times"):
            s.lead("plan_festival", headline={growth: wrong})


def test_an_online_festival_opens_once_every_link_was_tried(s: Stage) -> None:
    s.lead("plan_festival", online=True)
    s.lead("publish_line_up")
    assert "stage:C" not in s.everything()
    assert s.helm()["main"]["label"] == "Test all 3 links"
    assert refused(s, FACILITATOR, "set_link", stage="A", link="ftp://x") == "bad_link"
    assert refused(s, FACILITATOR, "try_link", stage="A", tried="works") == "no_link"
    s.to("opening")
    with pytest.raises(Refused, match="3 of 3 call links have not been tried"):
        s.lead("next_phase")
    s.lead("prepare", what="call_link", text="https://call.example/main")
    for stage in "AB":
        s.lead("set_link", stage=stage, link=f"https://call.example/{stage}")
        s.lead("try_link", stage=stage, tried="works")
    s.lead("try_link", stage="main", tried="works")
    s.lead("set_link", stage="A", link="https://call.example/other")
    assert refused(s, FACILITATOR, "next_phase") == "links_not_tried"
    s.lead("try_link", stage="A", tried="works")
    s.lead("next_phase")
    assert s.step["stage"] == "pitch"


def test_slots_move_by_themselves_with_a_break_and_go_home(s: Stage) -> None:
    opened(s)
    parts = []
    for _ in range(30):
        parts.append((s.step["round"], s.step["stage"]))
        if s.step["stage"] == "home":
            break
        s.ring()
    slot = ["pitch", "questions", "feedback", "move"]
    assert parts == [*((1, p) for p in slot), (1, "break"), *((n, p) for n in (2, 3) for p in slot), (3, "home")]
    assert starts(s.session) == [10, 40, 60]


def test_a_warning_ends_the_questions_two_minutes_later_and_holding_holds_it(s: Stage) -> None:
    opened(s, at="questions")
    assert s.helm()["main"]["label"] == "Two-minute warning"
    s.lead("warn")
    assert s.step["deadline"] == s.now + WARNING
    assert s.helm()["main"]["label"] == "Move to feedback"
    s.lead("hold_clock")
    assert s.step["left"] == WARNING
    s.lead("hold_clock", on=False)
    s.ring()
    assert s.step["stage"] == "feedback"


def test_one_tap_says_where_one_is_and_the_next_bell_asks_again(s: Stage) -> None:
    opened(s)
    act = next(a for a in kept(s).playing(1))
    visitor = next(p for p in ("ann", "bob", "cy") if s.room.people[p].team not in {a.team for a in kept(s).playing(1)})
    assert not s.at(visitor)
    s.do(visitor, "go", act=act.id)
    assert s.head(visitor) == {"notes": False}
    assert s.own(visitor)["festival"]["said"] == "1 pitch"
    s.lead("next_stage")
    assert s.own(visitor)["festival"]["said"] != "1 questions"
    s.do(visitor, "go", act=act.id)
    assert s.own(visitor)["festival"]["said"] == "1 questions"
    later = next(a for a in kept(s).live.values() if a.slot == 3)
    assert refused(s, visitor, "go", act=later.id) == "not_now"


def visitor_of(s: Stage, act: Act) -> str:
    return next(p for p in ("ann", "bob", "cy", "cat") if s.room.people[p].team != act.team)


def test_counts_of_a_question_are_for_its_hosts_alone_and_only_one_is_up(s: Stage) -> None:
    opened(s, at="questions")
    act = kept(s).playing(1)[0]
    ann, bob = [p for p in ("ann", "bob", "cy") if s.room.people[p].team != act.team][:2]
    host = next(p for p in ("abe", "bea", "cat") if s.room.people[p].team != act.team)
    s.lead("name_host", act=act.id, host=host)
    for person in (ann, bob):
        s.do(person, "go", act=act.id)
    s.do(ann, "ask_question", act=act.id, text="By when?")
    (question,) = [key[9:] for key in s.at(bob) if key.startswith("question:")]
    assert set(s.at(bob)["question:" + question]) == {"text", "state"}
    assert refused(s, ann, "plus_question", question=question) == "own_question"
    s.do(bob, "plus_question", question=question)
    assert s.own(bob)["festival"]["plus"] == [question]
    assert [q["plus"] for q in s.own(host)["festival"]["queue"]] == [1]
    assert "plus" not in repr(s.at(ann))
    s.do(ann, "ask_question", act=act.id, text="And who?")
    second = next(key[9:] for key in s.at(bob) if key.startswith("question:") and key[9:] != question)
    assert refused(s, bob, "handle_question", question=question, to="up") == "not_yours"
    s.do(host, "handle_question", question=question, to="up")
    s.do(host, "handle_question", question=second, to="up")
    letter = "AB"[act.stage - 1]
    assert s.everything()["stage:" + letter]["up"] == "And who?"
    s.do(host, "handle_question", question=second, to="flagged")
    assert s.everything()["stage:" + letter]["up"] == ""
    assert "question:" + second not in s.at(bob)
    assert refused(s, host, "handle_question", question=second, to="up") == "flagged"
    s.do(host, "ask_back", question=question, text="Which region?")
    assert [q["back"] for q in s.own(ann)["festival"]["asked"] if q["id"] == question] == ["Which region?"]
    assert "Which region?" not in repr([s.at(bob), s.everything(), s.own(bob)])


def test_feedback_shows_after_its_slot_and_a_team_beside_it_only_of_three(s: Stage) -> None:
    opened(s, at="feedback")
    act = kept(s).playing(1)[0]
    line = s.everything()[f"billed:{act.team}"]["lines"][0]["id"]
    visitor, other = [p for p in ("ann", "bob", "cy") if s.room.people[p].team != act.team][:2]
    for person in (visitor, other):
        s.do(person, "go", act=act.id)
    s.do(visitor, "leave_feedback", act=act.id, on=line, text="canary", kind="wish")
    s.do(other, "leave_feedback", act=act.id, on=line, text="we lend you two", kind="offer")
    own = s.room.people[next(p for p in s.session.roles if s.room.people[p].team == act.team)].id
    assert refused(s, own, "leave_feedback", act=act.id, on=line, text="mine") in ("own_act", "not_there")
    assert "canary" not in repr([s.at(other), s.everything(), s.helm(), as_json(outcome(s.room, s.session))])
    s.lead("next_stage")
    notes = [n for key, n in s.at(other).items() if key.startswith("note:")]
    assert {note["text"]: note.get("team", "") for note in notes} == {
        "canary": "",
        "we lend you two": s.room.people[other].team,
    }
    s.do(visitor, "leave_feedback", act=act.id, on=line, text="came late", kind="like")
    assert [n for key, n in s.at(other).items() if n.get("late")]


def test_a_host_comes_from_off_stage_two_a_stage(s: Stage) -> None:
    s.lead("publish_line_up")
    s.lead("plan_hosts")
    for act in kept(s).live.values():
        on_stage = {other.team for other in kept(s).playing(act.slot)}
        assert kept(s).duties[act.id].teams
        assert not on_stage & set(kept(s).duties[act.id].teams)
    act = next(iter(kept(s).live.values()))
    team = kept(s).duties[act.id].teams[0]
    ready = [p for p in PEOPLE.replace("@", " ").split() if p in s.session.roles and s.room.people[p].team == team]
    s.do(ready[0], "host_act", act=act.id)
    assert s.own(ready[0])["festival"]["hosting"] == [act.id]
    stranger = next(p for p in s.session.roles if s.room.people[p].team not in kept(s).duties[act.id].teams)
    assert stranger == FACILITATOR or refused(s, stranger, "host_act", act=act.id) == "not_yours"


def test_an_act_without_a_host_says_so_before_the_bell(s: Stage) -> None:
    opened(s, at="move")
    following = kept(s).playing(2)[0]
    assert s.helm()[f"desk:{following.id}"]["thin"] == "No host is here."


def test_the_help_desk_sees_who_waits_and_moves_people(s: Stage) -> None:
    opened(s, at="questions")
    act = kept(s).playing(1)[0]
    s.do("bob", "ask_help", why="I cannot hear")
    assert [c["person"] for c in s.helm()["helpdesk"]["waiting"]] == ["bob"]
    assert refused(s, "cy", "move_person", person="bob", act=act.id) == "not_yours"
    s.lead("name_helper", person="cy")
    assert [c["why"] for c in s.own("cy")["festival"]["desk"]] == ["I cannot hear"]
    s.do("cy", "move_person", person="bob", act=act.id)
    assert s.own("bob")["festival"]["went"] == act.id
    s.do("bob", "settle_help", call=s.own("bob")["festival"]["waits"]["id"])
    assert not s.helm()["helpdesk"]["waiting"]


def test_a_latecomer_lands_in_the_slot_that_is_on(s: Stage) -> None:
    opened(s, at="questions")
    s.join("zoe", "Growth")
    assert "festival" in s.own("zoe")
    act = kept(s).playing(1)[0]
    if s.room.people["zoe"].team != act.team:
        s.do("zoe", "go", act=act.id)
    assert s.at("zoe")


def test_three_things_are_a_teams_own_until_they_are_read_out(s: Stage) -> None:
    opened(s, at="home")
    s.lead("next_phase")
    s.do("ann", "say_thing", nth=1, text="Say by when")
    assert s.own("abe")["things"]["things"][0] == "Say by when"
    assert "Say by when" not in repr([s.own("bob"), s.everything(), s.helm(), as_json(outcome(s.room, s.session))])
    assert refused(s, "abe", "say_thing", nth=1, text="other", was="") == "changed_meanwhile"
    s.lead("read_out")
    assert "Say by when" in repr(s.everything())


def test_what_was_said_goes_on_the_record_with_its_stage_and_slot(s: Stage) -> None:
    opened(s, at="feedback")
    act = kept(s).playing(1)[0]
    line = s.everything()[f"billed:{act.team}"]["lines"][0]["id"]
    visitor = visitor_of(s, act)
    s.do(visitor, "go", act=act.id)
    s.do(visitor, "leave_feedback", act=act.id, on=line, text="on the record", kind="like")
    s.do(visitor, "ask_question", act=act.id, text="left open")
    s.lead("close_session")
    (given,) = s.room.record.feedback.values()
    assert (given.text, given.place, given.source) == ("on the record", act.where, "festival")
    assert "left open" in as_json(outcome(s.room, s.session))


def test_leaving_the_stages_early_shows_what_was_written(s: Stage) -> None:
    opened(s, at="feedback")
    act = kept(s).playing(1)[0]
    line = s.everything()[f"billed:{act.team}"]["lines"][0]["id"]
    visitor = visitor_of(s, act)
    s.do(visitor, "go", act=act.id)
    s.do(visitor, "leave_feedback", act=act.id, on=line, text="early", kind="like")
    s.lead("next_phase")
    assert s.session.board.notes
    assert all(note.shown for note in s.session.board.notes.values())


def test_how_full_a_stage_is_moves_at_most_once_a_second(s: Stage) -> None:
    opened(s)
    act = kept(s).playing(1)[0]
    people = [p for p in ("ann", "abe", "bob", "bea", "cy", "cat") if s.room.people[p].team != act.team]
    touched = 0
    for person in people:
        s.session.touched.clear()
        s.do(person, "go", act=act.id)
        touched += "crowd" in s.session.touched
        s.now += 100
    assert touched == 1
    assert kept(s).until() > s.now - 1000
    s.session.touched.clear()
    kept(s).pass_by(s.session, kept(s).until())
    assert "crowd" in s.session.touched
