"""Dependencies in words: how far one is, and what it says as one sentence; for paper, exports and the history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sessions.record.dependencies.dependency import Dependency

if TYPE_CHECKING:
    from sessions.record.record import Record


#: How far it is, as people read it.
STANDINGS = {
    "proposed": "no answer yet",
    "accepted": "yes, to be confirmed",
    "conditional": "yes, if",
    "agreed": "agreed",
    "declined": "declined",
    "undecided": "needs a decision",
    "slipped": "slipped",
    "done": "done",
    "withdrawn": "withdrawn",
}


def standing(need: Dependency) -> str:
    """How far it is; agreed on a condition is no plain yes."""
    return "agreed, if" if need.agreed and need.state == "conditional" else STANDINGS[need.standing]


def who(record: Record, need: Dependency) -> str:
    """Who needs it of whom."""
    return f"{record.team_name(need.consumer)} needs from {record.team_name(need.provider)}"


def day(said: str) -> str:
    """A day as people read it; what is no ISO date as it was written."""
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return said
    return f"{found:%a} {found.day} {found:%B}"


def facts(record: Record, need: Dependency) -> list[str]:
    """What else is known of it, a sentence each."""
    rows = (
        ("by {}", day(need.need_by)),
        ("because {}", need.downstream_impact),
        ("only if {}", need.condition if need.state == "conditional" else ""),
        ("because {}", need.reason if need.state == "declined" else ""),
        ("{} decides", need.decider if need.state == "undecided" else ""),
        ("decided by {}", day(need.decide_by if need.state == "undecided" else need.decision_date)),
        ("off track when {}", need.failure_trigger),
        ("{} looks after it", need.owner),
        ("carried in: {}", record.public(need.reflected_in)),
    )
    return [sentence.format(words) for sentence, words in rows if words]
