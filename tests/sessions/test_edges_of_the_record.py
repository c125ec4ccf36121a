"""What the record, the walk and the vote withstand: odd files, late steps, words that changed underneath."""

import json
from typing import Any

import pytest

from sessions import views
from sessions.activities.confidence.rounds import Rounds
from sessions.evolve import evolve, new_room
from sessions.record.brief import SponsorNamed
from sessions.record.files.settling import settle
from sessions.record.history import history
from sessions.record.objectives.objective import Objective, StatusSet
from sessions.room import Room
from sessions.rules.refusal import Refused
from tests.sessions.walking import OKRS, PEOPLE, a_visitor, begun, line_before, team_id
from tests.stage import Stage
from workshop.files import document, outline


def test_closed_refusal_carries_text() -> None:
    s = begun()
    ann = a_visitor(s)
    line = line_before(s, ann)
    s.lead("close_session")
    with pytest.raises(Refused) as r:
        s.do(ann, "leave_note", on=line, text="kept", round=1)
    assert r.value.more.get("text") == "kept"


def test_removed_refusal_carries_text() -> None:
    s = begun()
    ann = a_visitor(s)
    line = line_before(s, ann)
    s.lead("remove_person", person=ann)
    with pytest.raises(Refused) as r:
        s.do(ann, "leave_note", on=line, text="kept", round=1)
    assert r.value.more.get("text") == "kept"


def test_too_long_refusal_carries_text() -> None:
    s = begun()
    ann = a_visitor(s)
    with pytest.raises(Refused) as r:
        s.do(ann, "leave_note", on=line_before(s, ann), text="k" * 501, round=1)
    assert r.value.more.get("text")


def goal(stage_people: str = "ann bob cy di") -> tuple[Stage, str]:
    s = Stage("confidence_vote", stage_people, "## Whole organisation\n### Top goal\n- R1\n")
    o = next(iter(s.room.record.objectives))
    s.lead("prepare", what="about", text=o)
    return s, o


def vote(s: Stage, p: str, v: int, **k: Any) -> None:
    s.do(p, "cast_confidence", value=v, meaningful=True, inclusive=True, can_do=True, **k)


def test_merged_person_votes_once() -> None:
    s, _o = goal("ann ann2 cy di")
    s.to("vote")
    vote(s, "ann", 5)
    vote(s, "ann2", 5)
    vote(s, "cy", 1)
    s.lead("merge_people", keep="ann", drop="ann2")
    s.lead("reveal")
    r = next(iter(s.session.part(Rounds).by_id.values()))
    assert r.values() == [1, 5]


def test_words_stand_still_while_votes_are_open() -> None:
    s, o = goal()
    s.to("vote")
    vote(s, "ann", 5)
    with pytest.raises(Refused):
        s.do("bob", "take_card", result=o)


def test_few_voters_silent_low_not_told() -> None:
    s, _o = goal("ann bob cy")
    s.to("vote")
    vote(s, "ann", 5)
    vote(s, "bob", 5)
    vote(s, "cy", 2)
    s.lead("reveal")
    assert s.step["lacks"] != "asking"


def test_late_joiners_do_not_make_turnout() -> None:
    s, _o = goal("ann bob cy di eve")
    s.to("vote")
    for n in ("x", "y", "z"):
        s.join(n)
    for p in ("ann", "x", "y", "z"):
        vote(s, p, 4)
    s.lead("reveal")
    assert not s.step["passed"], s.step["rounds"]


def sponsor(s: Stage, p: str) -> None:
    s.happen([SponsorNamed(person=p)])


def locked() -> tuple[Stage, Objective]:
    s = Stage("leadership_draft", "ann bob cy di eve", "## Whole organisation\n### Top goal\n- R1\n")
    o = next(iter(s.room.record.objectives.values()))
    sponsor(s, "ann")
    s.happen([StatusSet(objective=o.id, status="final")])
    s.clear_the_way(o.id)
    s.keep("lock_objective", objective=o.id)
    return s, o


def test_lock_holds_against_add_result_and_shortlist() -> None:
    s, o = locked()
    s.lead("prepare", what="about", text=o.id)
    s.with_ideas("one", "two", "three")
    s.to("refine")
    with pytest.raises(Refused, match="locked"):
        s.lead("add_result", text="sneaked in")


def test_lock_holds_against_shortlist() -> None:
    s, o = locked()
    before = s.room.record.lines_of(o)
    s.lead("prepare", what="about", text=o.id)
    s.with_ideas("one", "two", "three").to("vote")
    for person in s.session.taking_part():
        s.do(person, "place_dot", item=s.wall()["one"])
    with pytest.raises(Refused, match="locked"):
        s.to("refine")
    assert s.room.record.lines_of(o) == before


def test_import_needs_a_reason_for_what_is_locked() -> None:
    s, o = locked()
    came = outline.read("## Whole organisation\n### Top goal\n- R1\n  - figures: 1 → 99\n")
    before = document.write(s.room)
    with pytest.raises(Refused, match="is part of a locked goal"):
        s.happen([settle(s.room, came, s.now, "", s._new_id)])
    assert document.write(s.room) == before
    same = outline.read("## Whole organisation\n### Top goal\n- R1\n")
    settle(s.room, same, s.now, "", s._new_id)
    assert same.bad == []
    assert o.status == "locked"


def test_import_does_not_unlock() -> None:
    s, o = locked()
    came = document.read(json.dumps({"top": {"id": o.id, "objective": "Top goal", "status": "draft"}}))
    with pytest.raises(Refused, match="is locked"):
        settle(s.room, came, s.now, "", s._new_id)


def test_reason_of_unlocking_can_be_read() -> None:
    s, o = locked()
    s.keep("reopen_objective", objective=o.id, why="THE REASON")
    assert "THE REASON" in repr(history(s.room))


def test_zero_is_the_same_as_zero() -> None:
    s = Stage("gallery_walk", PEOPLE, OKRS)
    r = next(iter(s.room.record.results.values()))
    s.keep("revise_result", result=r.id, field="baseline", value=0)
    s.keep("revise_result", result=r.id, field="baseline", value=5, was=0)


def test_sponsor_merged_still_locks() -> None:
    s, o = locked()
    s.lead("merge_people", keep="bob", drop="ann")
    s.keep("reopen_objective", objective=o.id, why="x")
    s.keep("lock_objective", key=False, person="bob", objective=o.id)


def test_narrative_with_a_colon() -> None:
    s, _o = goal()
    s.to("narrative")
    s.lead("word_objective", text="We promise one thing: we finish.")
    assert "We promise one thing" in repr(s.room.record.narrative)


def test_draft_parent_words() -> None:
    s = Stage("gallery_walk", PEOPLE, OKRS)
    body = json.dumps(
        {
            "teams": [{"id": "A", "name": "A"}],
            "top": {"id": "t", "objective": "CANARY", "status": "draft"},
            "okrs": [{"id": "o", "team": "A", "objective": "O"}],
            "alignments": [{"child": "o", "parent": "t", "type": "explicit"}],
        }
    )
    s.happen([settle(s.room, document.read(body), s.now, "", s._new_id)])
    assert "CANARY" not in repr([everyone for _, everyone, _ in views.record(s.room)])


def roundtrip(s: Stage) -> Room:
    came = document.read(document.write(s.room))
    assert not came.bad, came.bad
    again = new_room("again")
    evolve(again, "", settle(again, came, 1, "", s._new_id))
    return again


def test_round_trip_of_a_card() -> None:
    s = Stage("gallery_walk", PEOPLE, OKRS)
    r = next(iter(s.room.record.results.values()))
    s.keep("revise_result", result=r.id, field="finder", value="Ann")
    s.keep("revise_result", result=r.id, field="find_by", value="2026-01-01")
    s.keep("revise_result", result=r.id, field="continuity", value="change")
    again = roundtrip(s).record.results[r.id]
    assert (again.finder, again.find_by, again.continuity) == ("Ann", "2026-01-01", "change")


def test_round_trip_of_confidence() -> None:
    s, _o = goal()
    s.to("vote")
    for p in ("ann", "bob", "cy", "di"):
        vote(s, p, 4)
    s.lead("reveal")
    a = s.room.record.confidence[0]
    b = roundtrip(s).record.confidence[0]
    assert (a.mean, a.voters, a.passed) == (b.mean, b.voters, b.passed)


def test_round_trip_leadership_objective() -> None:
    s = Stage("gallery_walk", PEOPLE, OKRS)
    s.happen([settle(s.room, document.read('{"leaders":[{"id":"L1","name":"Lea"}]}'), s.now, "", s._new_id)])
    s.keep("add_objective", text="Lead well", team="leadership")
    roundtrip(s)


def test_passed_words_are_the_final_words() -> None:
    s, o = goal()
    s.to("vote")
    for p in ("ann", "bob", "cy", "di"):
        vote(s, p, 5)
    s.lead("reveal")
    assert s.step["passed"]
    s.lead("fix_line", line=o)
    s.do("bob", "take_card", result=o)
    s.do("bob", "change_result", result=o, field="text", value="Quite another goal")
    s.to("close")
    with pytest.raises(Refused, match="these words have not passed"):
        s.lead("make_final")


def test_result_added_shows_in_the_log() -> None:
    from sessions.record.history import history

    s = Stage("leadership_draft", "ann bob", "## Whole organisation\n### Top goal\n- R1\n")
    o = next(iter(s.room.record.objectives))
    s.lead("prepare", what="about", text=o)
    s.to("refine")
    s.lead("add_result", text="ADDED")
    assert "ADDED" in repr(history(s.room))


def test_taken_off_team_stays_off() -> None:
    s = begun()
    a = team_id(s, "Alpha")
    s.keep("take_team_off", team=a)
    with pytest.raises(Refused, match="not on the list"):
        s.keep("change_team", team=a, size=4)
