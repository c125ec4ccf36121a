"""Bells of a walk: by themselves, early, and taken back."""

import pytest

from sessions.rules.refusal import Refused
from tests.sessions.walking import begun, walk


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


def test_hold_keeps_the_bell_from_ringing_and_two_presses_ring_once() -> None:
    stage = begun()
    stage.lead("hold_clock")
    with pytest.raises(AssertionError, match="nothing rings"):
        stage.ring()
    stage.lead("hold_clock", on=False)
    stage.lead("next_stage", after="1 read")
    stage.lead("next_stage", after="1 read")
    assert walk(stage).stage == "talk"


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


def test_a_walk_that_had_come_home_by_itself_stays_at_home_when_a_step_is_taken_back() -> None:
    stage = begun()
    while walk(stage).stage != "home":
        stage.ring()
    stage.lead("next_phase")
    stage.lead("undo")
    assert stage.step["activity"] == "walk"
    assert (walk(stage).round, walk(stage).stage) == (2, "home")


def test_a_walk_that_was_begun_once_more_and_taken_back_is_where_it_was() -> None:
    stage = begun()
    while walk(stage).stage != "home":
        stage.ring()
    stage.lead("next_phase")
    stage.lead("go_to", step="walk", again="anew")
    stage.lead("undo")
    assert stage.step["activity"] == "revise"
    assert walk(stage).stage == "home"
