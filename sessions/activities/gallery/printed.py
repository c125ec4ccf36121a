"""What of a walk is put on paper: posters with who carries what and what it serves, and a card for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sessions.activities.gallery.dealing import to_hang
from sessions.activities.gallery.walk import Poster, Walk
from sessions.record.alignment import in_words
from sessions.room import Room, Session


@dataclass(slots=True)
class PrintedLine:
    """A result as it stood when the poster went up, and who carries it."""

    text: str
    leads: list[str]


@dataclass(slots=True)
class PrintedGoal:
    """A goal as it stood when the poster went up, what it serves in words, and its results."""

    text: str
    serves: list[str]
    results: list[PrintedLine] = field(default_factory=list)


@dataclass(slots=True)
class PrintedPoster:
    """A team's goals under the number of their poster."""

    number: int
    name: str
    goals: list[PrintedGoal]


@dataclass(slots=True)
class HostCard:
    """Who stands at which poster."""

    name: str
    number: int
    team: str


@dataclass(slots=True)
class RouteCard:
    """Who walks with which group, and by which posters."""

    name: str
    group: int
    colour: str
    route: list[Poster]


def posters(room: Room, session: Session) -> list[PrintedPoster]:
    """Every poster in the order of the numbers; before groups are dealt, as they would hang."""
    hung: Iterable[Poster] = session.part(Walk).posters.values()
    planned = () if hung else to_hang(room.record)
    hung = hung or [Poster(poster.id, poster.number, poster.name, poster.lines) for poster in planned]
    found = sorted(hung, key=lambda poster: poster.number)
    return [PrintedPoster(poster.number, poster.name, _goals(room, poster)) for poster in found]


def hosts(room: Room, session: Session) -> list[HostCard]:
    """A card for each host."""
    found = session.part(Walk).posters.values()
    return [HostCard(room.name_of(person), p.number, p.name) for p in found for person in p.hosts]


def walkers(room: Room, session: Session) -> list[RouteCard]:
    """A card for each who walks, group by group."""
    walk = session.part(Walk)
    return [
        RouteCard(room.name_of(person), group.number, group.colour, [walk.posters[stop] for stop in group.route])
        for group in walk.groups
        for person in group.people
    ]


def _goals(room: Room, poster: Poster) -> list[PrintedGoal]:
    goals: list[PrintedGoal] = []
    for line in poster.lines:
        if line.objective or not goals:
            goals.append(PrintedGoal(line.text, in_words(room, line.id)))
            continue
        result = room.record.results.get(line.id)
        leads = [name for name in map(room.name_of, result.leads if result else ()) if name]
        goals[-1].results.append(PrintedLine(line.text, leads))
    return goals
