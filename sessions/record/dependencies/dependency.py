"""What one team needs of another, by when, what happens if it does not come, and how far the two are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from sessions.record.dependencies.triggers import Fired

#: How far a dependency is. ``undecided`` waits for somebody's decision; the rest are the field's own words.
State = Literal["proposed", "accepted", "conditional", "declined", "undecided", "done", "slipped", "withdrawn"]
#: How the provider's goal carries it (S0: “dedicated key result… scope, or… metric”).
Mode = Literal["dedicated", "scope", "metric"]
#: What the provider says yes with; it counts when the consumer has confirmed the very same.
YES = ("accepted", "conditional")
#: What the two have to agree on; a change of it after a yes opens the other half again.
AGREED_ON = ("upstream_need", "need_by")
#: What nobody has to work for any more.
OVER = ("declined", "withdrawn", "done")


@dataclass(slots=True)
class Taken:
    """A step that was taken: by whom, for which team, when (Unix milliseconds), why, and where it led."""

    step: str
    state: str
    by: str
    team: str
    at: int
    why: str
    session: str = ""


@dataclass(slots=True)
class Dependency:
    """The consumer, a team, needs something of the provider, another; days are ISO dates, or as a file writes them.

    ``version`` counts what the two have to agree on: the need, its day, and the answer. ``confirmed`` is the version
    the consumer has said yes to. ``owner`` looks after it at the provider's, ``decider`` is who decides it, by name.
    Source: ``spec/terms.md``, the dependency.
    """

    id: str
    consumer: str
    provider: str
    upstream_need: str = ""
    downstream_impact: str = ""
    need_by: str = ""
    decision_date: str = ""
    failure_trigger: str = ""
    state: str = "proposed"
    reflected_in: str = ""
    consumer_kr: str = ""
    mode: str = ""
    condition: str = ""
    reason: str = ""
    decider: str = ""
    decide_by: str = ""
    owner: str = ""
    version: int = 1
    confirmed: int = 0
    #: Who gave the answer, the provider's or the decider's: the other half is for somebody else.
    answered_by: str = ""
    #: Where it stands among all.
    order: int = 0
    steps: list[Taken] = field(default_factory=list)
    #: Its failure trigger, where that fired.
    fired: Fired | None = None
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def agreed(self) -> bool:
        """Whether both halves have said yes to the same."""
        return self.state in YES and self.confirmed == self.version

    @property
    def standing(self) -> str:
        """Its state, or ``agreed``."""
        return "agreed" if self.agreed else self.state

    @property
    def waits_for(self) -> str:
        """Whose word is next: the ``provider``'s, the ``consumer``'s half of a yes, a ``decider``'s, or nobody's."""
        if self.state in YES:
            return "" if self.agreed else "consumer"
        return {"proposed": "provider", "slipped": "provider", "undecided": "decider"}.get(self.state, "")

    @property
    def live(self) -> bool:
        """Whether somebody counts on it, or waits for an answer."""
        return self.state not in OVER

    def other(self, team: str) -> str:
        """The other team of the two."""
        return self.provider if team == self.consumer else self.consumer
