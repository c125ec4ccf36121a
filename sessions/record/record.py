"""The record of a room, found by id, and the keys that changed."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Team:
    """A team of the organisation, with its place in the list."""

    id: str
    name: str
    gone: bool = False


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
    direction: str = ""
    finder: str = ""
    find_by: str = ""
    continuity: str = ""
    teams: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    dropped: bool = False
    edits: int = 0


@dataclass(slots=True)
class Objective:
    """One objective; an empty text is a sentence still to be written. ``session`` drafted it."""

    id: str
    session: str
    team: str = ""
    text: str = ""
    polisher: str = ""
    status: str = "draft"
    version: int = 0


@dataclass(slots=True)
class Visit:
    """A leader promised to show the draft to a team, by a day (ISO date, or empty)."""

    session: str
    team: str
    person: str
    by: str = ""


@dataclass(slots=True)
class Record:
    """A room's teams, objectives, key results and visits, and what changed since the last look."""

    teams: dict[str, Team] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    results: dict[str, KeyResult] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    def drafted_in(self, session: str) -> Objective | None:
        """The objective this session is drafting, if it has begun one."""
        return next((o for o in self.objectives.values() if o.session == session), None)

    def results_of(self, objective: str) -> list[KeyResult]:
        """The key results under an objective in their order, without dropped ones."""
        found = [r for r in self.results.values() if r.objective == objective and not r.dropped]
        return sorted(found, key=lambda r: r.place)

    def standing_teams(self) -> list[Team]:
        """Teams that were not taken off the list."""
        return [team for team in self.teams.values() if not team.gone]

    def touch(self, *keys: str) -> None:
        """Remember that these entities have to be looked at again."""
        self.touched.update(keys)
