"""What holds whatever happened: replay gives the same room, and everything seen has its shape."""

from typing import Any

import msgspec

from sessions import views
from sessions.evolve import evolve, new_room
from sessions.room.kind import AtPlace, Entity, ForAll, ForHelm, InRecord, RecordSight, Shown, Sight
from sessions.running.step import LobbyShown
from sessions.shapes import added
from tests.chance.choosing import NAMES
from tests.stage import CODE, FACILITATOR, Stage, plain


def have_their_shape(sight: Sight) -> None:
    """Every entity looks as its kind says it does."""
    for audience in (ForAll, ForHelm, AtPlace):
        for kind in audience.all.values():
            seen = [one for one in (kind.look(sight, id) for id in list(kind.ids(sight))) if one is not None]
            if kind.adds:
                assert all(says_what_it_may(sight, kind.shape, kind.adds, one) for one in seen), kind.name
            else:
                assert {type(one) for one in seen} <= {kind.shape}, kind.name
    for kind in InRecord.all.values():
        record = RecordSight(sight.room, drafts=True)
        assert {type(kind.look(record, id)) for id in kind.ids(record)} <= {kind.shape, type(None)}, kind.name


def says_what_it_may(sight: Sight, shape: type[Shown], method: str, seen: Entity) -> bool:
    """Whether an entity says nothing but its own shape, and what the step's activity adds to it; and all of that."""
    if isinstance(seen, LobbyShown):
        return sight.activity is None
    phase = sight.session.phase
    shapes = [shape, *(added(method).get(phase.activity, ()) if phase else ())]
    said: dict[str, Any] = plain({"it": seen})["it"]
    for one in shapes:
        msgspec.convert(said, one)
    return set(said) <= {field.encode_name for one in shapes for field in msgspec.structs.fields(one)}


def agrees(stage: Stage) -> None:
    """The stored events, and the pens beside them, make the same room again."""
    again = new_room("room")
    for event in stage.log:
        evolve(again, CODE, event)
    sight = views.look(again, again.sessions[CODE])
    assert plain(dict(views.everything(ForAll, sight))) == stage.everything()
    have_their_shape(sight)
    for person in [*NAMES, FACILITATOR]:
        for hand in ("", "key:1"):
            own = views.for_person(stage.room, stage.session, person, hand)
            assert views.for_person(again, again.sessions[CODE], person, hand) == own
    said, says = list(views.record(stage.room)), list(views.record(again))
    assert [one for one in said if one not in says] == [one for one in says if one not in said]
    assert said == says
