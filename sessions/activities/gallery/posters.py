"""Posters as they hang, and as the team that wrote them sees its words at home."""

from collections.abc import Iterable

from sessions.activities.gallery.walk import PosterLine, Walk
from sessions.record.results.seen import ResultShown, as_card, naming
from sessions.room.kind import AtPlace, ForAll, Shown, Sight, Touched


class PosterShown(Shown, frozen=True):
    """A poster: its number, its team's name, who hosts it, and its lines as they were when it went up."""

    number: int
    team: str
    hosts: list[str]
    lines: list[PosterLine]


class ObjectiveHome(Shown, frozen=True):
    """An objective at the poster of the team that wrote it, with its results by id."""

    text: str
    status: str
    version: int
    results: list[str]


class HungPoster(ForAll):
    """A poster: its number, its team, who hosts it, and its lines as they were when it went up."""

    name = "poster"
    shape = PosterShown
    on = frozenset({"walk"})

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.session.part(Walk).posters

    def look(self, sight: Sight, id: str) -> PosterShown | None:
        walk = sight.session.part(Walk)
        found = walk.posters.get(id) if walk else None
        if found is None:
            return None
        hosts = [sight.room.whole(person) for person in found.hosts]
        return PosterShown(number=found.number, team=found.name, hosts=hosts, lines=found.lines)


class ObjectiveAtHome(AtPlace):
    """An objective as the team that wrote it sees it at its own poster."""

    name = "objective"
    shape = ObjectiveHome
    on = frozenset({"places"})

    def ids(self, sight: Sight) -> Iterable[str]:
        posters = sight.session.part(Walk).posters
        return (objective.id for poster in posters for objective in sight.room.record.of_team(poster))

    def place_of(self, sight: Sight, id: str) -> str:
        return _poster_of(sight, id)

    def look(self, sight: Sight, id: str) -> ObjectiveHome | None:
        record = sight.room.record
        objective = record.objectives[id]
        return ObjectiveHome(
            text=objective.text,
            status=objective.status,
            version=objective.version,
            results=[result.id for result in record.results_of(id)],
        )


class ResultAtHome(AtPlace):
    """A result as the team that wrote it sees it at its own poster."""

    name = "result"
    shape = ResultShown
    on = frozenset({"places"})

    def ids(self, sight: Sight) -> Iterable[str]:
        record = sight.room.record
        posters = sight.session.part(Walk).posters
        return (r.id for poster in posters for o in record.of_team(poster) for r in record.results_of(o.id))

    def stale(self, sight: Sight, touched: Touched) -> Iterable[str]:
        named = naming(sight.room, touched)
        return {*super().stale(sight, touched), *(named.intersection(self.ids(sight)) if named else ())}

    def place_of(self, sight: Sight, id: str) -> str:
        return _poster_of(sight, id)

    def look(self, sight: Sight, id: str) -> ResultShown | None:
        result = sight.room.record.results[id]
        return None if result.dropped else as_card(sight.room, result)


def _poster_of(sight: Sight, line: str) -> str:
    """The poster of the team whose goal this line belongs to, once it is shared."""
    objective = sight.room.record.objective_of(line)
    shared = objective is not None and objective.status != "draft"
    return objective.team if objective and shared and objective.team in sight.session.places else ""
