"""Saying that one is done with a step; and where a step asks something else, nobody is any more."""

from typing import ClassVar

from sessions.room import Command, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused


class DoneSaid(SessionEvent, frozen=True, tag="done_said"):
    """A person said that they are done with this step, or are not after all."""

    person: str
    done: bool

    def evolve(self, session: Session) -> None:
        (session.done.add if self.done else session.done.discard)(self.person)
        session.touch("counts", "done")
        session.touched_people.add(self.person)


class AskedAnew(SessionEvent, frozen=True, tag="asked_anew"):
    """Within a step, people are asked something else: nobody is done with it yet."""

    def evolve(self, session: Session) -> None:
        session.begin_anew()
        session.touch("counts", "done")


class Done(Command, frozen=True, tag="done"):
    """Say that one is done with this step, or not after all."""

    who = "participants"
    anytime: ClassVar[bool] = True
    even_stopped: ClassVar[bool] = True
    files_late: ClassVar[bool] = True
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        phase = turn.session.phase
        if turn.by.hand and phase and turn.activities[phase.activity].count_only:
            # The count would tell whoever made the key whether they were done, and so whether they have voted.
            raise Refused("not_yours", "Only a key of your own can say here that you are done.")
        if (turn.by.person in turn.session.done) == self.on:
            return []
        return [DoneSaid(person=turn.by.person, done=self.on)]
