"""The needs round: team by team says what it needs; nobody uses a goal as a stick."""

from dataclasses import dataclass, field

from sessions.activities.activity import Main
from sessions.activities.horizontal.horizontal_step import HorizontalStep
from sessions.activities.playing import Chance, Plays, Seen
from sessions.record.record import Record
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.room.part import Part
from sessions.rules.event import Event, SessionEvent


@dataclass(slots=True)
class NeedsQueue(Part):
    """Which teams speak in which order, and how many have begun."""

    order: list[str] = field(default_factory=list)
    at: int = 0


class TeamSpeaks(SessionEvent, frozen=True, tag="team_speaks"):
    """It is this team's turn to say what it needs: the one at this place of the order, from 1 on."""

    order: list[str]
    at: int

    def evolve(self, session: Session) -> None:
        kept = session.part(NeedsQueue)
        kept.order, kept.at = list(self.order), self.at
        session.touch("step")


class NextTeam(Command, frozen=True, tag="next_team"):
    """Give the word to the next team; ``after`` is how many have had it, so that two presses move one."""

    who = "facilitators"
    after: int = -1

    def decide(self, turn: Turn) -> list[Event]:
        kept, order = turn.session.part(NeedsQueue), _order(turn.session, turn.record)
        if self.after not in (-1, kept.at) or kept.at > len(order):
            return []
        return [TeamSpeaks(order=order, at=kept.at + 1)]


class NeedsRoundStep(Shown, frozen=True):
    """The team that speaks now and the one after it; how many have spoken, of how many."""

    speaks: str
    team_name: str
    after: str
    at: int
    all: int


class NeedsRound(HorizontalStep):
    """Teams with needs speak, those with most that is open first."""

    name = "needs_round"
    called = "Needs round"
    does = "Team by team says what it needs"
    takes = (NextTeam,)
    watches = frozenset({"dependency", "team"})

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        return [TeamSpeaks(order=[], at=0)] if anew else []

    def main(self, room: Room, session: Session) -> Main | None:
        kept, order = session.part(NeedsQueue), _order(session, room.record)
        if kept.at >= len(order):
            return None
        values: dict[str, str | int] = {"team": room.record.team_name(order[kept.at])}
        return Main("The word to {team}", "next_team", {"after": kept.at}, values)

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, with your team’s name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        others = [key[5:] for key in seen.things if key.startswith("team:") and key[5:] != seen.step.get("speaks")]
        team = seen.own.get("me", {}).get("team")
        if team and team == seen.step.get("speaks") and others and chance.random() < 0.3:
            yield "say_need", {"provider": chance.choice(others), "text": "an answer by Friday", "because": "we wait"}

    def everyone(self, room: Room, session: Session) -> NeedsRoundStep:
        kept, order = session.part(NeedsQueue), _order(session, room.record)
        speaks = order[kept.at - 1] if 0 < kept.at <= len(order) else ""
        after = order[kept.at] if kept.at < len(order) else ""
        name, then = (room.record.team_name(team) for team in (speaks, after))
        return NeedsRoundStep(speaks, name, then, kept.at, len(order))


def _order(session: Session, record: Record) -> list[str]:
    """Teams that need something, those with most that is open first; once begun it stays."""
    kept = session.part(NeedsQueue)
    open_of: dict[str, int] = {}
    for need in record.dependencies.values():
        if need.live:
            open_of[need.consumer] = open_of.get(need.consumer, 0) + (not need.agreed)
    teams = sorted(open_of, key=lambda team: (-open_of[team], record.team_name(team)))
    return [*kept.order, *(team for team in teams if team not in kept.order)] if kept.order else teams
