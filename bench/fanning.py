"""One message to many seats, against plainer servers."""

import asyncio
import statistics

from bench.figures import PAIRS, ratio
from bench.processes import Process, free_port
from bench.seats import Seat, sit


async def fan_out(process: Process, seats: list[Seat], rounds: int) -> float:
    """CPU milliseconds per 1,000 delivered frames; the next message goes out when all have the last."""
    began = process.cpu()
    for _ in range(rounds):
        wanted = sum(seat.frames for seat in seats) + len(seats)
        seats[0].say({"go": 1})
        while sum(seat.frames for seat in seats) < wanted:
            await asyncio.sleep(0.0005)
    return 1e6 * (process.cpu() - began) / (rounds * len(seats))


async def measure_fan_out(people: int, rounds: int) -> None:
    """Waggle's fan-out against a FastAPI loop and against bare transports."""
    kinds = ("waggle", "fastapi", "bare")
    processes = {}
    seats = {}
    for kind in kinds:
        port = free_port()
        processes[kind] = await Process("-m", "bench.plain", kind, str(port), port=port).ready()
        seats[kind] = await sit(port, [("/", "")] * people, first=False)
        await fan_out(processes[kind], seats[kind], 3)
    costs: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(PAIRS):
        for kind in kinds:
            costs[kind].append(await fan_out(processes[kind], seats[kind], rounds))
    for process in processes.values():
        process.stop()
    each = ", ".join(f"{kind} {statistics.median(costs[kind]):.1f}" for kind in kinds)
    print(f"fan-out to {people} seats: CPU ms per 1,000 frames: {each}")
    ratio(
        f"  against a FastAPI send_text loop, {people}",
        costs["waggle"],
        costs["fastapi"],
        0.7 if people < 500 else 0.6,
    )
    ratio(f"  against bare asyncio transports, {people}", costs["waggle"], costs["bare"], 1.2)


async def both_fan_outs() -> None:
    """To a room, and to a hall."""
    await measure_fan_out(200, 240)
    await measure_fan_out(1000, 60)
