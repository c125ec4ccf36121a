"""A facilitator who did something too early, twice or by mistake has a way back."""

import pytest

from sessions.activities.gallery.dealing import PersonPlaced
from sessions.activities.gallery.walk import Walk
from sessions.decide import arrived
from sessions.record.brief import SponsorNamed
from sessions.record.files.importing import LeaderRow
from sessions.record.files.incoming import Incoming
from sessions.record.files.settling import settle
from sessions.room import By
from sessions.rules.refusal import Refused
from sessions.running.people import PersonCame, RoleGiven
from tests.sessions.test_drafting import drafted
from tests.sessions.walking import OKRS, a_visitor, begun, line_before
from tests.stage import FACILITATOR, Stage


def place(s: Stage) -> tuple[int, str]:
    return s.step["round"], s.step["stage"]


def test_back_inside_a_walk_goes_back_one_stage_at_a_time() -> None:
    s = begun()
    for _ in range(4):
        s.lead("next_stage")
    assert place(s) == (2, "talk")
    for expected in [(2, "read"), (1, "move"), (1, "talk"), (1, "read")]:
        s.lead("previous_phase")
        assert place(s) == expected
    assert s.session.run
    assert s.session.run.deadline == s.now + s.session.part(Walk).loop.lasts("read")
    s.lead("previous_phase")
    assert s.step["activity"] == "assemble"


def test_back_from_home_is_the_last_way_again() -> None:
    s = begun()
    while s.step["stage"] != "home":
        s.lead("next_stage")
    s.lead("previous_phase")
    assert place(s) == (s.step["rounds"], "move")


def test_back_that_is_pressed_twice_goes_back_once() -> None:
    s = begun()
    for _ in range(3):
        s.lead("next_stage")
    for _ in range(2):
        s.lead("previous_phase", after="2 read")
    assert place(s) == (1, "move")


def test_a_removed_host_leaves_the_poster_to_somebody_of_the_team_and_takes_it_again() -> None:
    s = begun()
    walk = s.session.part(Walk)
    poster = next(p for p in walk.posters.values() if p.hosts and _mates(s, p.id))
    host = poster.hosts[0]
    groups = {p: g.number for g in walk.groups for p in g.people}
    s.lead("remove_person", person=host)
    (heir,) = poster.hosts
    assert s.room.people[heir].team == poster.id
    assert heir not in walk.walks
    s.lead("undo")
    assert poster.hosts == [host]
    assert {p: g.number for g in walk.groups for p in g.people} == groups


def test_who_stood_in_and_was_removed_too_walks_in_their_group_again() -> None:
    s = begun()
    walk = s.session.part(Walk)
    poster = next(p for p in walk.posters.values() if p.hosts and len(_mates(s, p.id)) > 1)
    (host,), groups = poster.hosts, {p: g.number for g in walk.groups for p in g.people}
    s.lead("remove_person", person=host)
    (heir,) = poster.hosts
    s.lead("remove_person", person=heir)
    for person in (host, heir):
        s.lead("let_in", person=person)
    assert poster.hosts == [host]
    assert {p: g.number for g in walk.groups for p in g.people} == groups


def test_who_only_facilitates_is_in_no_group_when_they_are_let_in_again() -> None:
    s = begun()
    s.happen([PersonCame(person="co", name="Co-facilitator"), RoleGiven(person="co", role="facilitator")])
    s.lead("remove_person", person="co")
    s.lead("undo")
    assert s.session.is_facilitator("co")
    assert s.session.part(Walk).group_of("co") is None


def test_two_who_were_removed_by_mistake_come_back_one_after_the_other() -> None:
    s = Stage("leadership_draft", "ann bob")
    s.lead("next_phase")
    for person in ("ann", "bob"):
        s.now += 1_000
        s.lead("remove_person", person=person)
    s.lead("undo")
    assert ("ann" in s.session.roles, "bob" in s.session.roles) == (False, True)
    s.lead("undo")
    assert "ann" in s.session.roles
    assert s.step["activity"] != "lobby"


def test_going_back_shows_no_note_that_was_not_shown() -> None:
    s = begun()
    for _ in range(3):
        s.lead("next_stage")
    ann = a_visitor(s)
    s.do(ann, "leave_note", on=line_before(s, ann), text="CANARY", kind="wish")
    s.lead("previous_phase")
    s.lead("previous_phase")
    assert "CANARY" not in repr([s.at(p) for p in s.session.roles if p != ann])


def test_a_host_who_was_swapped_and_only_comes_back_takes_no_poster_from_anybody() -> None:
    s = begun()
    walk = s.session.part(Walk)
    poster = next(p for p in walk.posters.values() if p.hosts)
    (host,) = poster.hosts
    s.join("late", poster.name)
    s.happen([PersonPlaced(person="late")])
    s.lead("swap_host", poster=poster.id, person="late")
    assert poster.hosts == ["late"]
    s.happen(arrived(s.room, s.session, By(host, s.now, s._new_id, list, frozenset(), "", host)))
    assert poster.hosts == ["late"]


def test_whoever_walked_walks_in_the_same_group_again() -> None:
    s = begun()
    walk = s.session.part(Walk)
    person, group = next(iter(walk.walks.items()))
    s.lead("remove_person", person=person)
    s.lead("let_in", person=person)
    assert walk.group_of(person) is group


def test_removing_can_be_undone_for_twenty_seconds_and_a_move_before_it_afterwards() -> None:
    s = Stage("leadership_draft", "ann bob")
    s.lead("next_phase")
    s.now += 1_000
    s.lead("remove_person", person="ann")
    s.lead("undo")
    assert "ann" in s.session.roles
    assert s.step["activity"] != "lobby"
    s.lead("undo")
    assert s.step["activity"] == "lobby"
    s.lead("remove_person", person="ann")
    s.now += 20_001
    with pytest.raises(Refused, match="twenty seconds"):
        s.lead("undo")


def test_what_was_handed_over_is_taken_back() -> None:
    s = Stage("leadership_draft", "ann bob")
    with pytest.raises(Refused, match="only facilitate"):
        s.lead("hand_back", person=FACILITATOR)
    s.lead("hand_over", person="ann")
    assert s.own("ann")["me"]["roles"] == ["facilitator", "participant"]
    s.lead("hand_back", person="ann")
    assert s.own("ann")["me"]["roles"] == ["participant"]
    with pytest.raises(Refused, match="Only the facilitator"):
        s.do("ann", "next_phase")
    s.lead("hand_over", person="ann")
    s.do("ann", "hand_back", person="ann")
    assert not s.session.is_facilitator("ann")


def test_the_last_who_facilitates_cannot_give_it_back() -> None:
    s = Stage("leadership_draft", "ann bob")
    s.lead("hand_over", person="ann")
    s.do("ann", "remove_person", person=FACILITATOR)
    with pytest.raises(Refused, match="Hand over to somebody else first"):
        s.do("ann", "hand_back", person="ann")


def test_who_has_not_said_their_name_is_asked_for_it() -> None:
    s = Stage("leadership_draft", "ann")
    assert not s.own(FACILITATOR)["me"]["nameless"]
    for name, asked in (("Facilitator", True), ("Co-facilitator 2", True), ("Co-author", False)):
        s.do(FACILITATOR, "rename", name=name)
        assert s.own(FACILITATOR)["me"]["nameless"] == asked


def test_who_only_facilitates_carries_no_result() -> None:
    s = Stage("leadership_draft", "ann")
    s.to("pairs")
    with pytest.raises(Refused, match="not taking part"):
        s.lead("volunteer", result="any", person=FACILITATOR)


def test_what_is_changed_or_gone_stands_large_no_longer() -> None:
    s = Stage("ideas_and_dots", "ann bob")
    s.to("ideas")
    s.do("ann", "add_note", text="one")
    s.do("bob", "add_note", text="two")
    s.lead("reveal")
    one, two = [thing.id for thing in s.session.board.items(s.step["pile"])]
    s.lead("spotlight", item=one)
    assert s.everything()["attention"]["spotlight"] == one
    s.lead("hide_note", note=one)
    assert s.everything()["attention"]["spotlight"] == ""
    s.lead("spotlight", item=two)
    s.lead("hide_note", note=one, hidden=False)
    s.to("group")
    assert s.everything()["attention"]["spotlight"] == ""
    s.lead("spotlight", item=two)
    s.lead("merge", notes=[one, two], title="both")
    assert s.everything()["attention"]["spotlight"] == ""


def test_a_line_of_the_preparation_that_is_rewritten_stands_large_no_longer() -> None:
    s = Stage("leadership_draft", "ann")
    s.lead("prepare", what="context", text="Two summers left\nEvery street")
    s.to("context")
    with pytest.raises(Refused, match="cannot be put up"):
        s.lead("spotlight", item="line:Never written")
    s.lead("spotlight", item="line:Two summers left")
    assert s.everything()["attention"]["spotlight"] == "line:Two summers left"
    s.lead("prepare", what="context", text="Every street", was="Two summers left\nEvery street")
    assert s.everything()["attention"]["spotlight"] == ""


def test_what_is_not_settled_is_said_before_one_goes_on() -> None:
    s = drafted().to("pairs")
    first, *others = s.step["results"]
    s.do("ann", "volunteer", result=first)
    words = [s.room.record.results[id].text for id in others]
    nobody = [f"Nobody carries this result yet: {text}" for text in words]
    assert s.helm()["main"]["open_ends"] == nobody
    assert len(nobody) == 2
    s.to("thumbs")
    s.do("ann", "thumb", thumb="down")
    s.do("bob", "thumb", thumb="up")
    assert s.helm()["main"]["open_ends"] == []
    s.lead("reveal")
    s.to("close")
    assert s.helm()["main"]["open_ends"] == [*nobody, "A thumb is down: Ann"]
    s.do("ann", "rename", name="Anna")
    assert s.helm()["main"]["open_ends"] == [*nobody, "A thumb is down: Anna"]


def test_who_carries_a_result_is_named_also_where_they_are_not_in_the_session() -> None:
    s = Stage("confidence_vote", "ann", "## Whole organisation\n### Top goal\n- R1\n  - leads: Ines Calder\n")
    s.lead("prepare", what="about", text=s.room.record.top()[0].id)
    (result,) = s.room.record.results
    assert s.everything()[f"result:{result}"]["lead_names"] == ["Ines Calder"]


def test_the_sponsor_of_a_file_who_joins_and_is_recognised_locks() -> None:
    s = Stage("leadership_draft", "ann", OKRS)
    s.happen([settle(s.room, Incoming(leaders=[LeaderRow("lead", "Ines Calder")]), s.now, "", lambda: "x")])
    s.happen([SponsorNamed(person="lead")])
    s.join("ines")
    s.do("ines", "rename", name="ines calder")
    assert s.helm()["known"] == {"people": [{"person": "ines", "name": "Ines Calder", "sponsors": True}]}
    with pytest.raises(Refused, match="Only the facilitator"):
        s.do("ann", "recognise", person="ines")
    s.lead("recognise", person="ines")
    assert s.room.record.sponsor == "ines"
    assert "known" not in s.helm()
    assert s.room.record.leaders == ["ines"]


def test_nobody_recognises_themselves() -> None:
    s = Stage("leadership_draft", "ann", OKRS)
    s.happen([settle(s.room, Incoming(leaders=[LeaderRow("lead", "Ines Calder")]), s.now, "", lambda: "x")])
    s.happen([SponsorNamed(person="lead")])
    s.do(FACILITATOR, "rename", name="Ines Calder")
    with pytest.raises(Refused, match="Nobody on the record"):
        s.lead("recognise", person=FACILITATOR)
    assert s.room.record.sponsor == "lead"


def test_who_says_that_they_are_somebody_else_is_not_the_sponsor() -> None:
    s = Stage("leadership_draft", "ann ines", OKRS)
    s.happen([settle(s.room, Incoming(leaders=[LeaderRow("lead", "Ines")]), s.now, "", lambda: "x")])
    s.happen([SponsorNamed(person="lead")])
    s.lead("recognise", person="ines")
    (made,) = s.own("ines")["me"]["spoken"]
    s.do("ines", "answer_spoken", made=made["id"], refuse=True)
    assert s.room.record.sponsor == "lead"
    assert "known" not in s.helm()


def test_who_is_only_called_like_the_sponsor_is_not_the_sponsor() -> None:
    s = Stage("leadership_draft", "ann", OKRS)
    s.happen([settle(s.room, Incoming(leaders=[LeaderRow("lead", "Ann")]), s.now, "", lambda: "x")])
    s.happen([SponsorNamed(person="lead")])
    s.lead("recognise", person="ann", yes=False)
    assert s.room.record.sponsor == "lead"
    assert "known" not in s.helm()
    with pytest.raises(Refused, match="Nobody on the record"):
        s.lead("recognise", person="ann")


def _mates(s: Stage, team: str) -> list[str]:
    return [p for p in s.session.part(Walk).walks if s.room.people[p].team == team]
