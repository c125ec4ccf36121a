"""Your next week: leaders take the teams they will show the draft to, in person."""

from collections.abc import Iterator
from typing import Annotated

from sessions.activities.activity import Activity, Main
from sessions.activities.playing import Chance, Plays, Seen
from sessions.record.objectives.seen import GoalStep, of_goal
from sessions.record.visits import VisitClaimed
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.room.section import Line, Section
from sessions.room.setting import Settings, words
from sessions.rules import text
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import FigureWords


class ClaimTeam(Command, frozen=True, tag="claim_team"):
    """Take a team to visit by a day, or give it back. A facilitator may do it for ``person``."""

    team: Id
    on: bool = True
    by: FigureWords = ""
    person: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        if self.person:
            turn.must_facilitate()
        else:
            turn.must_take_part()
        who = self.person or turn.by.person
        if "participant" not in turn.session.roles.get(who, ()):
            raise Refused("no_such_person", "That person is not taking part.")
        team = turn.record.teams.get(self.team)
        if team is None or team.gone:
            raise Refused("no_such_team", "That team is not on the list.")
        day = text.optional(self.by, 30, "The day")
        return [VisitClaimed(session=turn.session.code, team=team.id, person=who, by=day, on=self.on)]


class VisitTold(Shown, frozen=True):
    """Who shows the draft to a team, and by when."""

    team: str
    leader: str
    by: str


def visits(room: Room, session: Session) -> Iterator[Section]:
    """Who shows the draft to which team, and by when."""
    found = [visit for visit in room.record.visits.values() if visit.session == session.code]
    rows = [VisitTold(room.record.teams[visit.team].name, room.name_of(visit.person), visit.by) for visit in found]
    yield Section(
        key="visits",
        title="Who visits whom",
        order=120,
        lines=[_line(row) for row in rows],
        links=[("sheet", "A sheet to take along"), ("record", "Log what you hear on the record")],
        data={"visits": rows},
    )


def _line(row: VisitTold) -> Line:
    day = [f"by {row.by}"] if row.by else []
    return Line(text=row.team, row="visit", who=row.leader, tags=day, cells={"note": row.by})


class VisitsStep(Shown, frozen=True):
    """Teams, in the order of the record."""

    teams: list[str]


class VisitsSettings(Settings, frozen=True):
    """The last button."""

    publish: Annotated[str, words("Last button of the session")] = "Publish the draft"


class Visits(Activity):
    """Teams × leaders. ``publish`` is the last button of the session."""

    name = "visits"
    called = "Next week"
    does = "Who shows it to which team"
    waits = True
    tells = (visits,)
    watches = frozenset({"visit", "team", "objective", "result"})
    takes = (ClaimTeam,)
    settings = VisitsSettings

    def main(self, room: Room, session: Session) -> Main | None:
        assert session.phase is not None
        return Main(VisitsSettings.of(session.phase).publish, "close_session")

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, with your name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.step["teams"]:
            yield "claim_team", {"team": chance.choice(seen.step["teams"])}

    def everyone(self, room: Room, session: Session) -> tuple[GoalStep, VisitsStep]:
        # Nothing moves under a finger: a team that was taken stays where it stands.
        return of_goal(room, session), VisitsStep(teams=[team.id for team in room.record.standing_teams()])
