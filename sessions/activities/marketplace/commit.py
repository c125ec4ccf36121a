"""Commitments: providers answer what is open, consumers confirm; everybody sees how many of both are left."""

from sessions.activities.marketplace.market_step import MarketStep
from sessions.activities.marketplace.settling import OfferHelp, SettleDuplicate
from sessions.activities.marketplace.trade import answered
from sessions.activities.marketplace.trading_for import TradeFor
from sessions.activities.playing import Chance, Plays, Seen
from sessions.room import PhasePlan, Room, Session
from sessions.room.kind import Shown


class LeftOpen(Shown, frozen=True):
    """A team, how many needs it has to answer, and how many answers it has to confirm."""

    team: str
    name: str
    answers: int
    confirms: int


class CommitStep(Shown, frozen=True):
    """What is left to answer and to confirm, by team, the most first."""

    open: list[LeftOpen]


class Commit(MarketStep):
    """Nothing becomes a yes because its time is up."""

    name = "commit"
    called = "Commit"
    does = "Providers answer what is open, consumers confirm"
    takes = (SettleDuplicate, OfferHelp, TradeFor)
    watches = frozenset({"dependency", "team"})
    waits = True
    plays_again = ("open",)

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, with your team’s name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        own = seen.own.get("trading", {}).get("team", "")
        needs = [(k.partition(":")[2], need) for k, need in seen.things.items() if k.startswith("dependency:")]
        if own and seen.own.get("trading", {}).get("trades"):
            yield from answered(own, needs, chance)

    def everyone(self, room: Room, session: Session) -> CommitStep:
        record = room.record
        left: dict[str, list[int]] = {}
        for need in record.dependencies.values():
            if need.waits_for == "provider":
                left.setdefault(need.provider, [0, 0])[0] += 1
            if need.waits_for == "consumer":
                left.setdefault(need.consumer, [0, 0])[1] += 1
        rows = [LeftOpen(team, record.team_name(team), *counts) for team, counts in left.items()]
        return CommitStep(open=sorted(rows, key=lambda row: (-row.answers - row.confirms, row.name)))
