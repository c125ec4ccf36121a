"""How a page is made: of a template, what every page is told, and the live state of a session."""

import secrets
import time
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from sessions import activities
from sessions.record.results.result import plain
from sessions.room import Session
from sessions.rules.differences import differences
from web import access, addresses, opening
from web.assets import Assets
from web.faults import Fault
from workshop.cut import Look, Visitor
from workshop.open_room import OpenRoom


def in_size(count: int) -> str:
    """Bytes as people read them."""
    sizes = (("GB", 1024**3), ("MB", 1024**2))
    unit, one = next((size for size in sizes if count >= 10 * size[1]), ("KB", 1024))
    return f"{count / one:,.0f} {unit}"


def in_moment(at: int) -> str:
    """Unix milliseconds as people read them, by the clock of the server's machine."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at / 1000))


here = Path(__file__).parent
assets = Assets(here / "static", here / "vendor.json")
templates = Jinja2Templates(
    env=Environment(loader=FileSystemLoader(here / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
)


@cache
def _alike(template: str, face: str) -> Markup:
    """What the activities show on every page of a kind: made once, for it is the same in every session."""
    return Markup(templates.env.get_template(template).render(face=face))


templates.env.globals.update(
    asset=assets.url,
    alpine=assets.alpine,
    face=assets.face,
    imported=assets.imported,
    activities=activities.ALL,
    differences=differences,
    activity_sheets=lambda: assets.names("css/activities", ".css"),
    activity_scripts=lambda: assets.names("js/activities", ".js"),
    faces=lambda face: _alike("faces.html", face),
    alongs=lambda face: _alike("alongs.html", face),
)
templates.env.globals["at"] = ""
templates.env.filters["figure"] = plain
templates.env.filters["place"] = lambda join_url: join_url.split("://")[1].rpartition("/j/")[0]
templates.env.filters["size"] = in_size
templates.env.filters["moment"] = in_moment
templates.env.filters["spaced"] = lambda code: f"{code[:3]} {code[3:]}"


def bring(folder: Path) -> None:
    """Templates, scripts and style sheets of a further folder, laid out as this one is, are there too."""
    loader = templates.env.loader
    assert loader is not None
    templates.env.loader = ChoiceLoader([loader, FileSystemLoader(folder / "templates")])
    assets.bring(folder / "static")
    _alike.cache_clear()


def stand_beneath(path: str) -> None:
    """Every address on a page begins with this path from now on."""
    templates.env.globals["at"] = assets.beneath = path
    _alike.cache_clear()


def compile_templates() -> None:
    """Have every template ready before the first page is asked for: nobody waits for another's first page."""
    for name in templates.env.list_templates():
        templates.env.get_template(name)


def failed(request: Request, fault: Fault) -> Response:
    """An error as a page."""
    return page(request, "error.html", status=fault.status, say=fault.say)


def key_first(request: Request, session: Session, otherwise: str, takes: str = "") -> Response:
    """The page that trades a link’s key; without one it asks ``takes`` for a place, or says where to go."""
    return page(request, "key.html", session=session, otherwise=otherwise, takes=takes)


async def live_page(
    request: Request,
    template: str,
    room: OpenRoom,
    session: Session,
    person: str,
    helm: bool = False,
    look: Look | None = None,
    **context: Any,
) -> Response:
    await room.shows(session.code)
    entry, hand = look or (person, "")
    visitor = Visitor(session.code, person, entry, hand, session.code)
    state = room.desk.paint(visitor, helm).replace(b"<", b"\\u003c").decode()
    join_url = f"{addresses.base(request)}/j/{session.code}"
    return page(request, template, session=session, person=person, state=state, join_url=join_url, **context)


def page(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """A page made of a template, with what every page is told."""
    known = access.keeps_cookies(request)
    given = {"status": status, "known": known, "open_to": opening.asks(request), **context}
    given["hooks"] = access.settings(request).hooks
    given["keep_days"] = access.settings(request).keep_days
    made: Response = templates.TemplateResponse(request, template, given, status_code=status)
    if not known:
        # A ring with nothing on it: what comes next finds out whether this browser keeps it.
        access.give_ring(request, made, secrets.token_urlsafe(24))
    return made
