"""What is printed: what a session came to, a sheet to take to a team, posters and route cards."""

import json

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from sessions.activities.gallery import printed
from sessions.outcome import because, fates, outcome
from sessions.running.closing import Pulse
from web import access, addresses
from web.templating import key_first, page

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/s/{code}/outcome")
async def draft(request: Request, code: str) -> Response:
    """What the session came to, to look at and to print."""
    room, session = access.must_find(request, code)
    found = access.voices_in(request, code)
    if not found:
        return key_first(request, session, f"/j/{session.code}")
    await room.settled()
    taking_part = [v.person for v in found if "participant" in session.roles.get(v.person, ())]
    return page(
        request,
        "outcome.html",
        session=session,
        room=room.id,
        came=outcome(room.room, session),
        fates=json.dumps(fates(room.room, session)),
        because=json.dumps(because(room.room, session)).replace("<", "\\u003c"),
        person=taking_part[0] if taking_part else "",
        steers=any(session.is_facilitator(v.person) for v in found),
        answered=bool(taking_part and taking_part[0] in session.part(Pulse).answered),
    )


@router.get("/s/{code}/sheet")
async def sheet(request: Request, code: str) -> Response:
    """One page to take along to a team: the goal, and room for what they say."""
    room, session = access.must_find(request, code)
    found = access.voices_in(request, code)
    if not found:
        return key_first(request, session, f"/j/{session.code}")
    await room.settled()
    people = {v.person for v in found}
    record = room.room.record
    visits = [v for v in record.visits.values() if v.session == session.code and v.person in people]
    teams = [(record.teams[v.team].name, v.by) for v in visits if v.team in record.teams]
    objective = room.room.works_on(session)
    results = record.results_of(objective.id) if objective else []
    return page(request, "sheet.html", session=session, teams=teams, objective=objective, results=results)


@router.get("/s/{code}/paper")
async def paper(request: Request, code: str) -> Response:
    """Posters with their numbers and QR codes, cards for hosts and walkers eight to a page, and a spare sheet."""
    room, session, _ = access.must_facilitate(request, code)
    await room.settled()
    join = f"{addresses.base(request)}/j/{session.code}"
    return page(
        request,
        "paper.html",
        session=session,
        posters=printed.posters(room.room, session),
        hosts=printed.hosts(room.room, session),
        walkers=printed.walkers(room.room, session),
        join_url=join,
        join_qr=addresses.qr(join),
    )
