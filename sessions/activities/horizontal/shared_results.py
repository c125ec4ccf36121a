"""Shared results: one team leads and is named, everybody who carries one carries it in full."""

from sessions.activities.horizontal.horizontal_step import HorizontalStep
from sessions.activities.playing import Chance, Plays, Seen
from sessions.record.objectives.seen import LineShown, goal_lines
from sessions.room import PhasePlan, Room, Session
from sessions.room.kind import Shown


class SharedResultsStep(Shown, frozen=True):
    """Results of the whole organisation that can be shared, and those of teams that could carry them."""

    lines: list[LineShown]
    own: list["OwnLine"]


class OwnLine(Shown, frozen=True):
    """A result of a team."""

    id: str
    team: str
    text: str


class SharedResults(HorizontalStep):
    """What somebody contributes is a note; the target is never split."""

    name = "shared_results"
    called = "Shared results"
    does = "Each shared result gets one lead, and its full target everywhere"
    watches = frozenset({"objective", "result", "team"})

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, with your team’s name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        for key, share in seen.things.items():
            team = seen.own.get("me", {}).get("team")
            if key.startswith("share:") and not share["named"] and team in {part["team"] for part in share["parts"]}:
                name = seen.own.get("me", {}).get("name", "Somebody")
                yield "lead_share", {"result": key[6:], "team": team, "person": name}
                return

    def everyone(self, room: Room, session: Session) -> SharedResultsStep:
        record = room.record
        own = [
            OwnLine(result.id, goal.team, result.line())
            for goal in record.objectives.values()
            if goal.team and goal.status != "draft" and goal.text
            for result in record.results_of(goal.id)
        ]
        return SharedResultsStep([line for line in goal_lines(room) if not line.objective], own)
