"""The gallery walk: who stands where, what is seen when, what is filed late, and what becomes of it."""

import pytest

from sessions import views
from sessions.activities.gallery.walk import Walk
from sessions.outcome import outcome
from sessions.rules.refusal import Refused
from tests.sessions.walking import a_visitor, after, begun, line_before, team_id, walk, walking
from tests.stage import Stage
from workshop.export import as_csv, as_markdown


def test_everybody_hosts_or_walks_and_nobody_meets_their_own() -> None:
    stage = walking()
    found = walk(stage)
    assert found.rounds == 2
    standing = [p for poster in found.posters.values() for p in poster.hosts]
    walkers = [p for group in found.groups for p in group.people]
    assert sorted(standing + walkers) == sorted(stage.session.taking_part())
    for group in found.groups:
        assert not {stage.room.people[p].team for p in group.people} & set(group.route)


def test_what_is_written_while_reading_is_seen_when_the_reading_is_over_and_only_there() -> None:
    stage = begun()
    ann = a_visitor(stage)
    group = walk(stage).group_of(ann)
    assert group
    mate = next((p for p in group.people if p != ann), None)
    stage.do(ann, "leave_note", on=line_before(stage, ann), text="CANARY", kind="wish")
    host = walk(stage).posters[walk(stage).bound_for(ann)].hosts[0]
    elsewhere = [p for p in stage.session.taking_part() if p not in (ann, mate, host)]
    assert "CANARY" not in repr([stage.at(p) for p in stage.session.roles]) + repr(stage.everything())
    stage.ring()
    assert walk(stage).stage == "talk"
    assert "CANARY" in repr(stage.at(host))
    assert all("CANARY" not in repr(stage.at(p)) for p in elsewhere)
    assert "CANARY" not in repr(stage.everything()) + repr(stage.helm())


def test_the_heads_of_two_posters_are_two_things() -> None:
    stage = begun()
    heads = [key for _, key, _ in views.everywhere(stage.sight) if key.startswith("place")]
    assert sorted(heads) == sorted("place:" + id for id in walk(stage).posters)


def test_what_hangs_at_a_poster_is_in_no_outcome_while_people_walk_and_in_each_afterwards() -> None:
    stage = begun()
    ann = a_visitor(stage)
    stage.do(ann, "leave_note", on=line_before(stage, ann), text="CANARY", kind="wish")
    while walk(stage).stage != "home":
        assert "CANARY" not in repr(outcome(stage.room, stage.session)) + repr(stage.everything())
        stage.ring()
    told = outcome(stage.room, stage.session)
    assert "CANARY" in as_markdown(told)
    assert "CANARY" in as_csv(told)


def test_a_note_of_a_round_that_passed_is_filed_where_it_was_written() -> None:
    stage = begun()
    ann = a_visitor(stage)
    run, line, first = stage.step["run"], line_before(stage, ann), walk(stage).bound_for(ann)
    for _ in range(4):
        stage.ring()
    assert (walk(stage).round, walk(stage).stage) == (2, "talk")
    stage.do(ann, "leave_note", on=line, text="from the hall without network", round=1, phase=run)
    stage.lead("next_phase")
    stage.do(ann, "leave_note", on=line, text="even later", round=1, phase=run)
    notes = [n for n in stage.session.board.notes.values() if n.on == line]
    assert [(n.pile, n.late) for n in notes] == [(f"poster:{first}", True)] * 2
    assert all(n.shown for n in notes)


def test_a_team_is_shown_only_where_three_of_it_could_have_written() -> None:
    many = " ".join(f"a{n}@Alpha" for n in range(9)) + " b@Beta bb@Beta c@Gamma cc@Gamma"
    stage = begun(many)
    for person in list(stage.session.taking_part()):
        if walk(stage).group_of(person):
            stage.do(person, "leave_note", on=line_before(stage, person), text=person)
    for note in stage.session.board.notes.values():
        group = walk(stage).group_of(note.text)
        assert group
        team = stage.room.people[note.text].team
        alike = sum(stage.room.people[p].team == team for p in group.people)
        assert note.team == (team if alike >= 3 else "")
    assert {note.team for note in stage.session.board.notes.values()} > {""}


def test_what_touches_another_team_carries_the_writers_and_names_the_other() -> None:
    stage = begun()
    ann = a_visitor(stage)
    line, place = line_before(stage, ann), walk(stage).bound_for(ann)
    with pytest.raises(Refused, match="which other team"):
        stage.do(ann, "leave_note", on=line, text="x", kind="touches", touches=place)
    other = next(id for id in walk(stage).posters if id != place)
    stage.do(ann, "leave_note", on=line, text="our slots", kind="touches", touches=other)
    (note,) = stage.session.board.notes.values()
    assert (note.team, note.touches) == (stage.room.people[ann].team, other)


def test_a_visitor_cannot_write_before_a_poster_they_do_not_stand_at() -> None:
    stage = begun()
    ann = a_visitor(stage)
    other = next(p for p in walk(stage).posters.values() if p.id != walk(stage).bound_for(ann))
    with pytest.raises(Refused, match="not on poster") as refusal:
        stage.do(ann, "leave_note", on=other.lines[0].id, text="kept words")
    assert refusal.value.more["text"] == "kept words"


def test_a_host_hears_several_lines_as_several_notes_and_writes_none_of_their_own() -> None:
    stage = begun()
    poster = next(iter(walk(stage).posters.values()))
    host = poster.hosts[0]
    stage.do(host, "hear", text="too slow\n- too dear\n\nwhy now?")
    assert sorted(n.text for n in stage.session.board.notes.values()) == ["too dear", "too slow", "why now?"]
    with pytest.raises(Refused, match="host writes down"):
        stage.do(host, "leave_note", on=poster.lines[0].id, text="but we meant")


def test_hosts_swap_at_half_time_and_the_last_one_walks_on() -> None:
    stage = begun()
    poster = walk(stage).posters[team_id(stage, "Alpha")]
    host = poster.hosts[0]
    mate = next(p for g in walk(stage).groups for p in g.people if stage.room.people[p].team == poster.id)
    group = walk(stage).group_of(mate)
    stage.do(host, "swap_host", person=mate)
    assert poster.hosts == [mate]
    assert walk(stage).group_of(host) is group


def test_who_comes_late_walks_in_the_smallest_group_that_never_reaches_their_own() -> None:
    stage = begun()
    stage.join("zoe", "Beta")
    group = walk(stage).group_of("zoe")
    assert group
    assert team_id(stage, "Beta") not in group.route


def test_a_group_of_one_goes_along_with_another_unless_it_would_meet_its_own() -> None:
    stage = begun("ann@Alpha ada@Alpha bob@Beta bea@Beta cy@Gamma cat@Gamma")
    lonely = next(g for g in walk(stage).groups if len(g.people) == 1)
    person = lonely.people[0]
    team = stage.room.people[person].team
    for into in [g for g in walk(stage).groups if g is not lonely]:
        if team in into.route:
            with pytest.raises(Refused, match="before their own poster"):
                stage.lead("join_groups", group=lonely.number, into=into.number)
        else:
            stage.lead("join_groups", group=lonely.number, into=into.number)
            assert walk(stage).group_of(person) is into


def test_a_removed_person_is_in_no_group_and_hosts_nothing() -> None:
    stage = walking()
    for person in ("ann", "cy"):
        stage.lead("remove_person", person=person)
        assert walk(stage).group_of(person) is None
        assert not walk(stage).hosts(person)


def test_a_walk_without_posters_says_what_is_missing() -> None:
    stage = Stage("gallery_walk", "ann bob")
    stage.lead("next_phase")
    with pytest.raises(Refused, match="at least two teams with a shared goal"):
        stage.lead("deal_groups")


def test_replaying_the_log_brings_the_same_walk() -> None:
    from sessions.evolve import evolve, new_room
    from workshop import stream

    stage = after("too slow", "why now?")
    again = new_room("room")
    for event in stage.log:
        kept = event.passing or event.apart
        evolve(again, stage.session.code, event if kept else stream.read(stream.write(event)))
    assert again.sessions[stage.session.code].part(Walk) == stage.session.part(Walk)
    assert again.record == stage.room.record
