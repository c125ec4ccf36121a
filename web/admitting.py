"""Admitting: who may sit down in a session or at a record, and as whom."""

from typing import Any, Literal

from starlette.requests import HTTPConnection

from web.access import check_origin, in_room, must_find, ring_of, rooms, voices_in
from web.faults import Fault
from workshop.cut import RECORD, Visitor
from workshop.keys import LENT, Voice, digest
from workshop.open_room import OpenRoom
from workshop.seats import Seat
from workshop.wire import Framed

#: What a seat is in.
Kind = Literal["session", "record"]


def admit(asks: HTTPConnection, kind: Kind, named: str) -> tuple[OpenRoom, Seat]:
    """The room, and a seat that has no socket yet; raises ``Fault``."""
    room, visitor = admitted(asks, kind, named)
    return room, seat_for(visitor)


def admitted(asks: HTTPConnection, kind: Kind, named: str) -> tuple[OpenRoom, Visitor]:
    """The room that is held here, and whom a seat in it speaks as; raises ``Fault``."""
    _must_say_whence(asks)
    return _to_session(asks, named) if kind == "session" else _to_record(asks, named)


def seat_for(visitor: Visitor) -> Seat:
    """A seat that has no socket yet."""
    return Seat(_Nowhere(), visitor)


def lent_hand(voice: Voice, given: str) -> str:
    """What a seat looks with: on a device that was lent, each opening of the page sees only what it wrote itself."""
    if voice.role != "lent":
        return voice.hand
    if not LENT.fullmatch(given):
        raise Fault(403, "not_here", "Open this page again from the device that lends it.")
    return given


def _to_session(asks: HTTPConnection, code: str) -> tuple[OpenRoom, Visitor]:
    room, session = must_find(asks, code)
    wanted = asks.query_params.get("as", "")
    found = voices_in(asks, code, "" if wanted == "screen" else wanted)
    if not found:
        raise Fault(403, "not_here", "You are not part of this session. Join it with its code.")
    screen = found[0].role == "screen" or wanted == "screen"
    voice = next((v for v in found if v.role == "screen"), found[0]) if screen else found[0]
    own = voice.role == "screen" or session.is_facilitator(voice.person)
    hand = lent_hand(voice, asks.query_params.get("hand", ""))
    look, code = voice.look[0], session.code
    return room, Visitor(code, voice.person, look, hand, code, screen, own_screen=screen and own)


def _to_record(asks: HTTPConnection, room: str) -> tuple[OpenRoom, Visitor]:
    found = in_room(asks, room)
    if not found or rooms(asks).store.room(room) is None:
        raise Fault(403, "not_here", "You are not invited to this record. Ask for its link.")
    held = rooms(asks).room(room)
    speaks = next((v for v in found if v.person), Voice(room, "", "", ""))
    person = held.room.whole(speaks.person)
    teams = [v.role.removeprefix("member:") for v in found if v.role.startswith("member:")]
    key = any(v.role == "room" for v in found)
    who = person or digest(asks.headers.get("authorization", "") or ring_of(asks)).hex()
    visitor = Visitor(RECORD, person, speaks.person, speaks.hand, speaks.session, key=key, who=who)
    visitor.team = next(filter(None, teams), "")
    return held, visitor


def _must_say_whence(asks: HTTPConnection) -> None:
    check_origin(asks)
    if "origin" not in asks.headers and ring_of(asks):
        raise Fault(403, "no_origin", "Without an Origin, use a Bearer key.")


class _Nowhere:
    """A port before the socket is open."""

    paused = False
    on_resume: Any = None

    def write(self, payloads: list[bytes], framed: Framed | None = None) -> None:
        """Nothing is open yet."""

    def close(self, code: int, reason: str) -> None:
        """Nothing is open yet."""
