"""What people do between sessions: the weekly check-in from one link, its reminder, and informal chats."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from sessions.record import chats
from sessions.room import Room
from web import access
from web.faults import Fault
from web.records import held_room
from web.templating import page
from workshop.cut import RECORD, Visitor
from workshop.open_room import OpenRoom

router = APIRouter()

#: Friday, at nine in the morning where the reader is: floating, so that it is nine for everybody.
FRIDAY, NINE, LASTS = 4, time(9), timedelta(minutes=5)


@router.get("/r/{room_id}/check-in", response_class=HTMLResponse, include_in_schema=False)
async def check_in(request: Request, room_id: str) -> Response:
    """Where results stand today, for whoever works on them: on a phone, in a minute, from one link."""
    return await _live(request, room_id, "record/check_in.html")


@router.get("/r/{room_id}/chats", response_class=HTMLResponse, include_in_schema=False)
async def talks(request: Request, room_id: str) -> Response:
    """Whom one has talked with, about what: for the two of them."""
    return await _live(request, room_id, "record/chats.html")


@router.get("/r/{room_id}/check-in.ics", include_in_schema=False)
async def reminder(request: Request, room_id: str) -> Response:
    """Every Friday of the cycle as a calendar file, with the link to the check-in."""
    held = held_room(request, room_id)
    await held.settled()
    made = icalendar.Calendar()
    made.add("prodid", "-//Waggle//Check-in//EN")
    made.add("version", "2.0")
    event = icalendar.Event()
    first, last = _days(held.room.record.cycle)
    event.add("uid", f"check-in-{room_id}@waggle")
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", datetime.combine(first, NINE))
    event.add("dtend", datetime.combine(first, NINE) + LASTS)
    event.add("rrule", {"freq": "weekly", **({"until": datetime.combine(last, time(23, 59))} if last else {})})
    event.add("summary", f"Check-in: {held.title}")
    event.add("description", str(request.url).removesuffix(".ics"))
    made.add_component(event)
    headers = {"Content-Disposition": 'attachment; filename="check-in.ics"'}
    return Response(made.to_ical(), media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/api/rooms/{room}/chats")
async def own_chats(request: Request, room: str) -> dict[str, Any]:
    """Chats of whom this browser speaks for, and whom they could have talked with. Nobody else's, whoever asks."""
    held = held_room(request, room)
    await held.settled()
    people = _people(request, held)
    if not people:
        raise Fault(403, "not_yours", "Join a session of this room first, so that the other one knows who you are.")
    known = {id: person.name for id, person in held.room.people.items() if not person.gone and not person.same_as}
    return {
        "chats": [_shown(held.room, chat, people) for chat in chats.of(held.room, people)],
        "people": [{"id": id, "name": name} for id, name in known.items() if id not in people and name],
    }


async def _live(request: Request, room_id: str, template: str) -> Response:
    """A page with the record in it, for whoever may look at that."""
    found = access.in_room(request, room_id)
    if not found or access.rooms(request).store.room(room_id) is None:
        there = access.rooms(request).store.room(room_id) is not None
        return page(request, "knock.html", status=200 if there else 404)
    held = access.rooms(request).room(room_id)
    await held.shows(RECORD)
    keeps = any(v.role == "room" for v in found)
    people = _people(request, held)
    teams = {held.room.people[person].team for person in people}
    teams |= {v.role.removeprefix("member:") for v in found if v.role.startswith("member:")}
    state = held.desk.paint(Visitor(RECORD), keeps).replace(b"<", b"\\u003c").decode()
    speaks = " ".join(sorted(team for team in teams if team))
    own = " ".join(sorted(people))
    return page(request, template, room=held.room, name=held.title, state=state, keeps=keeps, speaks=speaks, people=own)


def _people(request: Request, held: OpenRoom) -> set[str]:
    """Everybody in the room this browser speaks for with a key of their own."""
    own = (v for v in access.in_room(request, held.id) if v.person and not v.hand and v.role not in ("screen", "lent"))
    return {held.room.whole(v.person) for v in own if held.room.whole(v.person) in held.room.people}


def _shown(room: Room, chat: chats.Chat, people: set[str]) -> dict[str, Any]:
    agreed = {room.whole(person) for person in chat.agreed}
    other = next(iter(chats.both(room, chat) - people), room.whole(chat.beside))
    return {
        "id": chat.id,
        "with": room.name_of(other),
        "mine": room.whole(chat.by) in people,
        "line": room.record.public(chat.on),
        "text": chat.text,
        "at": chat.at,
        "agreed": bool(agreed & people),
        "other_agreed": bool(agreed - people),
        "shared": chat.shared,
    }


def _days(cycle: dict[str, str]) -> tuple[date, date | None]:
    """The first Friday from the beginning of the cycle (or today) on, and the last day, if it is known."""
    start = date.fromisoformat(cycle["start"]) if cycle.get("start") else datetime.now(UTC).date()
    last = date.fromisoformat(cycle["end"]) if cycle.get("end") else None
    return start + timedelta(days=(FRIDAY - start.weekday()) % 7), last
