"""The pages of a session: join, take part, facilitate, big screen; and the API for people."""

import secrets
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sessions import formats
from web import access, addresses
from web.signing_in.member import at_a_provider, signed_in
from web.templating import key_first, live_page, page

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


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
    member = signed_in(request)
    theirs = member.team_among(teams) if member else ""
    chosen = next(filter(None, invited), "") or theirs or session.team
    asks = member is None and at_a_provider(request)
    return page(request, "join.html", session=session, teams=teams, chosen=chosen, member=member, signs_in=asks)


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
        at = request.query_params.get("at", "")
        return key_first(request, session, f"/j/{session.code}" + (f"?at={at}" if at.isalnum() else ""))
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
        keeps = session.state != "closed" and access.keeps_room(request, room.id)
        return key_first(request, session, "", takes=f"/api/sessions/{session.code}/helm" if keeps else "")
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
        record=f"/r/{room.id}" if access.keeps_room(request, room.id) else "",
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
