"""All that the record asks at this moment: asked again only where something changed, and how each stands."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

import msgspec

from sessions.record.checks.check import Check, Finding, GoalCheck
from sessions.record.checks.ground import Ground
from sessions.record.checks.likeness import Alike
from sessions.room import Room
from sessions.room.derived import Derived

if TYPE_CHECKING:
    from sessions.record.record import Record

logger = logging.getLogger(__name__)

#: How sharply it is said: while a goal is drafted, before its vote, and at its lock.
Sharp = Literal["told", "warned", "blocks"]
#: Names in sentences: who is called otherwise by now has not changed the cause.
_NAMES = ("team", "other", "teams", "consumer", "provider", "partner")


class Standing(msgspec.Struct, frozen=True):
    """A finding and how it stands: ``open``, ``fine``, ``dismissed`` or ``waived``, by whom and why."""

    finding: Finding
    check: Check
    state: str
    name: str = ""
    reason: str = ""
    sharp: Sharp = "told"
    #: Whether it speaks of a goal that not everybody may read.
    draft: bool = False

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of a lock: a check that does, until it is waived."""
        return self.check.blocks and self.state in ("open", "dismissed")


class Findings(Derived):
    """What all checks found in one room."""

    def __init__(self) -> None:
        #: Check → goal (nothing where it is not asked goal by goal) → what it found there, by its key.
        self._found: dict[str, dict[str, dict[str, Standing]]] = {check.code: {} for check in _in_order()}
        self._alike = Alike()
        self._begun = False
        self._changed: set[str] = set()

    def standing(self) -> dict[str, Standing]:
        """Everything found, by its key, in the order in which it is read."""
        return {key: found for kept in self._found.values() for place in kept.values() for key, found in place.items()}

    def get(self, key: str) -> Standing | None:
        """What is found under a key, if it is."""
        kept = self._found.get(_code(key), {})
        return next((place[key] for place in kept.values() if key in place), None)

    def look_again(self, room: Room) -> None:
        record = room.record
        if self._begun and not record.unchecked:
            return
        touched, record.unchecked = _by_kind(record.unchecked), set()
        ground = Ground(room, self._alike)
        for check in _in_order():
            if not self._begun or not check.on.isdisjoint(touched):
                self._ask(check, ground, touched)
        self._begun = True
        for key in touched.get("finding", ()):
            self._judge(record, key)
        record.touched.update(f"finding:{key}" for key in self._changed)
        self._changed = set()

    def _ask(self, check: Check, ground: Ground, touched: Mapping[str, set[str]]) -> None:
        """Ask one question; one that breaks is logged, and the others go on."""
        try:
            if not isinstance(check, GoalCheck):
                self._put(check, "", check.find(ground), ground.record)
                return
            for id in self._stale(ground, touched) if self._begun else ground.by_id:
                goal = ground.by_id.get(id)
                self._put(check, id, check.of(ground, goal) if goal else (), ground.record)
            kept = self._found[check.code]
            self._found[check.code] = {id: kept[id] for id in ground.by_id if kept.get(id)}
        except Exception:
            logger.exception("check %s broke", check.code)
            for place in list(self._found[check.code]):
                self._put(check, place, (), ground.record)

    def _put(self, check: Check, place: str, found: Iterable[Finding], record: Record) -> None:
        kept = self._found[check.code]
        before, now = kept.get(place, {}), {f.key: stands(record, check, f) for f in found}
        if now != before:
            self._changed.update(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))
            kept[place] = now

    def _judge(self, record: Record, key: str) -> None:
        """How one finding stands, now that somebody has said something of it."""
        for place in self._found.get(_code(key), {}).values():
            if key in place:
                place[key] = stands(record, place[key].check, place[key].finding)
                self._changed.add(key)

    def _stale(self, ground: Ground, touched: Mapping[str, set[str]]) -> set[str]:
        results = touched.get("result", set())
        homes = {goal.id for id in results if (goal := ground.record.objective_of(id))}
        teams = touched.get("team", set())
        theirs = {goal.id for goal in ground.record.objectives.values() if goal.team in teams} if teams else set()
        return touched.get("objective", set()) | homes | theirs


def stands(record: Record, check: Check, finding: Finding) -> Standing:
    """How a finding stands, by what people have said of it while its cause was the same."""
    goals = [record.objectives[goal] for goal in finding.goals if goal in record.objectives]
    status = {goal.status for goal in goals or record.top()}
    state, name, reason = "fine" if finding.fine else "open", "", ""
    judged = record.judged.get(finding.key) if record.judged else None
    if judged and judged.cause == cause_of(record, finding):
        state, name, reason = judged.state, judged.name, judged.reason
    sharp: Sharp = "warned" if "shared" in status else "told"
    if {"final", "locked"} & status:
        sharp = "blocks" if check.blocks and state in ("open", "dismissed") else "warned"
    return Standing(finding, check, state, name, reason, sharp, bool(goals) and "draft" in status)


def in_the_way(room: Room, goal: str) -> list[Standing]:
    """What stands in the way of locking a goal: blocking findings on it, and on the whole."""
    standing = Findings.of(room).standing().values()
    return [found for found in standing if found.blocks and (not found.finding.goals or goal in found.finding.goals)]


def about(room: Room, lines: Iterable[str]) -> list[Standing]:
    """What is open on any of these ids."""
    wanted = set(lines)
    return [
        found
        for found in Findings.of(room).standing().values()
        if found.state == "open" and wanted & set(found.finding.on)
    ]


def _code(key: str) -> str:
    """The check that a finding is of."""
    return key.partition(".")[0].removesuffix("-OK")


def _in_order() -> list[Check]:
    return sorted(Check.all.values(), key=lambda check: check.place)


def cause_of(record: Record, finding: Finding) -> str:
    """What a finding follows from, short enough to be kept."""
    values = [f"{name}={value}" for name, value in sorted(finding.values.items()) if name not in _NAMES]
    said = "\x1f".join((finding.sentence, *values, *map(record.wording, finding.on), *finding.cause))
    return hashlib.blake2s(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _by_kind(touched: Iterable[str]) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = {}
    for key in touched:
        kind, _, id = key.partition(":")
        kinds.setdefault(kind, set()).add(id)
    return kinds
