"""Rounds of the confidence vote as the record keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sessions.rules.event import RecordEvent
from sessions.rules.voting import FIGURES_FROM, LOW, MEAN

if TYPE_CHECKING:
    from sessions.record.record import Record


@dataclass(slots=True)
class Confidence:
    """A round of the confidence vote as it was shown: sorted votes, or only their mean where few voted."""

    objective: str
    round: int
    mean: float
    voters: int
    votes: list[int]
    passed: bool
    session: str = ""
    lines: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    withheld: bool = False

    def tells(self) -> bool:
        """Whether its figures may be shown: enough have voted, and no newer round stands in its place."""
        return self.voters >= FIGURES_FROM and not self.withheld

    def has_passed(self) -> bool:
        """Whether it passed; of a round that came with a file, its figures say so where the file does not."""
        fine = bool(self.votes) and self.mean >= MEAN and min(self.votes) > LOW
        return self.passed or (not self.session and fine)


class ConfidenceTaken(RecordEvent, frozen=True, tag="confidence_taken"):
    """A round of the confidence vote was shown; ``votes`` are sorted, and left out where few voted."""

    objective: str
    session: str
    round: int
    mean: float
    voters: int
    votes: list[int] = []
    #: The words that were voted on, by line.
    lines: dict[str, str] = {}
    #: Rounds of the same session that this one stands in the place of.
    withholds: list[int] = []

    def evolve(self, record: Record) -> None:
        for older in record.confidence:
            beside = (older.objective, older.session) == (self.objective, self.session)
            older.withheld = older.withheld or (beside and older.round in self.withholds)
        taken = Confidence(self.objective, self.round, self.mean, self.voters, list(self.votes), False, self.session)
        taken.lines = dict(self.lines)
        record.confidence.append(taken)
        record.touch("objective:" + self.objective)


class ConfidencePassed(RecordEvent, frozen=True, tag="confidence_passed"):
    """The last round on an objective passed."""

    objective: str
    session: str

    def evolve(self, record: Record) -> None:
        rounds = [c for c in record.confidence if (c.objective, c.session) == (self.objective, self.session)]
        rounds[-1].passed = True
        record.touch("objective:" + self.objective)
