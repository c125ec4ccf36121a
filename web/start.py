"""The start page and where it leads: a session opened, one joined, the demonstration, and letting go of it all."""

from typing import Any

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sessions import formats
from sessions.formats.format import Format, Stage
from sessions.room import Room, Session
from web import access, opening
from web.demo import open_demo
from web.signing_in.member import at_a_provider, name_of, signed_in
from web.templating import page
from workshop import joining

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

#: What the formats of a stage are for.
STAGES: dict[Stage, str] = {
    "find": "Find the direction",
    "bring": "Bring the teams in",
    "hold": "Make it hold",
    "any": "At any time",
}


@router.get("/")
async def start(request: Request) -> Response:
    """Start a session, join one, or return to one of this browser's."""
    rooms = access.rooms(request)
    ring = access.ring_of(request)
    mine: dict[str, dict[str, Any]] = {}
    held: dict[str, str] = {}
    seen: dict[str, Room | None] = {}
    for voice in joining.on_ring(rooms, ring) if ring else []:
        if voice.room not in seen:
            seen[voice.room] = await rooms.glance(voice.room)
        room = seen[voice.room]
        if room is None:
            continue
        if not voice.session and (room.record.objectives or room.record.organisation or len(room.held) > 1):
            held[voice.room] = room.record.organisation or room.name
        session = await rooms.glance_at(room, voice.session) if voice.session else None
        if session and (voice.role == "screen" or room.whole(voice.person) in session.roles):
            known = mine.setdefault(voice.session, {"session": session, "roles": set()})
            known["roles"].add(voice.role)
            known["page"] = _page_to_return_to(session, known["roles"])
    listed = sorted(mine.values(), key=lambda m: -m["session"].opened)[:12]
    return page(
        request,
        "start.html",
        stages=_by_stage(),
        mine=listed,
        rooms=held,
        may_open=opening.may(request),
        member=signed_in(request),
        signs_in=at_a_provider(request),
    )


def _by_stage() -> list[tuple[str, list[Format]]]:
    """Formats under the headings of the start page, in the order of a cycle."""
    kinds = {stage: [found for found in formats.ALL.values() if found.stage == stage] for stage in STAGES}
    return [(STAGES[stage], found) for stage, found in kinds.items() if found]


@router.post("/open")
async def open_session(
    request: Request,
    format: str = Form(max_length=60),
    title: str = Form("", max_length=40_000),
    word: str = Form("", max_length=200),
) -> Response:
    """Open a session for this browser and go to its facilitator's view."""
    access.check_origin(request, cookie_counts=False)
    access.must_keep_cookies(request)
    opening.must_be_allowed(request, word)
    rooms = access.rooms(request)
    ring = access.fresh_ring(request)
    name = formats.ALL[format].name if format in formats.ALL else "Session"
    opened = await joining.open_session(rooms, format, title.strip() or name, ring=ring, name=name_of(request))
    response = RedirectResponse(f"/s/{opened.code}/helm", status_code=303)
    access.give_ring(request, response, ring.name)
    return response


@router.post("/demo")
async def demo(request: Request, word: str = Form("", max_length=200)) -> Response:
    """A room filled with the demonstration organisation, for this browser."""
    access.check_origin(request, cookie_counts=False)
    opening.must_be_allowed(request, word)
    ring = access.fresh_ring(request)
    room, _ = await open_demo(access.rooms(request), ring)
    response = RedirectResponse(f"/r/{room}", status_code=303)
    access.give_ring(request, response, ring.name)
    return response


@router.post("/forget")
async def forget(request: Request) -> Response:
    """Let go of everything this browser can speak for."""
    access.check_origin(request)
    await joining.forget_ring(access.rooms(request), access.ring_of(request))
    response = RedirectResponse("/?forgotten", status_code=303)
    access.take_ring(request, response)
    return response


@router.get("/join")
async def join_by_code(request: Request, code: str = "") -> Response:
    """Where the code field on the start page leads."""
    _, session = access.must_find(request, code)
    return RedirectResponse(f"/j/{session.code}", status_code=303)


def _page_to_return_to(session: Session, roles: set[str]) -> str:
    if session.state == "closed":
        return "/outcome"
    if "facilitator" in roles:
        return "/helm"
    return "" if roles & {"person", "lent"} else "/screen"
