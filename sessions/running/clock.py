"""The clock of a phase: held, started, and given more minutes."""

from typing import ClassVar

import msgspec

from sessions.room import Command, PlanChanged, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused


class ClockHeld(SessionEvent, frozen=True, tag="clock_held"):
    """The clock stands still with ``left`` milliseconds on it."""

    left: int

    def evolve(self, session: Session) -> None:
        if session.run:
            session.run.left = self.left
        session.touch("step")


class ClockStarted(SessionEvent, frozen=True, tag="clock_started"):
    """The clock runs, to this deadline."""

    deadline: int

    def evolve(self, session: Session) -> None:
        if session.run:
            session.run.left = None
            session.run.deadline = self.deadline
        session.touch("step")


class HoldClock(Command, frozen=True, tag="hold_clock"):
    """Stop the clock, or let it run on."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        run = turn.run
        if self.on == (run.left is not None):
            return []
        if self.on:
            return [ClockHeld(left=run.deadline - turn.by.at)]
        return [ClockStarted(deadline=turn.by.at + (run.left or 0))]


class AddMinutes(Command, frozen=True, tag="add_minutes"):
    """Give the present phase more minutes, or fewer; or take them from ``step`` later in the plan."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    minutes: float
    step: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        if not -60 <= self.minutes <= 60:
            raise Refused("bad_minutes", "At most an hour at a time.")
        if self.step:
            return self._on_the_plan(turn)
        run, more = turn.run, round(self.minutes * 60_000)
        if run.left is not None:
            return [ClockHeld(left=run.left + more)]
        return [ClockStarted(deadline=run.deadline + more)]

    def _on_the_plan(self, turn: Turn) -> list[Event]:
        phase = turn.session.plan.get(self.step)
        if phase is None or phase.left_out:
            raise Refused("no_such_step", "There is no such step in this plan.")
        minutes = max(1, phase.minutes + self.minutes)
        return [PlanChanged(phase=msgspec.structs.replace(phase, minutes=minutes))]
