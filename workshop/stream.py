"""Events as they are stored: JSON with their tag and version, readable for ever."""

from typing import Union

import msgspec

from sessions.activities import confidence as voting
from sessions.activities import listen, phrase, refine, shortlist, thumbs
from sessions.acts import cards, plan, speaking, walking
from sessions.acts import clusters as proposals
from sessions.board import ballots, clusters, confidence, notes
from sessions.facilitate import attention, identity, opening, people, phases
from sessions.keep import imported, planning
from sessions.record import drafting, feedback, standing, teams
from sessions.rules.event import BoardEvent, Event, RecordEvent, RoomEvent, SessionEvent

_BASES = (Event, BoardEvent, RecordEvent, RoomEvent, SessionEvent)
_HOMES = (
    ballots,
    confidence,
    clusters,
    notes,
    cards,
    plan,
    speaking,
    walking,
    proposals,
    listen,
    phrase,
    voting,
    refine,
    shortlist,
    thumbs,
    attention,
    identity,
    opening,
    people,
    phases,
    drafting,
    teams,
    standing,
    feedback,
    imported,
    planning,
)

#: Every event by its tag.
EVENTS: dict[str, type[Event]] = {
    str(thing.__struct_config__.tag): thing
    for home in _HOMES
    for thing in vars(home).values()
    if isinstance(thing, type) and issubclass(thing, Event) and thing not in _BASES
}

_encode = msgspec.json.Encoder().encode
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Union[tuple(EVENTS.values())])  # noqa: UP007


def write(event: Event) -> bytes:
    """The event as stored."""
    return _encode(event)


def read(body: bytes) -> Event:
    """The event as it was; raises ``msgspec.ValidationError`` for what this version does not know."""
    return _decoder.decode(body)
