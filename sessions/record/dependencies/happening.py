"""What happens to a dependency, as one fact: a step was taken, and this is how it stands since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.record.dependencies.dependency import Dependency, Taken
from sessions.rules.event import SignedEvent

if TYPE_CHECKING:
    from sessions.record.record import Record


#: The fields a step can change, and how the history calls them.
FIELDS = {
    "upstream_need": "what is needed",
    "downstream_impact": "what happens if it slips",
    "need_by": "needed by",
    "decision_date": "to be decided by",
    "failure_trigger": "how we know it is off track",
    "consumer_kr": "for which result",
    "condition": "only if",
    "reason": "reason",
    "decider": "who decides",
    "decide_by": "decides by",
    "owner": "who looks after it",
    "reflected_in": "carried in",
    "mode": "carried as",
}


class DependencyStepped(SignedEvent, frozen=True, tag="dependency_stepped"):
    """A step in the life of a dependency was taken for a team; ``changes`` are fields with what they say since.

    The first step names ``consumer`` and ``provider``. ``answered_by`` is who gave the answer.
    """

    dependency: str
    step: str
    state: str
    version: int
    confirmed: int = 0
    team: str = ""
    consumer: str = ""
    provider: str = ""
    answered_by: str = ""
    changes: dict[str, str] = {}

    def evolve(self, record: Record) -> None:
        need = record.dependencies.get(self.dependency)
        if need is None:
            order = len(record.dependencies)
            need = Dependency(self.dependency, self.consumer, self.provider, state="", order=order)
            record.dependencies[self.dependency] = need
        was = need.standing
        for field, now in self.changes.items():
            record.revise(self, "", need.id, f"dependency.{field}", getattr(need, field), now)
            setattr(need, field, now)
        need.state, need.version, need.confirmed = self.state, self.version, self.confirmed
        need.answered_by = self.answered_by
        record.revise(self, "", need.id, "dependency", was, need.standing)
        need.steps.append(Taken(self.step, need.standing, self.by, self.team, self.at, self.why, self.session))
        touch(record, need)


def touch(record: Record, need: Dependency) -> None:
    """What shows a dependency has to be looked at again."""
    record.touch("dependency:" + need.id, "needs")
