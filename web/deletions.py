"""Deleting: a session, a room, one's own name and words, by whoever may and types what it is."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from web import access
from web.faults import Fault
from web.links import ClaimWish
from workshop import removing
from workshop.deleting import matches

router = APIRouter(prefix="/api")


class Deleting(BaseModel):
    """The name of what is to be deleted, as somebody typed it."""

    name: str = Field(max_length=400)


@router.post("/sessions/{code}/deletion")
async def delete_session(request: Request, code: str, wish: Deleting) -> dict[str, str]:
    """Delete a session, whole, with its rehearsals; its title has to be typed."""
    access.check_origin(request)
    room, found, voice = access.must_facilitate(request, code)
    if voice.hand:
        raise Fault(403, "not_yours", "This takes a key of one's own.")
    if not matches(wish.name, found.title):
        raise Fault(422, "wrong_name", "Type the title to delete it: {title}", {"title": found.title})
    await removing.delete_session(access.rooms(request), found.code)
    return {"go": f"/r/{room.id}" if not room.turns.deleted else "/"}


@router.post("/sessions/{code}/forgetting")
async def forget_person(request: Request, code: str, wish: ClaimWish) -> dict[str, str]:
    """Remove one's own name and words from the room; votes stay counted."""
    access.check_origin(request)
    room, _ = access.must_find(request, code)
    own = [v for v in access.voices_in(request, code, wish.person) if v.own]
    if not own:
        raise Fault(403, "not_yours", "Only the person themselves can ask for that, where they joined.")
    await removing.forget_person(access.rooms(request), room, own[0].look[0])
    return {"say": "Your name and what you wrote are removed. Votes stay counted."}


@router.post("/rooms/{room}/deletion")
async def delete_room(request: Request, room: str, wish: Deleting) -> dict[str, str]:
    """Delete a room, whole, with its sessions and their rehearsals; its name has to be typed."""
    access.check_origin(request)
    held = access.must_keep(request, room)
    if not matches(wish.name, held.title):
        raise Fault(422, "wrong_name", "Type the name to delete it: {title}", {"title": held.title})
    await removing.delete_room(access.rooms(request), room)
    return {"go": "/"}
