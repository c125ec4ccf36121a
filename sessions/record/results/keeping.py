"""Keeping key results on the record: add, revise, drop, and say who carries one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from sessions.record.objectives.keeping import must_say_why, objective_named, reason_for
from sessions.record.results.result import KeyResult, LeadSet, ResultBegun, ResultChanged, ResultDropped
from sessions.record.shares.share import following, must_carry_in_full
from sessions.room import Keeping, RecordCommand
from sessions.rules import bounds, text
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_value_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords

if TYPE_CHECKING:
    pass


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
        worded = ResultChanged(result=id, field="text", value=words, why=why)
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
        must_carry_in_full(turn.record, result, self.field, value)
        changed = ResultChanged(result=result.id, field=self.field, value=value, why=why)
        return [changed, *following(turn.record, result, self.field, value)]


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
        return [ResultDropped(result=result.id, dropped=self.dropped, why=why)]


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
    "scope",
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
    if field == "scope" and value not in ("internal", ""):
        raise Refused("bad_value", "Say internal where it moves nothing outside the team, or nothing.")
    return text.optional(value, text.LINE, "This").replace("\n", " ")
