"""The line-up to look at and to print, and stage signs."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from sessions.activities.festival import calendar
from sessions.activities.festival.feedback import lines
from sessions.activities.festival.programme import LETTERS, called, festival
from sessions.activities.festival.telling import seen_by_team
from sessions.room import Room, Session
from sessions.rules.line_up.wish import LEAD
from web import access, addresses
from web.templating import key_first, page

router = APIRouter()


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


def _seen(room: Room, session: Session) -> dict[str, object]:
    """Who saw whom, as a table of teams: how many of each were at whose act, and which must-see pairs met."""
    found = seen_by_team(room, festival(session))
    teams = sorted({team for pair in found for team in pair if team in room.record.teams or team == LEAD})
    pairs = {(need.consumer, need.provider) for need in room.record.dependencies.values()}
    names = {team: called(room.record, team) for team in teams}
    return {"teams": teams, "names": names, "count": found, "pairs": pairs}
