"""Teams: added, named, described and taken off the list."""

from typing import Literal

from sessions.record.teams import TeamListed, TeamTakenOff
from sessions.room import Keeping, RecordCommand
from sessions.rules import text
from sessions.rules.event import Event
from sessions.rules.refusal import Refused

TeamKind = Literal["functional", "product", "enabling", "virtual", "leadership"]


class AddTeam(RecordCommand, frozen=True, tag="add_team"):
    """List a further team. ``size`` is how many people it has, 0 if that is not known."""

    name: str
    kind: TeamKind = "functional"
    size: int = 0

    def decide(self, turn: Keeping) -> list[Event]:
        turn.must_keep()
        if len(turn.record.standing_teams()) >= 200:
            raise Refused("too_many", "Two hundred teams are the most one room holds.")
        name = _free_name(turn, self.name, "")
        known = next((t for t in turn.record.teams.values() if t.gone and text.alike(t.name) == text.alike(name)), None)
        id = known.id if known else turn.by.new_id()
        return [TeamListed(team=id, name=name, kind=self.kind, size=_size(self.size))]


class ChangeTeam(RecordCommand, frozen=True, tag="change_team"):
    """Change a team's name, kind or size."""

    team: str
    name: str | None = None
    kind: TeamKind | None = None
    size: int | None = None

    def decide(self, turn: Keeping) -> list[Event]:
        turn.must_keep()
        team = turn.record.teams.get(self.team)
        if team is None or team.gone:
            raise Refused("no_such_team", "That team is not on the list.")
        name = team.name if self.name is None else _free_name(turn, self.name, team.id)
        size = team.size if self.size is None else _size(self.size)
        return [TeamListed(team=team.id, name=name, kind=self.kind or team.kind, size=size)]


class TakeTeamOff(RecordCommand, frozen=True, tag="take_team_off"):
    """Take a team off the list; what it wrote stays."""

    team: str

    def decide(self, turn: Keeping) -> list[Event]:
        turn.must_keep()
        team = turn.record.teams.get(self.team)
        return [TeamTakenOff(team=team.id)] if team and not team.gone else []


def _free_name(turn: Keeping, wish: str, own: str) -> str:
    name = text.clean(wish, text.NAME, "The team's name").replace("\n", " ")
    if any(text.alike(t.name) == text.alike(name) and t.id != own for t in turn.record.standing_teams()):
        raise Refused("name_taken", f"There is a team called {name} already.")
    return name


def _size(size: int) -> int:
    if not 0 <= size <= 100_000:
        raise Refused("bad_value", "The size is a number of people.")
    return size
