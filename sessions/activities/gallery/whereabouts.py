"""Where everybody is in a walk, as the wall, the floor and each person may see it."""

from collections.abc import Iterable, Iterator
from typing import Any

from sessions.activities.gallery.walk import Walk
from sessions.room import Room, Session
from sessions.room.kind import Entity, Own, OwnSight, Sight, Touched


def overview(room: Room, session: Session) -> dict[str, Any]:
    """Rounds and groups as the wall and the floor map show them: no names, only how many."""
    walk = session.part(Walk)
    if not walk:
        return {"dealt": False, "groups": [], "rounds": 0, "round": 0, "stage": ""}
    groups = [
        {"number": g.number, "colour": g.colour, "route": g.route, "people": walk.size(g), "arrived": g.arrived}
        for g in walk.groups
    ]
    return {"dealt": True, "groups": groups, "rounds": walk.rounds, "round": walk.round, "stage": walk.stage}


def members(session: Session) -> list[dict[str, Any]]:
    """Who walks in which group, for facilitators."""
    return [{"number": g.number, "people": g.people} for g in (session.part(Walk).groups)]


def whereabouts(room: Room, session: Session, person: str) -> dict[str, Any]:
    """One person's own way: their group and route, or the poster they host."""
    walk = session.part(Walk)
    if not walk:
        return {"role": "none"}
    hosted = walk.hosts(person)
    team = room.people[person].team
    home = team if team in walk.posters else ""
    shares = walk.sharing.get(person, 1)
    if hosted:
        mates = [p for p in session.taking_part() if room.people[p].team == hosted and p != person]
        return {"role": "host", "poster": hosted, "home": home, "mates": sorted(mates), "shares": shares}
    group = walk.group_of(person)
    if group is None:
        return {"role": "none", "home": home}
    return {
        "role": "visitor",
        "group": group.number,
        "colour": group.colour,
        "route": group.route,
        "home": home,
        "arrived": group.arrived,
        "shares": shares,
        "many": walk.size(group) > 7,
    }


class HostsOwn(Own):
    """Hosts see who of their team is here, and could stand in for them."""

    def look(self, sight: OwnSight) -> Iterator[tuple[str, Entity]]:
        return iter(())

    def whose(self, sight: Sight, touched: Touched) -> Iterable[str]:
        walk = sight.session.part(Walk)
        if not walk or "person" not in touched:
            return ()
        return {host for poster in walk.posters.values() for host in poster.hosts}
