"""The record of a room, found by id, and the keys that changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sessions.rules.dots import FIGURES_FROM

#: What the strategic brief asks, in the order it is read (``spec/practices.md``, S1 and S4).
BRIEF = (
    "vision", "strategy", "why", "future", "value", "impact", "field", "direction",
    "not_doing", "current_theme", "resolver", "tie_breaker",
)  # fmt: skip


@dataclass(slots=True)
class Team:
    """A team of the organisation, with its place in the list; ``kept`` is what a file said besides."""

    id: str
    name: str
    gone: bool = False
    kind: str = "functional"
    size: int = 0
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Remark:
    """What somebody said about a key result, with their name."""

    id: str
    by: str
    text: str


@dataclass(slots=True)
class KeyResult:
    """One measurable result; unknown figures are ``None``. ``item`` is what it grew from on the wall."""

    id: str
    objective: str
    text: str
    item: str = ""
    place: int = 0
    metric: str = ""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    current: float | None = None
    direction: str = ""
    finder: str = ""
    find_by: str = ""
    continuity: str = ""
    teams: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    dropped: bool = False
    edits: int = 0
    kept: dict[str, Any] = field(default_factory=dict)

    def line(self) -> str:
        """The result as one line, as differences are shown of it."""
        unit = f" {self.unit}" if self.unit else ""
        known = self.baseline is not None or self.target is not None
        numbers = re.findall(r"\d+(?:\.\d+)?", self.text)
        said = plain(self.baseline) in numbers and plain(self.target) in numbers
        figures = "" if said else f" ({plain(self.baseline)} → {plain(self.target)}{unit})" if known else ""
        return f"{self.text}{figures}"


@dataclass(slots=True)
class Objective:
    """One objective; an empty text is a sentence still to be written. ``session`` drafted it.

    ``status`` is draft, shared, final or locked. ``versions`` holds, by number, its sentence and each
    result's line as they were shown then.
    """

    id: str
    session: str
    team: str = ""
    text: str = ""
    polisher: str = ""
    status: str = "draft"
    version: int = 0
    unaligned: str = ""
    locked_by: str = ""
    versions: dict[int, dict[str, str]] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Visit:
    """A leader promised to show the draft to a team, by a day (ISO date, or empty)."""

    session: str
    team: str
    person: str
    by: str = ""


@dataclass(slots=True)
class Feedback:
    """What somebody said about an objective or one of its results, and what became of it.

    ``on`` is the id of either; ``by`` a leader who logged it with their name, or nobody; ``state`` is
    open, adopted, adapted or declined, with its reason; ``due`` a day for what stays open.
    """

    id: str
    objective: str
    on: str
    kind: str
    text: str
    source: str = "leader"
    team: str = ""
    touches: str = ""
    by: str = ""
    version: int = 0
    session: str = ""
    late: bool = False
    state: str = "open"
    reason: str = ""
    answered_by: str = ""
    due: str = ""
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Revision:
    """One change: who, what, when (Unix milliseconds) and why. ``on`` is an objective's or result's id."""

    objective: str
    on: str
    what: str
    was: str
    now: str
    by: str
    at: int
    why: str = ""
    session: str = ""


@dataclass(slots=True)
class Alignment:
    """A child objective serves a parent objective or result, in one of three ways; or says why not."""

    child: str
    parent: str
    kind: str
    reason: str = ""
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Confidence:
    """A round of the confidence vote as it was shown: sorted votes, or only their mean where few voted."""

    objective: str
    round: int
    mean: float
    voters: int
    votes: list[int]
    passed: bool
    session: str = ""
    lines: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    withheld: bool = False

    def tells(self) -> bool:
        """Whether its figures may be shown: enough have voted, and no newer round stands in its place."""
        return self.voters >= FIGURES_FROM and not self.withheld


@dataclass(slots=True)
class Decision:
    """Something settled, and by whom."""

    session: str
    objective: str
    text: str
    by: str


@dataclass(slots=True)
class Record:
    """A room's brief, teams, objectives and what ties them together, and what changed since the last look."""

    organisation: str = ""
    cycle: dict[str, str] = field(default_factory=dict)
    brief: dict[str, str] = field(default_factory=dict)
    narrative: dict[str, str] = field(default_factory=dict)
    sponsor: str = ""
    teams: dict[str, Team] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    results: dict[str, KeyResult] = field(default_factory=dict)
    #: Objective → its results, dropped ones too.
    under: dict[str, list[str]] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    feedback: dict[str, Feedback] = field(default_factory=dict)
    alignments: dict[str, Alignment] = field(default_factory=dict)
    confidence: list[Confidence] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    #: (session, team) → the team's own sentence on what it changed.
    sentences: dict[tuple[str, str], str] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    #: What an imported file said that no page shows yet.
    kept: dict[str, Any] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    def drafted_in(self, session: str) -> Objective | None:
        """The objective this session is drafting, if it has begun one."""
        return next((o for o in self.objectives.values() if o.session == session), None)

    def top(self) -> list[Objective]:
        """The objectives of the whole organisation."""
        return [o for o in self.objectives.values() if not o.team and o.text]

    def of_team(self, team: str) -> list[Objective]:
        """A team's objectives that others may read."""
        return [o for o in self.objectives.values() if o.team == team and o.text and o.status != "draft"]

    def results_of(self, objective: str) -> list[KeyResult]:
        """The key results under an objective in their order, without dropped ones."""
        found = [self.results[id] for id in self.under.get(objective, ())]
        return sorted((r for r in found if not r.dropped), key=lambda r: r.place)

    def move_result(self, result: KeyResult, objective: str) -> None:
        """A result stands under another objective now."""
        self.under[result.objective].remove(result.id)
        self.under.setdefault(objective, []).append(result.id)
        result.objective = objective

    def add_result(self, result: KeyResult) -> None:
        """A further result, under its objective."""
        if result.id not in self.results:
            self.under.setdefault(result.objective, []).append(result.id)
        self.results[result.id] = result

    def objective_of(self, line: str) -> Objective | None:
        """The objective with this id, or the one this result stands under."""
        result = self.results.get(line)
        return self.objectives.get(result.objective if result else line)

    def wording(self, line: str) -> str:
        """What an objective or a result says, by its id; nothing for what is not there."""
        found = self.results.get(line) or self.objectives.get(line)
        return found.text if found else ""

    def standing_teams(self) -> list[Team]:
        """Teams that were not taken off the list."""
        return [team for team in self.teams.values() if not team.gone]

    def carriers(self) -> set[str]:
        """Everybody who carries a result."""
        return {person for result in self.results.values() for person in result.leads}

    def open_feedback(self, objective: str = "") -> list[Feedback]:
        """What nobody has answered, on one objective or on all."""
        return [f for f in self.feedback.values() if f.state == "open" and objective in ("", f.objective)]

    def lines_of(self, objective: Objective) -> dict[str, str]:
        """The sentence and each result's line as they stand, by id."""
        lines = {objective.id: objective.text}
        return lines | {result.id: result.line() for result in self.results_of(objective.id)}

    def touch(self, *keys: str) -> None:
        """Remember that these entities have to be looked at again."""
        self.touched.update(keys)

    def revise(
        self,
        objective: str,
        on: str,
        what: str,
        was: object,
        now: object,
        by: str,
        at: int,
        why: str,
        session: str,
    ) -> None:
        """Note a change, unless nothing changed; what one person types in one go is one change."""
        before, after = _words(was), _words(now)
        last = self.revisions[-1] if self.revisions else None
        if last and (last.on, last.what, last.by, last.why) == (on, what, by, why) and at - last.at < _ONE_GO:
            before, _ = last.was, self.revisions.pop()
        if before != after:
            self.revisions.append(Revision(objective, on, what, before, after, by, at, why, session))

    def revisions_of(self, session: str) -> Iterator[Revision]:
        """What a session changed."""
        return (revision for revision in self.revisions if revision.session == session)


#: Changes to one field by one person within this time are one change, in milliseconds.
_ONE_GO = 600_000


def plain(value: float | None) -> str:
    """A figure without needless decimals; ``?`` where it is not known yet."""
    return "?" if value is None else str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if value is None or isinstance(value, float):
        return "" if value is None else plain(value)
    return str(value)
