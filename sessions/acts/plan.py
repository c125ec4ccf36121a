"""The plan of a session: a phase of it is another one now."""

from sessions.room import PhasePlan, Session
from sessions.rules.event import SessionEvent


class PlanChanged(SessionEvent, frozen=True, tag="plan_changed"):
    """A phase of the plan is this now."""

    phase: PhasePlan

    def evolve(self, session: Session) -> None:
        session.plan[self.phase.key] = self.phase
        session.touch("plan", "step")
