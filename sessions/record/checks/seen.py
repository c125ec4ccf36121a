"""What a session and the record see of a finding."""

from collections.abc import Iterable
from functools import cache

from sessions.record.checks.check import Check
from sessions.record.checks.findings import Findings, Sharp, Standing
from sessions.room import Room, Session
from sessions.room.kind import ForAll, InRecord, RecordSight, Shown, Sight, Touched


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
        return shown(found) if found and (sight.drafts or not found.draft) else None


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
        return shown(found) if found and _is_shown(sight, found) else None


def shown(found: Standing) -> FindingShown:
    """A finding as people see it."""
    finding = found.finding
    return FindingShown(
        code=finding.code,
        family=found.check.family,
        on=list(finding.on),
        goals=list(finding.goals),
        say=finding.say,
        fix=found.check.fix,
        sharp=found.sharp,
        blocks=found.blocks,
        state=found.state,
        name=found.name,
        reason=found.reason,
        order=_places()[finding.code.removesuffix("-OK")],
    )


def _is_shown(sight: Sight, found: Standing) -> bool:
    if sight.shows("finding"):
        return not found.draft
    return found.state == "open" and set(found.finding.on) <= _own(sight.room, sight.session)


def _own(room: Room, session: Session) -> set[str]:
    """The lines of the goal that a session is about, and whose it is."""
    goal = room.works_on(session)
    return {goal.id, goal.team, *room.record.under.get(goal.id, ())} - {""} if goal else set()


@cache
def _places() -> dict[str, int]:
    """Check → where it stands among all."""
    return {check.code: at for at, check in enumerate(sorted(Check.all.values(), key=lambda check: check.place))}
