"""The JSON API of a room: files in and out, invitations, and agendas."""

import asyncio
import json
import re
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from sessions.record.checks.findings import Findings, Standing
from sessions.record.checks.seen import shown
from sessions.record.files.incoming import Incoming
from sessions.rules import text
from sessions.rules.days import a_day, is_after
from sessions.running.agenda_files import written
from sessions.running.agendas import Agendas
from web import access, addresses, opening
from web.budgets import budgets
from web.demo import open_demo, open_ready, open_step
from web.demo_steps import LAST
from web.faults import Fault
from workshop import files, joining, taking_in, turning
from workshop.files import opening as opening_files
from workshop.files.sheets.heads import KEPT, NAMES
from workshop.files.sheets.heads import said as said_head
from workshop.open_room import OpenRoom

router = APIRouter(prefix="/api")


#: The most of what cannot be read, and of what is not used, that is named.
_MOST_NAMED, _MOST_LEFT = 50, 500


class RoomWish(BaseModel):
    """What a room is called; whether it begins with the demonstration organisation in it, and its festival ready."""

    name: str = Field("", max_length=400)
    demo: bool = False
    festival: bool = False
    #: A step of the demonstration's cycle, from 1 to 11; 0 is the record after its marketplace.
    step: int = Field(0, ge=0, le=LAST)
    word: str = Field("", max_length=200)


class InviteWish(BaseModel):
    """For which team an invitation is; for nobody in particular without one."""

    team: str = Field("", max_length=60)


@router.post("/rooms", status_code=201)
async def open_room(request: Request, wish: RoomWish) -> Response:
    """Open a room without a session; whoever asks gets its key."""
    access.check_origin(request, cookie_counts=False)
    opening.must_be_allowed(request, wish.word)
    ring = access.fresh_ring(request) if "origin" in request.headers else None
    rooms = access.rooms(request)
    if wish.demo and wish.step:
        made = await open_step(rooms, wish.step, addresses.base(request), ring)
        answer = JSONResponse(made, status_code=201)
        if ring:
            access.give_ring(request, answer, ring.name)
        return answer
    id, key = await (open_demo(rooms, ring) if wish.demo else joining.open_room(rooms, wish.name.strip(), ring))
    ready = wish.demo and wish.festival
    more = await open_ready(rooms, id, addresses.base(request), ring) if ready else {}
    url = f"{addresses.base(request)}/r/{id}#key={key}"
    response = JSONResponse({"room": id, "room_token": key, "url": url, **more}, status_code=201)
    if ring:
        access.give_ring(request, response, ring.name)
    return response


@router.post("/rooms/{room}/import")
async def take_in(request: Request, room: str) -> Response:
    """Take a file into the record, whole or not at all; ``?dry=1`` only says what it would bring."""
    access.check_origin(request)
    held = access.must_keep(request, room)
    budgets(request).spend(request, "import")
    came = await _read(request, held)
    found = await taking_in.would_bring(held, came)
    bad = [*{(told["line"], told["say"]): told for told in sorted((u.told() for u in came.bad), key=_where)}.values()]
    if request.query_params.get("dry") not in (None, "", "0"):
        found["unused"] = found["unused"][:_MOST_LEFT]
        return JSONResponse({**found, "bad": bad[:_MOST_NAMED], "bad_rows": len(bad)})
    if bad:
        one = "1 row cannot be read, so nothing was imported. Line {line}: {say}"
        several = "{rows} rows cannot be read, so nothing was imported. Line {line}: {say}"
        first = {"rows": len(bad), "line": bad[0]["line"], "say": bad[0]["say"]}
        sentence = one if len(bad) == 1 else several
        raise Fault(422, "bad_rows", sentence, first, bad=bad[:_MOST_NAMED], bad_rows=len(bad))
    await taking_in.take_in(held, came)
    return JSONResponse({**found, "unused": found["unused"][:_MOST_LEFT], "bad": [], "bad_rows": 0})


@router.get("/rooms/{room}/export")
async def give_out(request: Request, room: str) -> Response:
    """The record as JSON, CSV, Markdown or an Excel file, or its needs as a table of their own (``as=needs``).

    ``marks=semicolons`` writes a table for spreadsheets that part cells with them, and figures with a decimal comma.
    """
    held = access.must_keep(request, room)
    kind = request.query_params.get("as", "json")
    if kind not in files.WRITTEN:
        raise Fault(422, "no_such_kind", "Choose xlsx, csv, json, md, needs, links, findings or check-ins.")
    how = files.WRITTEN["csv;" if kind == "csv" and request.query_params.get("marks") == "semicolons" else kind]
    body = await held.turns.apart(lambda: how.write(held.room))
    named = {"Content-Disposition": f'attachment; filename="{how.name}"'}
    return Response(body, media_type=how.media, headers=named)


@router.get("/rooms/{room}/findings")
async def findings(request: Request, room: str) -> dict[str, Any]:
    """What the record asks by itself at this moment, with the room's key: code, ids, words, and how each stands."""
    held = access.must_keep(request, room)
    await held.settled()
    found = Findings.of(held.room).standing()
    return {"findings": [_finding(key, standing) for key, standing in found.items()]}


class NextWish(BaseModel):
    """The next cycle: its name and days (ISO), and by result whether it continues, changes or stops."""

    name: str = Field(max_length=60)
    start: str = ""
    end: str = ""
    results: dict[str, Literal["continue", "change", "stop"]] = {}


@router.post("/rooms/{room}/next", status_code=201)
async def turn_cycle(request: Request, room: str, wish: NextWish) -> Response:
    """Close this cycle, and open the next in a room of its own; whoever asks gets its key."""
    access.check_origin(request)
    held = access.must_keep(request, room)
    start, end = a_day(wish.start), a_day(wish.end)
    if is_after(start, end):
        raise Fault(422, "bad_day", "The cycle would end before it begins.")
    name = text.clean(wish.name, text.NAME, "The name of the next cycle")
    ring = access.fresh_ring(request) if "origin" in request.headers else None
    following, key = await turning.turn(access.rooms(request), held, name, start, end, wish.results, ring)
    url = f"{addresses.base(request)}/r/{following}#key={key}"
    response = JSONResponse({"room": following, "room_token": key, "url": url}, status_code=201)
    if ring:
        access.give_ring(request, response, ring.name)
    return response


@router.post("/rooms/{room}/invitations", status_code=201)
async def invite(request: Request, room: str, wish: InviteWish) -> dict[str, str]:
    """A link to look at the record and come to its sessions: one for a team, or one for all."""
    access.check_origin(request)
    held = access.must_keep(request, room)
    key = await joining.invite(held, wish.team)
    url = f"{addresses.base(request)}/r/{room}#key={key}"
    return {"url": url, "qr": addresses.qr(url)}


@router.post("/rooms/{room}/invitations/taken-back")
async def uninvite(request: Request, room: str, wish: InviteWish) -> dict[str, str]:
    """Take back every link to the record that was made for a team, or every one that was made for all."""
    access.check_origin(request)
    held = access.must_keep(request, room)
    await joining.uninvite(held, wish.team)
    return {"team": wish.team}


@router.post("/formats", status_code=201)
async def keep_agenda(request: Request, room: str) -> dict[str, str]:
    """Keep an agenda in a room, with its key: a name and steps, as ``GET …/agendas/{id}`` gives them."""
    access.check_origin(request)
    held = access.must_keep(request, room)
    budgets(request).spend(request, "import")
    try:
        file = json.loads(await request.body())
    except ValueError:
        raise Fault(422, "not_json", "This is not the JSON of an agenda.") from None
    return {"format": await joining.keep_agenda(held, file)}


@router.get("/rooms/{room}/agendas/{agenda}")
async def take_agenda(request: Request, room: str, agenda: str) -> Response:
    """An agenda as a file, for anybody who may look at the record."""
    held = held_room(request, room)
    await held.settled()
    found = held.room.part(Agendas).kept.get(agenda)
    if found is None:
        raise Fault(404, "no_such_agenda", "There is no such agenda in this room.")
    name = re.sub(r"[^\w-]+", "-", found.name.casefold()).strip("-") or "agenda"
    headers = {
        "Content-Disposition": f'attachment; filename="{name.encode("ascii", "ignore").decode() or "agenda"}.json"'
    }
    return JSONResponse(written(found), headers=headers)


def _finding(key: str, standing: Standing) -> dict[str, Any]:
    seen = shown(standing)
    told = ("code", "on", "say", "blocks", "state", "family", "fix", "sharp", "name", "reason")
    return {"finding": key, **{name: getattr(seen, name) for name in told}}


async def _read(request: Request, held: OpenRoom) -> Incoming:
    """What the body brings; what it is said to be is a hint, what it is decides."""
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if said not in opening_files.TYPES:
        sentence = "Send a sheet (.xlsx, .ods), a table (text/csv), Markdown or text, or JSON (application/json)."
        raise Fault(415, "no_such_kind", sentence)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > files.LARGEST:
            raise Fault(413, "too_large", "A file can have {most} MB.", {"most": files.LARGEST // 1_000_000})
    columns = _columns(request)
    chosen = {**held.room.record.columns, **columns}
    came = await asyncio.to_thread(opening_files.read, body, opening_files.TYPES[said], chosen)
    came.chosen = columns
    return came


def _columns(request: Request) -> dict[str, str]:
    """What unknown columns of a table say, by their words, as whoever looked at the preview chose."""
    said = request.query_params.get("columns", "")
    if not said:
        return {}
    try:
        found = json.loads(said)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(name in (*NAMES, *KEPT, "none") for name in found.values()):
        raise Fault(422, "bad_columns", "Say for each column what it is: {known}.", {"known": ", ".join(NAMES)})
    return {said_head(str(head)[:100]): str(name) for head, name in found.items()}


def held_room(request: Request, room: str) -> OpenRoom:
    """The room, for anybody who may look at its record."""
    if not access.in_room(request, room) or access.rooms(request).store.room(room) is None:
        raise Fault(404, "no_such_room", "There is no such room, or this browser has no key to it.")
    return access.rooms(request).room(room)


def _where(told: dict[str, Any]) -> tuple[int, str]:
    return told["line"], told["say"]
