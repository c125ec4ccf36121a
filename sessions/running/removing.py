"""Taking somebody out of a session, and letting them in again where they stood."""

from dataclasses import dataclass, field
from typing import ClassVar

from sessions.room import Command, Session, Turn
from sessions.room.kind import ForHelm, Shown, Sight
from sessions.room.part import Part
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.running.people import leave, same_name


@dataclass(slots=True)
class Removed(Part):
    """Who was taken out of a session, the roles they had, and when that was (Unix milliseconds)."""

    roles: dict[str, list[str]] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)

    def last(self) -> tuple[int, str]:
        """When somebody was taken out last who is out still, and who."""
        return max(((self.at.get(person, 0), person) for person in self.roles), default=(0, ""))


class PersonRemoved(SessionEvent, frozen=True, tag="person_removed"):
    """A person no longer takes part; what they wrote stays."""

    person: str
    at: int = 0

    def evolve(self, session: Session) -> None:
        removed = session.part(Removed)
        removed.roles[self.person] = sorted(session.roles.get(self.person, ()))
        removed.at[self.person] = self.at
        session.touch("removed")
        leave(session, self.person)


class PersonLetIn(SessionEvent, frozen=True, tag="person_let_in"):
    """Somebody who was removed takes part again, as before."""

    person: str

    def evolve(self, session: Session) -> None:
        removed = session.part(Removed)
        roles = removed.roles.pop(self.person, ["participant"])
        session.roles.setdefault(self.person, set()).update(roles)
        session.touch(
            "removed", "person:" + self.person, "stands:" + self.person, "attention", "counts", "done", "step"
        )
        session.touched_people.add(self.person)


class RemovePerson(Command, frozen=True, tag="remove_person"):
    """Take somebody out of the session; their notes stay."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    person: Id

    def decide(self, turn: Turn) -> list[Event]:
        if self.person not in turn.session.roles:
            return []
        if self.person == turn.by.person:
            raise Refused("not_yourself", "Hand over to somebody else first.")
        follows = [event for activity in turn.planned() for event in activity.gone(turn, self.person)]
        return [PersonRemoved(person=self.person, at=turn.by.at), *follows]


class LetIn(Command, frozen=True, tag="let_in"):
    """Let somebody take part again who was removed; they come by a new link, or by their name."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    person: Id

    def decide(self, turn: Turn) -> list[Event]:
        return let_in(turn, self.person)


class RemovedPerson(Shown, frozen=True):
    """Somebody who was taken out."""

    person: str
    name: str


class RemovedShown(Shown, frozen=True):
    """Who was taken out and can be let in again, and when the last one was (Unix milliseconds)."""

    people: list[RemovedPerson]
    at: int


class RemovedSeen(ForHelm):
    """Who was taken out of the session."""

    name = "removed"
    shape = RemovedShown
    on = frozenset({"person"})

    def look(self, sight: Sight, id: str) -> RemovedShown | None:
        removed = sight.session.part(Removed)
        people = [RemovedPerson(person, sight.room.name_of(person)) for person in removed.roles]
        return RemovedShown(people, removed.last()[0]) if people else None


def let_in(turn: Turn, person: str) -> list[Event]:
    """Somebody who was taken out takes part again, where they stood; nothing for who was not."""
    if person not in turn.session.part(Removed).roles:
        return []
    if same_name(turn.room, turn.session, turn.room.name_of(person)):
        name = turn.room.name_of(person)
        raise Refused("name_taken", "Somebody is here as {name} already.", {"name": name})
    if "participant" not in turn.session.part(Removed).roles[person]:
        return [PersonLetIn(person=person)]
    placed = [event for activity in turn.planned() for event in activity.arrived(turn, person)]
    return [PersonLetIn(person=person), *placed]
