"""Notes: hidden while written, shown together, and only ever changed by whoever may."""

import pytest

from sessions.rules.refusal import Refused
from tests.stage import Stage


def test_given_a_hidden_pile_when_somebody_writes_then_nobody_else_sees_it() -> None:
    stage = Stage().to("ideate")
    stage.do("ann", "add_note", text="canary")
    assert "canary" not in str(stage.everything()) + str(stage.helm()) + str(stage.own("bob"))
    assert "canary" in str(stage.own("ann"))


def test_given_notes_when_they_are_shown_then_everybody_sees_them_without_a_pen() -> None:
    stage = Stage().to("ideate")
    stage.do("ann", "add_note", text="canary", baseline="61", target="42")
    pen = next(iter(stage.session.board.notes.values())).pen
    stage.lead("reveal")
    assert "canary" in str(stage.everything())
    assert pen not in str(stage.everything()) + str(stage.helm()) + str(stage.own("ann"))


def test_given_several_writers_when_shown_then_the_order_is_not_that_of_writing() -> None:
    stage = Stage().to("ideate")
    for person in ("ann", "bob", "cy"):
        stage.do(person, "add_note", text=f"from {person}")
    stage.lead("reveal")
    assert list(stage.wall()) == ["from cy", "from bob", "from ann"]


def test_a_sixth_idea_is_refused_and_removing_one_makes_room() -> None:
    stage = Stage().to("ideate")
    for count in range(5):
        stage.do("ann", "add_note", text=f"idea {count}")
    with pytest.raises(Refused, match="all 5"):
        stage.do("ann", "add_note", text="one too many")
    stage.do("ann", "remove_note", note=next(iter(stage.session.board.notes)))
    stage.do("ann", "add_note", text="instead")


def test_a_private_line_becomes_an_idea_and_never_shows_itself() -> None:
    stage = Stage().to("reflect")
    stage.do("ann", "add_note", text="what Ruth said")
    stage.do("ann", "turn_into_idea", note=next(iter(stage.session.board.notes)))
    stage.to("cluster")
    assert list(stage.wall()) == ["what Ruth said"]
    assert [n for n in stage.session.board.notes.values() if n.pile == "pad" and n.shown] == []


def test_a_private_line_can_still_become_an_idea_where_ideas_are_written_and_only_its_writers() -> None:
    stage = Stage().to("reflect")
    stage.do("ann", "add_note", text="what Ruth said")
    line = next(iter(stage.session.board.notes))
    stage.to("ideate")
    assert stage.step["lines"] == "pad"
    with pytest.raises(Refused, match=r"note|line|idea"):
        stage.do("bob", "turn_into_idea", note=line)
    stage.do("ann", "turn_into_idea", note=line)
    with pytest.raises(Refused, match="where ideas are written"):
        stage.do(
            "ann", "turn_into_idea", note=next(n.id for n in stage.session.board.notes.values() if n.pile == "ideas")
        )
    assert "what Ruth said" not in repr(stage.everything())
    stage.to("cluster")
    assert list(stage.wall()) == ["what Ruth said"]


def test_somebody_elses_note_is_as_good_as_not_there() -> None:
    stage = Stage().to("ideate")
    stage.do("ann", "add_note", text="mine")
    note = next(iter(stage.session.board.notes))
    for command in ("edit_note", "remove_note"):
        fields = {"text": "yours"} if command == "edit_note" else {}
        with pytest.raises(Refused) as refusal:
            stage.do("bob", command, note=note, **fields)
        assert refusal.value.code == "no_such_note"


def test_an_edit_that_started_from_other_words_is_refused_with_both_texts() -> None:
    stage = Stage().to("ideate")
    stage.do("ann", "add_note", text="first")
    note = next(iter(stage.session.board.notes))
    stage.do("ann", "edit_note", note=note, text="second", was="first")
    with pytest.raises(Refused) as refusal:
        stage.do("ann", "edit_note", note=note, text="third", was="first")
    assert refusal.value.more == {"theirs": "second", "yours": "third"}


def test_given_a_shown_pile_when_a_note_comes_late_then_it_is_filed_and_marked() -> None:
    stage = Stage().to("ideate")
    run = stage.step["run"]
    stage.do("ann", "add_note", text="in time")
    stage.to("cluster")
    stage.do("bob", "add_note", text="from the train", phase=run)
    note = stage.sees("note:" + stage.wall()["from the train"])
    assert note
    assert note["late"] is True


def test_once_shown_nothing_is_added_that_would_give_its_writer_away() -> None:
    stage = Stage().to("ideate")
    stage.do("ann", "add_note", text="in time")
    stage.lead("reveal")
    with pytest.raises(Refused, match="Say this one aloud"):
        stage.do("bob", "add_note", text="just now")


def test_leaving_what_was_not_shown_asks_first_and_set_aside_stays_unseen() -> None:
    stage = Stage().to("ideate")
    stage.do("ann", "add_note", text="canary")
    with pytest.raises(Refused) as refusal:
        stage.lead("next_phase")
    assert refusal.value.code == "not_shown"
    stage.lead("next_phase", unshown="aside")
    assert "canary" not in str(stage.everything())


def test_stopped_input_keeps_words_out_and_lets_them_in_again() -> None:
    stage = Stage().to("ideate")
    stage.lead("stop_input")
    with pytest.raises(Refused) as refusal:
        stage.do("ann", "add_note", text="now")
    assert refusal.value.code == "stopped"
    stage.lead("stop_input", on=False)
    stage.do("ann", "add_note", text="now")


def test_a_hidden_note_leaves_every_screen_and_can_come_back() -> None:
    stage = Stage().with_ideas("rude")
    note = stage.wall()["rude"]
    stage.lead("hide_note", note=note)
    assert "rude" not in str(stage.everything())
    assert stage.helm()["hidden:" + note] == {"text": "rude"}
    stage.lead("hide_note", note=note, hidden=False)
    assert "rude" in str(stage.everything())
