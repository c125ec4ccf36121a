"""Capacity: each provider says for how many needs it has room; hidden until all have said theirs, then as a picture."""

from dataclasses import dataclass, field

from sessions.activities.activity import Main, Pens
from sessions.activities.horizontal.horizontal_step import HorizontalStep
from sessions.activities.playing import Chance, Plays, Seen
from sessions.record.teams import TeamListed, a_capacity
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.room.part import Part
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused


@dataclass(slots=True)
class Capacities(Part):
    """Team → for how many needs it has room, as it said; and whether that was shown."""

    said: dict[str, int] = field(default_factory=dict)
    shown: bool = False


class CapacitySaid(SessionEvent, frozen=True, tag="capacity_said"):
    """A team said for how many needs it has room; nobody else sees it before all have said theirs."""

    team: str
    count: int
    by: str = ""
    mates: list[str] = []

    def evolve(self, session: Session) -> None:
        session.part(Capacities).said[self.team] = self.count
        session.touch("step")
        session.touched_people.update(self.mates)


class CapacitiesShown(SessionEvent, frozen=True, tag="capacities_shown"):
    """Everybody sees who has room for how much."""

    def evolve(self, session: Session) -> None:
        session.part(Capacities).shown = True
        session.touch("step")


class SayCapacity(Command, frozen=True, tag="say_capacity"):
    """Say for how many needs of others one's own team has room in this cycle."""

    who = "participants"
    count: int

    def decide(self, turn: Turn) -> list[Event]:
        kept, team = turn.session.part(Capacities), turn.own_team
        if not team or team not in turn.record.teams:
            raise Refused("no_team", "Say first which team you are of.")
        if kept.shown:
            raise Refused("already_read", "What teams said is shown. Say it aloud, and whoever facilitates changes it.")
        count = a_capacity(self.count)
        if kept.said.get(team) == count:
            return []
        people = [p for p in turn.session.taking_part() if turn.room.people[p].team == team]
        return [CapacitySaid(team=team, count=count, by=turn.by.person, mates=people)]


class RoomShown(Shown, frozen=True):
    """A team that is asked: for how much, and for how much it has room once that is shown (-1 before)."""

    team: str
    name: str
    asks: int
    said: bool
    room: int


class CapacityStep(Shown, frozen=True):
    """Teams that are asked for something, the most asked first; how many of them are still to say."""

    rooms: list[RoomShown]
    shown: bool
    missing: int


class CapacityMine(Shown, frozen=True):
    """One's own team, and what it said, -1 before."""

    team: str
    count: int


class Capacity(HorizontalStep):
    """Nobody says less because others did: all are shown at once."""

    name = "capacity"
    called = "Room for needs"
    does = "Each team that is asked says how much it has room for"
    takes = (SayCapacity,)
    watches = frozenset({"dependency", "team", "person"})
    plays_again = ("shown",)

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        kept = session.part(Capacities)
        return bool(kept.said) and not kept.shown

    def reveal(self, turn: Turn) -> list[Event]:
        kept = turn.session.part(Capacities)
        if kept.shown or not kept.said:
            return []
        known = [(turn.record.teams[team], count) for team, count in kept.said.items() if team in turn.record.teams]
        listed = [TeamListed(team=t.id, name=t.name, capacity=count) for t, count in known if not t.gone]
        return [CapacitiesShown(), *listed]

    def main(self, room: Room, session: Session) -> Main | None:
        phase = session.phase
        if phase is None or not self.waiting(session, phase):
            return None
        missing = self.everyone(room, session).missing
        if not missing:
            return Main("Show what teams have room for", "reveal")
        words = "Show it, though 1 team is missing" if missing == 1 else "Show it, though {missing} teams are missing"
        return Main(words, "reveal", values={"missing": missing} if missing > 1 else {})

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        if session.part(Capacities).shown:
            return ""
        return "Your team, now. Everyone, with your team’s name, when all have said theirs."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        asked = any(row["team"] == seen.mine.get("team") for row in seen.step.get("rooms", ()))
        if asked and seen.mine.get("count", -1) < 0 and not seen.step.get("shown"):
            yield "say_capacity", {"count": chance.choice((1, 2, 3, 3, 4))}

    def everyone(self, room: Room, session: Session) -> CapacityStep:
        kept, record = session.part(Capacities), room.record
        asked: dict[str, int] = {}
        for need in record.dependencies.values():
            if need.live:
                asked[need.provider] = asked.get(need.provider, 0) + 1
        here = {room.people[person].team for person in session.taking_part()}
        said = kept.said if kept.shown else {}
        rooms = [
            RoomShown(team, record.team_name(team), asks, team in kept.said, said.get(team, -1))
            for team, asks in sorted(asked.items(), key=lambda one: (-one[1], record.team_name(one[0])))
        ]
        missing = sum(not row.said and row.team in here for row in rooms)
        return CapacityStep(rooms, kept.shown, missing)

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> CapacityMine:
        team = room.people[person].team
        return CapacityMine(team, session.part(Capacities).said.get(team, -1))
