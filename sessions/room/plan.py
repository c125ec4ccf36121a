"""The plan of a session: each phase as it was planned, and what it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sessions.rules.event import SessionEvent

if TYPE_CHECKING:
    from sessions.room.session import Session


#: What a setting can be.
SettingValue = str | int | bool


class PhasePlan(msgspec.Struct, frozen=True, kw_only=True):
    """One phase as it was planned for one session: activity, settings, words and minutes.

    ``settings`` are the activity's own; ``done`` is the participant's button.
    """

    key: str
    activity: str
    name: str
    title: str
    prompt: str
    hint: str = ""
    empty: str = ""
    done: str = ""
    forward: str = ""
    #: What the facilitator's button says that ends the session here.
    ends: str = ""
    minutes: float = 5
    settings: dict[str, SettingValue] = {}
    left_out: bool = False


class PlanChanged(SessionEvent, frozen=True, tag="plan_changed"):
    """A phase of the plan is this now. Runs of it go on with the settings they began with, but for those in ``now``."""

    phase: PhasePlan
    now: list[str] = []

    def evolve(self, session: Session) -> None:
        session.plan[self.phase.key] = self.phase
        at_once = {name: value for name, value in self.phase.settings.items() if name in self.now}
        for run in (*session.runs, *session.undone):
            if run.phase == self.phase.key:
                run.planned = msgspec.structs.replace(self.phase, settings={**run.planned.settings, **at_once})
        session.touch("plan", "step")
