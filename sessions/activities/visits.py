"""Your next week: leaders take the teams they will show the draft to, in person."""

from typing import Any

from sessions.activities.activity import Activity, Main
from sessions.record.visits import VisitClaimed
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.rules import text
from sessions.rules.event import Event
from sessions.rules.refusal import Refused


class ClaimTeam(Command, frozen=True, tag="claim_team"):
    """Take a team to visit by a day, or give it back. A facilitator may do it for ``person``."""

    team: str
    on: bool = True
    by: str = ""
    person: str = ""

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


class Visits(Activity):
    """Teams × leaders, those nobody has taken first. ``publish`` is the last button of the session."""

    name = "visits"
    watches = frozenset({"visit", "team", "objective", "result"})
    takes = (ClaimTeam,)
    settings = {"publish": "Publish the draft"}

    def main(self, room: Room, session: Session) -> Main | None:
        assert session.phase is not None
        return Main(session.phase.settings["publish"], "close_session")

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, with your name."

    def everyone(self, room: Room, session: Session) -> dict[str, Any]:
        visited = {v.team for v in room.record.visits.values() if v.session == session.code}
        teams = room.record.standing_teams()
        objective = room.works_on(session)
        return {
            "teams": [t.id for t in sorted(teams, key=lambda t: t.id in visited)],
            "objective": objective.id if objective else "",
            "results": [r.id for r in room.record.results_of(objective.id)] if objective else [],
        }
