"""Letting somebody else facilitate as well, and taking that back."""

from typing import ClassVar

from sessions.room import Command, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.running.people import RoleGiven


class RoleTaken(SessionEvent, frozen=True, tag="role_taken"):
    """A person has a role in the session no longer."""

    person: str
    role: str

    def evolve(self, session: Session) -> None:
        session.roles[self.person].discard(self.role)
        session.touch("person:" + self.person)
        session.touched_people.add(self.person)


class HandOver(Command, frozen=True, tag="hand_over"):
    """Let somebody else facilitate as well."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    person: Id

    def decide(self, turn: Turn) -> list[Event]:
        if self.person not in turn.session.roles:
            raise Refused("no_such_person", "That person is not here.")
        if turn.session.is_facilitator(self.person):
            return []
        return [RoleGiven(person=self.person, role="facilitator")]


class HandBack(Command, frozen=True, tag="hand_back"):
    """Let somebody facilitate no longer who was handed it; they take part as before. One may give it back oneself."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    person: Id

    def decide(self, turn: Turn) -> list[Event]:
        if not turn.session.is_facilitator(self.person):
            return []
        if "participant" not in turn.session.roles[self.person]:
            raise Refused("not_a_participant", "They only facilitate. Take their link back, or remove them.")
        if sum(turn.session.is_facilitator(person) for person in turn.session.roles) < 2:
            raise Refused("not_yourself", "Hand over to somebody else first.")
        return [RoleTaken(person=self.person, role="facilitator")]
