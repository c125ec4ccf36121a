"""A JSON document taken apart; what no page shows yet is kept as it came, and comes out again."""

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from sessions.record.brief import BRIEF
from sessions.record.files.importing import FeedbackRow, LeaderRow
from sessions.record.files.incoming import Incoming, IncomingObjective, IncomingResult, IncomingTeam, Unread
from sessions.rules import text
from sessions.rules.refusal import Refused
from workshop.files.document import charter, puzzle

LISTS = ("strategy", "not_doing")
FIGURES = ("baseline", "target", "current")
WORDS = ("metric", "unit", "direction")
CARD = ("finder", "find_by", "continuity")
#: What makes a document one of goals, or of what belongs to them.
_KNOWN = {
    "teams", "top", "okrs", "leaders", "organisation", "cycle", "brief", "narrative", "governance", "alignments",
    "feedback_open", "confidence", "dependencies", "conflicts", "shared_results", "raid", "duplicates",
}  # fmt: skip
_STATUS = ("draft", "shared", "final", "locked")


def read(body: str) -> Incoming:
    """What a document brings; nothing in it is ever lost, only named where it cannot be understood."""
    came = Incoming()
    try:
        found = json.loads(
            body.removeprefix("\ufeff"), parse_constant=_no_number, parse_float=_number, parse_int=_number
        )
        json.dumps(found, ensure_ascii=False).encode()
    except RecursionError:
        came.refuse(1, "This is nested too deeply to be read.")
        return came
    except json.JSONDecodeError as fault:
        came.refuse(fault.lineno, "This is not JSON: {msg} at character {colno}.", msg=fault.msg, colno=fault.colno)
        return came
    except UnicodeEncodeError:
        came.refuse(1, "There are characters in this that are half of one.")
        return came
    except Refused as fault:
        came.bad.append(Unread(1, fault))
        return came
    if puzzle.is_one(found):
        found = puzzle.as_ours(found)
    if not isinstance(found, dict):
        came.refuse(1, "A document begins with { and names teams and OKRs, and a list is one of puzzle/okr.")
        return came
    if found and not _KNOWN & found.keys():
        came.refuse(
            1, "This JSON names none of what we know: teams, top, okrs, leaders. Send it as a table or Markdown."
        )
        return came
    _Reader(came, found, body).read()
    return came


class _Reader:
    """Takes a document apart."""

    def __init__(self, came: Incoming, found: dict[str, Any], body: str) -> None:
        self.came, self.found = came, found
        self.lines: dict[str, int] = {}
        for number, line in enumerate(body.splitlines(), 1):
            for word in re.findall(r'"([^"\\]{1,200})"', line):
                self.lines.setdefault(word, number)
        self.seen: set[tuple[str, str]] = set()

    def read(self) -> None:
        """Everything that has a place here; the rest stays in ``kept``."""
        self.came.kept = {k: v for k, v in self.found.items() if k not in ("teams", "top", "okrs", "leaders")}
        self._head()
        for leader in self._rows("leaders"):
            name, id = self._words(leader, "name", text.NAME), self._id("leader", leader)
            if name and id:
                self.came.leaders.append(LeaderRow(id, name))
        self.came.kept["leaders"] = self.found.get("leaders") or []
        for team in self._rows("teams"):
            self._team(team)
        tops = self.found.get("top")
        for top in tops if isinstance(tops, list) else [tops] if tops is not None else []:
            if isinstance(top, dict):
                self._objective(top, "")
            else:
                self.came.refuse(1, "“top” has to be an objective, or a list of them.")
        for okr in self._rows("okrs"):
            self._objective(okr, str(okr.get("team") or ""))
        self._ties()

    def _head(self) -> None:
        organisation, cycle, brief = (self._part(name) for name in ("organisation", "cycle", "brief"))
        self.came.organisation = str(organisation.get("name") or "")[: text.NAME]
        self.came.cycle = {k: str(cycle[k])[:60] for k in ("name", "start", "end") if cycle.get(k)}
        said = {part: lines(brief[part]) for part in (*BRIEF, "tie_breaker") if brief.get(part)}
        said |= charter.read(self.found, {str(row.get("id")): str(row.get("name")) for row in self._rows("leaders")})
        self.came.brief = {part: words[: text.PAGE] for part, words in said.items()}
        narrative = self._part("narrative")
        self.came.narrative = {k: str(narrative[k])[: text.LINE] for k in ("think", "feel", "do") if narrative.get(k)}

    def _team(self, team: dict[str, Any]) -> None:
        name = self._words(team, "name", text.NAME)
        id = self._id("team", team)
        if not name or id is None:
            return
        same = ("team name", text.alike(name))
        if same in self.seen and team.get("gone") is not True:
            self.came.refuse(self._line(id), "The team “{name}” is listed twice.", name=name)
            return
        if team.get("gone") is not True:
            self.seen.add(same)
        size = team.get("size")
        whole = isinstance(size, int) and not isinstance(size, bool)
        if size is not None and not (whole and 0 <= size <= 100_000):
            self.came.refuse(self._line(id), "The size of “{name}” has to be a number of people.", name=name)
            return
        kind = str(team.get("kind") or "")
        self.came.teams.append(IncomingTeam(name, self._line(id), id, kind, size or 0, team))

    def _objective(self, okr: dict[str, Any], team: str) -> None:
        words = self._words(okr, "objective", text.LINE)
        id = self._id("objective", okr)
        if not words or id is None:
            return
        known = {t.id for t in self.came.teams} | {t.name for t in self.came.teams}
        if team and team not in known:
            self.came.refuse(
                self._line(id),
                "“{words}” belongs to the team “{team}”, which is not listed.",
                words=words,
                team=team,
            )
            return
        status = str(okr.get("status") or "")
        if status and status not in _STATUS:
            self.came.refuse(
                self._line(id), "“{status}” is no status: choose draft, shared, final or locked.", status=status
            )
            return
        kept = {k: v for k, v in okr.items() if k != "key_results"}
        objective = IncomingObjective(words, self._line(id), team, id, status, kept=kept)
        self.came.objectives.append(objective)
        rows = okr.get("key_results") or []
        if not isinstance(rows, list):
            self.came.refuse(self._line(id), "The results of “{words}” have to be a list.", words=words)
            return
        for row in rows:
            self._result(objective, row)

    def _result(self, objective: IncomingObjective, row: Any) -> None:
        if not isinstance(row, dict):
            self.came.refuse(objective.line, "A result of “{text}” is not an object.", text=objective.text)
            return
        words, id = self._words(row, "text", text.LINE), self._id("objective", row, "result")
        if not words or id is None:
            return
        line = self._line(id or words)
        fields: dict[str, Any] = {}
        for name in FIGURES:
            if name in row:
                fields[name] = self.came.attempt(line, partial(figure, row[name], f"{id}: {name}"))
        for name in (*WORDS, *CARD):
            if name in row:
                fields[name] = str(row[name] or "")[: text.LINE]
        if "touches" in row and isinstance(row["touches"], list):
            fields["teams"] = [str(team) for team in row["touches"]]
        if fields.get("direction") not in (None, "", "up", "down", "keep"):
            self.came.refuse(line, "“{said}” is no direction: write up, down or keep.", said=fields["direction"])
            return
        leads = row.get("lead_pair")
        listed = [str(person) for person in leads] if isinstance(leads, list) else None
        for person in listed or []:
            if person not in {leader.id for leader in self.came.leaders}:
                self.came.refuse(line, "“{person}” leads {id}, but is not among the leaders.", person=person, id=id)
                return
        objective.results.append(IncomingResult(words, line, id, fields, listed, row))

    def _ties(self) -> None:
        lines = {o.id for o in self.came.objectives} | {r.id for o in self.came.objectives for r in o.results}
        home = {r.id: o.id for o in self.came.objectives for r in o.results}
        for link in self._rows("alignments"):
            child, parent = str(link.get("child")), str(link.get("parent"))
            if child not in lines or parent not in lines:
                self.came.refuse(
                    self._line(child),
                    "The link from “{child}” to “{parent}” leads nowhere.",
                    child=child,
                    parent=parent,
                )
            else:
                kind = str(link.get("type") or "")
                self.came.alignments.append({**link, "child": child, "parent": parent, "type": kind})
        for item in self._rows("feedback_open"):
            id, on = str(item.get("id") or ""), str(item.get("on") or "")
            if on not in lines or not id:
                self.came.refuse(self._line(id), "The feedback “{id}” is on “{on}”, which is not listed.", id=id, on=on)
                continue
            state = str(item.get("state") or "open")
            if state not in ("open", "adopted", "adapted", "declined"):
                self.came.refuse(
                    self._line(id), "“{state}” is no state: open, adopted, adapted or declined.", state=state
                )
                continue
            said = {name: str(item.get(name) or "") for name in ("text", "from_team", "kind", "reason")}
            row = FeedbackRow(id=id, objective=home.get(on, on), on=on, state=state, kept=item, **said)
            self.came.feedback.append(row)
        for vote in self._rows("confidence"):
            votes = vote.get("votes")
            fine = isinstance(votes, list) and all(isinstance(v, int) and v in (1, 2, 3, 4, 5) for v in votes)
            if not fine or str(vote.get("on")) not in lines or not isinstance(vote.get("round"), int):
                self.came.refuse(1, "A confidence vote needs a round, an objective and votes from 1 to 5.")
            else:
                self.came.confidence.append(vote)

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        rows = self.found.get(name) or []
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            if ("rows", name) not in self.seen:
                self.seen.add(("rows", name))
                self.came.refuse(1, "“{name}” has to be a list of objects.", name=name)
            return
        yield from rows

    def _part(self, name: str) -> dict[str, Any]:
        part = self.found.get(name)
        return part if isinstance(part, dict) else {}

    def _words(self, row: dict[str, Any], name: str, limit: int) -> str:
        line = self._line(str(row.get("id") or row.get(name) or ""))
        what = f"“{name}” of {row.get('id') or 'something'}"
        words: str | None = self.came.attempt(line, lambda: text.clean(str(row.get(name) or ""), limit, what))
        return words or ""

    def _id(self, kind: str, row: dict[str, Any], word: str = "") -> str | None:
        """The row's id, empty where it has none, or nothing where it can be none.

        Objectives and results share theirs, as both are lines that can be spoken of.
        """
        id, called = str(row.get("id") or ""), word or kind
        line = self._line(id)
        if not id:
            return ""
        if len(id) > 60 or any(c.isspace() or c in ":/.*" for c in id):
            self.came.refuse(
                line, "A {called} needs an id: up to 60 letters, without blanks, colons and dots.", called=called
            )
            return None
        if (kind, id) in self.seen:
            self.came.refuse(line, "The {called} “{id}” is listed twice.", called=called, id=id)
            return None
        self.seen.add((kind, id))
        return id

    def _line(self, id: str) -> int:
        return self.lines.get(id, 1)


def _no_number(said: str) -> float:
    raise Refused("bad_value", "{said} is not a number.", {"said": said})


def _number(said: str) -> int | float:
    """A number as JSON has it, of a size that can be kept."""
    if len(said) > 25:
        raise Refused("bad_value", "The number {said}… is too long.", {"said": said[:12]})
    value = float(said) if any(c in said for c in ".eE") else int(said)
    if abs(value) > 1e15:
        raise Refused("bad_value", "The number {said} is too large.", {"said": said})
    return value


def lines(said: Any) -> str:
    """A list of sentences is read as lines of one text."""
    return "\n".join(map(str, said)) if isinstance(said, list) else str(said)


def figure(said: Any, what: str) -> float | None:
    """A number of a document, or None if it is not known yet; refuses what is none."""
    if isinstance(said, bool) or not (said is None or isinstance(said, (int, float, str))):
        raise Refused("not_a_number", "{what} has to be a number, or null if it is not known yet.", {"what": what})
    return text.number(said, what)
