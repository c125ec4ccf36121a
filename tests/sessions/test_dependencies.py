"""Dependencies are things of the record: read from files, changed by the next, written out as they came."""

import json
from typing import Any

from sessions.record.files.settling import settle
from tests.stage import Stage
from workshop.files import document

NEED = {"id": "D1", "consumer": "INS", "provider": "SUP", "need_by": "2026-07-17", "reflected_in": None, "size": 3}
NAMELESS = {"consumer": "INS", "provider": "QUA", "upstream_need": "a second tester"}
NONE = [5, {"provider": "SUP"}, {"consumer": ["INS"], "provider": "SUP"}, "words"]


def taken(*files: list[Any]) -> Stage:
    stage = Stage("gallery_walk")
    for rows in files:
        came = document.read(json.dumps({"dependencies": rows}))
        stage.happen([settle(stage.room, came, stage.now, "", stage._new_id)])
    return stage


def written(stage: Stage) -> Any:
    return json.loads(document.write(stage.room))["dependencies"]


def test_a_files_dependencies_are_things_of_the_record() -> None:
    needs = taken([NEED, NAMELESS]).room.record.dependencies
    assert [(n.consumer, n.provider, n.need_by, n.state) for n in needs.values()] == [
        ("INS", "SUP", "2026-07-17", "proposed"),
        ("INS", "QUA", "", "proposed"),
    ]


def test_what_came_in_comes_out_again_what_is_none_too() -> None:
    rows = [NONE[0], NEED, *NONE[1:], NAMELESS]
    assert written(taken(rows)) == rows


def test_the_next_file_changes_what_it_names_and_takes_nothing_away() -> None:
    stage = taken([NEED, NAMELESS], [{**NEED, "state": "accepted"}])
    assert [n.state for n in stage.room.record.dependencies.values()] == ["accepted", "proposed"]
    step = {"step": "file", "state": "agreed", "at": stage.now}
    assert written(stage) == [{**NEED, "state": "accepted", "history": [step]}, NAMELESS]


def test_what_has_changed_since_is_written() -> None:
    stage = taken([NEED])
    stage.room.record.dependencies["D1"].reflected_in = "KR2"
    assert written(stage) == [{**NEED, "reflected_in": "KR2"}]
