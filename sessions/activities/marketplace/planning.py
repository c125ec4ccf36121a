"""Planning a marketplace: how teams show what they want, and which two meet at which stall in which round."""

from typing import ClassVar, Literal

import msgspec

from sessions.activities.marketplace.market import Mark, Market, OverBefore, Stall, market, traders
from sessions.activities.marketplace.marking import MarksShown, seeded
from sessions.record.record import Record
from sessions.room import Command, PlanChanged, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.problem import Problem
from sessions.rules.refusal import Refused
from sessions.rules.stalls.clock import clock, rounds_in
from sessions.rules.stalls.placing import broken, by_hand
from sessions.rules.stalls.wish import MOST_MARKS, Stalls, StallsWish
from sessions.running.rounds import BeganAt

PITCH, TRADE = "pitch", "trade"


class StallsPlanned(SessionEvent, frozen=True, tag="stalls_planned"):
    """From this round on, these are the stalls; those that have begun stay."""

    after: int
    rounds: int
    stalls: list[Stall]

    def evolve(self, session: Session) -> None:
        kept = market(session)
        gone = [id for id, stall in kept.stalls.items() if stall.round > self.after]
        for id in gone:
            del kept.stalls[id]
        kept.stalls |= {stall.id: stall for stall in self.stalls}
        kept.planned, kept.loop.rounds = True, self.rounds
        session.touch("market", "step", *("stall:" + id for id in (*gone, *(stall.id for stall in self.stalls))))
        session.touched_people.update(person for people in kept.reps.values() for person in people)


class TradeReopened(SessionEvent, frozen=True, tag="trade_reopened"):
    """Trade that was over begins once more: further rounds, with stalls that are still to be planned."""

    def evolve(self, session: Session) -> None:
        kept = market(session)
        assert session.run
        session.run.part.put(BeganAt(kept.loop.round, kept.loop.stage))
        session.run.part.put(OverBefore(kept.base))
        kept.base, kept.planned, kept.loop.stage = kept.loop.round, False, ""
        session.touch("market", "step")


class PlanMarket(Command, frozen=True, tag="plan_market"):
    """Say how teams show what they want: aloud, written, or not at all; trade gets the minutes that are left."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    pitches: Literal["aloud", "written", "none"]

    def decide(self, turn: Turn) -> list[Event]:
        session = turn.session
        pitch, trade = (next((p for p in session.plan.values() if p.activity == name), None) for name in (PITCH, TRADE))
        if pitch is None or trade is None:
            raise Refused("not_now", "This session has no pitches, or nothing to trade at.")
        if session.run is not None:
            raise Refused("begun_already", "It has begun. Change the minutes of the steps that are still to come.")
        fits = clock(len(pitching(turn.record)), self.pitches, round(minutes_of(session)))
        how = "written" if self.pitches == "written" else "aloud"
        shown = msgspec.structs.replace(
            pitch,
            minutes=float(fits.pitch or pitch.minutes),
            left_out=self.pitches == "none",
            settings={**pitch.settings, "how": how},
        )
        left = msgspec.structs.replace(trade, minutes=float(max(fits.trade, 1)))
        return [*seeded(turn), *(PlanChanged(phase=now) for was, now in ((pitch, shown), (trade, left)) if was != now)]


class PlanStalls(Command, frozen=True, tag="plan_stalls"):
    """Have the stalls that have not begun planned, or planned anew: as many marks as can be, each pair once.

    Those that have begun stay. What has no room is named.
    """

    who = "facilitators"

    def problem(self, turn: Turn) -> Problem | None:
        return _wish(turn)

    def decide(self, turn: Turn) -> list[Event]:
        kept, asked = market(turn.session), _wish(turn)
        if asked is None:
            raise Refused("no_stalls", "The last round has begun, so there is nothing left to plan.")
        found = turn.by.worked_out
        if not isinstance(found, Stalls) or not _answers(asked, found):
            found = by_hand(asked)
        pairs = kept.open_pairs(turn.record)
        made = [
            Stall(turn.by.new_id(), kept.begun() + number, *pair, _sorts(pairs[pair]))
            for number, stalls in enumerate(found.rounds, 1)
            for pair in stalls
        ]
        if not made and not kept.stalls:
            raise Refused("no_stalls", "Nobody has marked anything yet that two teams could talk about.")
        shown = [] if kept.shown else [MarksShown()]
        rounds = kept.base + rounds_of(turn.session)
        return [*shown, StallsPlanned(after=kept.begun(), rounds=rounds, stalls=made)]


def minutes_of(session: Session) -> float:
    """What the steps of a session take in all, also those that are left out: the time there is."""
    return sum(phase.minutes for phase in session.plan.values() if phase.activity != PITCH or not phase.left_out)


def pitching(record: Record) -> list[str]:
    """Teams with a goal that others can read, in the order of the list."""
    with_goal = {goal.team for goal in record.objectives.values() if goal.text and goal.status != "draft"}
    return [team.id for team in record.standing_teams() if team.id in with_goal and team.kind != "leadership"]


def rounds_of(session: Session) -> int:
    """How many rounds the trade of this session has."""
    trade = next((phase for phase in session.plan.values() if phase.activity == TRADE), None)
    return max(1, rounds_in(trade.minutes)) if trade else 0


def unplanned(record: Record, kept: Market) -> list[Mark]:
    """Marks that no stall to come is for, and that have not been talked about."""
    ahead = {frozenset((s.team, s.other)) for s in kept.stalls.values() if s.round > kept.begun()}
    pairs = kept.open_pairs(record)
    return [mark for pair, marks in pairs.items() if frozenset(pair) not in ahead for mark in marks]


def how(session: Session) -> str:
    """How teams show what they want, as the plan has it."""
    pitch = next((phase for phase in session.plan.values() if phase.activity == PITCH), None)
    return "none" if pitch is None or pitch.left_out else str(pitch.settings.get("how", "aloud"))


def _wish(turn: Turn) -> StallsWish | None:
    kept = market(turn.session)
    rounds = kept.base + rounds_of(turn.session) - kept.begun()
    if rounds < 1:
        return None
    pairs = list(kept.open_pairs(turn.record))[:MOST_MARKS]
    trade = traders(turn.session, kept)
    reps = {team: len(trade.get(team, ())) for pair in pairs for team in pair}
    return StallsWish(pairs, reps, rounds, kept.waited())


def _answers(asked: StallsWish, found: Stalls) -> bool:
    """Whether what was worked out is still about what there is: somebody may have come or gone meanwhile."""
    return len(found.rounds) == asked.rounds and not broken(asked, found.rounds, found.unmatched)


def _sorts(marks: list[Mark]) -> list[Literal["dependency", "duplicate", "synergy"]]:
    order = ("dependency", "duplicate", "synergy")
    return sorted({mark.sort for mark in marks}, key=order.index)
