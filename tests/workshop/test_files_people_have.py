"""Files people really have: each gives what somebody who reads it would say, and names what of it is not used."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from odfdo import Cell, Document, Row, Table
from openpyxl import Workbook, load_workbook

from sessions.evolve import new_room
from sessions.record.files.incoming import Incoming
from sessions.record.files.preview import preview
from sessions.record.files.settling import settle
from sessions.room import Room
from workshop.files import DEMO, WRITTEN, document, opening, table

INPUTS = Path(__file__).parent / "inputs"
#: Team → goal → results, each with from, to, now and what it is counted in.
Goals = dict[str, dict[str, list[tuple[Any, ...]]]]

GIVES: dict[str, Goals] = {
    "05-title-rows-above-header.csv": {"Sales": {"Grow": [("Lift close rate", 31, 36, None, "")]}},
    "08-krs-in-columns.csv": {
        "Sales": {"Grow": [("Close rate", 31, 36, None, "%"), ("Quote time", 6, 4, None, "days")]},
        "Support": {"Nobody waits": [("First reply", 12, 4, None, "h")]},
    },
    "10-notion.md": {
        "Sales": {
            "Customers find us easily": [
                ("Lift close rate", 31, 36, None, "%"),
                ("Cut quote time", 6, 4, None, "days"),
            ],
            "We keep promises": [("On-time starts", 71, 85, None, "%"), ("Zero missed calls", None, None, None, "")],
        }
    },
    "11-confluence.md": {
        "Sales": {
            "Customers find us easily": [
                ("Lift close rate", 31, 36, None, "%"),
                ("Cut quote time", 6, 4, None, "days"),
            ]
        },
        "Support": {"Nobody waits": [("First reply", 12, 4, None, "h"), ("CSAT", 4.1, 4.5, None, "")]},
    },
    "12-gdocs-paste.txt": {
        "Sales": {
            "Customers find us easily": [
                ("Lift close rate", 31, 36, None, "%"),
                ("Cut quote time", 6, 4, None, "days"),
            ]
        },
        "Support": {"Nobody waits": [("First reply", 12, 4, None, "h")]},
    },
    "14-table-only.md": {
        "Sales": {"Grow 🌱": [("Lift close rate", 31, 36, None, ""), ("Cut quote time", 6, 4, None, "")]}
    },
    "23-sep-line.csv": {"Sales": {"Grow": [("Lift close rate", 31, 36, None, "")]}},
    "ally-viva-goals.csv": {
        "Platform": {"Make onboarding painless": [("Cut first-login time", 14, 6, None, "minutes")]}
    },
    "betterworks.csv": {"": {"Steady the depot": [("Fewer missed pickups", None, None, None, "")]}},
    "confluence-paste.tsv": {
        "": {
            "Answer sooner": [
                ("First reply within the hour", None, None, None, ""),
                ("Halve reopened tickets", None, None, None, ""),
            ]
        }
    },
    "excel-unicode-text.txt": {"Küche;": {"Größere Töpfe": [("Töpfe", 1.5, 4, None, "")]}},
    "figures.csv": {
        "Sales": {
            "Grow": [
                ("Revenue", 1.2, 1.5, 1.3, "M$"),
                ("Users", 10, 50, 12, "k"),
                ("Rating", 4.2, 4.6, None, "of 5"),
                ("Launch (No → Yes)", None, None, None, ""),
                ("Done", None, None, None, ""),
            ]
        }
    },
    "german-excel-cp1252.csv": {"Küche": {"Größere Töpfe kaufen": [("Töpfe über 20 l", 1.5, 4, None, "")]}},
    "gsheet-merged-known-columns.csv": {
        "Sales": {
            "Grow larger accounts": [
                ("Sign eight new accounts", 0, 8, None, ""),
                ("Lift average order", 200, 260, None, ""),
            ]
        },
        "Support": {
            "Answer sooner": [
                ("First reply within the hour", 5, 1, None, ""),
                ("Halve reopened tickets", 20, 10, None, ""),
            ]
        },
    },
    "gsheet-okr.csv": {
        "": {
            "Grow larger accounts": [
                ("Sign eight new accounts", 0, 8, 3, ""),
                ("Lift average order", 200, 260, 215, ""),
                ("Keep churn under 4%", 6, 4, 5, "%"),
            ]
        }
    },
    "md-kr-headings.md": {
        "Platform": {
            "Make onboarding painless": [
                ("First login", 14, 6, None, "minutes"),
                ("Tickets in week one", 60, 30, None, ""),
            ],
            "Calm the pager": [("Night pages", 20, 5, None, "")],
        }
    },
    "md-pm-team-okrs.md": {
        "Rolling": {
            "Make onboarding painless": [
                ("first-login minutes", 14, 6, None, "minutes"),
                ("tickets in week one", 60, 30, None, ""),
            ]
        }
    },
    "md-table-template.md": {
        "Platform": {
            "Make onboarding painless": [
                ("Cut first-login time", None, 6, 9, ""),
                ("Fewer tickets in week one", None, 30, 41, ""),
            ]
        }
    },
    "notion-key-results.csv": {
        "": {"Launch the course": [("Enrol 80 learners", None, 80, 12, ""), ("Collect 15 reviews", None, 15, 3, "")]}
    },
    "okrs-noid.json": {"Support": {"Answer sooner": [("First reply", 5, 1, None, "")]}},
    "puzzle-overview.json": {"Platform": {"Make onboarding painless": [("First login", 14, 6, None, "")]}},
    "sheet.xlsx": {
        "Sales": {
            "Customers find us easily": [("Close rate", 31, 36, 33, "%"), ("Days to a quote", 6, 4, 5.5, "")],
        },
        "Support": {"Nobody waits": [("First reply (hours)", 12, 4, None, ""), ("Satisfaction", 4.1, 4.5, None, "")]},
    },
}
#: What of each is said to be not used.
LEFT = {
    "05-title-rows-above-header.csv": ["OKRs Q3 2026 - final v3", "", "", "Total"],
    "betterworks.csv": ["progress", "categories", "description"],
    "md-kr-headings.md": ["Initiatives", "New wizard"],
    "md-table-template.md": ["Dependencies:", "Identity team", "Risks:", "Vendor change"],
    "md-pm-team-okrs.md": ["Context", "Evidence links: none", "Cadence"],
    "figures.csv": ["No", "Yes", "n/a", "TBD"],
    "sheet.xlsx": ["OKRs Q3 2027", "Notes"],
}


def brought(body: bytes, kind: str = "", columns: dict[str, str] | None = None) -> tuple[Room, Incoming]:
    came = opening.read(body, kind, columns)
    assert [(unread.line, unread.why.say) for unread in came.bad] == []
    room = new_room("room")
    ids = iter(range(10_000))
    settle(room, came, 1, "", lambda: f"id{next(ids)}").evolve(room)
    return room, came


def stands(room: Room) -> Goals:
    record = room.record
    found: Goals = {}
    for goal in record.objectives.values():
        rows = [(r.text, r.baseline, r.target, r.current, r.unit) for r in record.results_of(goal.id)]
        found.setdefault(record.team_name(goal.team), {})[goal.text] = rows
    return found


def begins(found: Goals, wanted: Goals) -> bool:
    """Whether these are the same, but for words behind those of a result that say its figures."""
    for team, goals in wanted.items():
        for goal, results in goals.items():
            rows = found[team][goal]
            assert [row[1:] for row in rows] == [row[1:] for row in results], (goal, rows)
            assert all(row[0].startswith(said[0]) for row, said in zip(rows, results, strict=True)), rows
    return {team: list(goals) for team, goals in found.items()} == {team: list(goals) for team, goals in wanted.items()}


@pytest.mark.parametrize("name", GIVES)
def test_a_file_gives_what_it_says(name: str) -> None:
    room, came = brought((INPUTS / name).read_bytes())
    assert begins(stands(room), GIVES[name])
    assert {team.name for team in room.record.standing_teams()} - {"Leadership"} == {
        team for team in GIVES[name] if team
    }
    left = [unused.what for unused in came.unused]
    assert [what for what in LEFT.get(name, ()) if what not in left] == []
    assert all(unused.told()["say"] for unused in came.unused)


def test_every_file_has_its_line() -> None:
    known = {*GIVES, "16-unclosed-quote.csv", "26-reimport-with-one-changed-target.csv"}
    assert {path.name for path in INPUTS.iterdir()} == known


def test_owners_dates_and_states_stay_with_it() -> None:
    kept = {
        name: [r.kept for r in brought((INPUTS / name).read_bytes())[0].record.results.values()]
        for name in ("ally-viva-goals.csv", "gsheet-okr.csv", "confluence-paste.tsv", "md-table-template.md")
    }
    assert kept["ally-viva-goals.csv"][0] == {
        "owner": "b.two@example.org",
        "period": "Q1 2027",
        "start_date": "01/01/2027",
        "due": "03/31/2027",
    }
    assert kept["gsheet-okr.csv"][0] == {"score": "0.38", "period": "Q1 2027"}
    assert kept["confluence-paste.tsv"][0] == {"status": "ON TRACK"}
    assert kept["md-table-template.md"][0] == {"status": "On Track", "confidence": "High"}
    room, _ = brought((INPUTS / "10-notion.md").read_bytes())
    assert [[room.name_of(p) for p in r.leads] for r in room.record.results.values()] == [["Anna"], ["Jörg"], [], []]
    link = brought((INPUTS / "notion-key-results.csv").read_bytes())[0].record.objectives
    assert next(iter(link.values())).kept["link"].startswith("https://www.notion.so")


def test_a_broken_quote_is_named_where_it_opens_and_brings_nothing() -> None:
    came = opening.read((INPUTS / "16-unclosed-quote.csv").read_bytes())
    assert [unread.line for unread in came.bad] == [2]
    assert (came.teams, came.objectives) == ([], [])


def test_a_reworded_line_is_a_change_and_no_second_one() -> None:
    room, _ = brought(DEMO.read_bytes())
    before = (len(room.record.objectives), len(room.record.results))
    came = opening.read((INPUTS / "26-reimport-with-one-changed-target.csv").read_bytes())
    ids = iter(range(10_000))
    event = settle(room, came, 1, "", lambda: f"new{next(ids)}")
    changed = preview(room, event).changed
    assert [(line["what"], line["was"][:24]) for line in changed if line["was"]] == [
        ("objective", "Switching to Kestrel is ")
    ]
    fields = sorted((change["field"], change["was"], change["now"]) for line in changed for change in line["changes"])
    assert ("target", "85", "85.5") in fields
    assert ("current", "", "55") in fields
    # Besides what its note says, the file has another target and where it is now for one result more.
    assert sorted({change for change in fields if change[0] != "text"}) == [
        ("current", "", "250"),
        ("current", "", "55"),
        ("target", "290", "300"),
        ("target", "85", "85.5"),
    ]
    event.evolve(room)
    assert (len(room.record.objectives), len(room.record.results)) == before
    logged = [(revision.what, revision.now) for revision in room.record.revisions]
    assert ("target", 85.5) in logged
    assert ("current", 55.0) in logged


# Others of the same kinds


SAME: Goals = {"Sales": {"Grow": [("Close rate", 31, 36, 33, "%")]}}


@pytest.mark.parametrize(
    "body",
    [
        "Team\tObjective\tKR\tStart value\tTarget value\tActual\nSales\tGrow\tClose rate\t31 %\t36 %\t33 %\n",
        "OKR overview\n\nSquad;Goal;Measurable result;From;To;Now\nSales;Grow;Close rate;31%;36%;33%\nSum;;;31;36;33\n",
        "sep=,\nDepartment,Ziel,KR1,Now\nSales,Grow,Close rate 31% -> 36%,33%\n",
        "|Team|Objective|Key Result|Figures|Current|\n|-|-|-|-|-|\n|Sales|Grow|Close rate|31 % → 36 %|33 %|\n",
        "# Sales\n## Objective: Grow\n\n|KR|Start|Target|Current|\n|---|---|---|---|\n|Close rate|31%|36%|33%|\n",
        "Title,Type,Parent,Team,Baseline,Target,Now\nGrow,Objective,,Sales,,,\nClose rate,KR,Grow,Sales,31%,36%,33%\n",
        "Issue key,Issue Type,Summary,Parent,Team,Start,Target,Actual\nA-1,Objective,Grow,,Sales,,,\n"
        "A-2,Key Result,Close rate,A-1,Sales,31%,36%,33%\nA-3,Task,Call people,A-2,Sales,,,\n",
        "Abteilung;Ziel;Schlüsselergebnis;Startwert;Zielwert;Ist\nSales;Grow;Close rate;31 %;36 %;33 %\nSumme;;;;;\n",
        '[{"team": {"name": "Sales"}, "objectives": [{"title": "Grow", "keyResults": [{"title": "Close rate", "unit":'
        ' "PERCENT", "baseline": 31, "stretchGoal": 36, "lastCheckIn": {"value": 33}}]}]}]',
    ],
)
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_same_goals_however_somebody_writes_them(body: str, code: str) -> None:
    assert begins(stands(brought(body.encode(code))[0]), SAME)


@pytest.mark.parametrize(
    "body",
    [
        "# Sales\n\n- Grow\n  - Close rate from 31% to 36%\n",
        "- Sales\n  - Grow\n    - Close rate 31% → 36%\n",
        "Sales\n\nObjective 1 – Grow\n1) KR 1.1: Close rate from 31 % to 36 %\n",
        "## Sales\n**O1: Grow**\n\n- [x] KR1 - Close rate from 31% to 36%\n",
        "Team: Sales\n\nGoal: Grow\n◦ KR1: Close rate von 31 % auf 36 %\n",
        "# Company OKRs 2027\n## Sales\n### Grow\n1. Close rate (31% => 36%)\n",
        "Sales\n\nObjective: Grow\n\nKey results:\n\t1.\tClose rate from 31% to 36%\n",
        "# OKRs Q2 2027\n\n## Sales\n\n1. **Grow**\n   - KR1: Close rate 31% → 36%\n",
        "## Sales\n\n### Objective 1\nGrow\n\n#### Key results\n- Close rate from 31% to 36%\n",
        "Sales\nO: Grow\nKR: Close rate from 31% to 36%\n",
        "# Sales\n## O1 Grow\n- KR1 Close rate: 31% → 36%\n",
    ],
)
def test_the_same_goals_however_a_text_says_them(body: str) -> None:
    assert begins(stands(brought(body.encode())[0]), {"Sales": {"Grow": [("Close rate", 31, 36, None, "%")]}})


def test_a_sheet_of_either_office_gives_the_same() -> None:
    rows = [["OKRs"], ["Team", "Objective", "Key result", "Start", "Target", "Now"]]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    sheet.append(["Sales", "Grow", "Close rate", 0.31, 0.36, 0.33])
    for column in "DEF":
        sheet[f"{column}3"].number_format = "0.0%"
    excel = io.BytesIO()
    book.save(excel)
    calc = Document("spreadsheet")
    calc.body.clear()
    page = Table("Goals")
    for row in rows:
        line = Row()
        line.set_values(row)
        page.append_row(line)
    line = Row()
    for value in ("Sales", "Grow", "Close rate"):
        line.append_cell(Cell(value))
    for figure in (0.31, 0.36, 0.33):
        line.append_cell(Cell(figure, cell_type="percentage"))
    page.append_row(line)
    calc.body.append(page)
    saved = io.BytesIO()
    calc.save(saved)
    for body in (excel.getvalue(), saved.getvalue()):
        assert begins(stands(brought(body)[0]), SAME)


def test_an_unknown_column_is_left_or_is_what_somebody_says() -> None:
    body = b"team,objective,Zielbild,colour\nSales,Grow,Close rate,red\n"
    room, came = brought(body)
    assert came.columns == ["Zielbild", "colour"]
    assert not room.record.results
    room, came = brought(body, columns={"zielbild": "key result", "colour": "none"})
    assert [r.text for r in room.record.results.values()] == ["Close rate"]
    assert came.columns == []


@pytest.mark.parametrize(
    "body",
    [b"\x00\x01\x02\x03\xff", b"PK\x03\x04nonsense", b"\x89PNG\r\n\x1a\n\x00\x00", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\x00"],
)
def test_what_is_no_such_file_is_refused_in_a_sentence(body: bytes) -> None:
    came = opening.read(body)
    assert [unread.why.say for unread in came.bad]
    assert not came.objectives


def test_what_we_write_we_read_as_the_same() -> None:
    room, _ = brought(DEMO.read_bytes())
    again = settle(room, table.read(table.write(room)), 1, "", lambda: "new")
    assert preview(room, again).changed == []
    assert json.loads(document.write(room)) == json.loads(DEMO.read_text())


def test_a_table_for_half_of_the_world_has_semicolons_and_decimal_commas() -> None:
    room, _ = brought(DEMO.read_bytes())
    room.record.results["HOM-1"].current = 233.5
    body = WRITTEN["csv;"].write(room)
    assert isinstance(body, str)
    assert "contracts;210;290;up;233,5;" in body
    assert preview(room, settle(room, table.read(body), 1, "", lambda: "new")).changed == []


def test_an_excel_file_has_a_sheet_each_and_is_read_as_the_same() -> None:
    room, _ = brought(DEMO.read_bytes())
    room.record.results["GRO-2"].text = "=cmd|' /C calc'!A0"
    body = WRITTEN["xlsx"].write(room)
    assert isinstance(body, bytes)
    book = load_workbook(io.BytesIO(body))
    assert book.sheetnames == ["Goals", "Teams", "Links", "Feedback", "Confidence", "Needs"]
    assert [cell.data_type for row in book["Goals"].iter_rows() for cell in row if cell.data_type == "f"] == []
    links = [[cell.value for cell in row] for row in book["Links"].iter_rows(min_row=2)]
    assert len(links) == len(room.record.alignments)
    came = opening.read(body)
    assert preview(room, settle(room, came, 1, "", lambda: "new")).changed == []


@pytest.mark.parametrize("kind", ["json", "csv", "md", "xlsx"])
def test_a_file_that_brings_nothing_says_so_in_every_form(kind: str) -> None:
    room, _ = brought(DEMO.read_bytes())
    body = WRITTEN[kind].write(room)
    came = opening.read(body.encode() if isinstance(body, str) else body)
    assert not preview(room, settle(room, came, 1, "", lambda: "new")).anything
    empty = new_room("other")
    ids = iter(range(10_000))
    assert preview(empty, settle(empty, came, 1, "", lambda: f"id{next(ids)}")).anything
