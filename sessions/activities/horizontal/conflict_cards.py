"""Conflict cards: both needs, the tie-breaker, and a decision with its decider, outcome and date."""

from sessions.activities.horizontal.horizontal_step import HorizontalStep
from sessions.activities.playing import Chance, Plays, Seen
from sessions.room import PhasePlan, Room, Session
from sessions.room.kind import Shown


class TeamLine(Shown, frozen=True):
    """A line of a goal, and whose it is."""

    id: str
    team: str
    text: str


class ConflictStep(Shown, frozen=True):
    """The rule that breaks ties, who decides, and the lines that can be in conflict."""

    tie_breaker: str
    resolver: str
    lines: list[TeamLine]


class ConflictCards(HorizontalStep):
    """Both sides say what they need before anybody decides."""

    name = "conflict_cards"
    called = "Conflicts"
    does = "Both sides say what they need; somebody decides, by name"
    watches = frozenset({"objective", "result", "room", "team"})

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, with your team’s name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        team = seen.own.get("me", {}).get("team")
        for key, conflict in seen.things.items():
            if not key.startswith("conflict:") or conflict["outcome"] or not team:
                continue
            side = "a" if conflict["a_team"] == team else "b" if conflict["b_team"] == team else ""
            if side and not conflict[f"{side}_needs"]:
                said = {"conflict": key[9:], "side": side, "text": "a week’s notice", "was": ""}
                yield "say_conflict_need", said

    def everyone(self, room: Room, session: Session) -> ConflictStep:
        record = room.record
        lines = [
            TeamLine(result.id, goal.team, result.line())
            for goal in record.objectives.values()
            if goal.status != "draft" and goal.text
            for result in record.results_of(goal.id)
        ]
        return ConflictStep(record.brief.get("tie_breaker", ""), record.brief.get("resolver", ""), lines)
