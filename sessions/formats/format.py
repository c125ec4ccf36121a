"""What a format is: a list of phases, each an activity with its settings, words and minutes."""

from dataclasses import dataclass
from typing import Any, Literal

from msgspec.structs import replace

from sessions.activities import ALL
from sessions.room import PhasePlan
from sessions.rules.refusal import Refused

#: When in a cycle a format has its place.
Stage = Literal["find", "bring", "hold", "any"]


@dataclass(frozen=True)
class Format:
    """A way to run a session. ``minutes`` is the time to plan for, breathing space included.

    ``fewest`` and ``most`` are the people it is made for; beyond ``most`` the app suggests ``beyond``.
    """

    key: str
    name: str
    purpose: str
    people: str
    minutes: int
    phases: tuple[PhasePlan, ...]
    fewest: int = 2
    most: int = 1000
    beyond: str = ""
    #: What has to be chosen before it begins: a ``team`` to draft for, or a shared ``goal`` it is about.
    asks: str = ""
    #: Where it stands on the start page, the first first, and under which of its headings.
    order: int = 100
    stage: Stage = "any"
    #: What it needs of the record to be of use, in a few words; nothing: it begins with a blank sheet.
    wants: str = ""
    #: Whether each cycle has one, in its middle week, which is planned by itself.
    midway: bool = False
    #: How many simulated people play it in a rehearsal.
    rehearsed_by: int = 7
    #: What a session is called, for those who do not know yet.
    example: str = "What shall we stop?"

    def step(self, key: str, **changes: Any) -> PhasePlan:
        """The phase of this key as another format has it, with what is different there; ``KeyError`` without one."""
        return replace({plan.key: plan for plan in self.phases}[key], **changes)


def phase(
    key: str,
    minutes: float,
    activity: str,
    *,
    name: str = "",
    title: str,
    prompt: str,
    hint: str = "",
    empty: str = "",
    done: str = "I'm done",
    forward: str = "",
    ends: str = "",
    **settings: Any,
) -> PhasePlan:
    """One phase. ``name`` is its word in the plan, ``done`` the participant's button, ``forward`` what the
    facilitator's button says on the way to it, and ``ends`` what it says there where it is the last. ``settings`` are
    the activity's; an unknown one is an error.
    """
    if activity not in ALL:
        raise ValueError(f"There is no activity called {activity!r}. There are: {', '.join(sorted(ALL))}.")
    known = ALL[activity].settings
    try:
        asked = known.checked(settings)
    except Refused as refusal:
        raise ValueError(f"{key!r} ({activity}): {refusal.say}") from None
    return PhasePlan(
        key=key,
        activity=activity,
        name=name or title,
        title=title,
        prompt=prompt,
        hint=hint,
        empty=empty,
        done=done,
        forward=forward,
        ends=ends,
        minutes=minutes,
        settings={**known.defaults(), **asked},
    )
