"""Facts about teams and who visits them."""

from sessions.record.record import Record, Team, Visit
from sessions.rules.event import RecordEvent


class TeamListed(RecordEvent, frozen=True, tag="team_listed"):
    """A team is on the list, or its name changed."""

    team: str
    name: str

    def evolve(self, record: Record) -> None:
        record.teams[self.team] = Team(self.team, self.name)
        record.touch("team:" + self.team)


class TeamTakenOff(RecordEvent, frozen=True, tag="team_taken_off"):
    """A team is no longer on the list; what was said about it stays."""

    team: str

    def evolve(self, record: Record) -> None:
        record.teams[self.team].gone = True
        record.touch("team:" + self.team)


class VisitClaimed(RecordEvent, frozen=True, tag="visit_claimed"):
    """A leader takes a team to visit, or gives it back."""

    session: str
    team: str
    person: str
    by: str = ""
    on: bool = True

    def evolve(self, record: Record) -> None:
        key = f"{self.session}.{self.team}.{self.person}"
        if self.on:
            record.visits[key] = Visit(self.session, self.team, self.person, self.by)
        else:
            record.visits.pop(key, None)
        record.touch("visit:" + key)
