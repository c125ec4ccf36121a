"""Ten thousand people in one room: what a frame costs over four processes beside one, at each size on the way there."""

import asyncio
import gc
import statistics
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from bench.bursts import command
from bench.figures import PAIRS, ratio, report
from bench.processes import Waggle
from bench.seats import Seat, quiet, sit
from tests.cluster.engines import Nats, Postgres

PROCESSES, SIZES, ROUNDS = 4, (1_000, 2_500, 5_000, 10_000), 4
#: People who join at a time, and seconds for which it is looked what the bus carries by itself.
AT_ONCE, SILENT = 50, 5.0


class Load:
    """A hall in a process of its own, for each seat is an open file; it is asked one thing after the other."""

    def __init__(self, settings: list[dict[str, str]]) -> None:
        self.processes = len(settings)
        self._apart = ProcessPoolExecutor(1, get_context("spawn"), _open, (settings,))

    def has(self, what: str, *how: int) -> Any:
        """What the hall says to this."""
        return self._apart.submit(_ask, what, how).result()

    def end(self) -> None:
        """Everybody leaves."""
        self.has("end")
        self._apart.shutdown()


def _open(settings: list[dict[str, str]]) -> None:
    """In the hall's own process: its loop goes on between what it is asked, as that of browsers would."""
    global _hall, _loop
    gc.disable()
    _loop = asyncio.new_event_loop()
    threading.Thread(target=_loop.run_forever, daemon=True).start()
    _hall = Hall([Waggle(**each) for each in settings])


def _ask(what: str, how: tuple[int, ...]) -> Any:
    return asyncio.run_coroutine_threadsafe(getattr(_hall, what)(*how), _loop).result()


_hall: "Hall"
_loop: asyncio.AbstractEventLoop


@dataclass(frozen=True)
class Found:
    """At one size: CPU milliseconds a visible note over several processes and on one, each time; bytes on the bus."""

    size: int
    several: list[float]
    alone: list[float]
    carried: float


class Hall:
    """One session that grows, its seats spread over the processes."""

    def __init__(self, servers: list[Waggle]) -> None:
        self.servers = servers
        self.seats: list[Seat] = []
        self._door = ThreadPoolExecutor(AT_ONCE)

    async def begin(self) -> None:
        """Open it: what somebody writes is seen by all at once."""
        for server in self.servers:
            await server.ready()
        first = self.servers[0]
        opened = first.post("/api/sessions", {"format": "ideas_and_dots", "title": "Hall"})
        self.code = opened["code"]
        self.live = f"/api/sessions/{self.code}/live"
        (self.helm,) = await sit(first.port, [(self.live, opened["helm_token"])])
        await quiet([self.helm])
        await command(self.helm, "change_plan", step="ideas", hidden=False, limit=0)
        for _ in range(2):
            await command(self.helm, "next_phase", unshown="show")

    async def grow(self, size: int) -> float:
        """Have people join, and sit at each process in turn; returns milliseconds for each of them."""
        began, before = time.perf_counter(), len(self.seats)
        while len(self.seats) < size:
            wave = range(len(self.seats), min(size, len(self.seats) + AT_ONCE * len(self.servers)))
            tokens = await asyncio.gather(*(self._join(number) for number in wave))
            for at, server in enumerate(self.servers):
                mine = [(self.live, token) for token in tokens[at :: len(self.servers)]]
                self.seats += await sit(server.port, mine, reads=False)
        took = time.perf_counter() - began
        await quiet([self.helm, *self.seats], 2.0)
        return 1000 * took / (size - before)

    async def _join(self, number: int) -> str:
        server, path = self.servers[number % len(self.servers)], f"/api/sessions/{self.code}/participants"
        answer = await asyncio.get_running_loop().run_in_executor(
            self._door, lambda: server.post(path, {"name": f"Person {number}"})
        )
        return str(answer["token"])

    async def note(self, number: int) -> tuple[float, float]:
        """One note that all see: CPU milliseconds of all processes, and milliseconds until the last has it."""
        before, began = sum(server.cpu() for server in self.servers), time.perf_counter()
        wanted = [seat.frames + 1 for seat in self.seats]
        await command(self.seats[number % len(self.seats)], "add_note", text=f"note {number}")
        while any(seat.frames < least for seat, least in zip(self.seats, wanted, strict=True)):
            await asyncio.sleep(0.002)
        took = 1000 * (time.perf_counter() - began)
        return 1000 * (sum(server.cpu() for server in self.servers) - before), took

    async def end(self) -> None:
        """Everybody leaves, and the servers end."""
        for seat in [self.helm, *self.seats]:
            seat.transport.abort()
        for server in self.servers:
            server.stop()


async def measure() -> None:
    """For ``bin/bench hall``."""
    with ExitStack() as stack:
        postgres, nats = stack.enter_context(Postgres()), stack.enter_context(Nats())
        assert isinstance(postgres, Postgres)
        assert isinstance(nats, Nats)
        bus = {"WAGGLE_STORE": postgres.database("bench"), "WAGGLE_BUS": nats.url, "WAGGLE_LEAVE_SECONDS": "0"}
        halls = [Load([bus] * PROCESSES), Load([{}])]
        for hall in halls:
            stack.callback(hall.end)
            hall.has("begin")
        found = [_at(size, halls, nats) for size in SIZES]
    report(f"bytes on the bus, {SIZES[-1]:,} seats against {SIZES[0]}", found[-1].carried / found[0].carried, 1.1)
    _beyond(found)


def _at(size: int, halls: "list[Load]", nats: Nats) -> Found:
    """What a note costs in both, one after the other, at this size."""
    for hall in halls:
        print(f"{hall.processes} x {size:,} seats: {hall.has('grow', size):.1f} ms for each who comes", flush=True)
    before = nats.carried()
    time.sleep(SILENT)
    beats, before, began = (nats.carried() - before) / SILENT, nats.carried(), time.perf_counter()
    cpu: list[list[float]] = [[], []]
    last: list[list[float]] = [[], []]
    for turn in range(PAIRS):
        for which in (0, 1):
            took = [halls[which].has("note", turn * ROUNDS + number) for number in range(ROUNDS)]
            cpu[which].append(statistics.mean(spent for spent, _ in took))
            last[which] += [until for _, until in took]
    carried = (nats.carried() - before - beats * (time.perf_counter() - began)) / (PAIRS * ROUNDS)
    notes = [f"{statistics.median(spent):.1f} ms of CPU a note" for spent in cpu]
    reach = [f"{statistics.median(until):.0f} ms until the last has it" for until in last]
    print(
        f"  {PROCESSES} processes: {notes[0]}, {reach[0]}, {carried:,.0f} bytes on the bus; one: {notes[1]}, {reach[1]}"
    )
    ratio("  a frame over 4 processes against one", cpu[0], cpu[1], 1.2)
    return Found(size, cpu[0], cpu[1], carried)


def _beyond(found: list[Found]) -> None:
    """A note costs so much, and so much more a seat: held against the largest hall, and drawn beyond it."""
    *fewer, largest = [float(at.size) for at in found]
    for name, cpu in (
        (f"{PROCESSES} processes", [at.several for at in found]),
        ("one process", [at.alone for at in found]),
    ):
        *costs, seen = map(statistics.median, cpu)
        each, fixed = statistics.linear_regression(fewer, costs)
        print(f"{name}: a note costs {fixed:.2f} ms, and {1000 * each:.2f} ms for every 1,000 seats;")
        print(f"  so {fixed + each * largest:.0f} ms with {largest:,.0f} seats, where {seen:.0f} were measured")
