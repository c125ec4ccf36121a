"""Stars: what somebody wants to see, days ahead or between two acts; theirs alone, and counted for the line-up."""

from typing import ClassVar

from sessions.activities.festival.programme import festival
from sessions.room import Command, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused


class Starred(SessionEvent, frozen=True, tag="starred"):
    """Somebody wants to see an act, or not after all."""

    person: str
    act: str
    on: bool

    def evolve(self, session: Session) -> None:
        stars = festival(session).stars.setdefault(self.person, set())
        (stars.add if self.on else stars.discard)(self.act)
        session.touched_people.add(self.person)


class Star(Command, frozen=True, tag="star"):
    """Star an act one wants to see, or take the star off."""

    who = "participants"
    anytime: ClassVar[bool] = True
    even_stopped: ClassVar[bool] = True
    act: Id
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        if self.act not in kept.live:
            raise Refused("no_such_act", "That act is not in the line-up any more.")
        if (self.act in kept.stars.get(turn.by.person, ())) == self.on:
            return []
        return [Starred(person=turn.by.person, act=self.act, on=self.on)]
