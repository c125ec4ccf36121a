"""Teams and OKRs as a table: a row a key result, with its columns in any order, by whatever people call them."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from sessions.record.files.incoming import Incoming
from sessions.record.results.result import plain
from sessions.room import Room
from workshop.export import cell
from workshop.files import needs
from workshop.files.sheets import delimited, heads
from workshop.files.sheets.grid import Grid
from workshop.files.sheets.reading import Reader

COLUMNS = (
    "team", "objective", "key result", "metric", "unit", "baseline", "target", "direction", "current",
    "lead 1", "lead 2",
)  # fmt: skip


_NO_HEADS = "No row says what the columns are: a team, an objective or a key result. The columns are: {columns}."


def read(body: str, columns: Mapping[str, str] | None = None) -> Incoming:
    """What a table brings; ``columns`` says what unknown ones are, by their words."""
    came = Incoming()
    grid = delimited.read(came, body)
    if grid is not None:
        read_grid(came, grid, columns)
    return came


def read_grid(
    came: Incoming, grid: Grid, columns: Mapping[str, str] | None = None, team: str = "", objective: str = ""
) -> bool:
    """The rows of a table, under this team and objective where it stands under them; whether it is one of goals."""
    if grid.rows and needs.is_one([heads.said(head) for head in grid.rows[0].cells]):
        needs.read(
            came,
            [heads.said(head) for head in grid.rows[0].cells],
            [(r.line, r.cells) for r in grid.rows[1:] if r.filled],
        )
        return True
    found = heads.find(grid, dict(columns or {}))
    if found is None:
        first = next((row for row in grid.rows if row.filled), None)
        came.refuse(first.line if first else 1, _no_heads(grid), columns=", ".join(COLUMNS))
        return False
    twice = [
        name
        for name in ("team", "objective", "baseline", "target", "current")
        if [*found.columns.values()].count(name) > 1
    ]
    if twice:
        came.refuse(
            found.line,
            "The first row has “{head}” twice. The columns are: {columns}.",
            head=twice[0],
            columns=", ".join(COLUMNS),
        )
        return False
    Reader(came, found, grid, team, objective).read()
    return True


def _no_heads(grid: Grid) -> str:
    return (
        "No row says what the columns are: one with a team, an objective or a key result. The columns are: {columns}."
    )


def write(room: Room, mark: str = ",") -> str:
    """One row a key result; objectives without one, and teams without any, have a row of their own.

    With semicolons as ``mark``, figures have a decimal comma, as spreadsheets of half the world read them.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", delimiter=mark)
    writer.writerow(COLUMNS)
    for row in rows(room):
        figures = [_figure(value, mark) if isinstance(value, float) else cell(value) for value in row]
        writer.writerow(figures[: len(COLUMNS)])
    return "\ufeff" + out.getvalue()


def rows(room: Room) -> Iterator[tuple[Any, ...]]:
    """The rows of such a table, and behind them the status of the goal; unknown figures are blank."""
    record = room.record
    names = {team.id: team.name for team in record.teams.values()}
    told: set[str] = set()
    for objective in record.objectives.values():
        if not objective.text:
            continue
        told.add(objective.team)
        head = (names.get(objective.team, ""), objective.text)
        results = record.results_of(objective.id)
        for r in results:
            baseline, target, current = ("" if value is None else value for value in (r.baseline, r.target, r.current))
            leads = [*(room.name_of(p) for p in r.leads), "", ""][:2]
            measured = (r.metric, r.unit, baseline, target, r.direction, current)
            yield (*head, r.text, *measured, *leads, objective.status)
        if not results:
            yield (*head, *[""] * 9, objective.status)
    for team in record.standing_teams():
        if team.id not in told and team.kind != "leadership":
            yield (team.name, *[""] * 11)


def _figure(value: float, mark: str) -> str:
    return cell(plain(value)).replace(".", ",") if mark == ";" else cell(plain(value))
