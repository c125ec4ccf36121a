"""Who is asking: the key ring in a browser's cookie, or a bearer; and from which page."""

import secrets
from dataclasses import replace
from typing import Literal

from starlette.requests import HTTPConnection
from starlette.responses import Response

from sessions.activities import ALL
from sessions.room import Session
from sessions.rules.refusal import Refused
from web.budgets import budgets
from web.faults import Fault
from workshop import joining, keys
from workshop.directory import Rooms
from workshop.keys import Ring, Voice
from workshop.open_room import OpenRoom
from workshop.settings import Settings
from workshop.store import HeldElsewhere

#: What the browser's ring is called; under https no other page or host can set one of this name.
COOKIE, SECURE_COOKIE = "waggle", "__Host-waggle"
#: What a request says of itself that another process passed on, and whether a command on its machine asked.
PASSED = "waggle.passed"
YEAR = 365 * 24 * 3600


def settings(request: HTTPConnection) -> Settings:
    """This server's settings."""
    found: Settings = request.app.state.settings
    return found


def rooms(request: HTTPConnection) -> Rooms:
    """This server's rooms."""
    found: Rooms = request.app.state.rooms
    return found


def must_find(request: HTTPConnection, code: str) -> tuple[OpenRoom, Session]:
    """The session with this code; whoever has guessed too often is refused before it is looked for.

    A code that was right from this address before, or that this browser has a key to, is no guess.
    """
    wanted = keys.tidy_code(code)
    counted = budgets(request)
    if not _may_look(request, wanted):
        raise too_many_guesses()
    found = rooms(request).find(wanted)
    if found is None:
        raise wrong_guess(request, "no_such_code", "There is no session with this code. Check it and try again.")
    counted.guessed_right(request, wanted)
    return found


async def awake(request: HTTPConnection) -> None:
    """Have the room that is asked for in memory before anything looks at it, read apart from the loop."""
    named, found = request.path_params, rooms(request)
    code = keys.tidy_code(named.get("code", ""))
    of_code = found.room_of(code) if code and _may_look(request, code) else ""
    id = of_code or named.get("room", named.get("room_id", ""))
    try:
        if id:
            await found.awake(id)
    except (HeldElsewhere, Refused) as why:
        if of_code and isinstance(why, HeldElsewhere):
            budgets(request).guessed_right(request, code)
        if request.scope["type"] == "http":
            raise
        # A socket says so itself.
        request.state.not_here = why


def _may_look(request: HTTPConnection, code: str) -> bool:
    counted = budgets(request)
    return counted.may_guess(request) or counted.knows(request, code) or _has_key(request, code)


def _has_key(request: HTTPConnection, code: str) -> bool:
    return bool(ring_of(request)) and any(v.session == code for v in voices(request))


def wrong_guess(request: HTTPConnection, code: str, say: str) -> Fault:
    """The error for a wrong code or key; counted, by whatever way it came in."""
    if not budgets(request).may_guess(request):
        return too_many_guesses()
    budgets(request).guessed_wrong(request)
    return Fault(404, code, say)


def too_many_guesses() -> Fault:
    """What is said to an address that has guessed wrong too often."""
    return Fault(429, "too_many_guesses", "Too many wrong tries from here. Wait a minute, then try again.")


def ring_of(request: HTTPConnection) -> str:
    """The browser's ring, or an empty string. One that was not issued here speaks for nobody."""
    return request.cookies.get(_cookie(request), "")[:80]


def keeps_cookies(request: HTTPConnection) -> bool:
    """Whether the browser has kept what the page before gave it."""
    return bool(ring_of(request))


def must_keep_cookies(request: HTTPConnection) -> None:
    """Refuse a browser that has not kept what the page before gave it: it could not stay."""
    if not keeps_cookies(request):
        raise Fault(
            403,
            "no_cookies",
            "This browser keeps no cookies for this page, so it could not stay in the session. "
            "Allow them for this address, or open the link in another browser.",
        )


def fresh_ring(request: HTTPConnection) -> Ring:
    """A ring made here, in the place of the browser's own: what is added to it nobody can have planted."""
    return Ring(secrets.token_urlsafe(24), ring_of(request))


def give_ring(request: HTTPConnection, response: Response, ring: str) -> None:
    """Let the browser keep its ring."""
    secure, site = _secure(request), _site(request)
    response.set_cookie(_cookie(request), ring, max_age=YEAR, httponly=True, samesite=site, secure=secure, path="/")
    _partition(request, response)


def take_ring(request: HTTPConnection, response: Response) -> None:
    """Let the browser forget it."""
    secure, site = _secure(request), _site(request)
    response.delete_cookie(_cookie(request), path="/", secure=secure, httponly=True, samesite=site)
    _partition(request, response)


def _site(request: HTTPConnection) -> Literal["lax", "none"]:
    """Inside a page of another site a browser sends only what says that it may be sent there, and only under https.

    Whoever acts with it is asked for the page's own address in any case (``check_origin``).
    """
    return "none" if settings(request).framed_by() and _secure(request) else "lax"


def _partition(request: HTTPConnection, response: Response) -> None:
    """Inside a page of another site it is that page's alone: browsers keep no other kind there."""
    if _site(request) == "none":
        name, value = response.raw_headers[-1]
        response.raw_headers[-1] = name, value + b"; Partitioned"


def _cookie(request: HTTPConnection) -> str:
    return SECURE_COOKIE if _secure(request) else COOKIE


def _secure(request: HTTPConnection) -> bool:
    return request.url.scheme in ("https", "wss") or settings(request).url.startswith("https://")


def voices(request: HTTPConnection) -> list[Voice]:
    """Everybody the request can speak for: one by bearer, or all on the browser's ring."""
    bearer = _bearer(request)
    if bearer and is_local_command(request):
        return []
    if bearer:
        voice = keys.of_key(rooms(request).store, bearer)
        if voice is None:
            raise wrong_guess(request, "wrong_key", "This key is not known here.")
        return [voice]
    ring = ring_of(request)
    return joining.on_ring(rooms(request), ring) if ring else []


def voices_in(request: HTTPConnection, code: str, wanted: str = "") -> list[Voice]:
    """Everybody the request can speak for in this session, people before screens; ``wanted`` picks one."""
    room, session = must_find(request, code)
    found = [
        replace(v, person=room.room.whole(v.person), entry=v.person)
        for v in voices(request)
        if v.session == session.code and (v.role == "screen" or room.room.whole(v.person) in session.roles)
        if not session.took_back(v.hand)
    ]
    if wanted:
        found = [v for v in found if v.person == room.room.whole(wanted)]
    # One's own key before one that was made by somebody else, whatever it opens.
    return sorted(found, key=lambda v: (v.role == "screen", v.hand != "", v.entry != (wanted or v.person)))


def reader(request: HTTPConnection, key: str) -> Voice:
    """Whose read-out a link opens; a key that is wrong counts as a guess, and no other kind of key opens one."""
    if not budgets(request).may_guess(request):
        raise too_many_guesses()
    voice = keys.of_reader(rooms(request).store, key)
    if voice is None:
        raise wrong_guess(request, "no_such_page", "There is no read-out under this link, or it was taken back.")
    return voice


def is_local_command(request: HTTPConnection) -> bool:
    """Whether a command on the server's own machine asks, with the key only its own user can read."""
    if request.scope.get(PASSED) == "local":
        return True
    return secrets.compare_digest(_bearer(request).encode(), request.app.state.local_key.encode())


def must_be_local(request: HTTPConnection) -> None:
    """Refuse whoever is no command on the server's own machine."""
    if not is_local_command(request):
        raise Fault(403, "not_yours", "Only a command on the server's own machine can do that.")


def must_facilitate(request: HTTPConnection, code: str) -> tuple[OpenRoom, Session, Voice]:
    """The session, and a voice in it that may steer."""
    room, session = must_find(request, code)
    for voice in voices_in(request, code):
        if session.is_facilitator(voice.person):
            return room, session, voice
    raise Fault(403, "not_yours", "Only the facilitator can do that.")


def must_help(request: HTTPConnection, code: str, role: str, person: str) -> Voice:
    """A voice that may make a link: a facilitator's; for who only takes part also one of whoever helps here."""
    room, session = must_find(request, code)
    planned = {ALL[phase.activity] for phase in session.plan.values() if phase.activity in ALL}
    helped = room.room.whole(person)
    plain = role == "person" and session.roles.get(helped) == {"participant"}
    plain = plain and not any(activity.sees_more(room.room, session, helped) for activity in planned)
    for voice in voices_in(request, code) if plain else ():
        own = voice.person and voice.role != "lent" and not voice.hand
        if own and any(activity.helps(room.room, session, voice.person) for activity in planned):
            return voice
    return must_facilitate(request, code)[2]


def in_room(request: HTTPConnection, room: str) -> list[Voice]:
    """Everybody the request can speak for in a room, who holds its key first."""
    opened = rooms(request).room(room) if rooms(request).store.room(room) else None
    found = [v for v in voices(request) if v.room == room and not (opened and _is_removed(opened, v))]
    return sorted(found, key=lambda v: (v.role != "room", not v.person, v.hand != ""))


def keeps_room(request: HTTPConnection, room: str) -> bool:
    """Whether the request comes with the room's own key."""
    return any(voice.role == "room" for voice in in_room(request, room))


def _is_removed(room: OpenRoom, voice: Voice) -> bool:
    """Whether the person a key speaks for has no part any more in the session it is for."""
    session = room.room.sessions.get(voice.session)
    if session is None or voice.role == "screen":
        return False
    return room.room.whole(voice.person) not in session.roles or session.took_back(voice.hand)


def must_keep(request: HTTPConnection, room: str) -> OpenRoom:
    """The room, for whoever holds its key."""
    if not keeps_room(request, room) or rooms(request).store.room(room) is None:
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
            "This page was opened as {origin}, which this server does not know as its own address. If it is, set "
            "WAGGLE_ORIGINS={origin} (or let the proxy pass the Host header on).",
            {"origin": origin},
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
        "busy": 503,
    }.get(refusal.code, 422)
    return Fault(status, refusal.code, refusal.sentence, refusal.values, **refusal.more)


def _bearer(request: HTTPConnection) -> str:
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if kind.lower() == "bearer" else ""
