"""Pitches: two minutes a team and one for questions, with a queue; or cards that everybody reads in silence."""

from dataclasses import dataclass, field
from typing import Annotated

from sessions.activities.activity import Main
from sessions.activities.marketplace.market_step import MarketStep
from sessions.activities.marketplace.planning import PlanMarket, pitching
from sessions.activities.marketplace.seen import GoalToMark, to_mark
from sessions.activities.marketplace.trading_for import SetStallLink, TradeFor
from sessions.room import PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.room.setting import Settings, choice
from sessions.rules.event import Event, SessionEvent
from sessions.running.rounds import HOME, Bell, Loop, NextStage, Rounds, Warn, stage

#: Minutes to show what one wants, and for one question.
STAGES = {"pitch": 2.0, "question": 1.0}


class PitchSettings(Settings, frozen=True):
    """How teams show what they want."""

    how: Annotated[str, choice("Pitches are", aloud="aloud, one after the other", written="cards, read in silence")] = (
        "aloud"
    )


@dataclass(slots=True)
class Pitches(Rounds):
    """Which teams pitch in which order, and where that stands."""

    of = "pitch"
    order: list[str] = field(default_factory=list)
    loop: Loop = field(default_factory=lambda: Loop(dict(STAGES)))


class PitchesQueued(SessionEvent, frozen=True, tag="pitches_queued"):
    """These teams pitch in this order."""

    order: list[str]

    def evolve(self, session: Session) -> None:
        kept = session.part(Pitches)
        kept.order, kept.loop.rounds = list(self.order), len(self.order)
        session.touch("step")


class PitchStep(Shown, frozen=True):
    """Whose turn it is and who comes then, or all goals as cards; when each bell rings by the plan."""

    written: bool
    pitching: str
    after: str
    round: int
    rounds: int
    stage: str
    bells: list[Bell]
    goals: list[GoalToMark]


class Pitch(MarketStep):
    """Aloud it moves by itself, team after team; as cards there is time to read."""

    name = "pitch"
    called = "Pitches"
    does = "Each team says what it wants, aloud or on cards"
    settings = PitchSettings
    takes = (PlanMarket, TradeFor, SetStallLink, NextStage, Warn)
    watches = frozenset({"team", "objective", "result"})

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        order = turn.session.part(Pitches).order or turn.by.shuffle(pitching(turn.record))
        begins: list[Event] = [PitchesQueued(order=order)]
        if _written(phase) or not order:
            return begins
        came_to = turn.session.part(Pitches).loop
        loop, round = Loop(dict(STAGES), len(order)), came_to.round if came_to.goes() else 1
        return [*begins, stage(turn, loop, run, min(round, len(order)), "pitch")]

    def loop(self, session: Session) -> Loop | None:
        kept, phase = session.part(Pitches), session.phase
        return kept.loop if phase and not _written(phase) and kept.order else None

    def ring(self, turn: Turn, early: bool = False) -> list[Event]:
        loop = self.loop(turn.session)
        if loop is None or loop.stage == HOME:
            return []
        number, name = loop.after() if loop.stage else (1, "pitch")
        return [stage(turn, loop, turn.run.id, number, name, early)]

    def main(self, room: Room, session: Session) -> Main | None:
        loop, kept = self.loop(session), session.part(Pitches)
        if loop is None or not loop.goes():
            return None
        after = {"after": f"{loop.round} {loop.stage}"}
        if loop.stage == "pitch":
            return Main("Now one question", "next_stage", after)
        if loop.is_last():
            return Main("That was the last pitch", "next_stage", after)
        return Main("Next: {team}", "next_stage", after, {"team": room.record.team_name(kept.order[loop.round])})

    def words(self, room: Room, session: Session) -> dict[str, str]:
        loop, kept = self.loop(session), session.part(Pitches)
        if loop is None or not loop.goes():
            return {"title": "Every team has pitched"} if loop and loop.stage == HOME else {}
        return {"title": room.record.team_name(kept.order[loop.round - 1])}

    def quiet(self, session: Session, phase: PhasePlan) -> bool:
        return not _written(phase)

    def everyone(self, room: Room, session: Session) -> PitchStep:
        loop, kept, run = self.loop(session), session.part(Pitches), session.run
        at = loop.round if loop and loop.goes() else 0
        first, then = (kept.order[n] if 0 <= n < len(kept.order) else "" for n in (at - 1, at))
        return PitchStep(
            written=session.phase is not None and _written(session.phase),
            pitching=first if at else "",
            after=room.record.team_name(then) if at and then else "",
            round=loop.round if loop else 0,
            rounds=len(kept.order),
            stage=loop.stage if loop else "",
            bells=loop.bells(run.deadline) if loop and run and run.left is None else [],
            goals=to_mark(room),
        )


def _written(phase: PhasePlan) -> bool:
    return PitchSettings.of(phase).how == "written"
