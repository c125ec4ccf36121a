"""Whether the server is alive, able to serve, and how it is doing."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from web import access
from web.budgets import address
from web.faults import Fault
from workshop.operating.seeing import troubles

router = APIRouter()

#: How this machine names itself.
LOOPBACK = ("127.0.0.1", "::1", "::ffff:127.0.0.1")


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/readyz")
async def ready(request: Request) -> Response:
    """The data can be read and written, and there is room for more of it."""
    trouble = next(troubles(access.rooms(request)), "")
    if trouble:
        return JSONResponse({"code": "not_ready", "say": trouble}, status_code=503)
    return JSONResponse({"status": "ready"})


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Figures as Prometheus text; for this machine alone unless WAGGLE_METRICS says otherwise."""
    who = access.settings(request).metrics
    if who == "closed" or (who == "local" and address(request) not in LOOPBACK):
        raise Fault(404, "closed", "Metrics are closed to this address. WAGGLE_METRICS=open opens them.")
    return Response(request.app.state.metrics.said(), media_type="text/plain; version=0.0.4")
