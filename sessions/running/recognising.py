"""Whoever comes under the name of somebody a file has named, and whether it is them: a facilitator says so."""

from dataclasses import dataclass, field
from typing import ClassVar

from sessions.room import Command, Person, Room, Session, Turn
from sessions.room.kind import ForHelm, Shown, Sight
from sessions.room.part import Part
from sessions.room.speaking import SpokenFor
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.running.identity import PeopleMerged
from sessions.running.people import PersonCame


@dataclass(slots=True)
class Strangers(Part):
    """Who is only called like somebody on the record, as a facilitator says."""

    people: set[str] = field(default_factory=set)


class FoundStranger(SessionEvent, frozen=True, tag="found_stranger"):
    """Somebody is not who a file has named."""

    person: str

    def evolve(self, session: Session) -> None:
        session.part(Strangers).people.add(self.person)
        session.touch("known")


class Recognise(Command, frozen=True, tag="recognise"):
    """Say whether somebody here is who the record knows by that name; then what that person may do, they may."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    person: Id
    yes: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        known = named_alike(turn.room, turn.session, self.person)
        if known is None:
            raise Refused("no_such_person", "Nobody on the record is waited for by that name.")
        if self.person == turn.by.person:
            raise Refused("not_yourself", "Somebody else who facilitates has to say that it is you.")
        if not self.yes:
            return [FoundStranger(person=self.person)]
        here = turn.room.people[self.person]
        joins = PersonCame(person=here.id, name=here.name, team=known.team, remote=here.remote)
        told = SpokenFor(
            id=f"known.{known.id}", how="merged", person=here.id, by=turn.by.person, at=turn.by.at, about=known.id
        )
        merged = PeopleMerged(keep=here.id, drop=known.id)
        return [merged, *([joins] if known.team and not here.team else []), told]


class KnownPerson(Shown, frozen=True):
    """Somebody here, and the name they go by on the record; whether that is the sponsor's."""

    person: str
    name: str
    sponsors: bool


class KnownShown(Shown, frozen=True):
    """Who came under a name that the record waits for."""

    people: list[KnownPerson]


class KnownSeen(ForHelm):
    """Who came under a name that the record waits for."""

    name = "known"
    shape = KnownShown
    on = frozenset({"person", "leader", "room"})

    def look(self, sight: Sight, id: str) -> KnownShown | None:
        waited = _waited_for(sight.room, sight.session)
        found = [
            KnownPerson(person, known.name, known.id == sight.room.record.sponsor)
            for person in (sight.session.taking_part() if waited else ())
            for known in [_named_alike(sight.room, sight.session, person, waited)]
            if known is not None
        ]
        return KnownShown(found) if found else None


def named_alike(room: Room, session: Session, person: str) -> Person | None:
    """The person a file has named who has not come yet, and whose name this person has; none once that is settled."""
    return _named_alike(room, session, person, _waited_for(room, session))


def _waited_for(room: Room, session: Session) -> list[Person]:
    """Whom a file has named, and who has not come."""
    return [p for p in room.people.values() if p.expected and not p.gone and p.id not in session.roles]


def _named_alike(room: Room, session: Session, person: str, waited: list[Person]) -> Person | None:
    here = room.people.get(person)
    takes_part = "participant" in session.roles.get(person, ())
    if here is None or here.expected or not takes_part or person in session.part(Strangers).people:
        return None
    wanted = text.alike(here.name)
    asked = {made.about for made in session.spoken.values() if made.person == person}
    return next((p for p in waited if p.id not in asked and text.alike(p.name) == wanted), None)
