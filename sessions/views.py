"""What each audience may see, built up from what is allowed; the only place that hands entities on.

It knows no kind of thing by name: each is declared where it lives (``sessions/room/kind.py``).
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from sessions import formats, found
from sessions.activities import ALL
from sessions.room import Room, Session
from sessions.room.kind import (
    AtPlace,
    Entity,
    ForAll,
    ForHelm,
    InRecord,
    Kind,
    Own,
    OwnSight,
    Pace,
    RecordSight,
    Sight,
    Touched,
)

found.everything()


def look(room: Room, session: Session, here: Iterable[str] = ()) -> Sight:
    """A look at a session as it is now; ``here`` are those with a seat open."""
    return Sight(room, session, ALL, set(here))


def is_kind(name: str) -> bool:
    """Whether keys that anybody is told begin with this."""
    return any(name in audience.all for audience in (ForAll, ForHelm, AtPlace, InRecord))


@cache
def pace(name: str) -> Pace:
    """How soon whatever is of this kind is told, whoever is told."""
    stated = (audience.all[name].pace for audience in (ForAll, ForHelm, AtPlace, InRecord) if name in audience.all)
    return next((pace for pace in stated if pace is not Pace.AT_ONCE), Pace.AT_ONCE)


def sorted_out(touched: Iterable[str]) -> dict[str, set[str]]:
    """Touched keys by their kind; the id of a single thing is empty."""
    kinds: dict[str, set[str]] = {}
    for key in touched:
        kind, _, id = key.partition(":")
        kinds.setdefault(kind, set()).add(id)
    return kinds


def everything(audience: type[Kind[Any]], sight: Any) -> Iterator[tuple[str, Entity]]:
    """Every key and entity an audience sees."""
    for kind in audience.all.values():
        for id in kind.ids(sight):
            entity = kind.look(sight, id)
            if entity is not None:
                yield kind.key(id), entity


def entity(audience: type[Kind[Any]], sight: Any, key: str) -> Entity | None:
    """The entity under ``key`` as an audience sees it; ``None``: there is none."""
    name, _, id = key.partition(":")
    kind = audience.all.get(name)
    return kind.look(sight, id) if kind else None


def changed(audience: type[Kind[Any]], sight: Any, touched: dict[str, set[str]]) -> Iterator[tuple[str, Entity | None]]:
    """What has to be told to an audience after ``touched``: keys and what is there now."""
    for kind in audience.all.values():
        for id in kind.stale(sight, touched):
            yield kind.key(id), kind.look(sight, id)


def whose(sight: Sight, touched: dict[str, set[str]]) -> set[str]:
    """People whose own view changes with what somebody else did."""
    return {person for own in Own.all for person in own.whose(sight, touched)}


def for_person(room: Room, session: Session, person: str, hand: str = "", entry: str = "") -> dict[str, Entity]:
    """Everything that is one person's alone: who they are, what they wrote, how they voted.

    ``hand`` is what they look with where it is not their own key, ``entry`` the one they came as.
    """
    few, many = few_of_person(room, session, person, hand, entry), many_of_person(room, session, person, hand, entry)
    return {**few, **{key: entity for key, entity in many.items() if entity is not None}}


def few_of_person(room: Room, session: Session, person: str, hand: str = "", entry: str = "") -> dict[str, Entity]:
    """The same without what somebody may have many of."""
    sight = _own_sight(room, session, person, hand, entry)
    return {key: entity for own in Own.all if sight and not own.many for key, entity in own.look(sight)}


def many_of_person(
    room: Room, session: Session, person: str, hand: str = "", entry: str = "", touched: Touched | None = None
) -> dict[str, Entity | None]:
    """What somebody may have many of: all of it, or what has to be looked at again after ``touched``."""
    sight, found = _own_sight(room, session, person, hand, entry), dict[str, Entity | None]()
    for own in Own.all:
        if sight and own.many:
            found.update(own.look(sight) if touched is None else own.again(sight, touched))
    return found


def _own_sight(room: Room, session: Session, person: str, hand: str, entry: str) -> OwnSight | None:
    return OwnSight(room, session, ALL, person, hand, entry or person) if person in session.roles else None


def rings(session: Session) -> int:
    """When the present phase moves on inside itself (Unix milliseconds), or 0."""
    if session.phase is None or session.state != "open" or (session.run and session.run.left is not None):
        return 0
    return ALL[session.phase.activity].rings(session)


# Places


def place_of(room: Room, session: Session, person: str) -> str:
    """Where a person stands now, or nowhere."""
    if session.phase is None or not session.places or session.state != "open":
        return ""
    return ALL[session.phase.activity].place(room, session, person)


def places_of(room: Room, session: Session, person: str) -> set[str]:
    """Every place whose topic a person's seats follow now: where they stand, and what they read besides."""
    stands = place_of(room, session, person)
    if session.phase is None or not session.places or session.state != "open":
        return set()
    read = ALL[session.phase.activity].reads(room, session, person)
    return {place for place in (stands, *read) if place in session.places}


def everywhere(sight: Sight) -> Iterator[tuple[str, str, Entity]]:
    """Place, key and entity of everything that is shown at some place."""
    for kind in _at_places():
        for id in kind.ids(sight):
            place = kind.place_of(sight, id)
            entity = _there(sight, kind, place, id)
            if entity is not None:
                yield place, kind.key(id), entity


def changed_places(sight: Sight, touched: dict[str, set[str]]) -> Iterator[tuple[str, str, Entity | None]]:
    """The same for what has to be looked at again; a thing that is gone is dropped wherever it stood."""
    heads = set[str]()
    for kind in _at_places():
        for id in kind.stale(sight, touched):
            place = kind.place_of(sight, id)
            heads.update([place] if place else sight.session.places)
            if place:
                yield place, kind.key(id), _there(sight, kind, place, id)
            else:
                yield from ((where, kind.key(id), None) for where in sight.session.places)
    for place in heads:
        yield place, "place:" + place, entity(AtPlace, sight, "place:" + place)


def at_place(sight: Sight, place: str, key: str) -> Entity | None:
    """The entity under ``key`` as whoever stands at this place sees it."""
    name, _, id = key.partition(":")
    kind = AtPlace.all.get(name)
    assert kind is None or isinstance(kind, AtPlace)
    return _there(sight, kind, place, id) if kind and kind.place_of(sight, id) == place else None


def _there(sight: Sight, kind: AtPlace, place: str, id: str) -> Entity | None:
    """Nothing of a place is seen while it has no head."""
    if not place or entity(AtPlace, sight, "place:" + place) is None:
        return None
    return kind.look(sight, id)


def _at_places() -> Iterator[AtPlace]:
    for kind in AtPlace.all.values():
        assert isinstance(kind, AtPlace)
        yield kind


# The record


def record(room: Room) -> Iterator[tuple[str, Entity | None, Entity | None]]:
    """Every key of the record, as everybody sees it and as its keepers see it besides."""
    everyone, keepers = _record_sights(room)
    for kind in InRecord.all.values():
        for id in kind.ids(everyone):
            yield (kind.key(id), *_for_both(kind, everyone, keepers, id))


def changed_record(room: Room, touched: dict[str, set[str]]) -> Iterator[tuple[str, Entity | None, Entity | None]]:
    """The same for what has to be looked at again."""
    everyone, keepers = _record_sights(room)
    for kind in InRecord.all.values():
        for id in kind.stale(everyone, touched):
            yield (kind.key(id), *_for_both(kind, everyone, keepers, id))


def seen_on_the_record(session: Session) -> set[str]:
    """What was touched in a session and is on the page of the record too: how it stands, and what people are called."""
    people = {key for key in session.touched if key.startswith("person:")}
    return people | ({"session:" + session.code} if "session" in session.touched else set())


def _record_sights(room: Room) -> tuple[RecordSight, RecordSight]:
    names, gathered = {key: format.name for key, format in formats.ALL.items()}, dict[Any, Any]()
    return RecordSight(room, False, names, gathered), RecordSight(room, True, names, gathered)


def _for_both(
    kind: Kind[Any], everyone: RecordSight, keepers: RecordSight, id: str
) -> tuple[Entity | None, Entity | None]:
    shown = kind.look(everyone, id)
    return shown, kind.look(keepers, id) if shown is None else None


__all__ = ["AtPlace", "ForAll", "ForHelm"]
