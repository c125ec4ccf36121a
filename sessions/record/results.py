"""Key results: begun, measured, carried by two, dropped and brought back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from sessions.record.objectives import is_about, is_kept, must_say_why, objective_named, reason_for
from sessions.room import Keeping, RecordCommand, Room
from sessions.room.kind import ForAll, InRecord, RecordSight, Shown, Sight
from sessions.rules import bounds, text
from sessions.rules.event import Event, RecordEvent
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_value_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords

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


class ResultBegun(RecordEvent, frozen=True, tag="result_begun"):
    """A key result grew out of an item on the wall."""

    result: str
    objective: str
    text: str
    place: int
    item: str = ""
    baseline: float | None = None
    target: float | None = None

    def evolve(self, record: Record) -> None:
        begun = KeyResult(self.result, self.objective, self.text, self.item, self.place)
        begun.baseline, begun.target = self.baseline, self.target
        record.add_result(begun)
        record.touch("result:" + self.result, "objective:" + self.objective)


class ResultChanged(RecordEvent, frozen=True, tag="result_changed"):
    """One field of a key result changed."""

    result: str
    field: str
    value: Any
    by: str = ""
    at: int = 0
    why: str = ""
    session: str = ""

    def evolve(self, record: Record) -> None:
        result = record.results[self.result]
        was = getattr(result, self.field)
        record.revise(
            result.objective, result.id, self.field, was, self.value, self.by, self.at, self.why, self.session
        )
        setattr(result, self.field, self.value)
        result.edits += 1
        record.touch("result:" + self.result)


class ResultDropped(RecordEvent, frozen=True, tag="result_dropped"):
    """A key result left the draft, or came back."""

    result: str
    dropped: bool = True
    by: str = ""
    at: int = 0
    why: str = ""
    session: str = ""

    def evolve(self, record: Record) -> None:
        result = record.results[self.result]
        was, now = (result.text, "") if self.dropped else ("", result.text)
        record.revise(result.objective, result.id, "result", was, now, self.by, self.at, self.why, self.session)
        result.dropped = self.dropped
        record.touch("result:" + self.result, "objective:" + result.objective)


class Remarked(RecordEvent, frozen=True, tag="remarked"):
    """Somebody commented on a key result, with their name."""

    remark: str
    result: str
    by: str
    text: str

    def evolve(self, record: Record) -> None:
        record.results[self.result].remarks.append(Remark(self.remark, self.by, self.text))
        record.touch("result:" + self.result)


class LeadSet(RecordEvent, frozen=True, tag="lead_set"):
    """A person carries a key result, or no longer does. Two make a pair."""

    result: str
    person: str
    on: bool = True

    def evolve(self, record: Record) -> None:
        leads = record.results[self.result].leads
        if self.on and self.person not in leads:
            leads.append(self.person)
        if not self.on and self.person in leads:
            leads.remove(self.person)
        record.touch("result:" + self.result)


#: The most results an objective holds.
MOST_RESULTS = 12


class AddKeyResult(RecordCommand, frozen=True, tag="add_key_result"):
    """Add a result to an objective."""

    who = "key"
    objective: Id
    text: LineWords
    why: LineWords = ""

    def decide(self, turn: Keeping) -> list[Event]:
        objective = objective_named(turn, self.objective)
        why = reason_for(objective, self.why)
        standing = turn.record.results_of(objective.id)
        if len(standing) >= MOST_RESULTS:
            raise Refused("too_many", "Twelve results are more than anybody can keep in mind.")
        bounds.must_fit("key results", len(turn.record.results) + 1)
        place = 1 + max((r.place for r in standing), default=-1)
        words = text.clean(self.text, text.LINE, "The result")
        id = turn.by.new_id()
        begun = ResultBegun(result=id, objective=objective.id, text="", place=place)
        worded = ResultChanged(result=id, field="text", value=words, by=turn.by.person, at=turn.by.at, why=why)
        return [begun, worded]


class ReviseResult(RecordCommand, frozen=True, tag="revise_result"):
    """Change one field of a result. ``was`` is its value before; ``why`` is needed once it is locked.

    Where things stand today (``current``) never needs a reason.
    """

    who = "key"
    result: Id
    field: Field
    value: str | float | list[str] | None
    was: str | float | list[str] | msgspec.UnsetType | None = msgspec.UNSET
    why: LineWords = ""

    def decide(self, turn: Keeping) -> list[Event]:
        result = _result(turn, self.result)
        objective = objective_named(turn, result.objective)
        why = text.optional(self.why, text.LINE, "The reason")
        if self.field != "current":
            must_say_why(objective, why)
        now: Any = getattr(result, self.field)
        same_value_as_before(self.was, now, self.value)
        value = figure_or_words(self.field, self.value, list(turn.record.teams))
        if value == now:
            return []
        by, at = turn.by.person, turn.by.at
        return [ResultChanged(result=result.id, field=self.field, value=value, by=by, at=at, why=why)]


class DropKeyResult(RecordCommand, frozen=True, tag="drop_key_result"):
    """Take a result away, or bring it back."""

    who = "key"
    result: Id
    dropped: bool = True
    why: LineWords = ""

    def decide(self, turn: Keeping) -> list[Event]:
        result = turn.record.results.get(self.result)
        if result is None:
            raise Refused("no_such_result", "That result is not there any more.")
        why = reason_for(objective_named(turn, result.objective), self.why)
        if result.dropped == self.dropped:
            return []
        return [ResultDropped(result=result.id, dropped=self.dropped, by=turn.by.person, at=turn.by.at, why=why)]


class LeadResult(RecordCommand, frozen=True, tag="lead_result"):
    """Say who carries a result, or no longer does; two make a pair."""

    who = "key"
    result: Id
    person: Id
    on: bool = True

    def decide(self, turn: Keeping) -> list[Event]:
        result = _result(turn, self.result)
        if self.person not in turn.room.people:
            raise Refused("no_such_person", "That person is not in this room.")
        if (self.person in result.leads) == self.on:
            return []
        if self.on and len(result.leads) >= 2:
            names = " and ".join(turn.room.name_of(p) for p in result.leads)
            raise Refused("pair_full", "{names} carry this one already.", {"names": names})
        return [LeadSet(result=result.id, person=self.person, on=self.on)]


def _result(turn: Keeping, id: str) -> KeyResult:
    result = turn.record.results.get(id)
    if result is None or result.dropped:
        raise Refused("no_such_result", "That result is not there any more.")
    return result


Field = Literal[
    "text",
    "metric",
    "unit",
    "baseline",
    "target",
    "current",
    "direction",
    "finder",
    "find_by",
    "continuity",
    "teams",
]


def figure_or_words(field: str, value: Any, teams: list[str]) -> Any:
    """What a field of a result may hold, from what somebody typed."""
    if field in ("baseline", "target", "current"):
        if isinstance(value, list):
            raise Refused("not_a_number", "Write one number.")
        return text.number(value, "The figure")
    if field == "teams":
        wanted = value if isinstance(value, list) else []
        return [team for team in teams if team in wanted]
    if not isinstance(value, str):
        raise Refused("bad_value", "Write a few words.")
    if field == "text":
        return text.clean(value, text.LINE, "The result")
    if field == "direction" and value not in ("up", "down", "keep", ""):
        raise Refused("bad_value", "Choose up, down or keep.")
    if field == "continuity" and value not in ("continue", "change", "stop", "new", ""):
        raise Refused("bad_value", "Choose whether it continues, changes, stops or is new.")
    return text.optional(value, text.LINE, "This").replace("\n", " ")


class RemarkShown(Shown, frozen=True):
    """A comment on a card, by whom."""

    id: str
    by: str
    text: str


class ResultShown(Shown, frozen=True):
    """A key result with all that is known of it; figures are numbers, or null; ``missing`` is what it lacks."""

    objective: str
    text: str
    order: int
    item: str
    metric: str
    unit: str
    baseline: float | None
    target: float | None
    current: float | None
    direction: str
    finder: str
    find_by: str
    continuity: str
    teams: list[str]
    leads: list[str]
    remarks: list[RemarkShown]
    missing: list[str]


class ResultOfRecord(ResultShown, frozen=True):
    """A key result on the record, with the names of those who carry it."""

    lead_names: list[str]


class ResultOfSession(ForAll):
    """A key result of the goal a session is about."""

    name = "result"
    shape = ResultShown

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.room.record.results

    def look(self, sight: Sight, id: str) -> ResultShown | None:
        result = sight.room.record.results.get(id)
        home = sight.room.record.objectives.get(result.objective) if result else None
        if result is None or result.dropped or home is None or not is_about(sight, home):
            return None
        return as_card(sight.room, result)


class ResultKept(InRecord):
    """A key result on the record, with the names of those who carry it."""

    name = "result"
    shape = ResultOfRecord

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.record.results

    def look(self, sight: RecordSight, id: str) -> ResultOfRecord | None:
        room, result = sight.room, sight.room.record.results.get(id)
        objective = room.record.objectives.get(result.objective) if result else None
        if result is None or result.dropped or objective is None or not is_kept(objective, sight.drafts):
            return None
        names = [room.name_of(person) for person in result.leads]
        return ResultOfRecord(**msgspec.structs.asdict(as_card(room, result)), lead_names=names)


def as_card(room: Room, result: KeyResult) -> ResultShown:
    """A key result with all that is known of it."""
    return ResultShown(
        objective=result.objective,
        text=result.text,
        order=result.place,
        item=result.item,
        metric=result.metric,
        unit=result.unit,
        baseline=result.baseline,
        target=result.target,
        current=result.current,
        direction=result.direction,
        finder=result.finder,
        find_by=result.find_by,
        continuity=result.continuity,
        teams=result.teams,
        leads=[room.whole(person) for person in result.leads],
        remarks=[RemarkShown(r.id, room.name_of(r.by), r.text) for r in result.remarks],
        missing=missing(result),
    )


def missing(result: KeyResult) -> list[str]:
    """What to ask about next, in the order people fill a card in."""
    asks = {
        "what we count": bool(result.metric),
        "its unit": bool(result.unit),
        "where it is today": result.baseline is not None or bool(result.finder and result.find_by),
        "where it should be": result.target is not None,
        "up, down or keep": bool(result.direction),
    }
    if result.finder and not result.find_by:
        asks["by when we know"] = False
    if result.baseline is not None and result.baseline == result.target and result.direction != "keep":
        asks["a difference between today and then"] = False
    return [what for what, there in asks.items() if not there]
