"""Sessions held on the record and to come: which day, and who may enter."""

from sessions.room import Keeping, RecordCommand, Room
from sessions.rules.days import a_day
from sessions.rules.event import Event, RoomEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused


class SessionPlanned(RoomEvent, frozen=True, tag="session_planned"):
    """A session is to be held on a day, and only these teams may enter; none named: everyone."""

    session: str
    day: str = ""
    teams: list[str] = []

    def evolve(self, room: Room) -> None:
        held = room.held[self.session]
        held.planned, held.teams = self.day, list(self.teams)
        room.record.touch("session:" + self.session)


class PlanSession(RecordCommand, frozen=True, tag="plan_session"):
    """Say on which day a session is (ISO, or empty), and which teams may enter; none: everyone."""

    who = "key"
    session: Id
    day: str = ""
    teams: list[Id] = []

    def decide(self, turn: Keeping) -> list[Event]:
        if self.session not in turn.room.held:
            raise Refused("no_such_session", "That session is not in this room.")
        unknown = [team for team in self.teams if team not in turn.record.teams]
        if unknown:
            raise Refused("no_such_team", "That team is not on the list.")
        return [SessionPlanned(session=self.session, day=a_day(self.day), teams=self.teams)]
