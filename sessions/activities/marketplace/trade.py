"""Trade: stalls of two, round after round on one clock: find each other, talk, write down what was agreed."""

from datetime import date

from sessions.activities.activity import Main, Pens
from sessions.activities.marketplace.market import market, team_of
from sessions.activities.marketplace.market_step import MarketStep
from sessions.activities.marketplace.marking import SetMark
from sessions.activities.marketplace.planning import PlanStalls, TradeReopened, unplanned
from sessions.activities.marketplace.settling import OfferHelp, SettleDuplicate
from sessions.activities.marketplace.standing import MissPartner, seated
from sessions.activities.marketplace.trading_for import SetStallLink, TradeFor, comes_to_trade
from sessions.activities.playing import Chance, Plays, Seen
from sessions.room import PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.rules.days import is_after
from sessions.rules.event import Event
from sessions.running.rounds import BREAK, HOME, Bell, Loop, NextStage, Warn, stage

_WORDS = {
    "find": {"title": "Find each other", "prompt": "One minute to your stall, or into its call."},
    "talk": {"title": "Talk", "prompt": "One card at a time: I need, by when, because."},
    "write": {"title": "Write it down", "prompt": "What was said counts when both halves are filled."},
    "break": {"title": "A breather", "prompt": "Coffee. Not email. Then round {next}."},
    "home": {"title": "That was the last stall", "prompt": "What is still open is answered next."},
}
_HINTS = {
    "find": "Look for whoever stands alone. Somebody else may wait too.",
    "talk": "Listen for a yes that nobody writes down.",
    "write": "Ask for the day, and for a name.",
    "break": "Plan the rest anew if teams have come or gone.",
}
_NEEDS = ("data for our dashboard", "two people for the launch", "an answer on the interface", "a test in your region")


class TradeStep(Shown, frozen=True):
    """Which round it is and what it is at, when each bell rings by the plan, and how many marks have no stall."""

    rounds: int
    round: int
    stage: str
    bells: list[Bell]
    next: int
    unplanned: int


class TradeMine(Shown, frozen=True):
    """The stall one stands at now and the one after it; none: one is free."""

    stall: str
    next: str
    waits: bool


class Trade(MarketStep):
    """It moves by itself; *Hold* keeps the bell from ringing. Stalls are planned before it, and anew at any time."""

    name = "trade"
    called = "Trade at stalls"
    does = "Two teams a stall: one card, two halves"
    plays_again = ("round", "stage")
    takes = (PlanStalls, MissPartner, SettleDuplicate, OfferHelp, SetMark, TradeFor, SetStallLink, NextStage, Warn)
    watches = frozenset({"market", "team", "objective"})

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"marks": "Nobody has marked anything before this step: add “Browse and mark” before it."}

    def gives(self, phase: PhasePlan) -> set[str]:
        return {"stalls"}

    def arrived(self, turn: Turn, person: str) -> list[Event]:
        return comes_to_trade(turn, person)

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        loop = market(turn.session).loop
        if loop.goes():
            return [stage(turn, loop, run, loop.round, loop.stage)]
        return [TradeReopened()] if anew and loop.stage == HOME else []

    def leave(self, turn: Turn) -> list[Event]:
        loop = market(turn.session).loop
        return [stage(turn, loop, turn.run.id, loop.round, HOME)] if loop.goes() else []

    def close(self, turn: Turn) -> list[Event]:
        return self.leave(turn)

    def main(self, room: Room, session: Session) -> Main | None:
        kept = market(session)
        if kept.loop.stage == HOME:
            return None
        if not kept.planned:
            return Main("Match the stalls", "plan_stalls") if kept.open_pairs(room.record) else None
        if not kept.loop.goes():
            return Main("Open the stalls", "next_stage")
        after = {"after": f"{kept.loop.round} {kept.loop.stage}"}
        if kept.loop.stage == "find":
            return Main("They have found each other", "next_stage", after)
        if kept.loop.stage == "talk":
            return Main("Now write it down", "next_stage", after)
        if kept.loop.after()[1] == BREAK:
            return Main("Begin the breather", "next_stage", after)
        if kept.loop.stage != BREAK and kept.loop.is_last():
            return Main("That was the last round", "next_stage", after)
        return Main("Start round {round}", "next_stage", after, {"round": kept.loop.round + 1})

    def loop(self, session: Session) -> Loop | None:
        return market(session).loop if market(session).planned else None

    def ring(self, turn: Turn, early: bool = False) -> list[Event]:
        kept = market(turn.session)
        if kept.loop.stage == HOME or not kept.planned:
            return []
        number, name = kept.loop.after() if kept.loop.goes() else (kept.begun() + 1, "find")
        seats = seated(turn, number) if name == "find" else []
        return [*seats, stage(turn, kept.loop, turn.run.id, number, name, early)]

    def words(self, room: Room, session: Session) -> dict[str, str]:
        return dict(_WORDS.get(market(session).loop.stage, {}))

    def hint(self, session: Session) -> str:
        return _HINTS.get(market(session).loop.stage, "")

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, with your team’s name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        stall = seen.things.get("stall:" + seen.mine.get("stall", ""), {})
        own = seen.own.get("trading", {}).get("team", "")
        if not stall or not own:
            return
        between = {stall["team"], stall["other"]}
        cards = [
            (key.partition(":")[2], need)
            for key, need in seen.things.items()
            if key.startswith("dependency:") and {need["consumer"], need["provider"]} == between
        ]
        if not cards and own == stall["team"]:
            asked = {"text": chance.choice(_NEEDS), "because": "we stand still", "need_by": a_day_of(seen, chance)}
            yield "say_need", {"provider": stall["other"], **asked}
        yield from answered(own, cards, chance)

    def everyone(self, room: Room, session: Session) -> TradeStep:
        kept, run = market(session), session.run
        loop = kept.loop
        return TradeStep(
            rounds=loop.rounds,
            round=loop.round,
            stage=loop.stage,
            bells=loop.bells(run.deadline) if loop.goes() and run and run.left is None else [],
            next=loop.after()[0] if loop.goes() else loop.round + 1,
            unplanned=len({frozenset((m.team, m.other)) for m in unplanned(room.record, kept)}) if kept.shown else 0,
        )

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> TradeMine:
        kept, team = market(session), team_of(room, person)
        stall = kept.stall_of(person)
        ahead = [s for s in kept.stalls.values() if s.round > kept.loop.round and s.of(team)]
        then = min(ahead, key=lambda s: (s.round, s.id)) if ahead and kept.trading(person) else None
        waits = kept.loop.goes() and kept.trading(person) != "" and stall is None
        return TradeMine(stall.id if stall else "", then.id if then else "", waits)


def a_day_of(seen: Seen, chance: Chance) -> str:
    """Some day of the cycle, if it has days."""
    start, end = (seen.things.get("needs", {}).get(name, "") for name in ("start", "end"))
    if not start or not end or is_after(start, end):
        return ""
    first, last = (date.fromisoformat(day).toordinal() for day in (start, end))
    return date.fromordinal(chance.choice(range(first, last + 1))).isoformat()


def answered(own: str, cards: list[tuple[str, dict[str, object]]], chance: Chance) -> Plays:
    """What a simulated person says to the cards of their team: an answer, or that it is what they need."""
    for id, need in cards:
        version = need["version"]
        if need["provider"] == own and need["state"] == "proposed":
            answer = chance.choice(("accepted", "accepted", "conditional", "declined"))
            words = {"conditional": "we get one more person", "declined": "not this quarter"}.get(answer, "")
            yield "answer_need", {"dependency": id, "version": version, "answer": answer, "words": words}
        if need["consumer"] == own and need["state"] in ("accepted", "conditional") and not need["agreed"]:
            yield "confirm_need", {"dependency": id, "version": version}
