"""The line-up as a calendar: the whole of it to take along once, and one's own to subscribe to under a secret link."""

from datetime import UTC, datetime

import icalendar
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from sessions.activities.festival import calendar
from sessions.room import Session
from web import access, addresses
from web.faults import Fault
from workshop import joining
from workshop.keys import of_calendar

router = APIRouter()


class CalendarWish(BaseModel):
    """Whose calendar: a person this browser speaks for."""

    person: str = Field(max_length=60)


@router.get("/s/{code}/line-up.ics", include_in_schema=False)
async def line_up_file(request: Request, code: str) -> Response:
    """The whole line-up as a calendar file, to be taken along once."""
    room, session = access.must_find(request, code)
    if not access.voices_in(request, code) and not access.in_room(request, room.id):
        raise Fault(403, "not_here", "Only people of this session can take its line-up along.")
    await room.settled()
    return _calendar(session, calendar.entries(room.room, session))


@router.post("/api/sessions/{code}/calendars", status_code=201, tags=["sessions"])
async def subscribe(request: Request, code: str, wish: CalendarWish) -> dict[str, str]:
    """A secret link to one's own calendar of a festival: own acts and stars, as they are whenever it is read."""
    access.check_origin(request)
    room, session = access.must_find(request, code)
    mine = next((v for v in access.voices_in(request, code) if v.person and v.person == wish.person), None)
    if mine is None or mine.role == "lent":
        raise Fault(403, "not_yours", "A calendar is made by the person themselves, where they joined.")
    key = await joining.calendar(room, session.code, mine.person)
    return {"url": f"{addresses.base(request)}/cal/{key}.ics"}


@router.get("/cal/{key}.ics", include_in_schema=False)
async def own_calendar(request: Request, key: str) -> Response:
    """One person's calendar, for whoever has its link; such a key opens nothing else."""
    rooms = access.rooms(request)
    voice = of_calendar(rooms.store, key)
    if voice is None:
        raise access.wrong_guess(request, "no_such_page", "There is no calendar under this link.")
    await rooms.awake(voice.room)
    found = rooms.find(voice.session)
    if found is None:
        raise Fault(404, "no_such_page", "This calendar is not there any more.")
    room, session = found
    await room.settled()
    person = room.room.whole(voice.person)
    if person not in session.roles:
        raise Fault(404, "no_such_page", "This calendar is not there any more.")
    return _calendar(session, calendar.entries(room.room, session, person))


def _calendar(session: Session, entries: list[calendar.Entry]) -> Response:
    """RFC 5545, in UTC: what reads it turns that into its own time."""
    made = icalendar.Calendar()
    made.add("prodid", "-//Waggle//Festival//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", session.title)
    made.add("x-published-ttl", "PT1H")
    for entry in entries:
        event = icalendar.Event()
        event.add("uid", entry.id)
        event.add("dtstamp", _utc(session.opened))
        event.add("dtstart", _utc(entry.begins))
        event.add("dtend", _utc(entry.ends))
        event.add("summary", entry.title)
        event.add("location", entry.where)
        event.add("description", entry.about)
        made.add_component(event)
    headers = {"Content-Disposition": f'inline; filename="waggle-{session.code}.ics"', "X-Robots-Tag": "noindex"}
    return Response(made.to_ical(), media_type="text/calendar; charset=utf-8", headers=headers)


def _utc(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)
