"""Whether the server is alive, able to serve, and how it is doing."""

import shutil
from collections.abc import Iterator

from fastapi import APIRouter, Request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.responses import JSONResponse, Response

from web import access
from web.budgets import address
from web.faults import Fault
from workshop import VERSION
from workshop.directory import Rooms

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
        free = shutil.disk_usage(rooms.store.folder).free
    except Exception:
        return _not_ready("The data cannot be read.")
    if free < LEAST_FREE:
        return _not_ready("The disk is full: make room in WAGGLE_DATA.")
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
    registry = CollectorRegistry()
    registry.register(_Figures(access.rooms(request)))
    return Response(generate_latest(registry), media_type="text/plain; version=0.0.4")


class _Figures(Collector):
    """Reads the figures off the rooms."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def collect(self) -> Iterator[Metric]:
        rooms = self._rooms.in_memory()
        log = self._rooms.log
        yield InfoMetricFamily("waggle_build", "The version of Waggle", {"version": VERSION})
        yield GaugeMetricFamily("waggle_rooms", "Rooms in memory", len(rooms))
        yield GaugeMetricFamily("waggle_seats", "Open sockets", sum(r.desk.seats() for r in rooms))
        yield CounterMetricFamily("waggle_commands", "Commands taken", sum(r.turns.commands for r in rooms))
        frames = sum(r.desk.frames for r in rooms)
        yield CounterMetricFamily("waggle_frames", "Frames told to seats", frames)
        yield CounterMetricFamily("waggle_rows_stored", "Rows stored", log.stored)
        yield CounterMetricFamily("waggle_batches_failed", "Batches that could not be stored", log.failed)
