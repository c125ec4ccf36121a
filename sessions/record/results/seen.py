"""What a session and the record see of a key result."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sessions.record.objectives.seen import is_about, is_kept
from sessions.record.results.result import KeyResult
from sessions.room import Room
from sessions.room.kind import ForAll, InRecord, RecordSight, Shown, Sight, Touched

if TYPE_CHECKING:
    pass


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
    lead_names: list[str]
    remarks: list[RemarkShown]
    missing: list[str]


class ResultOfSession(ForAll):
    """A key result of the goal a session is about."""

    name = "result"
    shape = ResultShown

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.room.record.results

    def stale(self, sight: Sight, touched: Touched) -> Iterable[str]:
        return {*super().stale(sight, touched), *naming(sight.room, touched)}

    def look(self, sight: Sight, id: str) -> ResultShown | None:
        result = sight.room.record.results.get(id)
        home = sight.room.record.objectives.get(result.objective) if result else None
        if result is None or result.dropped or home is None or not is_about(sight, home):
            return None
        return as_card(sight.room, result)


class ResultKept(InRecord):
    """A key result on the record."""

    name = "result"
    shape = ResultShown

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.record.results

    def stale(self, sight: RecordSight, touched: Touched) -> Iterable[str]:
        """Those touched themselves, by their goal, or by who carries them."""
        under = sight.room.record.under
        of_goals = (id for goal in touched.get("objective", ()) for id in under.get(goal, ()))
        return {*touched.get(self.name, ()), *naming(sight.room, touched), *of_goals}

    def look(self, sight: RecordSight, id: str) -> ResultShown | None:
        room, result = sight.room, sight.room.record.results.get(id)
        objective = room.record.objectives.get(result.objective) if result else None
        if result is None or result.dropped or objective is None or not is_kept(objective, sight.drafts):
            return None
        return as_card(room, result)


def naming(room: Room, touched: Touched) -> set[str]:
    """The results whose cards name somebody of whom something changed."""
    people = {*touched.get("person", ()), *touched.get("leader", ())}
    found = set[str]()
    for result in room.record.results.values() if people else ():
        named = (*result.leads, *(remark.by for remark in result.remarks))
        if people.intersection((*named, *map(room.whole, named))):
            found.add(result.id)
    return found


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
        lead_names=[room.name_of(person) for person in result.leads],
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
