"""What a session and the record see of a finding."""

from collections.abc import Iterable
from typing import Literal

from sessions.record.checks.findings import Findings, Standing
from sessions.room import Room, Session
from sessions.room.kind import ForAll, InRecord, RecordSight, Shown, Sight, Touched

#: How sharply it is said: while a goal is drafted, before its vote, and at its lock.
Sharp = Literal["told", "warned", "blocks"]


class FindingShown(Shown, frozen=True):
    """Something the record asks: ``on`` are ids, ``goals`` those in whose lock it stands (none: in every one's).

    ``fix`` is what its source does about it; ``state`` is open, fine, dismissed or waived, by ``name``.
    """

    code: str
    family: str
    on: list[str]
    goals: list[str]
    say: str
    fix: str
    sharp: Sharp
    blocks: bool
    state: str
    name: str
    reason: str
    order: int


class FindingOnPage(InRecord):
    """A finding; one that speaks of a draft is for whoever keeps the record."""

    name = "finding"
    shape = FindingShown

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return Findings.of(sight.room).standing()

    def stale(self, sight: RecordSight, touched: Touched) -> Iterable[str]:
        return touched.get("finding", ())

    def look(self, sight: RecordSight, id: str) -> FindingShown | None:
        found = Findings.of(sight.room).get(id)
        if found is None or (not sight.drafts and speaks_of_a_draft(sight.room, found)):
            return None
        return shown(sight.room, found, sight.once(_order).get(id, 0))


class FindingInSession(ForAll):
    """Where a session is about one goal, what is asked of that; where its plan shows findings, all of them."""

    name = "finding"
    shape = FindingShown

    def ids(self, sight: Sight) -> Iterable[str]:
        found = Findings.of(sight.room).standing()
        return (key for key, standing in found.items() if _is_shown(sight, standing))

    def stale(self, sight: Sight, touched: Touched) -> Iterable[str]:
        if {"plan", "step"} & touched.keys():
            return {*self.ids(sight), *touched.get("finding", ())}
        return touched.get("finding", ())

    def look(self, sight: Sight, id: str) -> FindingShown | None:
        found = Findings.of(sight.room).get(id)
        return shown(sight.room, found, 0) if found and _is_shown(sight, found) else None


def shown(room: Room, found: Standing, order: int) -> FindingShown:
    """A finding as people see it."""
    finding = found.finding
    return FindingShown(
        code=finding.code,
        family=found.check.family,
        on=list(finding.on),
        goals=list(finding.goals),
        say=finding.say,
        fix=found.check.fix,
        sharp=_sharp(room, found),
        blocks=found.blocks,
        state=found.state,
        name=found.name,
        reason=found.reason,
        order=order,
    )


def speaks_of_a_draft(room: Room, found: Standing) -> bool:
    """Whether a finding is about a line that not everybody may read."""
    homes = [room.record.objectives.get(goal) for goal in found.finding.goals]
    return any(home is not None and home.status == "draft" for home in homes)


def _sharp(room: Room, found: Standing) -> Sharp:
    """The furthest of its goals decides: information in a draft, a warning before the vote, a block at the lock."""
    goals = [room.record.objectives[goal] for goal in found.finding.goals if goal in room.record.objectives]
    status = {goal.status for goal in goals or room.record.top()}
    if {"final", "locked"} & status:
        return "blocks" if found.blocks else "warned"
    return "warned" if "shared" in status else "told"


def _is_shown(sight: Sight, found: Standing) -> bool:
    if sight.shows("finding"):
        return not speaks_of_a_draft(sight.room, found)
    return found.state == "open" and set(found.finding.on) <= _own(sight.room, sight.session)


def _own(room: Room, session: Session) -> set[str]:
    """The lines of the goal that a session is about, and whose it is."""
    goal = room.works_on(session)
    return {goal.id, goal.team, *room.record.under.get(goal.id, ())} - {""} if goal else set()


def _order(room: Room) -> dict[str, int]:
    """Finding → where it stands in the list."""
    return {key: order for order, key in enumerate(Findings.of(room).standing())}
