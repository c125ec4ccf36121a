"""An agenda as a file, read and written; what its steps lack, and the bounds of their words and minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from sessions.room import PhasePlan
from sessions.rules import text
from sessions.rules.refusal import Refused

if TYPE_CHECKING:
    from sessions.activities.activity import Activity


Activities = Mapping[str, "Activity"]


#: The most steps an agenda has.
MOST_STEPS = 40


#: Minutes a step takes at least.
SHORTEST = 0.5


#: Minutes a step takes at most.
LONGEST = 180.0


#: How long the words of a step may be.
_WORDS = {"name": 40, "title": 80, "prompt": 280, "hint": 280, "empty": 200, "done": 40, "forward": 60}


class Agenda(msgspec.Struct, frozen=True):
    """Steps under a name; ``asks`` is what has to be chosen before it begins, as for a format."""

    id: str
    name: str
    asks: str
    steps: list[PhasePlan]

    @property
    def minutes(self) -> int:
        """Minutes of all its steps."""
        return round(sum(step.minutes for step in self.steps if not step.left_out))


def written(agenda: Agenda) -> dict[str, Any]:
    """An agenda as a file has it; ``read`` takes it in again."""
    names = ("activity", *_WORDS, "minutes", "settings")
    steps = [{name: getattr(step, name) for name in names} for step in agenda.steps if not step.left_out]
    return {"name": agenda.name, "asks": agenda.asks, "steps": steps}


def read(activities: Activities, file: Any) -> tuple[str, str, list[PhasePlan]]:
    """Name, what it asks for, and steps of a file; refused as ``bad_agenda`` with the step and the reason."""
    if not isinstance(file, dict) or not isinstance(file.get("steps"), list):
        raise Refused("bad_agenda", "An agenda is an object with a name and a list of steps.")
    asks = file.get("asks", "")
    if asks not in ("", "team", "goal"):
        raise Refused("bad_agenda", "An agenda asks for a team, for a goal, or for nothing.")
    steps = [_read(activities, row, number) for number, row in enumerate(file["steps"][: MOST_STEPS + 1], 1)]
    must_be_whole(steps)
    return str(file.get("name", "")), asks, steps


def warnings(activities: Activities, steps: Iterable[PhasePlan], given: set[str]) -> dict[str, str]:
    """Step → what it lacks from the ones before it; ``given`` is there from the beginning."""
    found, there = dict[str, str](), set(given)
    for step in steps:
        if step.left_out or step.activity not in activities:
            continue
        activity = activities[step.activity]
        lacks = [say for what, say in activity.needs(step).items() if what not in there]
        if lacks:
            found[step.key] = lacks[0]
        there |= activity.gives(step)
    return found


def worded(name: str, words: str) -> str:
    """Words of a step, made safe to keep; its title and prompt cannot be empty."""
    if name in ("title", "prompt"):
        return text.clean(words, _WORDS[name], f"The {name}")
    return text.optional(words, _WORDS[name], "This text").replace("\n", " ")


def timed(minutes: float) -> float:
    """Minutes a step can take, or a refusal."""
    if not SHORTEST <= minutes <= LONGEST:
        raise Refused("bad_minutes", "A step takes between half a minute and three hours.")
    return minutes


def _read(activities: Activities, row: Any, number: int) -> PhasePlan:
    try:
        activity = str(row.get("activity")) if isinstance(row, dict) else ""
        if activity not in activities:
            raise Refused("bad_agenda", "there is nothing to do called “{activity}”.", {"activity": activity[:40]})
        known = activities[activity].settings
        words = {name: worded(name, str(row.get(name, ""))) for name in _WORDS}
        minutes = row.get("minutes", 5)
        if not isinstance(minutes, (int, float)) or isinstance(minutes, bool):
            raise Refused("bad_agenda", "its minutes are not a number.")
        asked = row.get("settings", {})
        if not isinstance(asked, dict):
            raise Refused("bad_agenda", "its settings are not an object.")
        settings = {**known.defaults(), **known.checked(asked)}
        kept: dict[str, Any] = {**words, "minutes": timed(float(minutes)), "settings": settings}
        return PhasePlan(key=f"step{number}", activity=activity, **kept)
    except Refused as refusal:
        raise Refused("bad_agenda", "Step {number}: {say}", {"number": number, "say": refusal.say}) from None


def must_be_whole(steps: list[PhasePlan]) -> None:
    """Refuse steps that are none, or too many."""
    if not any(not step.left_out for step in steps):
        raise Refused("last_step", "Something has to be left to do.")
    if len(steps) > MOST_STEPS:
        raise Refused("too_many", "{most_steps} steps are the most an agenda has.", {"most_steps": MOST_STEPS})
