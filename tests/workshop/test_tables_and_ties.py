"""Links out of trackers, and what is taken along: links, findings and check-ins as one table each and as JSON."""

import csv
import io
import json
from typing import Any

import pytest

from sessions.decide import COMMANDS, decide_record
from sessions.evolve import evolve, new_room
from sessions.record.checks.findings import Findings
from sessions.record.files.settling import settle
from sessions.room import By, Room
from tests.sessions.asking import KESTREL, asked, room_of
from workshop.files import WRITTEN
from workshop.files.document import read as read_document
from workshop.files.table import read as read_table

VIVA = """Row ID,Title,Parent,Entity,Type,Metric Name,Metric Start,Metric Target
1,Homes are warm,,,Objective,,,
2,Days to warm,1,,Key Result,Days,61,42
3,Crews finish in one go,2,Install,Objective,,,
4,First visit right,3,Install,Key Result,Percent,71,85
5,Nobody knows where this leads,99,Install,Objective,,,
"""


def take(room: Room, came: Any) -> Room:
    """A file into a room."""
    ids = iter(range(1_000))
    evolve(room, "", settle(room, came, 1_000, "", lambda: f"n{next(ids)}"))
    return room


def test_what_a_tracker_says_is_aligned_is_a_link_and_its_kind_is_asked() -> None:
    came = read_table(VIVA)
    room = take(new_room("room"), came)
    (link,) = room.record.alignments.values()
    assert (room.record.wording(link.child), room.record.wording(link.parent)) == (
        "Crews finish in one go",
        "Days to warm",
    )
    assert link.kind == ""
    assert asked(room, "V5") == [("V5", link.child)]
    assert any("Nobody knows where this leads" in unused.told()["say"] for unused in came.unused)
    # Said once more, a kind that people have given since stays.
    room.record.alignments[f"{link.child}.{link.parent}"].kind = "directional"
    take(room, read_table(VIVA))
    assert [link.kind for link in room.record.alignments.values()] == ["directional"]


def test_puzzle_okr_says_what_a_goal_is_aligned_to() -> None:
    above = {"id": 1, "title": "Warm homes", "keyResults": [{"id": 7, "title": "Days", "baseline": 61}]}
    own = {"id": 2, "title": "Crews", "alignedEntity": {"id": 7, "type": "keyResult"}, "keyResults": []}
    lost = {"id": 3, "title": "Lost", "alignedEntity": {"id": 99, "type": "objective"}, "keyResults": []}
    teams = [{"team": {"name": "Top"}, "objectives": [above]}, {"team": {"name": "Crew"}, "objectives": [own, lost]}]
    room = take(new_room("room"), read_document(json.dumps(teams)))
    assert [(link.child, link.parent, link.kind) for link in room.record.alignments.values()] == [
        ("objective2", "result7", "")
    ]


def rows(room: Room, kind: str) -> list[dict[str, str]]:
    """A table as a spreadsheet reads it."""
    written = WRITTEN[kind].write(room)
    assert isinstance(written, str)
    return list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"))))


def checked_in() -> Room:
    """Kestrel, with a check-in and a waiver."""
    room = room_of(KESTREL)
    for name, fields in (
        ("check_in", {"result": "K1", "confidence": 7, "figure": "55", "line": "=slower"}),
        ("waive_finding", {"finding": "N6.PLA", "name": "Dev", "reason": "August is quiet"}),
        ("log_decision", {"question": "Which first?", "text": "Slots", "decider": "Marta", "day": "2026-08-20"}),
    ):
        command = COMMANDS[name](**fields)
        for event in decide_record(room, command, By("", 5_000, lambda: "x", list), True):
            evolve(room, "", event)
    return room


def test_links_findings_and_check_ins_are_a_table_each() -> None:
    room = checked_in()
    links = rows(room, "links")
    assert len(links) == 13
    assert {"team": "Growth", "how": "as a guide", "line id": "K"}.items() <= links[1].items()
    found = rows(room, "findings")
    assert len(found) == len(Findings.of(room).standing()) == 31
    waived = next(row for row in found if row["code"] == "N6")
    assert (waived["state"], waived["by"], waived["reason"]) == ("waived", "Dev", "August is quiet")
    (said,) = rows(room, "check-ins")
    assert (said["result"], said["figure"], said["confidence"], said["at"]) == (
        "K1",
        "55",
        "7",
        "1970-01-01T00:00+00:00",
    )
    assert said["line"] == "'=slower"


def test_a_document_has_them_too_and_another_room_takes_them_in() -> None:
    body = WRITTEN["json"].write(checked_in())
    said = json.loads(body)
    assert [(found["code"], found["state"], found["by"]) for found in said["findings"]] == [("N6", "waived", "Dev")]
    other = take(new_room("other"), read_document(str(body)))
    assert [(one.figure, one.confidence, one.line) for one in other.record.checkins["K1"]] == [(55, 7, "=slower")]
    assert [(made.question, made.text, made.by, made.due) for made in other.record.decisions] == [
        ("Which first?", "Slots", "Marta", "2026-08-20")
    ]
    waived = Findings.of(other).get("N6.PLA")
    assert waived
    assert (waived.state, waived.name) == ("waived", "Dev")
    again = take(other, read_document(str(body)))
    assert (len(again.record.checkins["K1"]), len(again.record.decisions)) == (1, 1)


@pytest.mark.parametrize("list_name", ["check_ins", "themes", "decisions"])
@pytest.mark.parametrize("rows", [3, {}, [3], [{"result": 1}], [{"id": [], "text": 1}], [{"question": "q", "mine": 1}]])
def test_a_list_of_another_kind_is_kept_as_it_came(list_name: str, rows: Any) -> None:
    room = take(new_room("room"), read_document(json.dumps({"teams": [{"id": "A", "name": "Alder"}], list_name: rows})))
    assert (room.record.checkins, room.record.themes, room.record.decisions) == ({}, {}, [])
    written = json.loads(WRITTEN["json"].write(room))
    assert written.get(list_name) == (rows if isinstance(rows, list) else written.get(list_name))
