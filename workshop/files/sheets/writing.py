"""The record as an Excel file: a sheet each for goals, teams, links, feedback, confidence and needs."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment as Placing
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from sessions.record.dependencies.words import standing
from sessions.room import Room
from workshop.files import needs, table

#: The widest a column is, in letters.
_WIDEST = 60


def write(room: Room) -> bytes:
    """Every sheet; those with nothing in them are left out, but for the goals."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, "Goals", (*table.COLUMNS, "status"), table.rows(room))
    for name, heads, rows in (
        ("Teams", ("team", "kind", "people"), _teams(room)),
        ("Links", ("line", "of", "kind", "serves", "reason"), _links(room)),
        ("Feedback", ("on", "goal", "kind", "what was said", "from", "state", "reason"), _feedback(room)),
        ("Confidence", ("goal", "round", "mean", "voters", "passed"), _confidence(room)),
        ("Needs", tuple(needs.COLUMNS), _needs(room)),
    ):
        listed = list(rows)
        if listed:
            _sheet(book, name, heads, listed)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, name: str, heads: Sequence[str], rows: Any) -> None:
    sheet = book.create_sheet(name)
    widths = [len(head) for head in heads]
    for number, row in enumerate([heads, *rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value if isinstance(value, int | float) else None)
            if not isinstance(value, int | float):
                # Words are words: what begins like a formula is none.
                cell.value = str(value or "") or None
                cell.data_type = "s" if value else "n"
            cell.font = Font(bold=number == 1)
            cell.alignment = Placing(wrap_text=True, vertical="top")
            widths[column - 1] = min(max(widths[column - 1], len(str(value or ""))), _WIDEST)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width + 2
    sheet.freeze_panes = "A2"


def _teams(room: Room) -> Iterator[tuple[Any, ...]]:
    for team in room.record.standing_teams():
        yield team.name, team.kind, team.size or ""


def _links(room: Room) -> Iterator[tuple[Any, ...]]:
    record = room.record
    for link in record.alignments.values():
        home = record.objective_of(link.child)
        name = record.team_name(home.team) if home else ""
        yield record.wording(link.child), name, link.kind, record.wording(link.parent), link.reason


def _feedback(room: Room) -> Iterator[tuple[Any, ...]]:
    record = room.record
    for given in record.feedback.values():
        goal, team = record.wording(given.objective), record.team_name(given.team)
        yield record.wording(given.on), goal, given.kind, given.text, team, given.state, given.reason


def _confidence(room: Room) -> Iterator[tuple[Any, ...]]:
    for vote in room.record.confidence:
        told = vote.mean if vote.tells() else ""
        yield (
            room.record.wording(vote.objective),
            vote.round,
            told,
            vote.voters,
            "yes" if vote.passed and vote.tells() else "",
        )


def _needs(room: Room) -> Iterator[tuple[Any, ...]]:
    for need in room.record.dependencies.values():
        row = needs.row_of(room, need)
        yield tuple(standing(need) if field == "state" else row[field] for field in needs.COLUMNS.values())
