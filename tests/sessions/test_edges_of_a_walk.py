"""Edges of a walk: what is undone, closed, late, merged or strange."""

import pytest

from sessions import views
from sessions.outcome import outcome
from sessions.record.files.settling import settle
from sessions.rules.refusal import Refused
from tests.sessions.walking import OKRS, PEOPLE, a_visitor, after, begun, home, line_before, team_id, walk
from tests.stage import Stage
from workshop.files import document


def test_a_draft_of_the_team_does_not_reach_visitors() -> None:
    s = begun()
    alpha = team_id(s, "Alpha")
    s.keep("add_objective", text="CANARY draft", team=alpha)
    o = next(reversed(s.room.record.objectives))
    assert views.at_place(s.sight, alpha, "objective:" + o) is None


def test_one_device_for_a_mixed_group_names_no_team() -> None:
    s = begun("ann@Alpha ada@Alpha bob@Beta bea@Beta cy@Gamma cat@Gamma")
    ann = a_visitor(s)
    s.do(ann, "share_device", people=3)
    s.do(ann, "leave_note", on=line_before(s, ann), text="x")
    (note,) = s.session.board.notes.values()
    assert note.team == ""


def test_undo_of_leaving_the_walk_goes_on_with_the_round() -> None:
    s = begun()
    s.lead("next_phase")
    s.lead("undo")
    assert s.step["activity"] == "walk"
    assert walk(s).stage == "read"


def test_undo_of_starting_the_walk_lets_deal_again() -> None:
    s = begun()
    s.lead("undo")
    s.lead("deal_groups")


def test_closing_while_reading_loses_no_note() -> None:
    s = begun()
    ann = a_visitor(s)
    s.do(ann, "leave_note", on=line_before(s, ann), text="CANARY")
    s.lead("close_session")
    assert "CANARY" in repr(outcome(s.room, s.session)) or "CANARY" in repr(s.room.record.feedback)


def test_late_note_of_one_who_became_host_is_filed() -> None:
    s = begun()
    alpha = team_id(s, "Alpha")
    host = walk(s).posters[alpha].hosts[0]
    mate = next(p for g in walk(s).groups for p in g.people if s.room.people[p].team == alpha)
    line, run = line_before(s, mate), s.step["run"]
    for _ in range(3):
        s.ring()
    s.do(host, "swap_host", person=mate)
    s.do(mate, "leave_note", on=line, text="from round 1", round=1, phase=run)


def test_answers_survive_heaping() -> None:
    s = after("a", "b")
    ann = home(s, "Alpha")
    ids = {n.text: n.id for n in s.session.board.notes.values()}
    s.do(ann, "answer_heap", item=ids["a"], answer="declined", reason="LONG REASON")
    s.do(ann, "heap", notes=list(ids.values()))
    s.lead("next_phase")
    s.lead("close_session")
    assert "LONG REASON" in repr(s.room.record.feedback)


def test_walk_with_a_strange_file_deals() -> None:
    s = Stage("gallery_walk", PEOPLE, OKRS)
    s.happen([settle(s.room, document.read('{"dependencies": 5}'), s.now, "", s._new_id)])
    s.lead("next_phase")
    s.lead("deal_groups")


def test_team_change_by_joining_again() -> None:
    s = begun()
    s.join("ann", "Beta")
    assert s.room.people["ann"].team == team_id(s, "Alpha")


def test_own_poster_by_an_earlier_round() -> None:
    s = begun()
    for _ in range(3):
        s.ring()
    for g in walk(s).groups:
        for p in list(g.people):
            own = s.room.people[p].team
            into = next((x for x in walk(s).groups if x.route[0] == own and x is not g), None)
            if into and all(s.room.people[q].team not in into.route[1:] for q in g.people):
                s.lead("join_groups", group=g.number, into=into.number)
                with pytest.raises(Refused):
                    s.do(p, "leave_note", on=walk(s).posters[own].lines[0].id, text="we are great", round=1)
                return
    raise AssertionError("nobody could be moved before their own poster")


def test_late_note_counts_those_who_were_there() -> None:
    s = begun("ann@Alpha ada@Alpha bob@Beta bea@Beta cy@Gamma cat@Gamma")
    alpha = team_id(s, "Alpha")
    v = next(p for g in walk(s).groups for p in g.people if s.room.people[p].team == alpha)
    line, run = line_before(s, v), s.step["run"]
    for _ in range(3):
        s.ring()
    for n in ("x1", "x2"):
        s.join(n, "Alpha")
    assert walk(s).group_of("x1") is walk(s).group_of(v)
    s.do(v, "leave_note", on=line, text="alone then", round=1, phase=run)
    (note,) = s.session.board.notes.values()
    assert note.team == ""


def test_a_draft_is_not_written_on_in_a_walk() -> None:
    s = after("too slow")
    ann = home(s, "Alpha")
    s.keep("add_objective", text="CANARY secret draft", team=team_id(s, "Alpha"))
    o = next(reversed(s.room.record.objectives))
    with pytest.raises(Refused):
        s.do(ann, "take_card", result=o)
    assert "CANARY" not in repr(outcome(s.room, s.session))


def test_hear_text_refusals() -> None:
    s = begun()
    poster = next(iter(walk(s).posters.values()))
    with pytest.raises(Refused) as r:
        s.do(poster.hosts[0], "hear", text="\n".join(f"line {n}" for n in range(70)))
    assert r.value.more.get("text")
