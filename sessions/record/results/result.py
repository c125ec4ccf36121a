"""Key results: begun, measured, carried by two, dropped and brought back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from sessions.rules.event import RecordEvent, SignedEvent

if TYPE_CHECKING:
    from sessions.record.record import Record


@dataclass(slots=True)
class KeyResult:
    """One measurable result; unknown figures are ``None``. ``item`` is what it grew from on the wall."""

    id: str
    objective: str
    text: str
    item: str = ""
    place: int = 0
    metric: str = ""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    current: float | None = None
    direction: str = ""
    finder: str = ""
    find_by: str = ""
    continuity: str = ""
    #: Who wrote it, where that was not in a session of the goal's own; ``internal``: it moves nothing outside the team.
    author: str = ""
    #: The author's team where they wrote it, as a file says.
    author_team: str = ""
    scope: str = ""
    teams: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    dropped: bool = False
    edits: int = 0
    kept: dict[str, Any] = field(default_factory=dict)

    def line(self) -> str:
        """The result as one line, as differences are shown of it."""
        unit = f" {self.unit}" if self.unit else ""
        known = self.baseline is not None or self.target is not None
        numbers = re.findall(r"\d+(?:\.\d+)?", self.text)
        said = plain(self.baseline) in numbers and plain(self.target) in numbers
        figures = "" if said else f" ({plain(self.baseline)} → {plain(self.target)}{unit})" if known else ""
        return f"{self.text}{figures}"


@dataclass(slots=True)
class Remark:
    """What somebody said about a key result, with their name."""

    id: str
    by: str
    text: str


def plain(value: float | None) -> str:
    """A figure without needless decimals; ``?`` where it is not known yet."""
    return "?" if value is None else str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")


class ResultBegun(SignedEvent, frozen=True, tag="result_begun"):
    """A key result grew out of an item on the wall."""

    result: str
    objective: str
    text: str
    place: int
    item: str = ""
    baseline: float | None = None
    target: float | None = None
    unit: str = ""

    def evolve(self, record: Record) -> None:
        begun = KeyResult(self.result, self.objective, self.text, self.item, self.place)
        begun.baseline, begun.target, begun.unit = self.baseline, self.target, self.unit
        begun.author = "" if self.session else self.by
        record.add_result(begun)
        if self.text:
            record.revise(self, self.objective, self.result, "result", "", begun.line())
        record.touch("result:" + self.result, "objective:" + self.objective)


class ResultChanged(SignedEvent, frozen=True, tag="result_changed"):
    """One field of a key result changed."""

    result: str
    field: str
    value: Any

    def evolve(self, record: Record) -> None:
        result = record.results[self.result]
        record.revise(self, result.objective, result.id, self.field, getattr(result, self.field), self.value)
        setattr(result, self.field, self.value)
        result.edits += 1
        record.touch("result:" + self.result)


class ResultDropped(SignedEvent, frozen=True, tag="result_dropped"):
    """A key result left the draft, or came back."""

    result: str
    dropped: bool = True

    def evolve(self, record: Record) -> None:
        result = record.results[self.result]
        was, now = (result.text, "") if self.dropped else ("", result.text)
        record.revise(self, result.objective, result.id, "result", was, now)
        result.dropped = self.dropped
        record.touch("result:" + self.result, "objective:" + result.objective)


class Remarked(RecordEvent, frozen=True, tag="remarked"):
    """Somebody commented on a key result, with their name."""

    own_words: ClassVar[tuple[str, ...]] = ("text",)
    remark: str
    result: str
    by: str
    text: str

    def evolve(self, record: Record) -> None:
        record.results[self.result].remarks.append(Remark(self.remark, self.by, self.text))
        record.touch("result:" + self.result)


class LeadSet(SignedEvent, frozen=True, tag="lead_set"):
    """A person carries a key result, or no longer does. Two make a pair."""

    result: str
    person: str
    on: bool = True

    def evolve(self, record: Record) -> None:
        result = record.results[self.result]
        left = [lead for lead in result.leads if lead != self.person or self.on]
        now = [*left, self.person] if self.on and self.person not in left else left
        record.revise(self, result.objective, result.id, "leads", result.leads, now)
        result.leads = now
        record.touch("result:" + self.result, "leader:" + self.person)
