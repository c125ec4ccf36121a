"""The line-up to look at and to print, stage signs, and a calendar to subscribe to."""

from datetime import UTC, datetime

import icalendar
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, Response

from sessions.activities.festival import calendar
from sessions.activities.festival.feedback import lines
from sessions.activities.festival.programme import LETTERS, called, festival
from sessions.activities.festival.telling import seen_by_team
from sessions.room import Room, Session
from sessions.rules.line_up.wish import LEAD
from web import access, addresses
from web.faults import Fault
from web.templating import key_first, page
from workshop import joining
from workshop.keys import of_calendar

router = APIRouter()


class CalendarWish(BaseModel):
    """Whose calendar: a person this browser speaks for."""

    person: str = Field(max_length=60)


@router.get("/s/{code}/line-up", response_class=HTMLResponse, include_in_schema=False)
async def line_up(request: Request, code: str) -> Response:
    """The live line-up, for whoever belongs to the session or may read the record."""
    room, session = access.must_find(request, code)
    if not access.voices_in(request, code) and not access.in_room(request, room.id):
        return key_first(request, session, f"/j/{session.code}")
    await room.settled()
    kept = festival(session)
    over = session.state == "closed"
    return page(
        request,
        "line_up.html",
        session=session,
        frame=kept.frame,
        letters=LETTERS[: kept.frame.stages],
        acts={(act.slot, act.stage): act for act in kept.live.values()},
        names={act.team: called(room.room.record, act.team) for act in kept.live.values()},
        goals={act.team: next(iter(lines(room.room.record, act.team).values()), "") for act in kept.live.values()},
        moments=calendar.moments(session),
        break_after=kept.loop.break_after,
        seen=_seen(room.room, session) if over else None,
    )


@router.get("/s/{code}/line-up.ics", include_in_schema=False)
async def line_up_file(request: Request, code: str) -> Response:
    """The whole line-up as a calendar file, to be taken along once."""
    room, session = access.must_find(request, code)
    if not access.voices_in(request, code) and not access.in_room(request, room.id):
        raise Fault(403, "not_here", "Only people of this session can take its line-up along.")
    await room.settled()
    return _calendar(session, calendar.entries(room.room, session))


@router.get("/s/{code}/signs", response_class=HTMLResponse, include_in_schema=False)
async def signs(request: Request, code: str) -> Response:
    """A sheet for each stage: its letter, and a code to scan that says where one stands."""
    _, session, _ = access.must_facilitate(request, code)
    kept = festival(session)
    count = kept.frame.stages or kept.draft.frame.stages
    base = addresses.base(request)
    found = [(letter, f"{base}/s/{session.code}?at={letter}") for letter in LETTERS[:count]]
    shown = [(letter, url, addresses.qr(url)) for letter, url in found]
    return page(request, "signs.html", session=session, stages=shown)


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


def _seen(room: Room, session: Session) -> dict[str, object]:
    """Who saw whom, as a table of teams: how many of each were at whose act, and which must-see pairs met."""
    found = seen_by_team(room, festival(session))
    teams = sorted({team for pair in found for team in pair if team in room.record.teams or team == LEAD})
    pairs = {(need.consumer, need.provider) for need in room.record.dependencies.values()}
    names = {team: called(room.record, team) for team in teams}
    return {"teams": teams, "names": names, "count": found, "pairs": pairs}
