"""The gallery walk: who stands where, what is seen when, what is filed late, and what becomes of it."""

import pytest

from sessions import views
from sessions.activities.gallery.walk import Walk
from sessions.outcome import outcome
from sessions.rules.refusal import Refused
from tests.stage import Stage
from workshop.export import as_csv, as_markdown

OKRS = """
## Alpha
### Alpha is quick
- A1
## Beta
### Beta is warm
- B1
## Gamma
### Gamma is safe
- G1
"""
PEOPLE = "ann@Alpha ada@Alpha abe@Alpha bob@Beta bea@Beta ben@Beta cy@Gamma cat@Gamma cas@Gamma"


def walking(people: str = PEOPLE) -> Stage:
    stage = Stage("gallery_walk", people, OKRS)
    stage.lead("next_phase")
    stage.lead("deal_groups")
    return stage


def begun(people: str = PEOPLE) -> Stage:
    stage = walking(people)
    stage.lead("next_phase")
    return stage


def walk(stage: Stage) -> Walk:
    assert stage.session.part(Walk)
    return stage.session.part(Walk)


def a_visitor(stage: Stage, but: str = "") -> str:
    return next(p for g in walk(stage).groups for p in g.people if p != but)


def line_before(stage: Stage, person: str) -> str:
    place = walk(stage).bound_for(person)
    return str(walk(stage).posters[place].lines[0].id)


def team_id(stage: Stage, name: str) -> str:
    return next(t.id for t in stage.room.record.teams.values() if t.name == name)


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


def test_a_bell_rings_through_all_rounds_and_sends_everybody_home() -> None:
    stage = begun()
    stages = [(walk(stage).round, walk(stage).stage)]
    while walk(stage).stage != "home":
        stage.ring()
        stages.append((walk(stage).round, walk(stage).stage))
    assert stages == [(1, "read"), (1, "talk"), (1, "move"), (2, "read"), (2, "talk"), (2, "move"), (2, "home")]
    for person in stage.session.taking_part():
        assert stage.head(person)["notes"]
    stage.lead("next_phase")
    assert stage.step["activity"] == "revise"


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


def test_hold_keeps_the_bell_from_ringing_and_two_presses_ring_once() -> None:
    stage = begun()
    stage.lead("hold_clock")
    with pytest.raises(AssertionError, match="nothing rings"):
        stage.ring()
    stage.lead("hold_clock", on=False)
    stage.lead("next_stage", after="1 read")
    stage.lead("next_stage", after="1 read")
    assert walk(stage).stage == "talk"


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


def home(stage: Stage, name: str) -> str:
    team = team_id(stage, name)
    return next(p for p in stage.session.taking_part() if stage.room.people[p].team == team)


def after(*notes: str) -> Stage:
    """The team Alpha is home, with these notes on its objective."""
    stage = begun()
    host = walk(stage).posters[team_id(stage, "Alpha")].hosts[0]
    stage.do(host, "hear", text="\n".join(notes))
    while walk(stage).stage != "home":
        stage.ring()
    stage.lead("next_phase")
    return stage


def test_heaps_are_answered_and_become_feedback_on_the_very_line() -> None:
    stage = after("too slow", "not quick", "why now?", "left open")
    ann = home(stage, "Alpha")
    ids = {n.text: n.id for n in stage.session.board.notes.values()}
    stage.do(ann, "heap", notes=[ids["too slow"], ids["not quick"]], title="Speed")
    heap = next(iter(stage.session.board.clusters))
    stage.do(ann, "answer_heap", item=heap, answer="adapted", reason="from 61 to 50 now")
    with pytest.raises(Refused, match="Say why"):
        stage.do(ann, "answer_heap", item=ids["why now?"], answer="declined")
    stage.do(ann, "answer_heap", item=ids["why now?"], answer="declined", reason="Q4")
    with pytest.raises(Refused, match="no longer at your poster"):
        stage.do(home(stage, "Beta"), "answer_heap", item=heap, answer="adopted")
    stage.lead("next_phase")
    stage.do(ann, "share_sentence", text="We dare to be quicker")
    stage.lead("close_session")
    found = {f.text: (f.state, f.reason, f.source) for f in stage.room.record.feedback.values()}
    assert found == {
        "too slow": ("adapted", "from 61 to 50 now", "gallery"),
        "not quick": ("adapted", "from 61 to 50 now", "gallery"),
        "why now?": ("declined", "Q4", "gallery"),
        "left open": ("open", "", "gallery"),
    }
    assert list(stage.room.record.sentences.values()) == ["We dare to be quicker"]


def test_a_team_changes_only_its_own_words_and_saves_them_as_version_2() -> None:
    stage = after("too slow")
    ann, bob = home(stage, "Alpha"), home(stage, "Beta")
    objective = stage.room.record.of_team(team_id(stage, "Alpha"))[0]
    with pytest.raises(Refused, match="not there any more"):
        stage.do(bob, "take_card", result=objective.id)
    stage.do(ann, "take_card", result=objective.id)
    with pytest.raises(Refused, match="Nothing has changed"):
        stage.do(ann, "save_version")
    stage.do(ann, "change_result", result=objective.id, field="text", value="Alpha is quicker")
    stage.do(ann, "save_version")
    assert (objective.version, objective.text) == (2, "Alpha is quicker")
    assert objective.versions[1][objective.id] == "Alpha is quick"
    assert [r.now for r in stage.room.record.revisions_of(stage.session.code)] == ["Alpha is quicker"]


def test_two_of_a_team_do_not_write_one_line_at_once_and_who_is_removed_lets_go() -> None:
    stage = after("too slow")
    mates = [p for p in stage.session.taking_part() if stage.room.people[p].team == team_id(stage, "Alpha")]
    result = stage.room.record.results_of(stage.room.record.of_team(team_id(stage, "Alpha"))[0].id)[0]
    stage.do(mates[0], "take_card", result=result.id)
    with pytest.raises(Refused, match="is writing this one"):
        stage.do(mates[1], "take_card", result=result.id)
    stage.lead("remove_person", person=mates[0])
    stage.do(mates[1], "take_card", result=result.id)
    stage.do(mates[1], "change_result", result=result.id, field="target", value="12,5")
    assert result.target == 12.5


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


def test_a_bell_that_was_rung_too_early_is_taken_back_for_some_seconds() -> None:
    stage = begun()
    stage.ring()
    stage.lead("next_stage")
    assert (walk(stage).round, walk(stage).stage) == (1, "move")
    left = stage.session.run.deadline if stage.session.run else 0
    stage.now += 5_000
    stage.lead("undo")
    assert (walk(stage).round, walk(stage).stage) == (1, "talk")
    assert stage.session.run
    assert stage.session.run.deadline > left, "the talk goes on for as long as it would have"
    stage.lead("next_stage")
    stage.now += 21_000
    with pytest.raises(Refused, match="twenty seconds"):
        stage.lead("undo")


def test_a_round_that_was_begun_too_early_has_not_been_stood_in() -> None:
    stage = begun()
    stage.ring()
    stage.ring()
    stage.lead("next_stage")
    assert walk(stage).round == 2
    stage.lead("undo")
    assert (walk(stage).round, walk(stage).stage) == (1, "move")
    assert list(walk(stage).stood) == [1]


def test_a_bell_that_rang_by_itself_is_not_taken_back() -> None:
    stage = begun()
    stage.now += 60_000
    stage.ring()
    with pytest.raises(Refused, match="twenty seconds"):
        stage.lead("undo")
