"""Connectivity: how far goals reach up, down and across, for one team and for the whole. A reading, never a ranking.

Source: S4, after Viva Goals (“up, down, and across”).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sessions.record.checks.ground import Ground
from sessions.record.shares.share import carried
from sessions.room.kind import InRecord, RecordSight, Shown


@dataclass(slots=True)
class Reach:
    """How far one team's goals reach: lines above that they serve, teams they are tied to, teams that count on them."""

    up: list[str] = field(default_factory=list)
    across: list[str] = field(default_factory=list)
    down: list[str] = field(default_factory=list)


def reach(ground: Ground, team: str) -> Reach:
    """How far a team's goals reach; lines and teams by their ids, each once, in the order of the record."""
    goals = ground.by_team.get(team, [])
    shares = [share for goal in goals for r in ground.results[goal.id] if (share := ground.shares.get(r.id))]
    up = [link.parent for goal in goals for link in ground.links.get(goal.id, ())]
    up += [share.result for share in shares]
    needs = [need for need in ground.needs if team in (need.consumer, need.provider)]
    across = [other for share in shares for other in carried(ground.record, share) if other != team]
    across += [need.other(team) for need in needs if need.agreed]
    down = [need.consumer for need in needs if need.provider == team]
    return Reach(*(list(dict.fromkeys(found)) for found in (up, across, down)))


class ConnectivityShown(Shown, frozen=True):
    """Of so many team goals ``up`` serve something above; of the ``lines`` above ``down`` are served; of the ``teams``
    with a goal ``across`` are tied to another by a shared result or a need both agree on.
    """

    goals: int
    up: int
    lines: int
    down: int
    teams: int
    across: int


class Connectivity(InRecord):
    """How far goals reach, for the whole."""

    name = "connectivity"
    shape = ConnectivityShown
    on = frozenset({"objective", "result", "share", "dependency", "team"})

    def look(self, sight: RecordSight, id: str) -> ConnectivityShown | None:
        ground = Ground(sight.room)
        if not ground.of_teams:
            return None
        lines = [line for top in ground.tops for line in (top.id, *(r.id for r in ground.results[top.id]))]
        served = ground.served
        whole = {top.id for top in ground.tops if served & {r.id for r in ground.results[top.id]}}
        return ConnectivityShown(
            goals=len(ground.of_teams),
            up=sum(ground.ties(goal) for goal in ground.of_teams),
            lines=len(lines),
            down=len((served | whole) & set(lines)),
            teams=len(ground.by_team),
            across=sum(bool(reach(ground, team).across) for team in ground.by_team),
        )
