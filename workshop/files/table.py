"""Teams and OKRs as a table: a row a key result, with its columns in any order."""

import csv
import io
import re
from functools import partial
from typing import Any

from sessions.record.incoming import Incoming, IncomingObjective, IncomingResult, IncomingTeam
from sessions.record.results.result import plain
from sessions.room import Room
from sessions.rules import text
from sessions.rules.refusal import Refused
from workshop.export import cell
from workshop.files import needs

COLUMNS = (
    "team", "objective", "key result", "metric", "unit", "baseline", "target", "direction", "current",
    "lead 1", "lead 2",
)  # fmt: skip
_DIRECTIONS = {"": "", "up": "up", "down": "down", "keep": "keep", "↑": "up", "↓": "down", "=": "keep"}
_ALSO = {"result": "key result", "kr": "key result", "key results": "key result", "from": "baseline", "to": "target"}
MOST_ROWS = 20_000


def read(body: str) -> Incoming:
    """What a table brings: commas, semicolons or tabs, with or without a byte-order mark, any line ends."""
    came = Incoming()
    bare = body.removeprefix("\ufeff")
    first = bare.splitlines()[0] if bare.strip() else ""
    mark = max(";,\t", key=first.count)
    try:
        rows = list(_rows(bare, mark))
    except csv.Error as fault:
        came.refuse(1, "This is not a table: {fault}.", fault=str(fault))
        return came
    if not rows:
        came.refuse(1, "The table is empty.")
        return came
    if len(rows) > MOST_ROWS:
        came.refuse(
            1,
            "The table has {rows} rows; {most_rows} is the most that fits.",
            rows=f"{len(rows) - 1:,}",
            most_rows=f"{MOST_ROWS:,}",
        )
        return came
    heads = [" ".join(head.lower().replace("_", " ").split()) for head in rows[0][1]]
    if needs.is_one(heads):
        needs.read(came, heads, rows[1:])
        return came
    heads = [_ALSO.get(head, head) for head in heads]
    unknown = [head for head in heads if head and head not in COLUMNS]
    twice = sorted({head for head in heads if head and heads.count(head) > 1})
    if unknown or twice or not {"team", "objective"} & set(heads):
        sentence, values = _wrong(unknown, twice)
        came.refuse(1, sentence, **values)
        return came
    _Reader(came, heads, "," if mark == "," else ";").read(rows[1:])
    return came


def _wrong(unknown: list[str], twice: list[str]) -> tuple[str, dict[str, str]]:
    """What is wrong with the first row."""
    columns = {"columns": ", ".join(COLUMNS)}
    if unknown:
        return "The first row does not know “{head}”. The columns are: {columns}.", {"head": unknown[0], **columns}
    if twice:
        return "The first row has “{head}” twice. The columns are: {columns}.", {"head": twice[0], **columns}
    return "The first row has no team. The columns are: {columns}.", columns


def _rows(body: str, mark: str) -> Any:
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=mark, strict=True)
    before = 0
    for row in reader:
        line, before = before + 1, reader.line_num
        if any(value.strip() for value in row):
            yield line, row


class _Reader:
    """Takes rows one by one; a row that cannot be read is named and brings nothing."""

    def __init__(self, came: Incoming, heads: list[str], mark: str) -> None:
        self.came, self.heads, self.mark = came, heads, mark
        self.teams: dict[str, IncomingTeam] = {}
        self.objectives: dict[tuple[str, str], IncomingObjective] = {}
        self.results: dict[tuple[str, str, str], int] = {}

    def read(self, rows: list[tuple[int, list[str]]]) -> None:
        """Every row."""
        for line, values in rows:
            self.came.attempt(line, partial(self._row, line, values))
        self.came.teams = list(self.teams.values())
        self.came.objectives = list(self.objectives.values())

    def _row(self, line: int, values: list[str]) -> None:
        if len([v for v in values[len(self.heads) :] if v.strip()]):
            raise Refused(
                "bad_row",
                "This row has {cells} cells; the first row has {heads}.",
                {"cells": len(values), "heads": len(self.heads)},
            )
        row = {head: _bare(value) for head, value in zip(self.heads, values, strict=False) if head}
        team = text.optional(row.get("team", ""), text.NAME, "The team")
        words = text.optional(row.get("objective", ""), text.LINE, "The objective")
        result = self._result(line, row)
        if result and not words:
            raise Refused("bad_row", "This row has a key result, but no objective it belongs to.")
        if not team and not words:
            raise Refused("bad_row", "This row names neither a team nor an objective.")
        if team:
            self.teams.setdefault(text.alike(team), IncomingTeam(team, line))
        if not words:
            return
        home = (text.alike(team), text.alike(words))
        if result:
            same = (*home, text.alike(result.text))
            if same in self.results:
                raise Refused(
                    "bad_row",
                    "“{text}” is in row {row} already, under the same objective.",
                    {"text": result.text, "row": self.results[same]},
                )
            self.results[same] = line
        objective = self.objectives.setdefault(home, IncomingObjective(words, line, team))
        if result:
            objective.results.append(result)

    def _result(self, line: int, row: dict[str, str]) -> IncomingResult | None:
        words = text.optional(row.get("key result", ""), text.LINE, "The key result")
        if not words:
            filled = next((c for c in COLUMNS[3:] if row.get(c, "")), "")
            if filled:
                raise Refused("bad_row", "This row has a {filled}, but no key result.", {"filled": filled})
            return None
        fields: dict[str, Any] = {}
        for name in ("metric", "unit"):
            if name in row:
                fields[name] = text.optional(row[name], text.LINE, f"The {name}")
        for name in ("baseline", "target", "current"):
            if name in row:
                fields[name] = self._figure(row[name], f"The {name}")
        if "direction" in row:
            said = row["direction"].lower()
            if said not in _DIRECTIONS:
                raise Refused(
                    "bad_row", "“{said}” is no direction: write up, down or keep.", {"said": row["direction"]}
                )
            fields["direction"] = _DIRECTIONS[said]
        named = [row[c] for c in ("lead 1", "lead 2") if row.get(c)]
        names = [text.clean(name, text.NAME, "The lead") for name in named]
        if len({text.alike(name) for name in names}) < len(names):
            raise Refused("bad_row", "{name} cannot be both leads of one result.", {"name": names[0]})
        leads = names if "lead 1" in row or "lead 2" in row else None
        return IncomingResult(words, line, fields=fields, leads=leads)

    def _figure(self, said: str, what: str) -> float | None:
        if self.mark == "," and re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", said):
            whole = said.replace(",", "")
            raise Refused(
                "bad_row",
                "{what} “{said}” can be read in two ways: write {whole}, or use a point.",
                {"what": what, "said": said, "whole": whole},
            )
        if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+,\d+", said):
            said = said.replace(".", "")
        return text.number(said, f"{what} “{said}”")


def write(room: Room) -> str:
    """One row a key result; objectives without one, and teams without any, have a row of their own."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _table(room):
        writer.writerow([cell(value) for value in row])
    return "\ufeff" + out.getvalue()


def _table(room: Room) -> Any:
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
            figures = ["" if value is None else plain(value) for value in (r.baseline, r.target, r.current)]
            leads = [*(room.name_of(p) for p in r.leads), "", ""][:2]
            yield (*head, r.text, r.metric, r.unit, *figures[:2], r.direction, figures[2], *leads)
        if not results:
            yield (*head, *[""] * 9)
    for team in record.standing_teams():
        if team.id not in told and team.kind != "leadership":
            yield (team.name, *[""] * 10)


def _bare(value: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from reckoning."""
    bare = value.strip()
    return bare[1:] if cell(bare[1:]) == bare and bare.startswith("'") else bare
