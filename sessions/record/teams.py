"""Facts about teams and who visits them."""

from sessions.record.record import Record, Team, Visit
from sessions.rules.event import RecordEvent


class TeamListed(RecordEvent, frozen=True, tag="team_listed"):
    """A team is on the list, or what is known of it changed; ``size`` 0 is not known."""

    team: str
    name: str
    kind: str = ""
    size: int = -1

    def evolve(self, record: Record) -> None:
        known = record.teams.get(self.team)
        team = record.teams[self.team] = known or Team(self.team, self.name)
        team.name, team.gone = self.name, False
        team.kind = self.kind or team.kind
        team.size = self.size if self.size >= 0 else team.size
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
