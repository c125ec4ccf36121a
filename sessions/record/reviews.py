"""Who has looked at whose goal: how many people, of how many teams, at a walk or a festival; and who should have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sessions.rules.event import RecordEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sessions.record.record import Record
    from sessions.room import Room


@dataclass(slots=True)
class Review:
    """A team's goal was before others in a session: how many people saw it, of which teams."""

    session: str
    team: str
    people: int
    by: list[str] = field(default_factory=list)


class Reviewed(RecordEvent, frozen=True, tag="reviewed"):
    """A team's goal was before others: so many people of these teams saw it. No names."""

    session: str
    team: str
    people: int
    by: list[str] = []

    def evolve(self, record: Record) -> None:
        record.reviews[self.session, self.team] = Review(self.session, self.team, self.people, list(self.by))
        record.touch("review:" + self.team)


def reviewed(room: Room, session: str, seen: Mapping[str, Iterable[str]]) -> list[Reviewed]:
    """The fact for each team, from who stood before its goal; one's own team does not count."""
    found = []
    for team, people in seen.items():
        whole = {room.whole(person) for person in people}
        others = [room.people[person].team for person in sorted(whole) if person in room.people]
        guests = [other for other in others if other != team]
        by = sorted({other for other in guests if other})
        found.append(Reviewed(session=session, team=team, people=len(guests), by=by))
    return found
