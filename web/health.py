"""Whether the server is alive, able to serve, and how it is doing."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from web import access
from web.budgets import address
from web.faults import Fault

router = APIRouter()

#: Bytes that have to be free on the disk: some hours of a large festival.
LEAST_FREE = 20 * 1024 * 1024
#: How this machine names itself.
LOOPBACK = ("127.0.0.1", "::1", "::ffff:127.0.0.1")


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/readyz")
async def ready(request: Request) -> Response:
    """The data can be read and written, and there is room for more of it."""
    rooms = access.rooms(request)
    try:
        rooms.store.session("")
        left = rooms.store.room_left()
    except Exception:
        return _not_ready("The data cannot be read.")
    if left is not None and left < LEAST_FREE:
        return _not_ready("The disk is full: make room in WAGGLE_DATA.")
    if rooms.together is not None and rooms.together.leaving:
        return _not_ready("This process is about to end: send nobody here.")
    if rooms.together is not None and not rooms.together.reached:
        return _not_ready("The other processes cannot be reached: is WAGGLE_BUS running?")
    if rooms.log.fails:
        return _not_ready("What people did last could not be stored.")
    return JSONResponse({"status": "ready"})


def _not_ready(sentence: str) -> Response:
    return JSONResponse({"code": "not_ready", "say": sentence}, status_code=503)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Figures as Prometheus text; for this machine alone unless WAGGLE_METRICS says otherwise."""
    who = access.settings(request).metrics
    if who == "closed" or (who == "local" and address(request) not in LOOPBACK):
        raise Fault(404, "closed", "Metrics are closed to this address. WAGGLE_METRICS=open opens them.")
    return Response(request.app.state.metrics.said(), media_type="text/plain; version=0.0.4")
