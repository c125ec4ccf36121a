"""What a session and the record see of dependencies: each with its two halves, and what they come to together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sessions.record.dependencies.dependency import Dependency
from sessions.record.dependencies.speaking import called
from sessions.room import Room
from sessions.room.kind import ForAll, InRecord, RecordSight, Shown, Sight, Touched
from sessions.rules.circles import circles

if TYPE_CHECKING:
    from sessions.record.record import Record


#: The kinds this file shows: a session sees them where something in its plan shows them.
NEED, NEEDS = "dependency", "needs"
#: How many needs of others a team is taken to have room for, until it says so.
ROOM = 3


class StepOfNeed(Shown, frozen=True):
    """A step that was taken: by whom, for which team, when (Unix milliseconds), why, and where it led."""

    step: str
    state: str
    by: str
    team: str
    at: int
    why: str


class DependencyShown(Shown, frozen=True):
    """What a team needs of another. ``agreed``: both halves have said yes to this version.

    Days are ISO dates; ``result`` is the consumer's it is for, ``carried_in`` the provider's that carries it, in words.
    """

    consumer: str
    provider: str
    consumer_name: str
    provider_name: str
    need: str
    because: str
    need_by: str
    decision_date: str
    off_track: str
    state: str
    agreed: bool
    version: int
    condition: str
    reason: str
    decider: str
    decide_by: str
    owner: str
    result: str
    carried_in: str
    carried_by: str
    mode: str
    steps: list[StepOfNeed]
    order: int


class LoadShown(Shown, frozen=True):
    """A team that others need something of: how many of them, and how many it has room for."""

    team: str
    name: str
    asks: int
    room: int


class NeedsShown(Shown, frozen=True):
    """Teams that wait for each other in a circle, and who is asked for how much; days the cycle goes from and to."""

    circles: list[list[str]]
    loads: list[LoadShown]
    start: str
    end: str


def shown(room: Room, need: Dependency) -> DependencyShown:
    """One dependency, as everybody may read it."""
    record = room.record
    return DependencyShown(
        consumer=need.consumer,
        provider=need.provider,
        consumer_name=called(record, need.consumer),
        provider_name=called(record, need.provider),
        need=need.upstream_need,
        because=need.downstream_impact,
        need_by=need.need_by,
        decision_date=need.decision_date,
        off_track=need.failure_trigger,
        state=need.state,
        agreed=need.agreed,
        version=need.version,
        condition=need.condition,
        reason=need.reason,
        decider=need.decider,
        decide_by=need.decide_by,
        owner=need.owner,
        result=_line(record, need.consumer_kr),
        carried_in=_line(record, need.reflected_in),
        carried_by=need.reflected_in,
        mode=need.mode,
        steps=[
            StepOfNeed(s.step, s.state, room.name_of(s.by), called(record, s.team), s.at, s.why) for s in need.steps
        ],
        order=need.order,
    )


def in_all(room: Room) -> NeedsShown:
    """What all of them come to together."""
    record = room.record
    live = [need for need in record.dependencies.values() if need.live]
    asked = Counter(need.provider for need in live)
    loads = [LoadShown(team, called(record, team), asks, room_of(record, team)) for team, asks in asked.items()]
    return NeedsShown(
        circles=circles((need.consumer, need.provider) for need in live),
        loads=sorted(loads, key=lambda load: (-load.asks, load.name)),
        start=record.cycle.get("start", ""),
        end=record.cycle.get("end", ""),
    )


def room_of(record: Record, team: str) -> int:
    """For how many needs of others a team has room, as it said, or as is usual."""
    said = record.teams[team].capacity if team in record.teams else -1
    return said if said >= 0 else ROOM


class NeedOfSession(ForAll):
    """A dependency of the record, where something in the session's plan shows them."""

    name = NEED
    shape = DependencyShown

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.room.record.dependencies if sight.shows(NEED) else ()

    def look(self, sight: Sight, id: str) -> DependencyShown | None:
        need = sight.room.record.dependencies.get(id)
        return shown(sight.room, need) if need and sight.shows(NEED) else None

    def stale(self, sight: Sight, touched: Touched) -> Iterable[str]:
        if "plan" in touched:
            return sight.room.record.dependencies
        return _stale(sight.room.record, touched) if sight.shows(NEED) else ()


class NeedKept(InRecord):
    """A dependency of the record."""

    name = NEED
    shape = DependencyShown

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.record.dependencies

    def look(self, sight: RecordSight, id: str) -> DependencyShown | None:
        need = sight.room.record.dependencies.get(id)
        return shown(sight.room, need) if need else None

    def stale(self, sight: RecordSight, touched: Touched) -> Iterable[str]:
        return _stale(sight.room.record, touched)


class NeedsOfSession(ForAll):
    """What dependencies come to together, where something in the session's plan shows them."""

    name = NEEDS
    shape = NeedsShown
    on = frozenset({"team", "room", "plan"})

    def look(self, sight: Sight, id: str) -> NeedsShown | None:
        return in_all(sight.room) if sight.shows(NEED) else None


class NeedsKept(InRecord):
    """What dependencies come to together."""

    name = NEEDS
    shape = NeedsShown
    on = frozenset({"team", "room"})

    def look(self, sight: RecordSight, id: str) -> NeedsShown | None:
        return in_all(sight.room) if sight.room.record.dependencies else None


def _stale(record: Record, touched: Touched) -> set[str]:
    """Dependencies that look otherwise: touched themselves, or by a team, a result or a person they name."""
    found = set(touched.get(NEED, ()))
    teams, results = touched.get("team", set()), {*touched.get("result", ()), *touched.get("objective", ())}
    people = {*touched.get("person", ()), *touched.get("leader", ())}
    if not (teams or results or people):
        return found
    for need in record.dependencies.values():
        named = teams & {need.consumer, need.provider} or results & {*_lines(record, need)}
        if named or (people and people & {step.by for step in need.steps}):
            found.add(need.id)
    return found


def _lines(record: Record, need: Dependency) -> list[str]:
    """The results it names, and their goals: a goal that is shared shows its results."""
    lines = [id for id in (need.consumer_kr, need.reflected_in) if id]
    return [*lines, *(record.results[id].objective for id in lines if id in record.results)]


def _line(record: Record, id: str) -> str:
    """A result in words; nothing of a draft that is not shared."""
    home, result = record.objective_of(id), record.results.get(id)
    return result.line() if result and home and home.status != "draft" else ""
