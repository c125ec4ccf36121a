"""Teams: listed, named, described and taken off the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from sessions.room import Command, Keeping, RecordCommand, Room, Turn
from sessions.room.kind import ForAll, InRecord, RecordSight, Shown, Sight
from sessions.rules import text
from sessions.rules.event import Event, SignedEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import NameWords

if TYPE_CHECKING:
    from sessions.record.history import Sign
    from sessions.record.record import Record


@dataclass(slots=True)
class Team:
    """A team of the organisation, with its place in the list; ``kept`` is what a file said besides."""

    id: str
    name: str
    gone: bool = False
    kind: str = "functional"
    size: int = 0
    #: For how many needs of others it has room in the cycle; -1: it has not said.
    capacity: int = -1
    kept: dict[str, Any] = field(default_factory=dict)


class TeamListed(SignedEvent, frozen=True, tag="team_listed"):
    """A team is on the list, or what is known of it changed; ``size`` 0 is not known."""

    team: str
    name: str
    kind: str = ""
    size: int = -1
    capacity: int = -1

    def evolve(self, record: Record) -> None:
        list_team(record, self, self.team, self.name, self.kind, self.size, self.capacity)


def list_team(
    record: Record, sign: Sign, id: str, name: str, kind: str = "", size: int = -1, capacity: int = -1
) -> Team:
    """A team is on the list under this name; no ``kind``, and a number below 0, leave what is known."""
    team = record.teams.setdefault(id, Team(id, "", gone=True))
    before = {"team": "" if team.gone else team.name, "kind": team.kind, "size": team.size or "", **_room(team)}
    new = team.gone
    team.name, team.gone = name, False
    team.kind, team.size = kind or team.kind, size if size >= 0 else team.size
    team.capacity = capacity if capacity >= 0 else team.capacity
    now = {"team": team.name, "kind": team.kind, "size": team.size or "", **_room(team)}
    for what in ("team",) if new else now:
        record.revise(sign, "", id, what, before[what], now[what])
    # Whoever is of leadership by now stands elsewhere.
    record.touch("team:" + id, *(["places"] if before["kind"] != now["kind"] else []))
    return team


def _room(team: Team) -> dict[str, int | str]:
    return {"capacity": "" if team.capacity < 0 else team.capacity}


class TeamTakenOff(SignedEvent, frozen=True, tag="team_taken_off"):
    """A team is no longer on the list; what was said about it stays."""

    team: str

    def evolve(self, record: Record) -> None:
        team = record.teams[self.team]
        record.revise(self, "", team.id, "team", team.name, "")
        team.gone = True
        record.touch("team:" + self.team)


TeamKind = Literal["functional", "product", "enabling", "virtual", "leadership"]


class AddTeam(RecordCommand, frozen=True, tag="add_team"):
    """List a further team. ``size`` is how many people it has, 0 if that is not known."""

    who = "key"
    name: NameWords
    kind: TeamKind = "functional"
    size: int = 0

    def decide(self, turn: Keeping) -> list[Event]:
        if len(turn.record.standing_teams()) >= 200:
            raise Refused("too_many", "Two hundred teams are the most one room holds.")
        name = _free_name(turn, self.name, "")
        known = next((t for t in turn.record.teams.values() if t.gone and text.alike(t.name) == text.alike(name)), None)
        id = known.id if known else turn.by.new_id()
        return [TeamListed(team=id, name=name, kind=self.kind, size=_size(self.size))]


class ChangeTeam(RecordCommand, frozen=True, tag="change_team"):
    """Change a team's name, kind or size, or for how many needs of others it has room."""

    who = "key"
    team: Id
    name: NameWords | None = None
    kind: TeamKind | None = None
    size: int | None = None
    capacity: int | None = None

    def decide(self, turn: Keeping) -> list[Event]:
        team = turn.record.teams.get(self.team)
        if team is None or team.gone:
            raise Refused("no_such_team", "That team is not on the list.")
        name = team.name if self.name is None else _free_name(turn, self.name, team.id)
        size = team.size if self.size is None else _size(self.size)
        room = team.capacity if self.capacity is None else a_capacity(self.capacity)
        return [TeamListed(team=team.id, name=name, kind=self.kind or team.kind, size=size, capacity=room)]


class TakeTeamOff(RecordCommand, frozen=True, tag="take_team_off"):
    """Take a team off the list; what it wrote stays."""

    who = "key"
    team: Id

    def decide(self, turn: Keeping) -> list[Event]:
        team = turn.record.teams.get(self.team)
        return [TeamTakenOff(team=team.id)] if team and not team.gone else []


class TeamShown(Shown, frozen=True):
    """A team, as a session names it."""

    name: str


class TeamOfRecord(Shown, frozen=True):
    """A team, as the record lists it; ``size`` in people, 0 if it is not known; ``capacity`` -1 likewise."""

    name: str
    kind: str
    size: int
    capacity: int
    order: int


class TeamNamed(ForAll):
    """A team, as a session names it."""

    name = "team"
    shape = TeamShown

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.room.record.teams

    def look(self, sight: Sight, id: str) -> TeamShown | None:
        team = sight.room.record.teams.get(id)
        return TeamShown(name=team.name) if team and not team.gone else None


class TeamKept(InRecord):
    """A team, as the record lists it."""

    name = "team"
    shape = TeamOfRecord

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.record.teams

    def look(self, sight: RecordSight, id: str) -> TeamOfRecord | None:
        team = sight.room.record.teams.get(id)
        if team is None or team.gone:
            return None
        return TeamOfRecord(
            name=team.name, kind=team.kind, size=team.size, capacity=team.capacity, order=sight.once(_order)[id]
        )


def _order(room: Room) -> dict[str, int]:
    """Team → where it stands in the list."""
    return {id: order for order, id in enumerate(room.record.teams)}


def _free_name(turn: Keeping, wish: str, own: str) -> str:
    name = text.clean(wish, text.NAME, "The team's name").replace("\n", " ")
    if any(text.alike(t.name) == text.alike(name) and t.id != own for t in turn.record.standing_teams()):
        raise Refused("name_taken", "There is a team called {name} already.", {"name": name})
    return name


def _size(size: int) -> int:
    if not 0 <= size <= 100_000:
        raise Refused("bad_value", "The size is a number of people.")
    return size


def a_capacity(count: int) -> int:
    """For how many needs of others a team has room, if that is a number that can be meant."""
    if not 0 <= count <= 99:
        raise Refused("bad_value", "Say a number of needs from 0 to 99.")
    return count


class SetTeams(Command, frozen=True, tag="set_teams"):
    """List the organisation's teams, one name per line; a name that stays keeps what belongs to it."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    names: str

    def decide(self, turn: Turn) -> list[Event]:
        wanted = list(dict.fromkeys(text.lines(self.names, text.NAME, 200)))
        known = {team.name: team for team in turn.record.teams.values()}
        events: list[Event] = [
            TeamListed(team=known[n].id if n in known else turn.by.new_id(), name=n)
            for n in wanted
            if n not in known or known[n].gone
        ]
        gone = [t for n, t in known.items() if n not in wanted and not t.gone]
        return events + [TeamTakenOff(team=team.id) for team in gone]
