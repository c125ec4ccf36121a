"""Back home: heaps are answered, and each team changes its own words."""

import pytest

from sessions.rules.refusal import Refused
from tests.sessions.walking import after, home, team_id


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
    changed = [(r.what, r.now) for r in stage.room.record.revisions_of(stage.session.code)]
    assert changed == [("text", "Alpha is quicker"), ("version", 2)]


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
