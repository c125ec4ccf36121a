"""Cutting: what changed in a room is rendered for whom it is, before anything else is decided."""

from collections.abc import Callable, Set

from sessions import views
from sessions.room import Room, Session, derived
from sessions.room.kind import ForAll, ForHelm, Sight, Touched
from workshop import wire
from workshop.cut import PLACE, RECORD, Alone, Cut, Look
from workshop.visitors import Visitors


def cut(room: Room, visitors: Visitors, watched: set[str], here: Callable[[str], Set[str]], into: Cut) -> set[str]:
    """Put into a cut what changed since the last one; returns the sessions that changed.

    ``watched`` are channels that somebody has asked for; of others nothing is rendered. ``here`` says who has a seat
    open in a session.
    """
    derived.look_again(room)
    record, room.record.touched = room.record.touched, set()
    changed = set[str]()
    for code, session in room.sessions.items():
        record |= views.seen_on_the_record(session)
        touched = session.touched | session.board.touched | record
        people = _Touched(room, session)
        _nothing_touched(session)
        if not touched and not people.any:
            continue
        changed.add(code)
        if code in watched:
            _cut_session(room, visitors, views.look(room, session, here(code)), touched, people, into)
    if record and RECORD in watched:
        for key, everyone, keepers in views.changed_record(room, views.sorted_out(record)):
            into.put(RECORD, "record", key, _bytes(everyone))
            into.put(RECORD, "helm", key, _bytes(keepers))
    return changed


def whole(room: Room, channel: str, here: set[str]) -> Cut:
    """Everything there is in a channel."""
    found = Cut(topics={channel: {}})
    if channel == RECORD:
        for key, everyone, keepers in views.record(room):
            for topic, entity in (("record", everyone), ("helm", keepers)):
                if entity is not None:
                    found.put(channel, topic, key, wire.encode(entity))
        return found
    sight = views.look(room, room.sessions[channel], here)
    for topic, audience in (("session", ForAll), ("helm", ForHelm)):
        for key, entity in views.everything(audience, sight):
            found.put(channel, topic, key, wire.encode(entity))
    for place, key, entity in views.everywhere(sight):
        found.put(channel, PLACE + place, key, wire.encode(entity))
    return found


def own(room: Room, session: str, person: str, look: Look, touched: Touched | None = None) -> Alone:
    """The entities of the topic ``me`` as somebody sees them who came as this entry, with this hand.

    Of what there may be many of, all; or what has to be looked at again after ``touched``.
    """
    (entry, hand), held = look, room.sessions[session]
    few = views.few_of_person(room, held, person, hand, entry)
    many = views.many_of_person(room, held, person, hand, entry, touched)
    return Alone(
        {key: wire.encode(entity) for key, entity in few.items()},
        {key: _bytes(entity) for key, entity in many.items()},
        whole=touched is None,
    )


def forget_what_was_touched(room: Room) -> None:
    """Nothing has changed since now."""
    room.record.touched = set()
    for session in room.sessions.values():
        _nothing_touched(session)


def _cut_session(
    room: Room, visitors: Visitors, sight: Sight, touched: set[str], people: "_Touched", into: Cut
) -> None:
    code, kinds = sight.session.code, views.sorted_out(touched)
    into.topics.setdefault(code, {})
    for topic, audience in (("session", ForAll), ("helm", ForHelm)):
        for key, entity in views.changed(audience, sight, kinds):
            into.put(code, topic, key, _bytes(entity))
    if sight.session.places:
        for place, key, entity in views.changed_places(sight, kinds):
            into.put(code, PLACE + place, key, _bytes(entity))
    theirs = into.own.setdefault(code, {})
    others = {room.whole(person) for person in views.whose(sight, kinds)}
    for person in people.wholly | others | people.partly:
        wholly = person in people.wholly or person in others
        looks = visitors.looks(code, person)
        theirs[person] = {look: own(room, code, person, look, None if wholly else kinds) for look in looks}
    if {"person", "spoken"} & kinds.keys():
        # A link for nobody in particular may have been taken back: then it is anybody's.
        who = None if "spoken" in kinds else kinds["person"]
        visitors.check(room, code, into, who)
        visitors.check(room, RECORD, into, who)
    if {"places", "stands"} & kinds.keys():
        visitors.place(room, code, into, None if "places" in kinds else kinds["stands"])


class _Touched:
    """Whose own view changed: any of it, or what they wrote and how they voted."""

    def __init__(self, room: Room, session: Session) -> None:
        pens = session.board.touched_pens
        self.wholly = {room.whole(person) for person in session.touched_people}
        self.partly = {room.whole(room.holders[pen][1]) for pen in pens if pen in room.holders}
        self.any = bool(self.wholly or self.partly)


def _nothing_touched(session: Session) -> None:
    session.touched, session.board.touched = set(), set()
    session.board.touched_pens, session.touched_people = set(), set()


def _bytes(entity: object) -> bytes | None:
    return None if entity is None else wire.encode(entity)
