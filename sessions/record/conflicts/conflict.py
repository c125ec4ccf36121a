"""A conflict: two lines that work against each other, what both sides need, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sessions.rules.event import SignedEvent

if TYPE_CHECKING:
    from sessions.record.record import Record


@dataclass(slots=True)
class Conflict:
    """Two results or goals that work against each other; ``needs`` are what each side says it needs.

    ``outcome`` is the decision, ``decider`` whose it is by name, ``due`` a day by which it holds.
    """

    id: str
    a: str
    b: str
    why: str = ""
    raised_by: list[str] = field(default_factory=list)
    needs: dict[str, str] = field(default_factory=dict)
    outcome: str = ""
    decider: str = ""
    due: str = ""
    tie_breaker: str = ""
    session: str = ""
    order: int = 0
    kept: dict[str, Any] = field(default_factory=dict)


class ConflictRaised(SignedEvent, frozen=True, tag="conflict_raised"):
    """Somebody says that two lines work against each other, and why."""

    conflict: str
    a: str
    b: str
    words: str
    team: str = ""

    def evolve(self, record: Record) -> None:
        known = record.conflicts.get(self.conflict)
        if known is None:
            order = len(record.conflicts)
            known = Conflict(self.conflict, self.a, self.b, self.words, session=self.session, order=order)
            record.conflicts[self.conflict] = known
        if self.team and self.team not in known.raised_by:
            known.raised_by.append(self.team)
        record.revise(self, "", known.id, "conflict", "", self.words)
        record.touch("conflict:" + known.id)


class ConflictNeed(SignedEvent, frozen=True, tag="conflict_need"):
    """What one of the two sides (``a`` or ``b``) says it needs."""

    conflict: str
    side: str
    words: str

    def evolve(self, record: Record) -> None:
        record.conflicts[self.conflict].needs[self.side] = self.words
        record.touch("conflict:" + self.conflict)


class ConflictDecided(SignedEvent, frozen=True, tag="conflict_decided"):
    """What was decided, by whom, by which day it holds, and by which tie-breaker; no outcome opens it again."""

    conflict: str
    outcome: str
    decider: str = ""
    due: str = ""
    tie_breaker: str = ""

    def evolve(self, record: Record) -> None:
        found = record.conflicts[self.conflict]
        record.revise(self, "", found.id, "conflict.outcome", found.outcome, self.outcome)
        found.outcome, found.decider = self.outcome, self.decider
        found.due, found.tie_breaker = self.due, self.tie_breaker
        record.touch("conflict:" + found.id)
