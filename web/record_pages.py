"""The pages of the record: the record itself, live, and every change of it."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from sessions import formats
from sessions.record.brief import BRIEF
from sessions.record.charter import CHARTER
from sessions.record.history import history
from web import access
from web.templating import page
from workshop.cut import RECORD, Visitor
from workshop.keys import Voice

#: How many changes stand on one page.
PAGE = 200

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/r/{room_id}")
async def record(request: Request, room_id: str) -> Response:
    """The record of a room, live, for whoever keeps it, was invited, or took part in one of its sessions."""
    mine = access.in_room(request, room_id)
    if not mine or access.rooms(request).store.room(room_id) is None:
        there = access.rooms(request).store.room(room_id) is not None
        return page(request, "knock.html", status=200 if there else 404)
    room = access.rooms(request).room(room_id)
    owns = any(v.role == "room" for v in mine)
    hands = [] if room.room.record.read_only else mine
    keeps, people = owns and bool(hands), {room.room.whole(v.person) for v in hands if v.person}
    await room.shows(RECORD)
    state = room.desk.paint(Visitor(RECORD), owns).replace(b"<", b"\\u003c").decode()
    came = {room.room.whole(v.person) for v in mine if v.person}
    visits = {visit.session for visit in room.room.record.visits.values() if visit.person in came}
    return page(
        request,
        "record.html",
        room=room.room,
        name=room.room.record.organisation or room.room.name or "The record",
        title=room.title,
        state=state,
        owns=owns,
        keeps=keeps,
        answers=keeps or bool(people & {*room.room.record.leaders, *room.room.record.carriers()}),
        may_speak=keeps or bool(people) or any(v.role.startswith("member:") for v in hands),
        brief_parts=list(BRIEF.items()),
        charter_parts=list(CHARTER.items()),
        formats=list(formats.ALL.values()),
        speaks=sorted(_teams_of(hands, [room.room.people[person].team for person in people])),
        sheets=sorted(visits),
    )


def _teams_of(mine: list[Voice], teams: list[str]) -> set[str]:
    """The teams somebody can speak for: those they were invited as, and those they take part for."""
    invited = {voice.role.removeprefix("member:") for voice in mine if voice.role.startswith("member:")}
    return {team for team in (*invited, *teams) if team}


@router.get("/r/{room_id}/changes")
async def changes(request: Request, room_id: str, of: str = "", skip: int = 0) -> Response:
    """Every change of the record with its words, its hand, its hour and its reason; ``of`` one objective.

    A page holds the newest after the first ``skip``.
    """
    mine = access.in_room(request, room_id)
    if not mine or access.rooms(request).store.room(room_id) is None:
        there = access.rooms(request).store.room(room_id) is not None
        return page(request, "knock.html", status=200 if there else 404)
    room = access.rooms(request).room(room_id)
    await room.settled()
    keeps = any(v.role == "room" for v in mine)
    skip = min(max(skip, 0), 1_000_000)
    found = history(room.room, of=of, drafts=keeps, most=PAGE + 1, skip=skip)
    objective = room.room.record.objectives.get(of)
    shown = objective if objective and (keeps or objective.status != "draft") else None
    name = room.room.record.organisation or room.room.name or "The record"
    older = skip + PAGE if len(found) > PAGE else 0
    facts = {"older": older, "newer": skip > 0}
    return page(request, "changes.html", room=room.room, name=name, changes=found[:PAGE], of=shown, pages=facts)
