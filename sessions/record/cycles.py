"""The cycle turns: results are scored, it is said what goes on, and the next room begins with the rest.

Source: ``spec/terms.md`` (programme, cycle), S0 (“chopping and changing”: what continues is said).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

import msgspec

from sessions.room import Keeping, RecordCommand, Room
from sessions.room.kind import InRecord, RecordSight, Shown
from sessions.rules.event import Event, RecordEvent
from sessions.rules.refusal import Refused

if TYPE_CHECKING:
    from sessions.record.record import Record
    from sessions.record.results.result import KeyResult

#: What becomes of a result in the next cycle.
Fate = Literal["continue", "change", "stop"]


class CycleBeside(msgspec.Struct, frozen=True):
    """Another cycle of the same organisation, in a room of its own."""

    room: str
    name: str


@dataclass(slots=True)
class Turned:
    """How a cycle ended: when (Unix milliseconds), by result its score from 0 to 1 and what becomes of it."""

    at: int = 0
    scores: dict[str, float] = field(default_factory=dict)
    fates: dict[str, str] = field(default_factory=dict)


class CycleClosed(RecordEvent, frozen=True, tag="cycle_closed"):
    """The cycle is over: its results are scored, its record is read from here on, the next has a room of its own."""

    at: int
    scores: dict[str, float] = {}
    fates: dict[str, str] = {}
    next: CycleBeside | None = None

    def evolve(self, record: Record) -> None:
        record.turned = Turned(self.at, dict(self.scores), dict(self.fates))
        record.read_only = True
        if self.next is not None:
            record.after = self.next
        record.touch("room", "cycles", *(f"result:{result}" for result in self.scores))


class CycleFollows(RecordEvent, frozen=True, tag="cycle_follows"):
    """This room is the next cycle after these, the oldest first."""

    before: list[CycleBeside]

    def evolve(self, record: Record) -> None:
        record.before = list(self.before)
        record.touch("cycles")


class ReadOnlySet(RecordEvent, frozen=True, tag="read_only_set"):
    """The record can only be read from here on, or be written again."""

    on: bool

    def evolve(self, record: Record) -> None:
        record.read_only = self.on
        record.touch("cycles")


class SetReadOnly(RecordCommand, frozen=True, tag="set_read_only"):
    """Close the record so that it can only be read, or open it again."""

    who = "key"
    even_read_only: ClassVar[bool] = True
    on: bool = True

    def decide(self, turn: Keeping) -> list[Event]:
        return [] if turn.record.read_only == self.on else [ReadOnlySet(on=self.on)]


class CyclesShown(Shown, frozen=True):
    """Whether this record is only read, cycles before it and the one after; scores and fates by result."""

    read_only: bool
    before: list[CycleBeside]
    after: CycleBeside | None
    scores: dict[str, float]
    fates: dict[str, str]


class Cycles(InRecord):
    """How this cycle stands among others."""

    name = "cycles"
    shape = CyclesShown

    def look(self, sight: RecordSight, id: str) -> CyclesShown | None:
        record = sight.room.record
        if not (record.read_only or record.before or record.after):
            return None
        turned = record.turned
        return CyclesShown(
            record.read_only,
            record.before,
            record.after,
            {result: score for result, score in turned.scores.items() if record.public(result)},
            {result: fate for result, fate in turned.fates.items() if record.public(result)},
        )


def must_be_written(record: Record) -> None:
    """Refuse to change a record that can only be read."""
    if record.read_only:
        raise Refused("read_only", "This cycle is closed: its record can only be read. Its keeper can open it again.")


def score(result: KeyResult) -> float | None:
    """How far a result came, from 0 to 1; none where a figure is missing."""
    baseline, target, current = result.baseline, result.target, result.current
    if baseline is None or target is None or current is None:
        return None
    if baseline == target:
        return 1.0 if current == target else 0.0
    return round(max(0.0, min(1.0, (current - baseline) / (target - baseline))), 2)


def scores(room: Room) -> dict[str, float]:
    """The score of every result that stands and has its figures."""
    standing = (result for result in room.record.results.values() if not result.dropped)
    return {result.id: found for result in standing if (found := score(result)) is not None}
