"""The application: routes, error pages, headers every answer carries, and the rooms behind it."""

import contextlib
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from email.utils import formatdate
from typing import Any

import structlog
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sessions.rules.refusal import Refused
from web import (
    access,
    addresses,
    api,
    calendars,
    deletions,
    described_wire,
    extras,
    health,
    hooks,
    line_up,
    links,
    live,
    operating,
    pages,
    paper,
    plans,
    read_out,
    record_pages,
    records,
    reports,
    rituals,
    server_page,
    start,
    templating,
)
from web.beneath import Beneath
from web.budgets import Budgets
from web.described import describe, name_of
from web.elsewhere import Elsewhere, answer_others
from web.faults import Fault
from web.metrics import Metrics
from web.patience import Bodies
from web.proxies import Proxies
from web.rehearsals import Rehearsals
from web.signing_in import pages as signing_in
from workshop import VERSION, removing, storing
from workshop.directory import Rooms
from workshop.hooks.delivering import Delivering
from workshop.operating.copies import private
from workshop.settings import Settings

logger = structlog.get_logger()

#: What is done with the rooms before the first request is answered.
Opening = Callable[[Rooms], Awaitable[None]]

#: Where browsers go.
PAGES = (start, pages, record_pages, reports, rituals, paper, line_up, calendars, read_out, signing_in, server_page)


def create_app(settings: Settings | None = None, opening: Opening | None = None) -> FastAPI:
    """The application; it holds the data from its first breath to its last."""
    chosen = settings or Settings()
    if chosen.extras:
        extras.bring(chosen.extras)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        rooms = app.state.rooms = Rooms(storing.opened(chosen))
        rooms.log.tells_others = chosen.hooks != "nowhere"
        if chosen.bus:
            # One process alone does without what this needs.
            from workshop.together.over_nats import OverNats

            together = rooms.with_others(OverNats(chosen.bus, f"waggle.{rooms.store.identity}"))
            answer_others(app, together.links)
            app.state.budgets.share(together.links)
            await together.open()
        rooms.start(lambda: removing.tidy(rooms, chosen.keep_days))
        calls = Delivering(rooms, addresses.configured(chosen), chosen.hooks == "anywhere")
        app.state.metrics.watch(rooms, calls)
        await calls.start()
        templating.compile_templates()
        if opening:
            await opening(rooms)
        _write_local_key(app, chosen)
        yield
        await app.state.rehearsals.stop()
        await calls.stop()
        await app.state.rooms.stop()

    app = FastAPI(
        title="Waggle",
        version=VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=name_of,
    )
    describe(app)
    app.state.settings = chosen
    app.state.policy, app.state.framed = _policy(chosen.framed_by()), bool(chosen.framed_by())
    app.state.budgets = Budgets()
    app.state.metrics = Metrics()
    app.state.rehearsals = Rehearsals()
    _answer_with_parts(app)
    app.add_exception_handler(Fault, _fault)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    _stand_between(app, chosen)
    templating.stand_beneath(chosen.path())
    return app


def _answer_with_parts(app: FastAPI) -> None:
    """Every route; what a thousand people ask for at once is found first."""
    first = (live, pages, api)
    rest = (described_wire, links, records, hooks, plans, deletions, operating, *PAGES, health)
    for part in dict.fromkeys((*first, *rest)):
        app.include_router(part.router, dependencies=[Depends(access.awake)])
    app.add_api_route("/static/{version}/{name:path}", _static, include_in_schema=False)


def _stand_between(app: FastAPI, settings: Settings) -> None:
    """What stands between the socket and the routes, the innermost first."""
    if settings.sign_in and settings.sign_in != "header":
        # Whoever has no provider does without what this needs.
        from web.signing_in.provider import set_up

        set_up(app, settings)
    app.add_middleware(Elsewhere, whole=app, refuse=_refuse)
    app.add_middleware(Bodies)
    app.add_middleware(Headers)
    app.add_middleware(Beneath, path=settings.path())
    app.add_middleware(Proxies, trusted=settings.proxies, headers=settings.sign_in_headers())


class Headers:
    """Adds the headers every answer carries, and logs it without its query."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, policy, asked = time.perf_counter(), scope["app"].state.policy, _as_get(scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy)
                headers.setdefault("Referrer-Policy", "same-origin")
                headers.setdefault("X-Content-Type-Options", "nosniff")
                if not scope["app"].state.framed:
                    # It knows no list; where there is one, the policy above says it.
                    headers.setdefault("X-Frame-Options", "SAMEORIGIN")
                headers.setdefault("Cache-Control", "no-store")
                headers.setdefault("Date", formatdate(usegmt=True))
                _log(scope["method"], asked, message["status"], began)
            await send(message)

        await self.app(asked, receive, with_headers)


def _as_get(scope: Scope) -> Scope:
    """Whoever asks for the head of an answer alone is answered as if for all of it; uvicorn sends the head."""
    return {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope


def _policy(frames: list[str]) -> str:
    framed_by = " ".join(("'self'", *frames))
    return (
        f"default-src 'none'; script-src {templating.assets.script_sources()}; style-src 'self'; "
        "img-src 'self' data:; font-src 'self'; manifest-src 'self'; connect-src 'self' ws: wss:; frame-src 'self'; "
        f"frame-ancestors {framed_by}; form-action 'self'; base-uri 'none'"
    )


def _log(method: str, scope: Scope, status: int, began: float) -> None:
    if scope["path"].startswith(("/static", "/healthz", "/readyz", "/metrics")):
        return
    took = time.perf_counter() - began
    # The route, not the address: codes are in no log.
    route = getattr(scope.get("route"), "path", "no such page")
    scope["app"].state.metrics.answered(method, route, status, took)
    logger.info("answered", method=method, path=route, status=status, ms=round(took * 1000, 1))


async def _static(version: str, name: str) -> Response:
    try:
        file = templating.assets.file(name)
    except (OSError, ValueError):
        file = None
    if file is None:
        raise Fault(404, "no_such_page", "There is nothing at this address.")
    kept = "public, max-age=31536000, immutable" if version == templating.assets.version else "no-cache"
    return FileResponse(file, headers={"Cache-Control": kept})


async def _fault(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, Fault)
    if _wants_page(request):
        return templating.failed(request, fault)
    return JSONResponse(fault.told(), status_code=fault.status)


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refused)
    return await _fault(request, access.as_fault(refusal))


async def _refuse(request: Request, why: Exception) -> Response:
    """What is said where no route could be asked."""
    return await (_http(request, why) if isinstance(why, HTTPException) else _refused(request, why))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    say = {404: "There is nothing at this address.", 405: "This address does not take that."}
    code = {408: "too_slow", 413: "too_large"}.get(error.status_code, "http_error")
    return await _fault(request, Fault(error.status_code, code, say.get(error.status_code, str(error.detail))))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first: dict[str, Any] = dict(error.errors()[0])
    where = " ".join(str(part) for part in first.get("loc", ())[1:])
    return await _fault(
        request,
        Fault(422, "bad_request", "{where}: {fault}.", {"where": where or "The request", "fault": first.get("msg")}),
    )


def _wants_page(request: Request) -> bool:
    return not request.url.path.startswith("/api") and "text/html" in request.headers.get("accept", "")


def _write_local_key(app: FastAPI, settings: Settings) -> None:
    """A key for commands run on this machine, readable by the server's own user alone."""
    app.state.local_key = secrets.token_urlsafe(24)
    settings.data.mkdir(parents=True, exist_ok=True)
    file = settings.data / "local.key"
    private(file)
    file.write_text(app.state.local_key)
