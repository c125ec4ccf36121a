"""The pages: start, join, take part, facilitate, big screen, outcome and record."""

import secrets
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Form, Request
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.templating import Jinja2Templates

from sessions import activities, formats
from sessions.formats.format import Format, Stage
from sessions.record.results.result import plain
from sessions.room import Session
from sessions.rules.differences import differences
from web import access, addresses, opening
from web.api import NO_COOKIES
from web.assets import Assets
from web.faults import Fault
from web.records import open_demo
from workshop import joining
from workshop.cut import Look, Visitor
from workshop.open_room import OpenRoom

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
here = Path(__file__).parent
assets = Assets(here / "static", here / "vendor.json")
templates = Jinja2Templates(
    env=Environment(loader=FileSystemLoader(here / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
)
templates.env.globals.update(
    asset=assets.url,
    alpine=assets.alpine,
    face=assets.face,
    activities=activities.ALL,
    differences=differences,
    activity_sheets=lambda: assets.names("css/activities", ".css"),
    activity_scripts=lambda: assets.names("js/activities", ".js"),
)
templates.env.filters["figure"] = plain
templates.env.filters["spaced"] = lambda code: f"{code[:3]} {code[3:]}"


def bring(folder: Path) -> None:
    """Templates, scripts and style sheets of a further folder, laid out as this one is, are there too."""
    loader = templates.env.loader
    assert loader is not None
    templates.env.loader = ChoiceLoader([loader, FileSystemLoader(folder / "templates")])
    assets.bring(folder / "static")


def compile_templates() -> None:
    """Have every template ready before the first page is asked for: nobody waits for another's first page."""
    for name in templates.env.list_templates():
        templates.env.get_template(name)


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
    for voice in joining.on_ring(rooms, ring) if ring else []:
        await rooms.awake(voice.room)
        if not voice.session and rooms.store.room(voice.room):
            room = rooms.room(voice.room).room
            if room.record.objectives or room.record.organisation or len(room.held) > 1:
                held[voice.room] = room.record.organisation or room.name
        found = rooms.find(voice.session) if voice.session else None
        if found and (voice.role == "screen" or found[0].room.whole(voice.person) in found[1].roles):
            known = mine.setdefault(voice.session, {"session": found[1], "roles": set()})
            known["roles"].add(voice.role)
            known["page"] = _page_to_return_to(found[1], known["roles"])
    listed = sorted(mine.values(), key=lambda m: -m["session"].opened)[:12]
    return page(request, "start.html", stages=_by_stage(), mine=listed, rooms=held)


def _by_stage() -> list[tuple[str, list[Format]]]:
    """Formats under the headings of the start page, in the order of a cycle."""
    kinds = {stage: [found for found in formats.ALL.values() if found.stage == stage] for stage in STAGES}
    return [(STAGES[stage], found) for stage, found in kinds.items() if found]


@router.get("/docs")
async def docs(request: Request) -> Response:
    """The API for people, served from here under the same policy as every page."""
    described = request.app.openapi()
    shapes = described.get("components", {}).get("schemas", {})
    operations = [
        (path, method, {**operation, "fields": _fields(operation, shapes)})
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    return page(request, "docs.html", operations=operations)


def _fields(operation: dict[str, Any], shapes: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of a body, with what each is."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    shape = shapes.get(content.get("schema", {}).get("$ref", "").rpartition("/")[2], {})
    required = shape.get("required", [])
    return [
        {"name": name, "kind": field.get("type", ""), "required": name in required}
        for name, field in shape.get("properties", {}).items()
    ]


@router.post("/open")
async def open_session(
    request: Request,
    format: str = Form(max_length=60),
    title: str = Form("", max_length=40_000),
    word: str = Form("", max_length=200),
) -> Response:
    """Open a session for this browser and go to its facilitator's view."""
    access.check_origin(request, cookie_counts=False)
    if not access.keeps_cookies(request):
        raise Fault(403, "no_cookies", NO_COOKIES)
    opening.must_be_allowed(request, word)
    rooms = access.rooms(request)
    ring = access.fresh_ring(request)
    name = formats.ALL[format].name if format in formats.ALL else "Session"
    opened = await joining.open_session(rooms, format, title.strip() or name, ring=ring)
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


@router.get("/j/{code}")
async def join(request: Request, code: str) -> Response:
    """Join with a name; who is in already goes straight on."""
    room, session = access.must_find(request, code)
    mine = [v for v in access.voices_in(request, code) if v.role == "person"]
    if mine and "another" not in request.query_params:
        return RedirectResponse(f"/s/{session.code}", status_code=303)
    if session.code != code:
        return RedirectResponse(f"/j/{session.code}", status_code=303)
    await room.settled()
    teams = room.room.record.standing_teams()
    invited = [v.role.removeprefix("member:") for v in access.in_room(request, room.id) if v.role.startswith("member:")]
    chosen = next(filter(None, invited), "") or session.team
    return page(request, "join.html", session=session, teams=teams, chosen=chosen)


@router.get("/j/{code}/qr.svg")
async def join_qr(request: Request, code: str) -> Response:
    """The QR code of the join page."""
    _, session = access.must_find(request, code)
    svg = addresses.qr(f"{addresses.base(request)}/j/{session.code}")
    named = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return Response(named, media_type="image/svg+xml")


@router.get("/s/{code}")
async def take_part(request: Request, code: str) -> Response:
    """The participant's screen."""
    room, session = access.must_find(request, code)
    wanted = request.query_params.get("as", "")
    found = [v for v in access.voices_in(request, code, wanted) if v.person]
    found.sort(key=lambda v: v.role != "person")
    if not found:
        return key_first(request, session, f"/j/{session.code}")
    if "participant" not in session.roles.get(found[0].person, ()):
        return RedirectResponse(f"/s/{session.code}/helm", status_code=303)
    lent = f"lent:{secrets.token_urlsafe(18)}" if found[0].role == "lent" else ""
    return await live_page(
        request,
        "take_part.html",
        room,
        session,
        found[0].person,
        look=(found[0].look[0], lent or found[0].hand),
        lent=lent,
    )


@router.get("/s/{code}/helm")
async def facilitate(request: Request, code: str) -> Response:
    """The facilitator's view."""
    room, session = access.must_find(request, code)
    steering = [v for v in access.voices_in(request, code) if session.is_facilitator(v.person)]
    if not steering:
        return key_first(request, session, "")
    beyond = formats.ALL[session.format].beyond if session.format in formats.ALL else ""
    return await live_page(
        request,
        "helm.html",
        room,
        session,
        steering[0].person,
        helm=True,
        look=steering[0].look,
        format=formats.ALL.get(session.format),
        asks=session.asks,
        record=next((f"/r/{room.id}" for v in access.voices(request) if (v.role, v.room) == ("room", room.id)), ""),
        beyond=formats.ALL.get(beyond),
        join_qr=addresses.qr(f"{addresses.base(request)}/j/{session.code}"),
    )


@router.get("/s/{code}/screen")
async def big_screen(request: Request, code: str) -> Response:
    """The big screen; whoever belongs to the session may open it."""
    room, session = access.must_find(request, code)
    if not access.voices_in(request, code):
        return key_first(request, session, f"/j/{session.code}")
    qr = addresses.qr(f"{addresses.base(request)}/j/{session.code}")
    embedded = "small" in request.query_params
    outcome_qr = addresses.qr(f"{addresses.base(request)}/s/{session.code}/outcome")
    return await live_page(
        request, "screen.html", room, session, "", join_qr=qr, outcome_qr=outcome_qr, embedded=embedded
    )


def _page_to_return_to(session: Session, roles: set[str]) -> str:
    if session.state == "closed":
        return "/outcome"
    if "facilitator" in roles:
        return "/helm"
    return "" if roles & {"person", "lent"} else "/screen"


def failed(request: Request, fault: Fault) -> Response:
    """An error as a page."""
    return page(request, "error.html", status=fault.status, say=fault.say)


def key_first(request: Request, session: Session, otherwise: str) -> Response:
    """The page that trades the key in a link's fragment; without one it says where to go."""
    return page(request, "key.html", session=session, otherwise=otherwise)


async def live_page(
    request: Request,
    template: str,
    room: OpenRoom,
    session: Session,
    person: str,
    helm: bool = False,
    look: Look | None = None,
    **context: Any,
) -> Response:
    await room.shows(session.code)
    entry, hand = look or (person, "")
    visitor = Visitor(session.code, person, entry, hand, session.code)
    state = room.desk.paint(visitor, helm).replace(b"<", b"\\u003c").decode()
    join_url = f"{addresses.base(request)}/j/{session.code}"
    return page(request, template, session=session, person=person, state=state, join_url=join_url, **context)


def page(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """A page made of a template, with what every page is told."""
    known = access.keeps_cookies(request)
    given = {"status": status, "known": known, "open_to": opening.asks(request), **context}
    given["keep_days"] = access.settings(request).keep_days
    made: Response = templates.TemplateResponse(request, template, given, status_code=status)
    if not known:
        # A ring with nothing on it: what comes next finds out whether this browser keeps it.
        access.give_ring(request, made, secrets.token_urlsafe(24))
    return made
