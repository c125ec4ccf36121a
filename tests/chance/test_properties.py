"""No sequence of commands breaks a budget, and reading the log again gives the same state."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions import views
from sessions.board.counting import as_it_counts
from sessions.evolve import evolve, new_room
from sessions.room import Room
from sessions.room.kind import ForAll
from sessions.rules.refusal import Refused
from tests.stage import CODE, FACILITATOR, PEOPLE, Stage, plain

people = st.sampled_from([*PEOPLE.split(), FACILITATOR])
pick = st.integers(0, 30)
acts = st.one_of(
    st.tuples(st.just("add_note"), people, pick),
    st.tuples(st.just("remove_note"), people, pick),
    st.tuples(st.just("place_dot"), people, pick),
    st.tuples(st.just("place_dot"), people, pick),
    st.tuples(st.just("take_dot"), people, pick),
    st.tuples(st.just("lean"), people, pick),
    st.tuples(st.just("merge"), st.just(FACILITATOR), pick),
    st.tuples(st.just("split"), st.just(FACILITATOR), pick),
    st.tuples(st.just("set_aside"), st.just(FACILITATOR), pick),
    st.tuples(st.just("hide_note"), st.just(FACILITATOR), pick),
    st.tuples(st.just("merge_people"), st.just(FACILITATOR), pick),
    st.tuples(st.just("remove_person"), st.just(FACILITATOR), pick),
    st.tuples(st.just("reveal"), st.just(FACILITATOR), pick),
    st.tuples(st.just("next_phase"), people, pick),
    st.tuples(st.just("previous_phase"), st.just(FACILITATOR), pick),
    st.tuples(st.just("undo"), st.just(FACILITATOR), pick),
    st.tuples(st.just("take_card"), people, pick),
    st.tuples(st.just("volunteer"), people, pick),
    st.tuples(st.just("thumb"), people, pick),
)


def fields(stage: Stage, name: str, choice: int) -> dict[str, Any]:
    board = stage.session.board
    things = [*board.notes, *board.clusters] or ["none"]
    item = things[choice % len(things)]
    result = [*stage.room.record.results, "none"][choice % (len(stage.room.record.results) + 1)]
    person = PEOPLE.split()[choice % 5]
    wanted: dict[str, dict[str, Any]] = {
        "add_note": {"text": f"note {choice}"},
        "remove_note": {"note": item},
        "place_dot": {"item": item},
        "take_dot": {"item": item},
        "lean": {"item": item, "lean": ("now", "later", "")[choice % 3]},
        "merge": {"notes": things[choice % len(things) :][:3]},
        "split": {"note": item},
        "set_aside": {"item": item, "aside": choice % 3 > 0},
        "hide_note": {"note": item, "hidden": choice % 3 > 0},
        "merge_people": {"keep": person, "drop": PEOPLE.split()[(choice + 1) % 5]},
        "remove_person": {"person": person},
        "next_phase": {"unshown": ("show", "aside")[choice % 2]},
        "take_card": {"result": result},
        "volunteer": {"result": result, "on": choice % 3 > 0},
        "thumb": {"thumb": "up"},
    }
    return wanted.get(name, {})


@given(st.lists(acts, max_size=70), st.sampled_from(["arrive", "ideate", "cluster", "vote", "objective"]))
@settings(max_examples=250, deadline=None)
def test_budgets_hold_and_replay_is_the_same(sequence: list[tuple[str, str, int]], start: str) -> None:
    stage = Stage().to("ideate")
    for place, person in enumerate(PEOPLE.split()):
        stage.do(person, "add_note", text=f"idea {place}")
    stage.to(start) if start != "arrive" else None
    for name, person, choice in sequence:
        stage.now += 500
        try:
            stage.do(person, name, **fields(stage, name, choice))
        except Refused as refusal:
            assert refusal.say.endswith((".", "?"))
        within_the_rules(stage)
    again = replay(stage)
    assert plain(dict(views.everything(ForAll, views.look(again, again.sessions[CODE])))) == stage.everything()
    for person in PEOPLE.split():
        assert plain(views.for_person(again, again.sessions[CODE], person)) == stage.own(person)


def within_the_rules(stage: Stage) -> None:
    board = stage.session.board
    for cast in board.ballots.values():
        # A person may vote with several keys; of those one counts.
        ballot = as_it_counts(stage.room, stage.session, cast)
        by_person: dict[str, int] = {}
        for pen, placed in ballot.counting().items():
            holder = stage.room.whole(stage.room.holders.get(pen, ("", pen))[1])
            by_person[holder] = by_person.get(holder, 0) + sum(placed.values())
            assert all(count > 0 for count in placed.values())
            if not ballot.revealed:
                assert all(count <= ballot.per_item for count in placed.values())
                assert set(ballot.leanings.get(pen, {})) <= set(placed)
        if not ballot.revealed:
            assert all(count <= ballot.budget for count in by_person.values())
    for cluster in board.clusters.values():
        assert len(cluster.notes) >= 2
        assert all(board.notes[note].cluster == cluster.id for note in cluster.notes)
    for result in stage.room.record.results.values():
        assert len(set(result.leads)) == len(result.leads) <= 2
    for key, entity in stage.everything().items():
        if key.startswith("note:"):
            assert board.notes[key[5:]].shown
            assert "pen" not in entity


def replay(stage: Stage) -> Room:
    """The same events from the beginning, passing things left out as a restart would."""
    room = new_room("room")
    for event in stage.log:
        evolve(room, CODE, event)
    return room
