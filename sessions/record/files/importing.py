"""The fact that a file was taken in: everything in it at once, or nothing."""

from typing import Any, ClassVar

import msgspec

from sessions.record.alignment import Alignment, relink, with_link
from sessions.record.confidence import Confidence
from sessions.record.conflicts.rows import take_in_conflicts
from sessions.record.dependencies.rows import take_in
from sessions.record.feedback import Feedback
from sessions.record.files.between_sessions import take_in_between
from sessions.record.objectives.objective import Objective
from sessions.record.raid.rows import take_in_raid
from sessions.record.record import Record
from sessions.record.results.result import KeyResult
from sessions.record.shares.share import claimed, take_in_shares
from sessions.record.teams import Team, list_team
from sessions.room import Person, Room
from sessions.rules.event import RoomEvent

#: The team leaders belong to when a file names leaders.
LEADERSHIP = "leadership"


def of_leaders() -> Team:
    """The team that leaders get where the file lists none for them."""
    return Team(LEADERSHIP, "Leadership", kind="leadership")


class TeamRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A team of a file."""

    id: str
    name: str
    kind: str = ""
    size: int = 0
    kept: dict[str, Any] = {}


class ObjectiveRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """An objective of a file; no team means the whole organisation."""

    id: str
    team: str
    text: str
    status: str = ""
    kept: dict[str, Any] = {}


class ResultRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A key result of a file; ``fields`` are those of the record that the file names."""

    id: str
    objective: str
    fields: dict[str, Any] = {}
    leads: list[str] | None = None
    kept: dict[str, Any] = {}


class LeaderRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A leader of a file; people named as leads in a table are leaders too."""

    id: str
    name: str


class FeedbackRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """Feedback of a file on one of its lines (``on``) and the objective that line belongs to."""

    id: str
    objective: str
    on: str
    text: str
    kind: str = ""
    from_team: str = ""
    state: str = ""
    reason: str = ""
    kept: dict[str, Any] = {}


class Imported(RoomEvent, frozen=True, tag="imported"):
    """A file was taken in. What is named again is changed, what is new is added, nothing is taken away."""

    at: int
    by: str = ""
    organisation: str = ""
    cycle: dict[str, str] = {}
    brief: dict[str, str] = {}
    narrative: dict[str, str] = {}
    teams: list[TeamRow] = []
    leaders: list[LeaderRow] = []
    objectives: list[ObjectiveRow] = []
    results: list[ResultRow] = []
    alignments: list[dict[str, Any]] = []
    feedback: list[FeedbackRow] = []
    confidence: list[dict[str, Any]] = []
    kept: dict[str, Any] = {}
    #: What columns of tables are that nobody knew, as somebody said: the next file is read so too.
    columns: dict[str, str] = {}
    #: How the history signs it: a file gives no reasons, and belongs to no session.
    imported: ClassVar[bool] = True
    why: ClassVar[str] = ""
    session: ClassVar[str] = ""

    def evolve(self, room: Room) -> None:
        record = room.record
        if self.organisation:
            record.revise(self, "", "", "organisation", record.organisation, self.organisation)
            record.organisation = self.organisation
        record.cycle = record.put(self, "cycle", record.cycle, self.cycle)
        record.brief = record.put(self, "brief", record.brief, self.brief)
        record.narrative = record.put(self, "narrative", record.narrative, self.narrative)
        record.kept |= self.kept
        record.columns |= self.columns
        take_in(record, self, self.kept)
        take_in_conflicts(record, self, self.kept)
        self._people(room)
        self._teams(record)
        self._leadership(record)
        self._okrs(record)
        for row in self.results:
            claimed(record, record.results[row.id])
        take_in_shares(record, self, self.kept.get("shared_results"))
        take_in_raid(record, self, self.kept)
        take_in_between(record, self.kept)
        self._ties(record)
        record.touch("room")

    def _people(self, room: Room) -> None:
        for leader in self.leaders:
            known = room.people.get(leader.id)
            if known is None:
                room.people[leader.id] = Person(leader.id, leader.name, LEADERSHIP, expected=True)
            if leader.id not in room.record.leaders:
                room.record.leaders.append(leader.id)
            room.record.touch("leader:" + leader.id)

    def _leadership(self, record: Record) -> None:
        """Leaders have a team, where the file does not list it among its own."""
        if self.leaders and LEADERSHIP not in record.teams:
            record.teams[LEADERSHIP] = of_leaders()
            record.touch("team:" + LEADERSHIP)

    def _teams(self, record: Record) -> None:
        for row in self.teams:
            room = row.kept.get("capacity_inbound")
            fits = isinstance(room, int) and not isinstance(room, bool) and 0 <= room <= 99
            capacity = room if fits and room is not None else -1
            team = list_team(record, self, row.id, row.name, row.kind, row.size or -1, capacity)
            team.kept |= row.kept
            team.gone = row.kept.get("gone") is True

    def _okrs(self, record: Record) -> None:
        for row in self.objectives:
            known = record.objectives.get(row.id)
            objective = record.objectives[row.id] = known or Objective(row.id, "", row.team, status="shared")
            record.revise(self, row.id, row.id, "text", objective.text, row.text)
            objective.text, objective.team = row.text, row.team
            if row.status and known:
                record.revise(self, row.id, row.id, "status", objective.status, row.status)
            objective.status = row.status or objective.status
            objective.kept |= row.kept
            # With links in the same file, they say what it serves; with none, why it serves nothing.
            objective.unaligned = str(row.kept.get("unaligned_reason") or objective.unaligned)[:500]
            record.touch("objective:" + row.id)
        places: dict[str, int] = {}
        for found in self.results:
            self._result(record, found, places)
        for row in self.objectives:
            objective = record.objectives[row.id]
            objective.version = max(1, objective.version)
            objective.versions.setdefault(objective.version, record.lines_of(objective))

    def _result(self, record: Record, row: ResultRow, places: dict[str, int]) -> None:
        result = record.results.get(row.id)
        new = result is None
        if result is None:
            if row.objective not in places:
                places[row.objective] = len(record.results_of(row.objective))
            result = KeyResult(row.id, row.objective, "", place=places[row.objective])
            places[row.objective] += 1
            record.add_result(result)
        elif result.objective != row.objective:
            record.move_result(result, row.objective)
        for name, value in row.fields.items():
            if not new and not result.dropped:
                record.revise(self, row.objective, row.id, name, getattr(result, name), value)
            setattr(result, name, value)
        if row.leads is not None:
            if not new:
                record.revise(self, row.objective, row.id, "leads", result.leads, list(row.leads))
            record.touch(*("leader:" + person for person in (*result.leads, *row.leads)))
            result.leads = list(row.leads)
        if new or result.dropped:
            record.revise(self, row.objective, row.id, "result", "", result.line())
        result.dropped = False
        result.kept |= row.kept
        result.author = str(row.kept.get("author") or result.author)[:60]
        result.author_team = str(row.kept.get("author_team") or result.author_team)[:60]
        result.scope = str(row.kept.get("scope") or result.scope)[:60]
        record.touch("result:" + row.id)

    def _ties(self, record: Record) -> None:
        for link in self.alignments:
            said = Alignment(
                link["child"], link["parent"], link["type"], link.get("reason") or "", self.by, self.at, link
            )
            relink(record, self, said.child, with_link(record, said))
        for item in self.feedback:
            record.feedback[item.id] = Feedback(
                item.id,
                item.objective,
                item.on,
                item.kind or "concern",
                item.text,
                source="team",
                team=item.from_team,
                state=item.state or "open",
                reason=item.reason,
                kept=item.kept,
            )
            record.touch("feedback:" + item.id)
        known = {(c.objective, c.round, c.session) for c in record.confidence}
        for vote in self.confidence:
            if (vote["on"], vote["round"], "") not in known:
                votes = sorted(vote["votes"])
                mean = sum(votes) / len(votes) if votes else float(vote.get("mean") or 0)
                passed, voters = vote.get("result") == "pass", len(votes) or int(vote.get("voters") or 0)
                taken = Confidence(vote["on"], vote["round"], mean, voters, votes, passed, kept=vote)
                taken.withheld = not votes and vote.get("mean") is None
                record.confidence.append(taken)
