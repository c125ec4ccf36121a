"""What a file brings, and what it means for the record that is there: matched by id, or by its words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sessions.record.conflicts.rows import CONFLICTS
from sessions.record.dependencies.matching import matched
from sessions.record.dependencies.rows import DEPENDENCIES
from sessions.record.importing import FeedbackRow, Imported, LeaderRow, ObjectiveRow, ResultRow, TeamRow
from sessions.record.likeness import most_alike, same_goal
from sessions.record.objectives.objective import Objective
from sessions.record.raid.rows import RAID
from sessions.record.record import Record
from sessions.record.shares.incoming import must_keep_shares
from sessions.room import Room
from sessions.rules import bounds, text
from sessions.rules.refusal import Refused


@dataclass(slots=True)
class IncomingResult:
    """A key result as a file has it; ``leads`` are names, or ids where the file has ids."""

    text: str
    line: int
    id: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    leads: list[str] | None = None
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class IncomingObjective:
    """An objective as a file has it; ``team`` is a name or an id, empty for the whole organisation."""

    text: str
    line: int
    team: str = ""
    id: str = ""
    status: str = ""
    results: list[IncomingResult] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class IncomingTeam:
    """A team as a file has it."""

    name: str
    line: int
    id: str = ""
    kind: str = ""
    size: int = 0
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Unread:
    """What cannot be read: in which line, and why."""

    line: int
    why: Refused

    def told(self) -> dict[str, Any]:
        """The line, the sentence, and its places and values apart."""
        found = self.why.told()
        return {"line": self.line, **{name: found[name] for name in ("say", "sentence", "values") if name in found}}


@dataclass(slots=True)
class Unused:
    """Something in a file that is not brought in: where, which words, and why."""

    line: int
    what: str
    sentence: str
    values: dict[str, Any]

    def told(self) -> dict[str, Any]:
        """As the preview says it."""
        return {"line": self.line, "what": self.what[:200], "say": self.sentence.format(**self.values)}


@dataclass(slots=True)
class Incoming:
    """Everything a file brings, and by line what in it cannot be read."""

    organisation: str = ""
    cycle: dict[str, str] = field(default_factory=dict)
    brief: dict[str, str] = field(default_factory=dict)
    narrative: dict[str, str] = field(default_factory=dict)
    teams: list[IncomingTeam] = field(default_factory=list)
    leaders: list[LeaderRow] = field(default_factory=list)
    objectives: list[IncomingObjective] = field(default_factory=list)
    alignments: list[dict[str, Any]] = field(default_factory=list)
    feedback: list[FeedbackRow] = field(default_factory=list)
    confidence: list[dict[str, Any]] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)
    #: In which line of a table each dependency stands; a document has none.
    need_lines: list[int] = field(default_factory=list)
    bad: list[Unread] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    #: Columns of a table that nobody knows, by their words; and what somebody has said now that some are.
    columns: list[str] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=dict)

    def leave(self, line: int, what: str, sentence: str, **values: Any) -> None:
        """Remember what is not used, and why."""
        self.unused.append(Unused(line, what, sentence, values))

    def refuse(self, line: int, sentence: str, **values: Any) -> None:
        """Remember what cannot be read, and why."""
        self.bad.append(Unread(line, Refused("bad_row", sentence, values)))

    def attempt(self, line: int, work: Callable[[], Any]) -> Any:
        """What ``work`` gives, or nothing and a remembered reason."""
        try:
            return work()
        except Refused as fault:
            self.bad.append(Unread(line, fault))
            return None


def counts(room: Room, event: Imported) -> dict[str, dict[str, int]]:
    """How many teams, objectives, key results and people of a file are new here, and how many known."""
    kinds: dict[str, tuple[list[str], dict[str, Any]]] = {
        "teams": ([row.id for row in event.teams], room.record.teams),
        "objectives": ([row.id for row in event.objectives], room.record.objectives),
        "key_results": ([row.id for row in event.results], room.record.results),
        "people": ([row.id for row in event.leaders], room.people),
    }
    return {kind: {"all": len(ids), "new": sum(id not in there for id in ids)} for kind, (ids, there) in kinds.items()}


def settle(room: Room, came: Incoming, at: int, by: str, new_id: Callable[[], str]) -> Imported:
    """The one fact that a file amounts to here. Raises ``Refused`` where a row cannot be read, or may not pass."""
    event = weigh(room, came, at, by, new_id)
    if came.bad:
        first = min(came.bad, key=lambda unread: unread.line)
        why = {"line": first.line, "say": first.why.say}
        raise Refused("bad_rows", "Nothing was imported. Line {line}: {say}", why)
    return event


def weigh(room: Room, came: Incoming, at: int, by: str, new_id: Callable[[], str]) -> Imported:
    """What a file would amount to here; ``came.bad`` says by line what stands in its way."""
    matching = _Matching(room, came, new_id)
    objectives = matching.objectives()
    record = room.record
    kept = came.kept
    if isinstance(came.kept.get("dependencies"), list):
        kept = {**came.kept, "dependencies": matching.needs()}
    for listed in (DEPENDENCIES, CONFLICTS, RAID):
        listed.must_be_read(came, came.need_lines if listed is DEPENDENCIES else ())
    bounds.must_fit("teams", len({*record.teams, *matching.teams}))
    bounds.must_fit("objectives", len({*record.objectives, *(row.id for row in objectives)}))
    bounds.must_fit("key results", len({*record.results, *(row.id for row in matching.results)}))
    bounds.must_fit("people", len({*room.people, *matching.leaders}))
    _must_not_touch_what_is_locked(room.record, came, objectives, matching.results)
    must_keep_shares(room.record, came, objectives, matching.results)
    return Imported(
        at=at,
        by=by,
        organisation=came.organisation,
        cycle=came.cycle,
        brief=came.brief,
        narrative=came.narrative,
        teams=list(matching.teams.values()),
        objectives=objectives,
        results=matching.results,
        leaders=list(matching.leaders.values()),
        alignments=came.alignments,
        feedback=came.feedback,
        confidence=came.confidence,
        kept=kept,
        columns=came.chosen,
    )


def _must_not_touch_what_is_locked(
    record: Record, came: Incoming, objectives: list[ObjectiveRow], results: list[ResultRow]
) -> None:
    """A file gives no reasons, so it cannot change what is locked; saying the same again is fine."""
    locked = {o.id for o in record.objectives.values() if o.status == "locked"}
    for row in objectives:
        known = record.objectives.get(row.id)
        if known and row.id in locked and (row.text != known.text or row.status not in ("", "locked")):
            came.refuse(1, "“{text}” is locked. Change it on the record, with a reason.", text=known.text)
    for found in results:
        if found.objective in locked:
            result = record.results.get(found.id)
            if result is None or any(getattr(result, name) != value for name, value in found.fields.items()):
                came.refuse(1, "“{text}” is part of a locked goal. Change it on the record.", text=found.fields["text"])


def _unnamed(record: Record, came: Incoming) -> dict[str, list[Objective]]:
    """Goals of the record that a file names neither by id nor by its words, by team."""
    named = {text.alike(other.text) for other in came.objectives} | {other.id for other in came.objectives}
    found: dict[str, list[Objective]] = {}
    for goal in record.objectives.values():
        if goal.text and not {text.alike(goal.text), goal.id} & named:
            found.setdefault(goal.team, []).append(goal)
    return found


class _Matching:
    """Finds what a file names among what is there; what it does not find gets an id of its own."""

    def __init__(self, room: Room, came: Incoming, new_id: Callable[[], str]) -> None:
        self.record, self.came, self.new_id = room.record, came, new_id
        self.results: list[ResultRow] = []
        self._ids = set[str]()
        #: Goals of the record, by team, that the file does not name; and those it says in other words.
        self._unnamed = _unnamed(room.record, came)
        self._reworded_to = set[str]()
        self.teams: dict[str, TeamRow] = {}
        self.leaders = {leader.id: leader for leader in came.leaders}
        self._team_of = {text.alike(t.name): t.id for t in room.record.teams.values()}
        self._leader_of = {text.alike(p.name): p.id for p in room.people.values() if not p.gone}
        self._leader_of |= {text.alike(leader.name): leader.id for leader in came.leaders}
        self._objective_of = {(o.team, text.alike(o.text)): o.id for o in room.record.objectives.values() if o.text}
        self._result_of = {(r.objective, text.alike(r.text)): r.id for r in room.record.results.values()}
        for team in came.teams:
            self._team(team)

    def objectives(self) -> list[ObjectiveRow]:
        """Every objective with its id here; its results are gathered on the way."""
        rows: dict[str, ObjectiveRow] = {}
        for objective in self.came.objectives:
            team = self._team_named(objective)
            known = (team, text.alike(objective.text))
            id = objective.id or self._objective_of.get(known) or self._reworded(team, objective) or self.new_id()
            self._objective_of[known] = id
            if id not in rows:
                rows[id] = ObjectiveRow(id, team, objective.text, objective.status, objective.kept)
            for place, result in enumerate(objective.results):
                self._result(id, result, place, objective.results)
        return list(rows.values())

    def _reworded(self, team: str, objective: IncomingObjective) -> str:
        """The goal of this team that the file says in other words; none that it names itself besides."""
        others = {
            o.id: (o.text, {text.alike(r.text) for r in self.record.results_of(o.id)})
            for o in self._unnamed.get(team, ())
            if o.id not in self._reworded_to
        }
        found = same_goal(objective.text, {text.alike(r.text) for r in objective.results}, others)
        self._reworded_to.add(found)
        return found

    def needs(self) -> list[Any]:
        """Dependencies with their teams by id; those of a table that are here already by theirs."""
        known = {*self.teams, *self.record.teams}
        return matched(self.came, self.record, known, self._team_of, self.new_id)

    def _team(self, team: IncomingTeam) -> str:
        id = team.id or self._team_of.get(text.alike(team.name)) or self.new_id()
        self._team_of[text.alike(team.name)] = id
        self.teams[id] = TeamRow(id, team.name, team.kind, team.size, team.kept)
        return id

    def _team_named(self, objective: IncomingObjective) -> str:
        if not objective.team or objective.team in self.teams or objective.team in self.record.teams:
            return objective.team
        known = self._team_of.get(text.alike(objective.team))
        return known or self._team(IncomingTeam(objective.team, objective.line))

    def _result(self, objective: str, result: IncomingResult, place: int, beside: list[IncomingResult]) -> None:
        known = (objective, text.alike(result.text))
        id = (
            result.id
            or self._result_of.get(known)
            or self._said_before(objective, result, place, beside)
            or self.new_id()
        )
        self._result_of[known] = id
        leads = None if result.leads is None else [self._leader(name) for name in result.leads]
        self._ids.add(id)
        self.results.append(ResultRow(id, objective, {"text": result.text, **result.fields}, leads, result.kept))

    def _said_before(self, objective: str, result: IncomingResult, place: int, beside: list[IncomingResult]) -> str:
        """The result of this goal that the file says in other words; none that it names itself besides."""
        there = self.record.results_of(objective)
        if not there:
            return ""
        named = {text.alike(other.text) for other in beside} | {other.id for other in beside}
        others = [("" if {text.alike(r.text), r.id} & named or r.id in self._ids else r.id, r.text) for r in there]
        return most_alike(result.text, place, [(id, said if id else "") for id, said in others])

    def _leader(self, name: str) -> str:
        if name in self.leaders:
            return name
        id = self._leader_of.get(text.alike(name)) or self.new_id()
        self._leader_of[text.alike(name)] = id
        self.leaders[id] = LeaderRow(id, name)
        return id
