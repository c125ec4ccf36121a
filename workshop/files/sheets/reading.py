"""The rows of a table as goals: by the columns that were found, each row under what stands above it."""

import re
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sessions.record.files.incoming import Incoming, IncomingObjective, IncomingResult, IncomingTeam
from sessions.rules import figures, text
from sessions.rules.refusal import Refused
from workshop.files.labels import bare_words, is_key_result, without_label
from workshop.files.sheets.grid import Grid, Row
from workshop.files.sheets.heads import KEPT, Heads
from workshop.files.sheets.measuring import FIGURES, measured

_DIRECTIONS = {"": "", "up": "up", "down": "down", "keep": "keep", "↑": "up", "↓": "down", "=": "keep"}
#: Words that begin a row which only adds up.
_SUMS = {
    "total",
    "totals",
    "sum",
    "average",
    "gesamt",
    "summe",
    "mittelwert",
    "durchschnitt",
    "subtotal",
    "grand total",
}
#: Kinds of rows in a list of goals and results, by the words of trackers.
_GOALS = {"objective", "goal", "company objective", "team objective", "ziel", "o", "okr"}
_RESULTS = {"key result", "kr", "result", "milestone", "target", "metric", "measure", "key-result", "keyresult"}
_LINK = re.compile(r"\s*\((https?://[^\s)]+)\)\s*$")


@dataclass(slots=True)
class _Above:
    """What stands in the rows above: the team and the objective that blank cells go on with."""

    team: str = ""
    objective: str = ""
    #: Goals of a list by their id and words, for rows that name the one they belong to.
    named: dict[str, tuple[str, str]] = field(default_factory=dict)


class Reader:
    """Takes the rows of a table one by one; ``team`` and ``objective`` are those it stands under in its file."""

    def __init__(self, came: Incoming, heads: Heads, grid: Grid, team: str = "", objective: str = "") -> None:
        self.came, self.heads, self.grid = came, heads, grid
        self.under = (team, objective)
        self.above = _Above(team, objective)
        self.teams: dict[str, IncomingTeam] = {text.alike(t.name): t for t in came.teams}
        self.objectives = {(text.alike(o.team), text.alike(o.text)): o for o in came.objectives}
        self.results: dict[tuple[str, str, str], int] = {}
        self.fold = not heads.ours
        #: Goals that name another line as the one above, by what they call it; and what each line is called.
        self.aligned: list[tuple[int, IncomingObjective, str]] = []
        self.called: dict[str, IncomingObjective | IncomingResult] = {}

    def read(self) -> None:
        """Every row; what is not used is said by line."""
        for row in self.grid.rows[: self.heads.at]:
            if row.filled:
                self.came.leave(row.line, row.filled[0], "This stands above the columns.")
            else:
                self.came.leave(row.line, "", "This row is blank.")
        for words in self.heads.unknown.values():
            self.came.leave(self.heads.line, words, "The column “{words}” is not used.", words=words)
            self.came.columns.append(words)
        for row in self.grid.rows[self.heads.at + 1 :]:
            self.came.attempt(row.line, partial(self._row, row))
        self._tie()
        self.came.teams = list(self.teams.values())
        self.came.objectives = list(self.objectives.values())

    def _row(self, row: Row) -> None:
        if not row.filled:
            self.came.leave(row.line, "", "This row is blank.")
            return
        if len(row.filled) < len(self.heads.columns) and row.filled[0].strip(" :").casefold() in _SUMS:
            self.came.leave(row.line, row.filled[0], "This row adds others up.")
            return
        if any(cell.strip() for cell in row.cells[max((*self.heads.words, 0)) + 1 :]):
            sentence = "This row has {cells} cells; the first row has {heads}."
            raise Refused("bad_row", sentence, {"cells": len(row.cells), "heads": len(self.heads.words)})
        cells, results = self._cells(row)
        if "type" in cells or ("title" in cells and not self.heads.has("objective", "key result")):
            self._listed(row.line, cells)
            return
        if "title" in cells:
            cells.setdefault("key result" if self.heads.has("objective") else "objective", cells["title"])
            results = results or ([cells["title"]] if self.heads.has("objective") else [])
        self._place(row.line, cells, results)

    def _cells(self, row: Row) -> tuple[dict[str, str], list[str]]:
        """What each column says, and the words of every result in the row."""
        cells: dict[str, str] = {}
        results: list[str] = []
        for place, name in self.heads.columns.items():
            said = _bare(row.cells[place]) if place < len(row.cells) else ""
            if name == "key result":
                results += _several(said)
                cells.setdefault(name, "")
            elif name == "lead 1" and cells.get(name):
                cells["lead 2"] = cells.get("lead 2") or said
            elif said or name not in cells:
                cells[name] = said
        return cells, results

    def _place(self, line: int, cells: dict[str, str], results: list[str]) -> None:
        team, goal, link = self._home(cells, bool(results))
        if results and not goal:
            raise Refused("bad_row", "This row has a key result, but no objective it belongs to.")
        if not team and not goal:
            raise Refused("bad_row", "This row names neither a team nor an objective.")
        if not results:
            self._must_have_a_result(cells)
        if team:
            self.teams.setdefault(text.alike(team), IncomingTeam(team, line))
        if not goal:
            return
        home = (text.alike(team), text.alike(goal))
        objective = self.objectives.setdefault(home, IncomingObjective(goal, line, team))
        if link:
            objective.kept["link"] = link
        for words in results:
            self._add(line, objective, cells if len(results) == 1 else self._of_all(cells), words)
        if not results:
            objective.kept |= self._kept(cells)

    def _home(self, cells: dict[str, str], has_result: bool) -> tuple[str, str, str]:
        """The team and the objective of a row, and the address it gave for it; what is blank goes on from above."""
        team = text.optional(bare_words(cells.get("team", "")), text.NAME, "The team")
        said, link = _linked(cells.get("objective", ""))
        goal = text.optional(without_label(said), text.LINE, "The objective")
        if self.fold and has_result and not goal:
            goal = self.above.objective
            team = team or self.above.team
        elif self.fold and not team and goal:
            team = self.above.team
        team = team or (self.under[0] if not self.heads.has("team") else "")
        goal = goal or (self.under[1] if has_result else "")
        self.above.team, self.above.objective = team, goal or ("" if team else self.above.objective)
        return team, goal, link

    def _listed(self, line: int, cells: dict[str, str]) -> None:
        """A row of a list in which each is a goal or a result, and says which it belongs to."""
        kind = cells.get("type", "").casefold().strip()
        words = text.optional(without_label(_linked(cells.get("title", ""))[0]), text.LINE, "The title")
        if not words:
            raise Refused("bad_row", "This row has no title.")
        parent = self.above.named.get(text.alike(cells.get("parent", ""))) if cells.get("parent") else None
        is_result = kind in _RESULTS or (not kind and bool(cells.get("parent")))
        if kind and kind not in _GOALS | _RESULTS:
            self.came.leave(line, words, "A row of the kind “{kind}” is neither a goal nor a result.", kind=kind)
            return
        team = text.optional(bare_words(cells.get("team", "")), text.NAME, "The team")
        if not is_result:
            self.above.team, self.above.objective = team, words
            for name in (cells.get("id", ""), words):
                self.above.named[text.alike(name)] = (team, words)
            self._place(line, {**cells, "objective": words}, [])
            self._name(cells, words, goal := self.objectives[text.alike(team), text.alike(words)])
            if cells.get("parent"):
                self.aligned.append((line, goal, cells["parent"]))
            return
        home = parent or (self.above.team, self.above.objective)
        if not home[1]:
            raise Refused("bad_row", "This result stands under no objective.")
        self._place(line, {**cells, "team": home[0], "objective": home[1]}, [words])
        self._name(cells, words, self.objectives[text.alike(home[0]), text.alike(home[1])].results[-1])

    def _name(self, cells: dict[str, str], words: str, line: IncomingObjective | IncomingResult) -> None:
        for name in (cells.get("id", ""), words):
            if name:
                self.called.setdefault(text.alike(name), line)

    def _tie(self) -> None:
        """What goals say they are aligned to; nobody says in such a list how."""
        for line, goal, said in self.aligned:
            above = self.called.get(text.alike(said))
            if above is None or above is goal:
                self.came.leave(line, said, "The line above “{words}” is not in this file.", words=goal.text)
            else:
                self.came.ties.append((goal, above))

    def _add(self, line: int, objective: IncomingObjective, cells: dict[str, str], result: str) -> None:
        words = text.clean(without_label(result), text.LINE, "The key result")
        same = (text.alike(objective.team), text.alike(objective.text), text.alike(words))
        if same in self.results:
            sentence = "“{text}” is in row {row} already, under the same objective."
            raise Refused("bad_row", sentence, {"text": words, "row": self.results[same]})
        self.results[same] = line
        fields, words = measured(self.came, line, cells, words, self.grid.comma)
        for name in ("metric", "unit"):
            if cells.get(name) and not (name == "metric" and figures.span(cells[name], self.grid.comma)):
                of_unit = name == "metric" and figures.is_unit(cells[name]) and not cells.get("unit")
                fields["unit" if of_unit else name] = text.optional(
                    cells[name].lower() if of_unit else cells[name], text.LINE
                )
            elif name in cells and self.heads.ours:
                fields[name] = ""
        if "direction" in cells:
            if cells["direction"].lower() not in _DIRECTIONS:
                sentence = "“{said}” is no direction: write up, down or keep."
                raise Refused("bad_row", sentence, {"said": cells["direction"]})
            fields["direction"] = _DIRECTIONS[cells["direction"].lower()]
        leads, owner = _owners(cells)
        leads = leads if leads or self.heads.ours else None
        kept = self._kept(cells) | owner
        objective.results.append(IncomingResult(words, line, fields=fields, leads=leads, kept=kept))

    def _kept(self, cells: dict[str, str]) -> dict[str, Any]:
        owner = {"owner": cells["lead 1"]} if _is_address(cells.get("lead 1", "")) else {}
        return {name: cells[name][: text.LINE] for name in KEPT if cells.get(name)} | owner

    def _of_all(self, cells: dict[str, str]) -> dict[str, str]:
        """Of a row with several results, what belongs to all of them: no figure does."""
        return {name: said for name, said in cells.items() if name not in (*FIGURES, "figures", "metric", "unit")}

    def _must_have_a_result(self, cells: dict[str, str]) -> None:
        """Figures alone belong to nothing."""
        if not self.heads.has("key result"):
            return
        filled = next((name for name in (*FIGURES, "metric", "unit", "direction") if cells.get(name)), "")
        if filled:
            raise Refused("bad_row", "This row has a {filled}, but no key result.", {"filled": filled})


def _owners(cells: dict[str, str]) -> tuple[list[str] | None, dict[str, str]]:
    """Who carries a result, by name; addresses stay with it as they came, for they are nobody's name."""
    if not {"lead 1", "lead 2"} & cells.keys():
        return None, {}
    said = [
        name
        for column in ("lead 1", "lead 2")
        for name in re.split(r"\s*[,;/&\n]\s*|\s+(?:and|und)\s+", cells.get(column, ""))
    ]
    names = [name.strip().removeprefix("@") for name in said if name.strip() and not figures.is_unknown(name)]
    people = [text.clean(name, text.NAME, "The lead") for name in names if not _is_address(name)]
    if len({text.alike(name) for name in people}) < len(people):
        raise Refused("bad_row", "{name} cannot be both leads of one result.", {"name": people[0]})
    addresses = ", ".join(name for name in names if _is_address(name))
    more = ", ".join(people[2:])
    return people[:2], ({"owner": addresses} if addresses else {}) | ({"owners": more} if more else {})


def _is_address(said: str) -> bool:
    return "@" in said.strip()[1:]


def _several(said: str) -> list[str]:
    """Each result of a cell with a list in it."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    marked = [re.sub(r"^(?:[-*•◦▪·]|\d{1,2}[.)])\s+", "", line) for line in lines]
    if len(lines) > 1 and (marked != lines or all(is_key_result(line) for line in lines)):
        return marked
    return [" ".join(marked)] if marked else []


def _linked(said: str) -> tuple[str, str]:
    """Words, and the address that stands behind them in brackets."""
    found = _LINK.search(said)
    return (said[: found.start()], found[1]) if found else (said, "")


def _bare(value: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from reckoning."""
    bare = value.strip()
    return bare[1:] if bare.startswith("'") and bare[1:2] in ("=", "+", "-", "@", "\t", "\r", "'") else bare
