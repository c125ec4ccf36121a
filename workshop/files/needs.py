"""Dependencies as a table of their own: a row each, who needs what of whom, with its columns in any order."""

import csv
import io
from functools import partial
from typing import Any

from sessions.record.dependencies.dependency import Dependency
from sessions.record.files.incoming import Incoming
from sessions.room import Room
from sessions.rules import text
from workshop.export import cell

#: Column → field of a dependency.
COLUMNS = {
    "who needs it": "consumer",
    "from whom": "provider",
    "what": "upstream_need",
    "because": "downstream_impact",
    "needed by": "need_by",
    "decided by": "decision_date",
    "off track when": "failure_trigger",
    "answer": "state",
    "agreed": "confirmed",
    "only if": "condition",
    "reason": "reason",
    "who decides": "decider",
    "decides by": "decide_by",
    "looked after by": "owner",
    "carried in": "reflected_in",
    "carried as": "mode",
    "for result": "consumer_kr",
    "id": "id",
}
_ALSO = {"consumer": "who needs it", "provider": "from whom", "need": "what", "need by": "needed by"} | {
    field.replace("_", " "): column for column, field in COLUMNS.items()
}


def is_one(heads: list[str]) -> bool:
    """Whether the first row of a table is that of a table of needs."""
    known = {_ALSO.get(head, head) for head in heads}
    return {"who needs it", "from whom"} <= known


def read(came: Incoming, heads: list[str], rows: list[tuple[int, list[str]]]) -> None:
    """What a table of needs brings; teams may be named or given by id."""
    columns = [_ALSO.get(head, head) for head in heads]
    for column in columns:
        if column and column not in COLUMNS:
            came.leave(1, column, "The column “{words}” is not used.", words=column)
            came.columns.append(column)
    found: list[dict[str, Any]] = []
    lines: list[int] = []
    for line, values in rows:
        row = came.attempt(line, partial(_row, columns, values))
        if row:
            found.append(row)
            lines.append(line)
    came.kept["dependencies"], came.need_lines = found, lines


def write(room: Room) -> str:
    """Every dependency of the record, teams by their names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for need in room.record.dependencies.values():
        row = row_of(room, need)
        writer.writerow([cell(row[field]) for field in COLUMNS.values()])
    return "\ufeff" + out.getvalue()


def row_of(room: Room, need: Dependency) -> dict[str, str]:
    """What a table says of one, by its fields."""
    row = {field: str(getattr(need, field, "")) for field in COLUMNS.values()}
    row["consumer"], row["provider"] = room.record.team_name(need.consumer), room.record.team_name(need.provider)
    return row | {"confirmed": "yes" if need.agreed else ""}


def _row(columns: list[str], values: list[str]) -> dict[str, Any]:
    """A row as a document has it. An empty cell clears a field; a column that is not there leaves it."""
    # A row ends with its last words: what is missing behind them is blank.
    whole = [*values, *[""] * (len(columns) - len(values))]
    cells = zip(columns, (value.strip().removeprefix("'") for value in whole), strict=False)
    row: dict[str, Any] = {COLUMNS[column]: value for column, value in cells if column in COLUMNS}
    for field, what in (("consumer", "who needs it"), ("provider", "from whom"), ("upstream_need", "what is needed")):
        row[field] = text.clean(str(row.get(field) or ""), text.NOTE, f"“{what}”")
    for field in ("state", "id"):
        if not row.get(field):
            row.pop(field, None)
    said = str(row.get("confirmed", "")).casefold()
    row["confirmed"] = None if "confirmed" not in row else said in ("yes", "true", "1", "x")
    return row
