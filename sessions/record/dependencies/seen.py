"""What a session and the record see of dependencies: each with its two halves, and what they come to together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sessions.record.dependencies.dependency import Dependency
from sessions.record.dependencies.triggers import in_words
from sessions.room import Room
from sessions.room.kind import OfRecord, Shown, Touched
from sessions.rules.circles import circles

if TYPE_CHECKING:
    from sessions.record.record import Record


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

    ``waits_for`` is whose word is next: ``provider``, ``consumer``, ``decider`` or nobody.

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
    waits_for: str
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
    #: That its trigger fired, how fast that was raised and answered, in sentences; whether an answer is still to come.
    fired: list[str]
    raised: bool
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
        consumer_name=record.team_name(need.consumer),
        provider_name=record.team_name(need.provider),
        need=need.upstream_need,
        because=need.downstream_impact,
        need_by=need.need_by,
        decision_date=need.decision_date,
        off_track=need.failure_trigger,
        state=need.state,
        agreed=need.agreed,
        waits_for=need.waits_for,
        version=need.version,
        condition=need.condition,
        reason=need.reason,
        decider=need.decider,
        decide_by=need.decide_by,
        owner=need.owner,
        result=record.public(need.consumer_kr),
        carried_in=record.public(need.reflected_in),
        carried_by=need.reflected_in,
        mode=need.mode,
        steps=[
            StepOfNeed(s.step, s.state, room.name_of(s.by), record.team_name(s.team), s.at, s.why) for s in need.steps
        ],
        fired=in_words(record, need.fired) if need.fired else [],
        raised=bool(need.fired) and not (need.fired and need.fired.answer),
        order=need.order,
    )


def in_all(room: Room) -> NeedsShown:
    """What all of them come to together."""
    record = room.record
    live = [need for need in record.dependencies.values() if need.live]
    asked = Counter(need.provider for need in live)
    loads = [LoadShown(team, record.team_name(team), asks, room_of(record, team)) for team, asks in asked.items()]
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


class Need(OfRecord):
    """A dependency of the record."""

    name = "dependency"
    shape = DependencyShown

    def ids(self, room: Room) -> Iterable[str]:
        return room.record.dependencies

    def look(self, room: Room, id: str) -> DependencyShown | None:
        need = room.record.dependencies.get(id)
        return shown(room, need) if need else None

    def stale(self, room: Room, touched: Touched) -> Iterable[str]:
        """Those touched themselves, or by a team, a result or a person they name."""
        found = set(touched.get(self.name, ()))
        teams, results = touched.get("team", set()), {*touched.get("result", ()), *touched.get("objective", ())}
        people = {*touched.get("person", ()), *touched.get("leader", ())}
        for need in room.record.dependencies.values() if teams or results or people else ():
            named = teams & {need.consumer, need.provider} or results & {*_lines(room.record, need)}
            if named or (people and people & {room.whole(step.by) for step in need.steps}):
                found.add(need.id)
        return found


class Needs(OfRecord):
    """What dependencies come to together."""

    name = "needs"
    shape = NeedsShown
    beside = Need.name
    on = frozenset({"team", "room"})

    def look(self, room: Room, id: str) -> NeedsShown | None:
        return in_all(room) if room.record.dependencies else None


def _lines(record: Record, need: Dependency) -> list[str]:
    """The results it names, and their goals: a goal that is shared shows its results."""
    lines = [id for id in (need.consumer_kr, need.reflected_in) if id]
    return [*lines, *(record.results[id].objective for id in lines if id in record.results)]
