"""Teams and OKRs as Markdown: headings for teams and objectives, a list of results with what belongs to each."""

import re
from functools import partial
from typing import Any

from sessions.record.incoming import Incoming, IncomingObjective, IncomingResult, IncomingTeam
from sessions.record.results.result import plain
from sessions.room import Room
from sessions.rules import text
from sessions.rules.refusal import Refused
from workshop.export import md

#: The heading of what belongs to nobody alone.
EVERYBODY = "Whole organisation"

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t](.*)$")
_ITEM = re.compile(r"^([ \t]*)(?:[-*+]|\d{1,4}[.)])[ \t](.*)$")
#: The longest line that is read, in characters.
_LONGEST = 2_000
_WAYS = ("up", "down", "keep")


def read(body: str) -> Incoming:
    """What an outline brings: the deepest headings are objectives, those above them teams.

    Where there are but a level or two and no result at all, they are teams.
    """
    came = Incoming()
    lines = body.removeprefix("\ufeff").splitlines()
    long = next((number for number, line in enumerate(lines, 1) if len(line) > _LONGEST), 0)
    if long:
        came.refuse(long, "This line is longer than {longest} characters.", longest=f"{_LONGEST:,}")
        return came
    depths = sorted({len(m[1]) for m in map(_HEADING.match, lines) if m})
    if not depths:
        came.refuse(1, "There is no heading here. Write “## Team”, “### Objective”, and a list of results.")
        return came
    lowest = depths[-1]
    if lowest < 3 and not any(map(_ITEM.match, lines)):
        depths.append(3)
        lowest = 3
    above = depths[-2] if len(depths) > 1 else 0
    _Reader(came, above, lowest).read(lines)
    return came


class _Reader:
    """Goes through the lines with the heading and the item it stands under."""

    def __init__(self, came: Incoming, team_depth: int, objective_depth: int) -> None:
        self.came, self.team_depth, self.depth = came, team_depth, objective_depth
        self.team = ""
        self.objective: IncomingObjective | None = None
        self.result: IncomingResult | None = None
        self.indent = 0

    def read(self, lines: list[str]) -> None:
        """Every line; one that cannot be read is named."""
        for number, line in enumerate(lines, 1):
            self.came.attempt(number, partial(self._line, number, line))

    def _line(self, number: int, line: str) -> None:
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if heading:
            self._heading(number, len(heading[1]), plain_text(heading[2].strip().rstrip("#")))
        elif item:
            deep = len(item[1].expandtabs(4)) > self.indent and self.result is not None
            if deep:
                self._detail(plain_text(item[2]))
            else:
                self.indent = len(item[1].expandtabs(4))
                self._result(number, plain_text(item[2]))

    def _heading(self, number: int, depth: int, words: str) -> None:
        self.result = None
        if depth == self.depth:
            said = text.clean(words, text.LINE, "The objective")
            self.objective = IncomingObjective(said, number, self.team)
            self.came.objectives.append(self.objective)
        elif depth == self.team_depth:
            self.objective = None
            self.team = "" if text.alike(words) == text.alike(EVERYBODY) else text.clean(words, text.NAME, "The team")
            if self.team:
                self.came.teams.append(IncomingTeam(self.team, number))

    def _result(self, number: int, words: str) -> None:
        if self.objective is None:
            raise Refused("bad_row", "This result stands under no objective.")
        self.result = IncomingResult(text.clean(words, text.LINE, "The result"), number)
        self.objective.results.append(self.result)

    def _detail(self, words: str) -> None:
        result = self.result
        assert result is not None
        name, _, said = (part.strip() for part in words.partition(":"))
        match name.lower():
            case "metric" | "unit" | "direction":
                if name.lower() == "direction" and said.lower() not in _WAYS:
                    raise Refused("bad_row", "“{said}” is no direction: write up, down or keep.", {"said": said})
                result.fields[name.lower()] = text.optional(said, text.LINE, f"The {name.lower()}")
            case "current" | "baseline" | "target":
                result.fields[name.lower()] = text.number(said, f"The {name.lower()} “{said}”")
            case "leads":
                result.leads = [text.clean(n, text.NAME, "The lead") for n in re.split(r",| and ", said) if n.strip()]
            case "figures":
                self._figures(result, said)
            case _:
                raise Refused(
                    "bad_row",
                    "“{words}” is not understood: write metric, unit, figures, current or leads.",
                    {"words": words},
                )

    def _figures(self, result: IncomingResult, said: str) -> None:
        before, arrow, after = said.replace("->", "→").partition("→")
        figure, _, way = after.rpartition(",") if after.strip().lower().endswith(_WAYS) else (after, "", "")
        if not arrow or not before.strip() or not figure.strip():
            raise Refused("bad_row", "“{said}” is not understood: write “61 → 42, down”.", {"said": said})
        for name, words in (("baseline", before.strip()), ("target", figure.strip())):
            try:
                result.fields[name] = text.number(words, name)
            except Refused:
                raise Refused(
                    "bad_row",
                    "The {name} “{words}” has to be a number: write “61 → 42, down”.",
                    {"name": name, "words": words},
                ) from None
        if way.strip():
            result.fields["direction"] = way.strip().lower()


def write(room: Room) -> str:
    """The record to read and to paste: what is exported is read again without a loss."""
    record = room.record
    title = " ".join(part for part in (record.organisation, record.cycle.get("name", "")) if part)
    parts = [f"# {md(title or 'Teams and OKRs')}"]
    for team, name in (("", EVERYBODY), *((t.id, t.name) for t in record.standing_teams())):
        objectives = [o for o in record.objectives.values() if o.team == team and o.text]
        leaders = team in record.teams and record.teams[team].kind == "leadership"
        if not objectives and (not team or leaders):
            continue
        parts.append(f"## {md(name)}")
        for objective in objectives:
            parts.append(f"### {md(objective.text)}")
            results = [_result(room, result) for result in record.results_of(objective.id)]
            parts += ["\n".join(results)] if results else []
    if len(parts) == 1:
        return ""
    return "\n\n".join(parts) + "\n"


def _result(room: Room, r: Any) -> str:
    lines = [f"- {md(r.text)}"]
    way = f", {r.direction}" if r.direction else ""
    if r.baseline is not None or r.target is not None:
        lines.append(f"  - figures: {plain(r.baseline)} → {plain(r.target)}{way}")
    elif r.direction:
        lines.append(f"  - direction: {r.direction}")
    lines += [f"  - {name}: {md(getattr(r, name))}" for name in ("metric", "unit") if getattr(r, name)]
    if r.current is not None:
        lines.append(f"  - current: {plain(r.current)}")
    if r.leads:
        lines.append(f"  - leads: {', '.join(md(room.name_of(p)) for p in r.leads)}")
    return "\n".join(lines)


def plain_text(words: str) -> str:
    """Markdown as what it says: no emphasis, no backslashes."""
    bare = words.strip()
    for mark in ("**", "__"):
        if len(bare) > 4 and bare.startswith(mark) and bare.endswith(mark):
            bare = bare[2:-2]
    return re.sub(r"\\(.)", r"\1", bare)
