"""Which leader shows the draft to which team, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.room.kind import ForAll, Shown, Sight
from sessions.rules.event import RecordEvent

if TYPE_CHECKING:
    from sessions.record.record import Record


@dataclass(slots=True)
class Visit:
    """A leader promised to show the draft to a team, by a day (ISO date, or empty)."""

    session: str
    team: str
    person: str
    by: str = ""


class VisitClaimed(RecordEvent, frozen=True, tag="visit_claimed"):
    """A leader takes a team to visit, or gives it back."""

    session: str
    team: str
    person: str
    by: str = ""
    on: bool = True

    def evolve(self, record: Record) -> None:
        key = f"{self.session}.{self.team}.{self.person}"
        if self.on:
            record.visits[key] = Visit(self.session, self.team, self.person, self.by)
        else:
            record.visits.pop(key, None)
        record.touch("visit:" + key)


class VisitShown(Shown, frozen=True):
    """Who visits which team, by which day as they wrote it."""

    team: str
    person: str
    by: str


class VisitOfSession(ForAll):
    """Who of this session visits which team."""

    name = "visit"
    shape = VisitShown

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.room.record.visits

    def look(self, sight: Sight, id: str) -> VisitShown | None:
        visit = sight.room.record.visits.get(id)
        if visit is None or visit.session != sight.session.code:
            return None
        return VisitShown(team=visit.team, person=sight.room.whole(visit.person), by=visit.by)
