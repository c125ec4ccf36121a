"""What a session and the record see of an objective."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sessions.record.objectives.objective import Objective
from sessions.room import Room, Session
from sessions.room.kind import ForAll, InRecord, RecordSight, Shown, Sight, Touched

if TYPE_CHECKING:
    from sessions.record.alignment import Alignment
    from sessions.record.confidence import Confidence


class LineShown(Shown, frozen=True):
    """A line of a goal: its objective, or one of its results."""

    id: str
    text: str
    objective: bool = False


class GoalStep(Shown, frozen=True):
    """The goal a session is about and its results, by id; none is empty."""

    objective: str
    results: list[str]


def of_goal(room: Room, session: Session) -> GoalStep:
    """What a step says of the goal its session is about."""
    objective = room.works_on(session)
    if objective is None:
        return GoalStep(objective="", results=[])
    return GoalStep(objective=objective.id, results=[result.id for result in room.record.results_of(objective.id)])


def goal_lines(room: Room, but: Objective | None = None) -> list[LineShown]:
    """The top-level goals that are shared, a line each, their objectives first."""
    found: list[LineShown] = []
    for top in room.record.top():
        if top.status == "draft" or top is but:
            continue
        found.append(LineShown(top.id, top.text, objective=True))
        found += [LineShown(result.id, result.line()) for result in room.record.results_of(top.id)]
    return found


class ObjectiveShown(Shown, frozen=True):
    """The objective a session is about; ``polisher`` words it after the session."""

    text: str
    polisher: str
    status: str
    version: int


class LinkShown(Shown, frozen=True):
    """A line that an objective serves, in which way and why; ``said_by`` is who said so, if they have a name here."""

    parent: str
    words: str
    kind: str
    reason: str
    said_by: str


class ConfidenceShown(Shown, frozen=True):
    """A confidence vote that was shown."""

    round: int
    mean: float
    voters: int


class ObjectiveOfRecord(Shown, frozen=True):
    """An objective on the record; ``unaligned`` is why it serves nothing, ``open`` how much feedback waits."""

    team: str
    text: str
    status: str
    version: int
    unaligned: str
    locked_by: str
    serves: list[LinkShown]
    confidence: list[ConfidenceShown]
    open: int
    order: int


class ObjectiveOfSession(ForAll):
    """The objective a session is about."""

    name = "objective"
    shape = ObjectiveShown

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.room.record.objectives

    def look(self, sight: Sight, id: str) -> ObjectiveShown | None:
        objective = sight.room.record.objectives.get(id)
        if objective is None or not is_about(sight, objective):
            return None
        return ObjectiveShown(
            text=objective.text, polisher=objective.polisher, status=objective.status, version=objective.version
        )


class ObjectiveKept(InRecord):
    """An objective on the record: its words, what it serves, its confidence votes, and what is open."""

    name = "objective"
    shape = ObjectiveOfRecord

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.record.objectives

    def stale(self, sight: RecordSight, touched: Touched) -> Iterable[str]:
        """Those touched themselves, or that name somebody who is called otherwise by now."""
        found, people = set(touched.get(self.name, ())), touched.get("person", set())
        record = sight.room.record
        for goal in record.objectives.values() if people else ():
            if goal.locked_by in people or any(link.by in people for link in sight.once(_links).get(goal.id, ())):
                found.add(goal.id)
        return found

    def look(self, sight: RecordSight, id: str) -> ObjectiveOfRecord | None:
        room, objective = sight.room, sight.room.record.objectives.get(id)
        if objective is None or not is_kept(objective, sight.drafts):
            return None
        return ObjectiveOfRecord(
            team=objective.team,
            text=objective.text,
            status=objective.status,
            version=objective.version,
            unaligned=objective.unaligned,
            locked_by=room.name_of(objective.locked_by),
            serves=[
                LinkShown(link.parent, _shown_line(room, link.parent), link.kind, link.reason, room.name_of(link.by))
                for link in sight.once(_links).get(id, ())
            ],
            confidence=[
                ConfidenceShown(vote.round, round(vote.mean, 2), vote.voters) for vote in sight.once(_votes).get(id, ())
            ],
            open=sight.once(_open).get(id, 0),
            order=sight.once(_order)[id],
        )


def is_about(sight: Sight, objective: Objective) -> bool:
    """Whether this is the goal of the session."""
    session = sight.session
    may_be = objective.session == session.code or objective.id == session.prepared.get("about", "")
    return may_be and objective is sight.room.works_on(session)


def is_kept(objective: Objective, drafts: bool) -> bool:
    """Whether whoever looks at the record sees it."""
    return bool(objective.text) and (drafts or objective.status != "draft")


def _shown_line(room: Room, id: str) -> str:
    """What a line says, unless it is a draft's."""
    objective = room.record.objective_of(id)
    return room.record.wording(id) if objective and is_kept(objective, drafts=False) else ""


def _order(room: Room) -> dict[str, int]:
    """Objective → where it stands in the list."""
    return {id: order for order, id in enumerate(room.record.objectives)}


def _links(room: Room) -> dict[str, list[Alignment]]:
    """Objective → what it serves."""
    found: dict[str, list[Alignment]] = {}
    for link in room.record.alignments.values():
        found.setdefault(link.child, []).append(link)
    return found


def _votes(room: Room) -> dict[str, list[Confidence]]:
    """Objective → rounds of confidence votes that may be told."""
    found: dict[str, list[Confidence]] = {}
    for vote in room.record.confidence:
        if vote.tells():
            found.setdefault(vote.objective, []).append(vote)
    return found


def _open(room: Room) -> dict[str, int]:
    """Objective → how much feedback nobody has answered."""
    return Counter(given.objective for given in room.record.open_feedback())
