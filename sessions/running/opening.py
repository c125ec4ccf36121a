"""Opening a session: its plan is written into the stream, and the record lists it."""

from collections.abc import Iterable

from sessions.board.board import Board
from sessions.room import Held, PhasePlan, Room, Session
from sessions.room.kind import InRecord, RecordSight, Shown
from sessions.rules import text
from sessions.rules.event import RoomEvent, SessionEvent
from sessions.running.agendas import Agendas

#: What sessions asked for that were opened before their first fact said so.
_ASKED = {"team_draft": "team", "confidence_vote": "goal"}


class SessionOpened(RoomEvent, frozen=True, tag="session_opened"):
    """A session exists, with the plan as the format was on that day."""

    code: str
    format: str
    title: str
    minutes: int
    at: int
    plan: list[PhasePlan]
    asks: str = ""

    def evolve(self, room: Room) -> None:
        plan = {phase.key: phase for phase in self.plan}
        room.sessions[self.code] = Session(self.code, self.format, self.title, self.minutes, self.at, plan, Board())
        room.sessions[self.code].asks = self.asks or _ASKED.get(self.format, "")
        self.note(room)

    def note(self, room: Room) -> None:
        """List the session, without bringing it into memory."""
        room.held[self.code] = Held(self.code, self.title, self.format, self.at)
        room.record.touch("session:" + self.code)


class RehearsalMarked(SessionEvent, frozen=True, tag="rehearsal_marked"):
    """The session is a rehearsal ``of`` another: simulated people, nothing to keep."""

    of: str = ""

    def evolve(self, session: Session) -> None:
        session.rehearsal = True
        session.touch("session")


class SessionListed(RoomEvent, frozen=True, tag="session_listed"):
    """How the record lists a session changed: its title, or that it is over."""

    session: str
    title: str = ""
    ended: int = 0

    def evolve(self, room: Room) -> None:
        held = room.held[self.session]
        held.title = self.title or held.title
        held.ended = self.ended or held.ended
        room.record.touch("session:" + self.session)


class PageHung(RoomEvent, frozen=True, tag="page_hung"):
    """A page of a session hangs on the record: where it is under the session's own, and what it is called."""

    session: str
    path: str
    words: str

    def evolve(self, room: Room) -> None:
        room.held[self.session].pages[self.path] = self.words
        room.record.touch("session:" + self.session)


def open_session(
    code: str, format: str, title: str, at: int, minutes: int, plan: list[PhasePlan], asks: str = ""
) -> SessionOpened:
    """The fact of a new session of the format called ``format``, opened at ``at`` (Unix milliseconds)."""
    return SessionOpened(
        code=code,
        format=format,
        title=text.clean(title, 80, "The title"),
        minutes=minutes,
        at=at,
        plan=plan,
        asks=asks,
    )


def _name_of(sight: RecordSight, format: str) -> str:
    agenda = sight.room.part(Agendas).kept.get(format.partition(":")[2])
    return agenda.name if agenda else sight.formats.get(format, "Own agenda" if ":" in format else format)


class SessionOnRecord(Shown, frozen=True):
    """A session as the record lists it: its state, when it was opened and closed, for which day and teams.

    ``midway`` says that it was planned by itself for the middle of the cycle, where nobody has moved it since.
    """

    title: str
    format: str
    format_name: str
    state: str
    opened: int
    ended: int
    planned: str
    teams: list[str]
    pages: dict[str, str]
    midway: bool = False


class SessionHeld(InRecord):
    """A session as the record lists it."""

    name = "session"
    shape = SessionOnRecord

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.held

    def look(self, sight: RecordSight, id: str) -> SessionOnRecord | None:
        held, session = sight.room.held.get(id), sight.room.sessions.get(id)
        if held is None:
            return None
        return SessionOnRecord(
            title=session.title if session else held.title,
            format=held.format,
            format_name=_name_of(sight, held.format),
            state=session.state if session else "closed" if held.ended else "lobby",
            opened=held.opened,
            ended=held.ended,
            planned=held.planned,
            teams=held.teams,
            pages=held.pages,
            midway=(id, held.planned) in sight.room.record.midway.values(),
        )
