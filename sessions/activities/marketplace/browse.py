"""Browsing: each team marks in other teams' goals what it needs, does too, or can help with; secret until shown."""

from collections.abc import Mapping
from typing import Any

from sessions.activities.activity import Main
from sessions.activities.marketplace.market import market
from sessions.activities.marketplace.market_step import MarketStep
from sessions.activities.marketplace.marking import MarksShown, SetMark, seeded
from sessions.activities.marketplace.seen import GoalToMark, to_mark
from sessions.activities.marketplace.trading_for import SetStallLink, TradeFor
from sessions.activities.playing import Chance, Plays, Seen, some
from sessions.room import PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.rules.event import Event


class BrowseStep(Shown, frozen=True):
    """The goals there are, and whether marks are shown."""

    goals: list[GoalToMark]
    shown: bool


class Browse(MarketStep):
    """Whoever is of a team marks for it; before the show nobody else sees what."""

    name = "browse"
    called = "Browse and mark"
    does = "Each team marks what it needs, does too, or can help with"
    takes = (SetMark, TradeFor, SetStallLink)
    watches = frozenset({"team", "objective", "result"})
    waits = True
    plays_again = ("shown",)

    def gives(self, phase: PhasePlan) -> set[str]:
        return {"marks"}

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        return seeded(turn)

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        kept = market(session)
        return not kept.shown

    def reveal(self, turn: Turn) -> list[Event]:
        return [] if market(turn.session).shown else [MarksShown()]

    def main(self, room: Room, session: Session) -> Main | None:
        phase = session.phase
        return Main("Show all marks", "reveal") if phase and self.waiting(session, phase) else None

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        if market(session).shown:
            return "Everyone, with your team’s name."
        return "Your team, now. Everyone, with your team’s name, when all marks are shown."

    def fills(self, said: Mapping[str, Any]) -> dict[str, str]:
        hidden, seen = "Nobody else sees it before all are shown.", "All marks are shown, with each team’s name."
        return {"together": seen if said.get("shown") else hidden}

    def play(self, seen: Seen, chance: Chance) -> Plays:
        own = seen.own.get("trading", {})
        others = [goal for goal in seen.step.get("goals", []) if goal["team"] != own.get("team")]
        if own.get("trades"):
            for goal in some(chance, others, 2):
                sort = chance.choice(("dependency", "dependency", "dependency", "duplicate", "synergy"))
                yield "set_mark", {"goal": goal["id"], "sort": sort, "on": True}

    def everyone(self, room: Room, session: Session) -> BrowseStep:
        return BrowseStep(goals=to_mark(room), shown=market(session).shown)
