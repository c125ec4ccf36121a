"""Which of what a file names is here already: by its id, by its words, or as a rewording; the rest gets an id."""

from collections.abc import Callable
from typing import Any

from sessions.record.dependencies.matching import matched
from sessions.record.files.importing import LeaderRow, ObjectiveRow, ResultRow, TeamRow
from sessions.record.files.incoming import Incoming, IncomingObjective, IncomingResult, IncomingTeam
from sessions.record.files.likeness import most_alike, same_goal
from sessions.record.objectives.objective import Objective
from sessions.record.record import Record
from sessions.room import Room
from sessions.rules import text


def id_of(line: object) -> int:
    """Which line of a file this is: two can say the same."""
    return id(line)


class Matching:
    """Finds what a file names among what is there; what it does not find gets an id of its own."""

    def __init__(self, room: Room, came: Incoming, new_id: Callable[[], str]) -> None:
        self.record, self.came, self.new_id = room.record, came, new_id
        self.results: list[ResultRow] = []
        self._ids = set[str]()
        #: Lines of the file, by what they are in memory, and the ids they have here.
        self._id_of: dict[int, str] = {}
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
            self._objective_of[known] = self._id_of[id_of(objective)] = id
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

    def ties(self) -> list[dict[str, Any]]:
        """What goals of a file say they are aligned to, by ids; how a link was known here it stays."""
        found = []
        for goal, above in self.came.ties:
            child, parent = self._id_of[id_of(goal)], self._id_of[id_of(above)]
            known = self.record.alignments.get(f"{child}.{parent}")
            found.append({"child": child, "parent": parent, "type": known.kind if known else ""})
        return found

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
        self._result_of[known] = self._id_of[id_of(result)] = id
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


def _unnamed(record: Record, came: Incoming) -> dict[str, list[Objective]]:
    """Goals of the record that a file names neither by id nor by its words, by team."""
    named = {text.alike(other.text) for other in came.objectives} | {other.id for other in came.objectives}
    found: dict[str, list[Objective]] = {}
    for goal in record.objectives.values():
        if goal.text and not {text.alike(goal.text), goal.id} & named:
            found.setdefault(goal.team, []).append(goal)
    return found
