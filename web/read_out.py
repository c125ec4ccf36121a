"""A read-out that anybody may read who has its link: made and withdrawn by the facilitator, with no voter's name."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from sessions.outcome import outcome
from web import access, addresses
from web.faults import Fault
from web.templating import page
from workshop import joining

router = APIRouter()


@router.post("/api/sessions/{code}/readers", status_code=201, tags=["sessions"])
async def publish(request: Request, code: str) -> dict[str, str]:
    """A link to what came out of a session, for anybody; what it shows follows the session."""
    access.check_origin(request)
    room, session, _ = access.must_facilitate(request, code)
    key = await joining.publish(room, session.code)
    url = f"{addresses.base(request)}/o/{key}"
    return {"url": url, "qr": addresses.qr(url)}


@router.post("/api/sessions/{code}/readers/taken-back", tags=["sessions"])
async def withdraw(request: Request, code: str) -> dict[str, str]:
    """No link of this kind opens the session's read-out any more."""
    access.check_origin(request)
    room, session, _ = access.must_facilitate(request, code)
    await joining.unpublish(room, session.code)
    return {"code": session.code}


@router.get("/o/{key}", response_class=HTMLResponse, include_in_schema=False)
async def read_out(request: Request, key: str) -> Response:
    """What came out of a session, for whoever was given the link; outside of search engines."""
    rooms = access.rooms(request)
    voice = access.reader(request, key)
    await rooms.awake(voice.room)
    found = rooms.find(voice.session)
    if found is None:
        raise Fault(404, "no_such_page", "This read-out is not there any more.")
    room, session = found
    await room.settled()
    came = outcome(room.room, session)
    shown = [section for section in came.shown() if not section.names_voters]
    response = page(request, "read_out.html", came=came, shown=shown, url=f"{addresses.base(request)}/o/{key}")
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
