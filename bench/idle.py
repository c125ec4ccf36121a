"""What a silent room costs: two hundred seats that were told everything, and are told nothing more."""

import asyncio
import statistics

from bench.figures import PAIRS, report
from bench.processes import Waggle
from bench.seats import quiet, sit

SEATS, SECONDS, GOAL = 200, 10.0, 0.5


async def measure() -> None:
    """For ``bin/bench idle``: CPU milliseconds a second with silent seats, which answer pings and send nothing else."""
    server = Waggle()
    try:
        await server.ready()
        opened = server.post("/api/sessions", {"format": "ideas_and_dots", "title": "Bench"})
        live = f"/api/sessions/{opened['code']}/live"
        names = (f"P{n}" for n in range(SEATS))
        tokens = [server.post(f"/api/sessions/{opened['code']}/participants", {"name": n})["token"] for n in names]
        seats = await sit(server.port, [(live, token) for token in tokens])
        await quiet(seats)
        costs = [await _cost(server) for _ in range(PAIRS)]
    finally:
        server.stop()
    report(
        f"CPU a second with {SEATS} silent seats, ms (median of {PAIRS} times {SECONDS:.0f} s)",
        statistics.median(costs),
        GOAL,
    )


async def _cost(server: Waggle) -> float:
    began = server.cpu()
    await asyncio.sleep(SECONDS)
    return (server.cpu() - began) / SECONDS * 1_000
