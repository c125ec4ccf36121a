"""The JSON API of a session: formats, opening, joining, rehearsing, the outcome."""

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, PlainTextResponse

from sessions import formats
from sessions.outcome import outcome
from sessions.rules import text
from web import access, addresses, opening
from web.budgets import budgets
from web.faults import Fault
from web.rehearsals import PEOPLE
from web.signing_in.member import name_of
from workshop import export, joining, rehearsing, wire
from workshop.keys import Voice

router = APIRouter(prefix="/api")


class Opening(BaseModel):
    """What to open: a format's key, a title, and the room to open it in (with its key)."""

    format: str = Field(max_length=60)
    title: str = Field(max_length=400)
    room: str | None = None
    team: str = Field("", max_length=60)
    about: str = Field("", max_length=60)
    word: str = Field("", max_length=200)


class Joining(BaseModel):
    """Who joins, and whether they sit in the room or are remote."""

    name: str = Field(max_length=400)
    team: str | None = None
    mode: Literal["room", "remote"] = "room"


@router.get("/formats")
async def list_formats() -> list[dict[str, Any]]:
    """Every format with its phases and minutes."""
    return [
        {
            "key": f.key,
            "name": f.name,
            "purpose": f.purpose,
            "people": f.people,
            "minutes": f.minutes,
            "phases": [
                {"key": p.key, "name": p.name, "title": p.title, "activity": p.activity, "minutes": p.minutes}
                for p in f.phases
            ],
        }
        for f in formats.ALL.values()
    ]


@router.get("/commands")
async def list_commands() -> dict[str, Any]:
    """The JSON Schema of every command."""
    return wire.schemas()


@router.post("/sessions", status_code=201)
async def open_session(request: Request, wish: Opening) -> dict[str, str]:
    """Open a session; whoever asks gets every key to it."""
    access.check_origin(request, cookie_counts=False)
    if wish.room is None:
        opening.must_be_allowed(request, wish.word)
    elif not access.keeps_room(request, wish.room):
        raise Fault(403, "not_yours", "Opening a session in this room takes the room's key.")
    opened = await joining.open_session(
        access.rooms(request),
        wish.format,
        wish.title,
        wish.room,
        team=wish.team,
        about=wish.about,
        name=name_of(request),
    )
    budgets(request).guessed_right(request, opened.code)
    return addresses.of_opened(request, opened)


@router.post("/sessions/{code}/participants", status_code=201)
async def join(request: Request, code: str, wish: Joining) -> Response:
    """Take part. A browser also gets the key on its ring."""
    access.check_origin(request, cookie_counts=False)
    room, session = access.must_find(request, code)
    budgets(request).spend(request, "join")
    from_page = "origin" in request.headers
    if from_page:
        access.must_keep_cookies(request)
    ring = access.fresh_ring(request) if from_page else None
    mine = access.in_room(request, room.id) if ring or "authorization" in request.headers else []
    invited = [v.role.removeprefix("member:") for v in mine if v.role.startswith("member:")]
    same = [
        v.person
        for v in mine
        if v.own
        and room.room.whole(v.person) == v.person
        and text.alike(room.room.name_of(v.person)) == text.alike(wish.name)
    ]
    teams = [team for team in invited if team]
    team = (wish.team or "") if wish.team in teams or not teams else teams[0]
    leads = {t.id for t in room.room.record.teams.values() if t.kind == "leadership"}
    vouched = any(v.role == "room" for v in mine) or bool(leads & set(teams))
    voice, key = await joining.join(
        access.rooms(request),
        session.code,
        wish.name,
        team,
        wish.mode == "remote",
        ring,
        known=next(iter(same), ""),
        vouched=vouched,
    )
    response = JSONResponse({"person": voice.person, "token": key}, status_code=201)
    if ring:
        access.give_ring(request, response, ring.name)
    return response


@router.get("/sessions/{code}")
async def session(request: Request, code: str) -> dict[str, Any]:
    """Where a session stands."""
    room, found = access.must_find(request, code)
    await room.settled()
    run, phase = found.run, found.phase
    here = room.turns.audience.here_in(found.code)
    return {
        "code": found.code,
        "title": found.title,
        "format": found.format,
        "state": found.state,
        "phase": {"run": run.id, "key": phase.key, "title": phase.title} if run and phase else None,
        "deadline": run.deadline if run else None,
        "here": sum(1 for person in found.taking_part() if person in here),
        "people": sum(1 for _ in found.taking_part()),
        "teams": [{"id": t.id, "name": t.name} for t in room.room.record.standing_teams()],
    }


@router.get("/sessions/{code}/export")
async def export_outcome(request: Request, code: str) -> Response:
    """The outcome as Markdown, CSV or JSON, from any phase."""
    room, found = access.must_find(request, code)
    if not access.voices_in(request, code):
        raise Fault(403, "not_here", "Only people of this session can take its outcome along.")
    await room.settled()
    came = outcome(room.room, found)
    kind = request.query_params.get("as", "md")
    if kind == "json":
        return Response(export.as_json(came), media_type="application/json", headers=_named(found.code, kind))
    if kind == "csv":
        return Response(export.as_csv(came), media_type="text/csv", headers=_named(found.code, kind))
    if kind == "md":
        return PlainTextResponse(export.as_markdown(came), media_type="text/markdown", headers=_named(found.code, kind))
    raise Fault(422, "no_such_kind", "Choose md, csv or json.")


@router.post("/sessions/{code}/rehearsals", status_code=201)
async def rehearse(request: Request, code: str) -> Response:
    """A copy of the session, played by simulated people over the real wire."""
    access.check_origin(request)
    _, found, _ = access.must_facilitate(request, code)
    rooms = access.rooms(request)
    opened = await rehearsing.copy_for_rehearsal(rooms, found.code)
    ring = access.fresh_ring(request)
    await joining.put_on_ring(rooms, ring, Voice(opened.room, opened.code, opened.person, "facilitator"))
    people = formats.ALL[found.format].rehearsed_by if found.format in formats.ALL else PEOPLE
    request.app.state.rehearsals.begin(request, opened.code, people)
    response = JSONResponse({"go": f"/s/{opened.code}/helm", "code": opened.code}, status_code=201)
    access.give_ring(request, response, ring.name)
    return response


@router.post("/sessions/{code}/rehearsals/local", status_code=201, include_in_schema=False)
async def rehearse_from_here(request: Request, code: str) -> dict[str, str]:
    """The same for a command on this machine, which brings its own people."""
    access.must_be_local(request)
    _, found = access.must_find(request, code)
    return addresses.of_opened(request, await rehearsing.copy_for_rehearsal(access.rooms(request), found.code))


def _named(code: str, kind: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="waggle-{code}.{kind}"'}
