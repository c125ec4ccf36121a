"""A read-out that anybody may read who has its link: made and withdrawn by the facilitator, with no voter's name."""

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from sessions.outcome import Outcome, outcome
from web import access, addresses, picture
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
    came = await _came(request, key)
    shown = [section for section in came.shown() if not section.names_voters]
    url = f"{addresses.base(request)}/o/{key}"
    response = page(request, "read_out.html", came=came, shown=shown, url=url, told=_told(came))
    response.headers.update(_UNLISTED)
    return response


@router.get("/o/{key}/picture.png", include_in_schema=False)
async def read_out_picture(request: Request, key: str) -> Response:
    """The same as a picture, for a chat the link is pasted into: no more than the page says, and nobody's name."""
    told = _told(await _came(request, key))
    image = await run_in_threadpool(picture.draw, told)
    return Response(image, media_type="image/png", headers=_UNLISTED)


_UNLISTED = {"X-Robots-Tag": "noindex, nofollow"}


async def _came(request: Request, key: str) -> Outcome:
    """What came out of the session that this key reads."""
    rooms = access.rooms(request)
    voice = access.reader(request, key)
    await rooms.awake(voice.room)
    found = rooms.find(voice.session)
    if found is None:
        raise Fault(404, "no_such_page", "This read-out is not there any more.")
    room, session = found
    await room.settled()
    return outcome(room.room, session)


def _told(came: Outcome) -> picture.Told:
    """The sentence, and the figures of what is measured."""
    lines = [line for section in came.shown() if section.set == "cards" for line in section.lines]
    measured = [line.cells for line in lines if line.cells.get("baseline") or line.cells.get("target")]
    figures = tuple((c.get("baseline") or "?", c.get("target") or "?", c.get("unit", "")) for c in measured)
    if came.headline:
        return picture.Told(came.title, came.headline, came.stamp, figures)
    return picture.Told("", came.title, "", figures)
