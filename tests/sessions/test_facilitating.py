"""Steering: phases, clock, undo, people, and what only a facilitator may do."""

import re
from typing import Any

import msgspec
import pytest

from sessions import formats
from sessions.activities import ALL
from sessions.decide import COMMANDS
from sessions.room import Command
from sessions.rules.refusal import Refused
from sessions.running.identity import Claims
from sessions.running.step import filled, said
from tests.stage import FACILITATOR, Stage


def test_two_facilitators_pressing_the_button_together_move_once() -> None:
    stage = Stage().to("context")
    run = stage.step["run"]
    stage.do("ann", "done")
    stage.lead("hand_over", person="bob")
    stage.lead("next_phase", phase=run)
    assert stage.do("bob", "next_phase", phase=run) == []
    assert stage.step["key"] == "reflect"


@pytest.mark.parametrize("command", ["next_phase", "previous_phase", "reveal", "close_session", "undo"])
def test_a_participant_cannot_steer(command: str) -> None:
    with pytest.raises(Refused, match="Only the facilitator"):
        Stage().to("context").do("ann", command)


def sample(command: type[Command]) -> dict[str, Any]:
    """Something for every field that has to be there."""
    fields = [field for field in msgspec.structs.fields(command) if field.required]
    return {field.name: _SAMPLES.get(str(field.type), "x") for field in fields}


_SAMPLES = {"<class 'bool'>": True, "<class 'int'>": 1, "<class 'float'>": 1.0, "list[str]": ["x"]}


def test_an_undo_within_twenty_seconds_gives_the_time_back() -> None:
    stage = Stage().to("reflect")
    deadline = stage.step["deadline"]
    stage.now += 1_000
    stage.lead("next_phase")
    stage.now += 15_000
    stage.lead("undo")
    assert stage.step["key"] == "reflect"
    assert stage.step["deadline"] == deadline + 15_000
    stage.lead("next_phase")
    stage.now += 21_000
    with pytest.raises(Refused, match="twenty seconds"):
        stage.lead("undo")


def test_a_note_written_in_an_undone_run_keeps_its_place() -> None:
    stage = Stage().to("ideate")
    run = stage.step["run"]
    stage.lead("undo")
    stage.do("ann", "add_note", text="written meanwhile", phase=run)
    stage.to("cluster")
    assert "written meanwhile" in stage.wall()


def test_held_the_clock_stands_and_runs_on_from_where_it_was() -> None:
    stage = Stage().to("context")
    stage.now += 60_000
    stage.lead("hold_clock")
    assert stage.step["left"] == 7 * 60_000
    stage.now += 600_000
    stage.lead("hold_clock", on=False)
    assert stage.step["deadline"] - stage.now == 7 * 60_000
    stage.lead("add_minutes", minutes=-1)
    assert stage.step["deadline"] - stage.now == 6 * 60_000


def test_the_bell_moves_nobody() -> None:
    stage = Stage().to("context")
    stage.now += 3_600_000
    stage.do("ann", "done")
    assert stage.step["key"] == "context"


def test_back_makes_a_new_run_and_keeps_later_work() -> None:
    stage = Stage().with_ideas("a", "b")
    first = stage.step["run"]
    stage.lead("merge", notes=list(stage.wall().values()), title="both")
    stage.lead("previous_phase")
    stage.lead("next_phase")
    assert stage.step["run"] != first
    assert list(stage.wall()) == ["both"]


def test_a_phase_left_out_is_passed_over() -> None:
    stage = Stage()
    stage.lead("change_plan", step="context", left_out=True)
    stage.lead("next_phase")
    stage.lead("next_phase")
    assert stage.step["key"] == "reflect"
    assert stage.step["of_steps"] == 13


def test_the_plan_of_an_open_session_is_its_own() -> None:
    stage = Stage()
    stage.lead("change_plan", step="vote", dots=4, prompt="Choose four.")
    stage.with_ideas("a", "b", "c").to("vote")
    assert stage.step["budget"] == 4
    assert stage.step["prompt"] == "Choose four."


def test_hands_come_remote_first_then_by_time() -> None:
    stage = Stage().to("context")
    stage.do("cy", "say_where", remote=True)
    for person in ("ann", "bob", "cy"):
        stage.now += 1
        stage.do(person, "hand")
    assert (stage.sees("attention") or {})["hands"] == ["cy", "ann", "bob"]
    stage.lead("hand", person="ann", on=False)
    assert (stage.sees("attention") or {})["hands"] == ["cy", "bob"]


def test_a_drawn_order_ends_with_who_speaks_last() -> None:
    stage = Stage().to("context")
    stage.lead("draw_order", last=["ann"])
    order = (stage.sees("attention") or {})["speaking"]
    assert order[-1] == "ann"
    assert sorted(order) == ["ann", "bob", "cy", "di", "eve"]


def test_during_a_vote_even_the_facilitator_sees_only_how_many_are_done() -> None:
    stage = Stage().with_ideas("a", "b", "c").to("vote")
    stage.do("ann", "done")
    assert stage.helm()["crew"]["done"] == []
    assert (stage.sees("counts") or {})["done"] == 1


def test_removed_people_are_out_and_their_notes_stay() -> None:
    stage = Stage().with_ideas("a", by="bob")
    stage.lead("remove_person", person="bob")
    with pytest.raises(Refused) as refusal:
        stage.do("bob", "done")
    assert refusal.value.code == "not_here"
    assert "a" in stage.wall()


def test_two_entries_for_one_person_become_one_within_the_budget() -> None:
    stage = Stage().to("ideate")
    stage.do("bob", "add_note", text="from my phone")
    stage.do("ann", "add_note", text="other")
    stage.to("vote")
    items = list(stage.wall().values())
    for person in ("ann", "bob"):
        stage.do(person, "place_dot", item=items[0])
        stage.do(person, "place_dot", item=items[1])
    stage.lead("merge_people", keep="ann", drop="bob")
    own = stage.own("ann")
    assert own["votes:impact"]["left"] == 1
    assert stage.vote.voters() == 1
    assert [n["text"] for key, n in own.items() if key.startswith("note:")] == ["other"]
    assert "person:bob" not in stage.everything()


def test_a_claim_is_answered_once() -> None:
    from sessions.running.identity import ClaimMade

    stage = Stage()
    stage.happen([ClaimMade(claim="c", person="ann")])
    assert stage.helm()["claims"]["waiting"] == [{"id": "c", "person": "ann"}]
    stage.lead("answer_claim", claim="c", yes=True)
    assert stage.lead("answer_claim", claim="c", yes=False) == []
    assert stage.session.part(Claims).made["c"] == ("ann", "yes")


def test_the_facilitator_does_not_vote_and_is_not_counted() -> None:
    stage = Stage().to("context")
    assert (stage.sees("counts") or {})["people"] == 5
    with pytest.raises(Refused, match="Join on a phone"):
        stage.lead("done")


def test_every_command_that_steers_refuses_a_participant_by_name() -> None:
    assert FACILITATOR not in Stage().session.taking_part()
    assert {"add_note", "edit_note", "remove_note", "merge", "split", "place_dot", "take_dot"} <= set(COMMANDS)
    assert {"next_phase", "previous_phase", "reveal", "close_session"} <= {
        tag for tag, c in COMMANDS.items() if issubclass(c, Command) and c.anytime
    }


@pytest.mark.parametrize(
    "command", [c for c in COMMANDS.values() if issubclass(c, Command) and c.who == "facilitators"]
)
def test_what_is_for_facilitators_is_refused_to_everybody_else(command: type[Command]) -> None:
    stage = Stage().to("ideate")
    asked = sample(command)
    with pytest.raises(Refused) as refused:
        stage.do("ann", str(command.__struct_config__.tag), **asked)
    assert refused.value.code in ("not_yours", "not_now")


def test_the_dots_of_a_step_are_told_in_its_sentences() -> None:
    stage = Stage().to("vote")
    sentences = stage.step["prompt"] + stage.step["empty"]
    assert f"You have {stage.step['budget']} dots" in sentences
    assert "{" not in sentences


@pytest.mark.parametrize(
    ("format", "step", "settings", "says"),
    [
        ("ideas_and_dots", "ideas", {"hidden": True}, "One idea a note. Nobody sees yours before all are shown."),
        ("ideas_and_dots", "ideas", {"hidden": False}, "One idea a note. Everybody sees it at once."),
        ("ideas_and_dots", "ideas", {"private": True}, "One idea a note. Only you see it."),
        ("leadership_draft", "ideate", {"limit": 5}, "Write up to five results we could measure"),
        ("leadership_draft", "ideate", {"limit": 12}, "Write up to 12 results we could measure"),
        ("leadership_draft", "ideate", {"limit": 0}, "Write any number of results we could measure"),
        ("leadership_draft", "ideate", {"limit": 1}, "Write one of the results we could measure"),
        ("priority_pulse", "write", {"limit": 3}, "Up to three priorities, and why now."),
        ("priority_pulse", "write", {"limit": 0}, "Any number of priorities, and why now."),
        ("ideas_and_dots", "vote", {"dots": 6, "per_item": 2}, "You have 6 dots, at most two on one idea."),
        ("ideas_and_dots", "vote", {"dots": 6, "per_item": 1}, "You have 6 dots, one on each."),
        ("ideas_and_dots", "vote", {"dots": 4, "per_item": 4}, "You have 4 dots, as many on one idea as you like."),
        ("ideas_and_dots", "vote", {"dots": 1, "per_item": 2}, "You have one dot."),
        ("ideas_and_dots", "vote", {"dots": 0}, "You have {dots}."),
        ("marketplace", "browse", {}, "We need this, we do this too, we can help: tap it. Nobody else sees it before"),
        (
            "mid_quarter_forum",
            "sure",
            {},
            "From 1 to 10 for each result: will it come? A word on why. Nobody sees yours",
        ),
    ],
)
def test_what_a_setting_decides_is_said_as_it_is_set(
    format: str, step: str, settings: dict[str, Any], says: str
) -> None:
    stage = Stage(format)
    stage.lead("change_plan", step=step, settings=settings)
    (read,) = [one["reads"] for one in stage.helm()["script"]["steps"] if one["key"] == step]
    assert read.startswith(says)


def test_the_sentence_of_a_step_that_runs_is_as_it_is_set() -> None:
    stage = Stage("ideas_and_dots")
    stage.lead("change_plan", step="ideas", hidden=False)
    stage.lead("change_plan", step="vote", dots=1)
    assert stage.to("ideas").step["prompt"] == "One idea a note. Everybody sees it at once."
    stage.do("ann", "add_note", text="a")
    vote = stage.to("vote").step
    assert (vote["prompt"], vote["empty"]) == ("You have one dot.", "Your dot is still yours.")


@pytest.mark.parametrize("before", ["open", "hidden", "private"])
@pytest.mark.parametrize("after", ["open", "hidden", "private"])
def test_who_sees_a_note_is_said_as_it_is_and_not_as_it_was_set_since(before: str, after: str) -> None:
    ways = {name: {"hidden": name == "hidden", "private": name == "private"} for name in ("open", "hidden", "private")}
    stage = Stage("ideas_and_dots")
    stage.lead("change_plan", step="ideas", settings=ways[before])
    stage.to("ideas")
    stage.lead("change_plan", step="ideas", settings=ways[after])
    stage.do("ann", "add_note", text="what I think")
    seen = any(key.startswith("note:") for key in stage.everything())
    assert seen == (before == "open")
    says = {"open": "Everybody sees it at once.", "hidden": "Nobody sees yours", "private": "Only you see it."}[before]
    assert says in stage.step["prompt"]
    seen_by = {"open": "Everyone at once", "hidden": "Everyone when we show them", "private": "Only you."}[before]
    assert stage.step["seen_by"].startswith(seen_by)


def test_no_place_of_a_sentence_stays_open_that_the_server_knows() -> None:
    for format in formats.ALL.values():
        known = {"ends", "friday", "waiting", "dots", "All_dots", "budget"}
        for phase in format.phases:
            activity = ALL[phase.activity]
            told = filled(phase.prompt + phase.empty, activity.fills(said(activity.settings, phase)))
            assert set(re.findall(r"\{(\w+)\}", told)) <= known, (format.key, phase.key, told)


def test_a_session_that_is_over_has_no_main_button() -> None:
    stage = Stage().to("close")
    assert stage.helm()["main"]["do"] == "close_session"
    stage.lead("close_session")
    assert "main" not in stage.helm()


def test_a_facilitator_holds_a_page_of_the_big_screen_and_every_step_begins_at_its_first() -> None:
    stage = Stage().with_ideas("a", "b").to("cluster")
    assert "page" not in stage.everything()["attention"]
    stage.lead("hold_page", page=2)
    assert stage.everything()["attention"]["page"] == 2
    assert stage.lead("hold_page", page=2) == []
    with pytest.raises(Refused, match="Only the facilitator"):
        stage.do("ann", "hold_page", page=1)
    stage.to("vote")
    assert "page" not in stage.everything()["attention"]


def test_who_was_removed_is_let_in_again_as_before() -> None:
    stage = Stage("leadership_draft", "ann bob")
    stage.lead("hand_over", person="ann")
    stage.lead("remove_person", person="ann")
    assert "ann" not in stage.session.roles
    assert stage.helm()["removed"] == {"people": [{"person": "ann", "name": "Ann"}], "at": stage.now}
    stage.lead("let_in", person="ann")
    assert stage.session.roles["ann"] == {"participant", "facilitator"}
    assert "removed" not in stage.helm()
    stage.lead("remove_person", person="bob")
    stage.join("bo2")
    stage.do("bo2", "rename", name="Bob")
    with pytest.raises(Refused, match="here as Bob already"):
        stage.lead("let_in", person="bob")


def test_people_say_what_they_are_called_and_facilitators_say_it_of_anybody() -> None:
    stage = Stage("leadership_draft", "ann bob")
    stage.do("ann", "rename", name="Anna  \u202eLee")
    assert stage.everything()["person:ann"]["name"] == "Anna Lee"
    stage.lead("rename", name="Robert", person="bob")
    assert stage.everything()["person:bob"]["name"] == "Robert"
    with pytest.raises(Refused, match="facilitator"):
        stage.do("ann", "rename", name="Bobby", person="bob")
    with pytest.raises(Refused, match="here as anna lee already"):
        stage.lead("rename", name="anna lee", person="bob")
    with pytest.raises(Refused, match="is empty"):
        stage.do("ann", "rename", name="\u2067\u2069")
