"""Closing a session: what it drafted is shared, who wrote what is forgotten, and whether it was worth it is asked."""

from dataclasses import dataclass, field
from typing import ClassVar

from sessions.record.objectives.objective import DraftPublished
from sessions.room import Command, Room, Session, Turn
from sessions.room.kind import ForAll, Shown, Sight
from sessions.room.part import Part
from sessions.rules.event import Event, RoomEvent, SessionEvent
from sessions.rules.refusal import Refused
from sessions.rules.voting import SPLIT_FROM
from sessions.running.opening import SessionListed


@dataclass(slots=True)
class Pulse(Part):
    """Whether it was worth people's time: how many gave which number, and what of it may be told.

    Who has ``answered`` is kept apart from what was answered, in no order.
    """

    given: dict[int, int] = field(default_factory=dict)
    shown: tuple[int, float] | None = None
    answered: set[str] = field(default_factory=set)


class SessionClosed(SessionEvent, frozen=True, tag="session_closed"):
    """The session is over and stays readable."""

    at: int

    def evolve(self, session: Session) -> None:
        session.state = "closed"
        session.ended = self.at
        for part in session.part.all():
            part.closed(session)
        session.touch("session", "step", "attention", "places")
        session.touched_people.update(session.roles)


class PensEmptied(RoomEvent, frozen=True, tag="pens_emptied"):
    """Who wrote and voted what in a session is forgotten."""

    session: str

    def evolve(self, room: Room) -> None:
        room.empty_pens(self.session)


class PulseGiven(SessionEvent, frozen=True, tag="pulse_given"):
    """Somebody, unsigned, says from 1 to 5 whether it was worth their time.

    The mean moves only with every fourth answer, so that none can be worked out from a change.
    """

    unsigned: ClassVar[bool] = True
    value: int

    def evolve(self, session: Session) -> None:
        pulse = session.part(Pulse)
        pulse.given[self.value] = pulse.given.get(self.value, 0) + 1
        answers = sum(pulse.given.values())
        if answers % SPLIT_FROM == 0:
            worth = sum(value * count for value, count in pulse.given.items()) / answers
            pulse.shown = (answers, round(worth, 1))
            session.touch("session")


class CloseSession(Command, frozen=True, tag="close_session"):
    """End the session: a draft gets its number and is shared, and who wrote what is forgotten."""

    who = "facilitators"
    anytime: ClassVar[bool] = True

    def decide(self, turn: Turn) -> list[Event]:
        code, at = turn.session.code, turn.by.at
        follows = turn.activity.close(turn) if turn.session.run else []
        listed = SessionListed(session=code, ended=at)
        return [
            *follows,
            *(event for activity in turn.planned() for event in activity.filed(turn)),
            *_published(turn),
            SessionClosed(at=at),
            listed,
            PensEmptied(session=code),
        ]


def _published(turn: Turn) -> list[Event]:
    """What this session drafted is shared now."""
    objective = turn.room.works_on(turn.session)
    if objective is None or objective.session != turn.session.code or objective.status != "draft":
        return []
    return [DraftPublished(objective=objective.id, version=objective.version + 1, status="shared")]


class ExitPulse(Command, frozen=True, tag="exit_pulse"):
    """Say once, unsigned, from 1 to 5, whether the session was worth one's time."""

    who = "participants"
    anytime: ClassVar[bool] = True
    even_closed: ClassVar[bool] = True
    value: int

    def decide(self, turn: Turn) -> list[Event]:
        if turn.session.state != "closed":
            raise Refused("not_now", "This is asked when the session is over.")
        if not 1 <= self.value <= 5:
            raise Refused("bad_value", "Choose a number from 1 to 5.")
        if turn.by.person in turn.session.part(Pulse).answered:
            raise Refused("answered", "You have answered already. Thank you.")
        return [PulseGiven(value=self.value), Answered(session=turn.session.code, person=turn.by.person)]


class Answered(RoomEvent, frozen=True, tag="answered"):
    """Somebody has answered the exit pulse. Stored in no event, apart from the answer and later than it."""

    apart: ClassVar[bool] = True

    session: str
    person: str

    def evolve(self, room: Room) -> None:
        """Remember it."""
        room.sessions[self.session].part(Pulse).answered.add(self.person)
        room.sessions[self.session].touched_people.add(self.person)


class PulseShown(Shown, frozen=True):
    """How many answered the last question, and what they answered on average."""

    answers: int
    mean: float


class SessionShown(Shown, frozen=True):
    """The session: ``state`` is ``lobby``, ``open`` or ``closed``; times in Unix milliseconds."""

    code: str
    title: str
    format: str
    state: str
    minutes: float
    began: int
    ended: int
    rehearsal: bool
    call_link: str
    purpose: str
    pulse: PulseShown | None


class SessionHead(ForAll):
    """Title, state and times of the session."""

    name = "session"
    shape = SessionShown

    def look(self, sight: Sight, id: str) -> SessionShown | None:
        session = sight.session
        if id:
            return None
        pulse = session.part(Pulse).shown
        return SessionShown(
            code=session.code,
            title=session.title,
            format=session.format,
            state=session.state,
            minutes=session.minutes,
            began=session.began,
            ended=session.ended,
            rehearsal=session.rehearsal,
            call_link=session.prepared.get("call_link", ""),
            purpose=session.prepared.get("purpose", ""),
            pulse=PulseShown(pulse[0], pulse[1]) if pulse else None,
        )
