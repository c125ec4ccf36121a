"""Pages made of the record: how one team's work shows up in the big picture, and where goals drift apart."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from sessions.record.contribution import contribution
from sessions.record.drift import drift
from web import access
from web.templating import page
from workshop.open_room import OpenRoom

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/r/{room_id}/contribution/{team}")
async def one_team(request: Request, room_id: str, team: str) -> Response:
    """How a team's work shows up, on one screen and one sheet of paper; for anybody who may look at the record."""
    room = await _looked_at(request, room_id)
    if room is None:
        return _knock(request, room_id)
    listed = room.room.record.teams.get(team)
    if listed is None or listed.gone:
        return page(request, "knock.html", status=404)
    return page(request, "contribution.html", room=room.room, name=room.title, found=contribution(room.room, team))


@router.get("/r/{room_id}/drift")
async def report(request: Request, room_id: str) -> Response:
    """What teams push upward, where they pull apart, and the questions that makes for leadership."""
    room = await _looked_at(request, room_id)
    if room is None:
        return _knock(request, room_id)
    return page(request, "drift.html", room=room.room, name=room.title, report=drift(room.room))


async def _looked_at(request: Request, room_id: str) -> OpenRoom | None:
    """The room, where whoever asks may look at its record."""
    if not access.in_room(request, room_id) or access.rooms(request).store.room(room_id) is None:
        return None
    room = access.rooms(request).room(room_id)
    await room.settled()
    return room


def _knock(request: Request, room_id: str) -> Response:
    there = access.rooms(request).store.room(room_id) is not None
    return page(request, "knock.html", status=200 if there else 404)
