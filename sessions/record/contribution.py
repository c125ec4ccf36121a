"""The contribution map: how one team's work shows up in the big picture, from its results up to the vision.

Source: S1 (“how our contribution shows up in the big picture”).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sessions.record.checks.ground import Ground
from sessions.record.connectivity import Reach, reach
from sessions.record.dependencies.dependency import Dependency
from sessions.record.dependencies.words import STANDINGS
from sessions.record.objectives.objective import Objective
from sessions.record.results.result import KeyResult, plain
from sessions.room import Room
from sessions.rules import text

#: How a goal serves a line, as one reads it below the line.
KINDS = {
    "explicit": "taken over as it is",
    "directional": "as a guide",
    "shared": "as a shared result",
    "": "how is still to be said",
}


@dataclass(slots=True)
class Carried:
    """A result with its figures, and the shared one it carries, if it carries one."""

    text: str
    figures: str
    shares: str = ""


@dataclass(slots=True)
class Served:
    """A line of the organisation's goal that a goal serves, how and why; ``place`` is where it stands among results."""

    text: str
    figures: str
    kind: str
    how: str
    reason: str
    place: int


@dataclass(slots=True)
class Step:
    """One goal of the team: what it serves above, and its results; or why it serves nothing."""

    text: str
    above: list[Served] = field(default_factory=list)
    results: list[Carried] = field(default_factory=list)
    unaligned: str = ""


@dataclass(slots=True)
class Relied:
    """Something one team needs of another: who, what, and how it stands."""

    team: str
    need: str
    standing: str


@dataclass(slots=True)
class Contribution:
    """One team's way up, and who relies on whom."""

    team: str
    vision: str
    strategy: list[str]
    tops: list[str]
    steps: list[Step]
    relied_on: list[Relied]
    relies_on: list[Relied]
    reach: Reach


def contribution(room: Room, team: str) -> Contribution:
    """How the work of a team on the list shows up; nothing of drafts."""
    ground, brief = Ground(room), room.record.brief
    needs = [need for need in ground.needs if team in (need.consumer, need.provider)]
    return Contribution(
        team=ground.name(team),
        vision=brief.get("vision", ""),
        strategy=text.split(brief.get("strategy", "")),
        tops=[top.text for top in ground.tops],
        steps=[_step(ground, goal) for goal in ground.by_team.get(team, ())],
        relied_on=[_relied(ground, need, need.consumer) for need in needs if need.provider == team],
        relies_on=[_relied(ground, need, need.provider) for need in needs if need.consumer == team],
        reach=reach(ground, team),
    )


def _step(ground: Ground, goal: Objective) -> Step:
    results = ground.results[goal.id]
    linked = {link.parent: (link.kind, link.reason) for link in ground.links.get(goal.id, ())}
    for result in results:
        share = ground.shares.get(result.id)
        if share:
            linked.setdefault(share.result, ("shared", ""))
    above = [served for parent, how in linked.items() if (served := _served(ground, parent, *how))]
    carried = [_carried(ground, result) for result in results]
    return Step(goal.text, sorted(above, key=lambda served: served.place), carried, goal.unaligned)


def _served(ground: Ground, parent: str, kind: str, reason: str) -> Served | None:
    words = ground.record.public(parent)
    lines = [result.id for top in ground.tops for result in ground.results[top.id]]
    place = lines.index(parent) if parent in lines else -1
    result = ground.record.results.get(parent)
    figures = _figures(result) if result else ""
    return Served(words, figures, kind, KINDS.get(kind, KINDS[""]), reason, place) if words else None


def _carried(ground: Ground, result: KeyResult) -> Carried:
    share = ground.shares.get(result.id)
    return Carried(result.text, _figures(result), ground.record.public(share.result) if share else "")


def _figures(result: KeyResult) -> str:
    if result.baseline is None and result.target is None:
        return ""
    return f"{plain(result.baseline)} → {plain(result.target)} {result.unit}".strip()


def _relied(ground: Ground, need: Dependency, other: str) -> Relied:
    return Relied(ground.name(other), need.upstream_need, STANDINGS.get(need.standing, need.standing))
