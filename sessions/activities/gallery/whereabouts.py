"""Where everybody is in a walk, as the wall, the floor and each person may see it."""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from sessions.activities.gallery.walk import Walk
from sessions.room import Room, Session
from sessions.room.kind import Entity, Own, OwnSight, Shown, Sight, Touched


class GroupOnFloor(Shown, frozen=True):
    """A group of a walk: its posters in their order, how many walk in it, and in which round it came last."""

    number: int
    colour: str
    route: list[str]
    people: int
    arrived: int


class WalkStep(Shown, frozen=True):
    """Rounds and groups as everybody sees them: no names, only how many."""

    dealt: bool
    groups: list[GroupOnFloor]
    rounds: int
    round: int
    stage: str


class GroupMembers(Shown, frozen=True):
    """Who walks in a group."""

    number: int
    people: list[str]


class WalkMine(Shown, frozen=True):
    """One's own way: a ``visitor`` has a group and its route, a ``host`` a poster and who could stand in there."""

    role: Literal["host", "visitor", "none"]
    home: str
    poster: str = ""
    mates: list[str] | msgspec.UnsetType = msgspec.UNSET
    group: int | msgspec.UnsetType = msgspec.UNSET
    colour: str = ""
    route: list[str] | msgspec.UnsetType = msgspec.UNSET
    arrived: int | msgspec.UnsetType = msgspec.UNSET
    shares: int | msgspec.UnsetType = msgspec.UNSET
    many: bool | msgspec.UnsetType = msgspec.UNSET


def overview(session: Session) -> WalkStep:
    """Rounds and groups as the wall and the floor map show them: no names, only how many."""
    walk = session.part(Walk)
    if not walk:
        return WalkStep(dealt=False, groups=[], rounds=0, round=0, stage="")
    groups = [GroupOnFloor(g.number, g.colour, g.route, walk.size(g), g.arrived) for g in walk.groups]
    return WalkStep(dealt=True, groups=groups, rounds=walk.rounds, round=walk.round, stage=walk.stage)


def members(session: Session) -> list[GroupMembers]:
    """Who walks in which group, for facilitators."""
    return [GroupMembers(group.number, group.people) for group in session.part(Walk).groups]


def whereabouts(room: Room, session: Session, person: str) -> WalkMine:
    """One person's own way: their group and route, or the poster they host."""
    walk = session.part(Walk)
    if not walk:
        return WalkMine("none", "")
    hosted = walk.hosts(person)
    team = room.people[person].team
    home = team if team in walk.posters else ""
    shares = walk.sharing.get(person, 1)
    if hosted:
        mates = [p for p in session.taking_part() if room.people[p].team == hosted and p != person]
        return WalkMine("host", home, hosted, sorted(mates), shares=shares)
    group = walk.group_of(person)
    if group is None:
        return WalkMine("none", home)
    return WalkMine(
        "visitor",
        home,
        group=group.number,
        colour=group.colour,
        route=group.route,
        arrived=group.arrived,
        shares=shares,
        many=walk.size(group) > 7,
    )


class HostsOwn(Own):
    """Hosts see who of their team is here, and could stand in for them."""

    def look(self, sight: OwnSight) -> Iterator[tuple[str, Entity]]:
        return iter(())

    def whose(self, sight: Sight, touched: Touched) -> Iterable[str]:
        walk = sight.session.part(Walk)
        if not walk or "person" not in touched:
            return ()
        return {host for poster in walk.posters.values() for host in poster.hosts}
