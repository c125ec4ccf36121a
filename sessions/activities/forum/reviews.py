"""What a forum keeps: how sure people are of each result, and what was said of it one by one."""

from dataclasses import dataclass, field

import msgspec

from sessions.room import Room
from sessions.room.part import Part

#: What is said of a result, in the order it is asked [QS-MC], and how screens call it.
ASKED = {"progress": "Progress", "challenge": "Challenge", "milestone": "Next milestone", "plan": "Plan"}


class Sure(msgspec.Struct, frozen=True):
    """How sure somebody is of a result, from 1 to 10, and why."""

    value: int
    text: str = ""


@dataclass(slots=True)
class Reviews(Part):
    """By result: how sure, by pen; what of it was shown, by person; what was said of it; and which one is up."""

    given: dict[str, dict[str, Sure]] = field(default_factory=dict)
    shown: dict[str, dict[str, Sure]] = field(default_factory=dict)
    said: dict[str, dict[str, str]] = field(default_factory=dict)
    up: str = ""


def results(room: Room) -> list[str]:
    """The results a forum goes through: those of the organisation, what is shared first."""
    record = room.record
    found = [r.id for top in record.top() if top.status != "draft" for r in record.results_of(top.id)]
    return sorted(found, key=lambda id: id not in record.shares)
