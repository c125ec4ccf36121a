"""People: who they are, joining, what they are called, where they are, and leaving."""

from collections.abc import Iterable
from typing import ClassVar

from sessions.room import Command, Person, Room, Session, Turn
from sessions.room.kind import ForAll, Pace, Shown, Sight
from sessions.rules import bounds, text
from sessions.rules.event import Event, RoomEvent, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import NameWords

#: What those are called who came by a link and have not said their names.
FACILITATOR, CO_FACILITATOR = "Facilitator", "Co-facilitator"


class PersonCame(RoomEvent, frozen=True, tag="person_came"):
    """Somebody is in the room, or is known a little better."""

    person: str
    name: str
    team: str = ""
    remote: bool = False

    def evolve(self, room: Room) -> None:
        before = room.people.get(self.person)
        room.people[self.person] = Person(self.person, self.name, self.team, self.remote)
        for session in room.sessions.values():
            if before is not None and before.name != self.name:
                # Whatever step names somebody has to be said again.
                session.touch("step", "main")
                room.record.touch("person:" + self.person)
            if self.person in session.roles:
                session.touch("person:" + self.person, "stands:" + self.person, "attention")
                session.touched_people.add(self.person)


class RoleGiven(SessionEvent, frozen=True, tag="role_given"):
    """A person has a role in the session."""

    person: str
    role: str

    def evolve(self, session: Session) -> None:
        session.roles.setdefault(self.person, set()).add(self.role)
        session.touch("person:" + self.person)
        session.touched_people.add(self.person)


class Rename(Command, frozen=True, tag="rename"):
    """Say what one is called here; facilitators say it of anybody (``person``)."""

    anytime: ClassVar[bool] = True
    even_stopped: ClassVar[bool] = True
    name: NameWords
    person: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        person = self.person or turn.by.person
        if person != turn.by.person:
            turn.must_facilitate()
        if person not in turn.session.roles:
            raise Refused("no_such_person", "That person is not here.")
        if turn.by.hand and person == turn.by.person:
            raise Refused("not_yours", "Only a key of your own can say what you are called.")
        name = text.clean(self.name, text.NAME, "The name")
        same = same_name(turn.room, turn.session, name)
        if same and same != person:
            raise Refused("name_taken", "Somebody is here as {name} already.", {"name": name}, text=self.name)
        who = turn.room.people[person]
        return [] if who.name == name else [PersonCame(person=person, name=name, team=who.team, remote=who.remote)]


class SayWhere(Command, frozen=True, tag="say_where"):
    """Say whether one is in the room or remote."""

    anytime: ClassVar[bool] = True
    even_stopped: ClassVar[bool] = True
    remote: bool

    def decide(self, turn: Turn) -> list[Event]:
        me = turn.room.people[turn.by.person]
        return [PersonCame(person=me.id, name=me.name, team=me.team, remote=self.remote)]


class PersonShown(Shown, frozen=True):
    """Somebody of this session."""

    name: str
    roles: list[str]
    team: str = ""
    remote: bool = False


class Member(ForAll):
    """A person of this session."""

    name = "person"
    shape = PersonShown
    pace = Pace.COMING

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.session.roles

    def look(self, sight: Sight, id: str) -> PersonShown | None:
        roles = sight.session.roles.get(id)
        if roles is None:
            return None
        person = sight.room.people[id]
        return PersonShown(person.name, sorted(roles), person.team, person.remote)


def expected(room: Room, name: str) -> str:
    """Somebody a file has named who has not come yet, if this is their name."""
    wanted = text.alike(name)
    return next((p.id for p in room.people.values() if p.expected and not p.gone and text.alike(p.name) == wanted), "")


def join(room: Room, session: Session, person: str, name: str, team: str, remote: bool) -> list[Event]:
    """Somebody joins the session; refused when the name is here already, or their team may not enter."""
    name = text.clean(name, text.NAME, "Your name").replace("\n", " ")
    before = room.people.get(person)
    if before and (before.team or not team):
        team = before.team
    same = same_name(room, session, name)
    if same and same != person:
        raise Refused("name_taken", "There is a {name} here already. Is that you?", {"name": name}, person=same)
    if team and (team not in room.record.teams or room.record.teams[team].gone):
        raise Refused("no_such_team", "That team is not on the list. Choose another.")
    held = room.held.get(session.code)
    if held and held.teams and team not in held.teams:
        allowed = ", ".join(room.record.teams[id].name for id in held.teams if id in room.record.teams)
        raise Refused(
            "not_invited",
            "This session is for {allowed}. Choose your team, or ask your facilitator.",
            {"allowed": allowed},
        )
    bounds.must_fit("people", len(room.people) + (before is None))
    if session.state == "closed":
        raise Refused("session_closed", "This session is over. What came out of it can still be read.")
    came = PersonCame(person=person, name=name, team=team, remote=remote)
    return [came, RoleGiven(person=person, role="participant")]


def co_facilitate(session: Session, person: str) -> list[Event]:
    """Somebody comes in to facilitate: with the co-facilitator's link, or as the first, who keeps the room."""
    count = sum(session.is_facilitator(p) for p in session.roles)
    name = f"{CO_FACILITATOR} {count}" if count > 1 else CO_FACILITATOR if count else FACILITATOR
    return [PersonCame(person=person, name=name), RoleGiven(person=person, role="facilitator")]


def is_nameless(name: str) -> bool:
    """Whether this is what somebody is called who has not said their name."""
    return name in (FACILITATOR, CO_FACILITATOR) or name.startswith(CO_FACILITATOR + " ")


def same_name(room: Room, session: Session, name: str) -> str:
    """The person in this session who goes by the same name, whatever the capitals."""
    wanted = text.alike(name)
    return next((p for p in session.roles if text.alike(room.people[p].name) == wanted), "")


def leave(session: Session, person: str) -> None:
    """Take a person out of everything that goes on; what they wrote stays."""
    session.roles.pop(person, None)
    session.done.discard(person)
    for part in session.part.all():
        part.left(session, person)
    session.touch("person:" + person, "stands:" + person, "attention", "counts", "done", "step")
    session.touched_people.add(person)
