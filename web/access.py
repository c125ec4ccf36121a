"""Who is asking: the key ring in a browser's cookie, or a bearer; and from which page."""

from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import Response

from sessions.room import Session
from sessions.rules.refusal import Refused
from web.guessing import Guessing
from workshop import keys
from workshop.keys import Voice
from workshop.open_room import OpenRoom
from workshop.rooms import Rooms
from workshop.settings import Settings

COOKIE = "waggle"
YEAR = 365 * 24 * 3600


class Fault(Exception):
    """An HTTP error with its status, code and sentence."""

    def __init__(self, status: int, code: str, say: str, **more: Any) -> None:
        super().__init__(say)
        self.status, self.code, self.say, self.more = status, code, say, more
        #: Seconds the answer is held back.
        self.wait = 0.0


def settings(request: HTTPConnection) -> Settings:
    """This server's settings."""
    found: Settings = request.app.state.settings
    return found


def rooms(request: HTTPConnection) -> Rooms:
    """This server's rooms."""
    found: Rooms = request.app.state.rooms
    return found


def must_find(request: HTTPConnection, code: str) -> tuple[OpenRoom, Session]:
    """The session with this code; a wrong one is counted, and slowed when there are many."""
    found = rooms(request).find(keys.tidy_code(code))
    if found is None:
        raise wrong_guess(request, "no_such_code", "There is no session with this code. Check it and try again.")
    return found


def wrong_guess(request: HTTPConnection, code: str, say: str) -> Fault:
    """The error for a wrong code or key."""
    guessing: Guessing = request.app.state.guessing
    wait = guessing.wrong(address(request))
    if wait:
        fault = Fault(429, "too_many_guesses", "Too many wrong tries from here. Wait a minute, then try again.")
        fault.wait = wait
        return fault
    return Fault(404, code, say)


def address(request: HTTPConnection) -> str:
    """The client's address; uvicorn has put a trusted proxy's word in its place."""
    return request.client.host if request.client else ""


def ring_of(request: HTTPConnection) -> str:
    """The browser's ring, or an empty string."""
    return request.cookies.get(COOKIE, "")[:80]


def give_ring(request: HTTPConnection, response: Response, ring: str) -> None:
    """Let the browser keep its ring."""
    response.set_cookie(
        COOKIE,
        ring,
        max_age=YEAR,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme in ("https", "wss"),
        path="/",
    )


def voices(request: HTTPConnection) -> list[Voice]:
    """Everybody the request can speak for: one by bearer, or all on the browser's ring."""
    bearer = _bearer(request)
    if bearer:
        voice = keys.of_key(rooms(request).store, bearer)
        if voice is None:
            raise wrong_guess(request, "wrong_key", "This key is not known here.")
        return [voice]
    ring = ring_of(request)
    return keys.on_ring(rooms(request).store, ring) if ring else []


def voices_in(request: HTTPConnection, code: str, wanted: str = "") -> list[Voice]:
    """Everybody the request can speak for in this session, people before screens; ``wanted`` picks one."""
    room, session = must_find(request, code)
    found = [
        Voice(v.room, v.session, room.room.whole(v.person), v.role)
        for v in voices(request)
        if v.session == session.code and (v.role == "screen" or room.room.whole(v.person) in session.roles)
    ]
    if wanted:
        found = [v for v in found if v.person == wanted]
    return sorted(found, key=lambda v: v.role == "screen")


def must_facilitate(request: HTTPConnection, code: str) -> tuple[OpenRoom, Session, Voice]:
    """The session, and a voice in it that may steer."""
    room, session = must_find(request, code)
    for voice in voices_in(request, code):
        if session.is_facilitator(voice.person):
            return room, session, voice
    raise Fault(403, "not_yours", "Only the facilitator can do that.")


def in_room(request: HTTPConnection, room: str) -> list[Voice]:
    """Everybody the request can speak for in a room, who holds its key first."""
    found = [v for v in voices(request) if v.room == room]
    return sorted(found, key=lambda v: (v.role != "room", not v.person))


def must_keep(request: HTTPConnection, room: str) -> OpenRoom:
    """The room, for whoever holds its key."""
    if not any(v.role == "room" for v in in_room(request, room)) or rooms(request).store.room(room) is None:
        raise Fault(403, "not_yours", "This takes the key of the room.")
    return rooms(request).room(room)


def check_origin(request: HTTPConnection, cookie_counts: bool = True) -> None:
    """Refuse a page of another address to act with this browser's cookie."""
    origin = request.headers.get("origin")
    if origin is None:
        if cookie_counts and ring_of(request) and not _bearer(request):
            raise Fault(403, "no_origin", "A request with a cookie has to say which page it comes from.")
        return
    host = origin.split("://")[-1].lower()
    own = {request.headers.get("host", "").lower(), *settings(request).own_addresses()}
    if host not in own:
        raise Fault(
            403,
            "foreign_origin",
            f"This page was opened as {origin}, which this server does not know as its own address. "
            f"If it is, set WAGGLE_ORIGINS={origin} (or let the proxy pass the Host header on).",
        )


def as_fault(refusal: Refused) -> Fault:
    """A rule's refusal as an HTTP error."""
    status = {
        "no_such_code": 404,
        "no_such_person": 404,
        "no_such_claim": 404,
        "not_yours": 403,
        "not_here": 403,
        "name_taken": 409,
        "not_invited": 403,
        "session_closed": 409,
        "not_stored": 503,
    }.get(refusal.code, 422)
    return Fault(status, refusal.code, refusal.say, **refusal.more)


def _bearer(request: HTTPConnection) -> str:
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if kind.lower() == "bearer" else ""
