"""Places: where people stand in a session, each with an id, a number and a name, and a topic of its own."""

from collections.abc import Iterable

from sessions.room.kind import AtPlace, Entity, Sight
from sessions.running.step import NothingShown


class PlaceHead(AtPlace):
    """What a place shows beside the things that stand there; its key is the name of its topic."""

    name = "place"
    shape = NothingShown
    adds = "at_place"
    on = frozenset({"places"})

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.session.places

    def place_of(self, sight: Sight, id: str) -> str:
        return id if id in sight.session.places else ""

    def look(self, sight: Sight, id: str) -> Entity | None:
        return sight.activity.at_place(sight.room, sight.session, id) if sight.activity else None
