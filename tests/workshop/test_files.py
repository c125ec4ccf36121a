"""Teams and OKRs as files: nothing is lost on the way out and in, and what cannot be read is named by line."""

import json
from pathlib import Path
from types import ModuleType

import pytest

from sessions.evolve import new_room
from sessions.record.files.incoming import Incoming
from sessions.record.files.settling import settle
from sessions.room import Room
from workshop.files import document, outline, table

KESTREL = (Path(__file__).parents[2] / "workshop" / "files" / "kestrel.json").read_text()


def take_in(came: Incoming, room: Room | None = None) -> Room:
    assert came.bad == []
    room = room or new_room("room")
    ids = iter(range(100_000))
    settle(room, came, 1, "", lambda: f"id{next(ids)}").evolve(room)
    return room


def of(kind: ModuleType, body: str) -> list[tuple[int, str]]:
    return [(unread.line, unread.why.say) for unread in kind.read(body).bad]


def test_a_document_comes_out_as_it_went_in() -> None:
    assert json.loads(document.write(take_in(document.read(KESTREL)))) == json.loads(KESTREL)


@pytest.mark.parametrize("kind", [table, outline])
def test_a_table_and_an_outline_come_out_as_they_went_in(kind: ModuleType) -> None:
    room = take_in(document.read(KESTREL))
    room.record.results["HOM-1"].current = 233.5
    room.record.results["GRO-2"].text = "=cmd & 'quoted', #1 _under_ *star*"
    again = take_in(kind.read(kind.write(room)))
    assert kind.write(again).splitlines()[1:] == kind.write(room).splitlines()[1:]
    for result in room.record.results.values():
        same = next(r for r in again.record.results.values() if r.text == result.text)
        for name in ("metric", "unit", "baseline", "target", "current", "direction"):
            assert getattr(same, name) == getattr(result, name), (result.id, name)
        assert [again.name_of(p) for p in same.leads] == [room.name_of(p) for p in result.leads]


def test_taking_the_same_file_in_twice_changes_nothing() -> None:
    room = take_in(document.read(KESTREL))
    take_in(document.read(KESTREL), room)
    assert json.loads(document.write(room)) == json.loads(KESTREL)
    csv = take_in(table.read(table.write(room)))
    counted = {len(csv.record.teams), len(take_in(table.read(table.write(csv)), csv).record.teams)}
    assert counted == {len(csv.record.teams)}


def test_a_table_is_read_however_a_spreadsheet_wrote_it() -> None:
    body = "\ufeffTarget;Objective;Team;Key_Result;Baseline\r\n85,5;Right first time;Quality;Visits;71\r\n"
    room = take_in(table.read(body))
    result = next(iter(room.record.results.values()))
    assert (result.text, result.baseline, result.target) == ("Visits", 71, 85.5)
    assert [team.name for team in room.record.standing_teams()] == ["Quality"]


def test_a_team_written_twice_is_one_team() -> None:
    body = "team,objective,key result\nGrowth,One,A\ngrowth ,Two,B\n"
    room = take_in(table.read(body))
    assert [team.name for team in room.record.standing_teams()] == ["Growth"]
    assert len(room.record.objectives) == 2


def test_five_thousand_rows_are_read() -> None:
    body = "team,objective,key result,baseline\n" + "".join(f"T{n % 50},O{n % 500},R{n},{n}\n" for n in range(5000))
    assert len(take_in(table.read(body)).record.results) == 5000


@pytest.mark.parametrize(
    ("kind", "body", "line", "words"),
    [
        (table, 'team,objective,key result,target\nA,B,C,"1,200"\n', 2, "two ways: write 1200"),
        (table, "team,objective,key result\nA,B,C\nA,B,C\n", 3, "is in row 2 already"),
        (table, "team,objective,key result,direction\nA,B,C,sideways\n", 2, "up, down or keep"),
        (table, "team,objective,key result\nA,,C\n", 2, "no objective"),
        (table, "team,team,objective\nA,B,C\n", 1, "“team” twice"),
        (table, "team,objective\nA,B,extra\n", 2, "3 cells"),
        (table, "", 1, "empty"),
        (table, 'team,objective\nA,"B\n', 2, "A quote opens here"),
        (document, "{", 1, "not JSON"),
        (document, "[" * 100_000, 1, "nested too deeply"),
        (document, "[]", 1, "begins with {"),
        (document, '{"teams": [\n{"id": "A", "name": "A"},\n{"id": "A", "name": "B"}]}', 2, "listed twice"),
        (document, '{"okrs": [{"team": "Z", "id": "O", "objective": "Up"}]}', 1, "not listed"),
        (document, '{"teams": [{"id": "A", "name": "A", "size": "many"}]}', 1, "number of people"),
        (outline, "no heading", 1, "no heading"),
        (outline, "## A\n### B\n- C\n  - figures: ten to twelve\n", 4, "61 → 42"),
        (outline, "## A\n- C\n### B\n", 2, "under no objective"),
    ],
)
def test_what_cannot_be_read_is_named_by_line(kind: ModuleType, body: str, line: int, words: str) -> None:
    bad = of(kind, body)
    assert [at for at, say in bad if words in say] == [line], bad


def test_teams_without_a_goal_are_teams_again() -> None:
    room = take_in(outline.read("# Ours\n\n## Growth\n\n## Quality\n"))
    assert [team.name for team in room.record.standing_teams()] == ["Growth", "Quality"]
    assert outline.write(take_in(outline.read(outline.write(room)))) == outline.write(room)


def test_what_a_file_moves_stands_where_it_says() -> None:
    room = take_in(document.read(KESTREL))
    found = json.loads(KESTREL)
    moved = found["okrs"][0]["key_results"].pop()
    found["okrs"][1]["key_results"].append(moved)
    take_in(document.read(json.dumps(found)), room)
    assert room.record.results[moved["id"]].objective == found["okrs"][1]["id"]
    assert json.loads(document.write(room)) == found
