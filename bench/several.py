"""Several processes as one server: what a frame costs beside one process alone, and what a change costs on the bus."""

import asyncio
import statistics
import time
from contextlib import ExitStack

from bench.bursts import command
from bench.figures import PAIRS, ratio, report
from bench.processes import Waggle
from bench.seats import Seat, quiet, sit
from tests.cluster.engines import Nats, Postgres

PROCESSES, SEATS, FEW, ROUNDS = 4, 1000, 100, 30
#: Seconds for which it is looked what the bus carries while nobody does anything.
SILENT = 5.0


class Session:
    """One session in which what somebody writes is seen by all at once, its seats spread over processes."""

    def __init__(self, servers: list[Waggle]) -> None:
        self.servers = servers
        self.seats: list[Seat] = []

    async def begin(self, people: int) -> "Session":
        """Have people sit, as many at each process."""
        first = self.servers[0]
        opened = first.post("/api/sessions", {"format": "ideas_and_dots", "title": "Bench"})
        code = opened["code"]
        live = f"/api/sessions/{code}/live"
        post = f"/api/sessions/{code}/participants"
        # Apart from the loop: whoever sits already has to answer pings meanwhile.
        tokens = await asyncio.to_thread(
            lambda: [str(first.post(post, {"name": f"P{n}"})["token"]) for n in range(people)]
        )
        (self.helm,) = await sit(first.port, [(live, opened["helm_token"])])
        for at, server in enumerate(self.servers):
            mine = tokens[at :: len(self.servers)]
            self.seats += await sit(server.port, [(live, token) for token in mine])
        await quiet([self.helm, *self.seats])
        await command(self.helm, "change_plan", step="ideas", hidden=False, limit=0)
        for _ in range(2):
            await command(self.helm, "next_phase", unshown="show")
        await quiet([self.helm, *self.seats])
        return self

    async def cost(self) -> float:
        """CPU milliseconds of all processes per 1,000 frames delivered; the next note comes when all have the last."""
        began, before = sum(server.cpu() for server in self.servers), self._frames()
        for number in range(ROUNDS):
            wanted = [seat.frames + 1 for seat in self.seats]
            await command(self.seats[number % len(self.seats)], "add_note", text=f"note {number}")
            while any(seat.frames < least for seat, least in zip(self.seats, wanted, strict=True)):
                await asyncio.sleep(0.0005)
        return 1e6 * (sum(server.cpu() for server in self.servers) - began) / (self._frames() - before)

    def _frames(self) -> int:
        return sum(seat.frames for seat in self.seats)


async def measure() -> None:
    """For ``bin/bench several``."""
    with ExitStack() as stack:
        postgres, nats = stack.enter_context(Postgres()), stack.enter_context(Nats())
        assert isinstance(postgres, Postgres)
        assert isinstance(nats, Nats)
        store = postgres.database("bench")
        several = [Waggle(WAGGLE_STORE=store, WAGGLE_BUS=nats.url, WAGGLE_LEAVE_SECONDS="0") for _ in range(PROCESSES)]
        alone = [Waggle()]
        for server in (*several, *alone):
            stack.callback(server.stop)
            await server.ready()
        few, many = await Session(several).begin(FEW), await Session(several).begin(SEATS)
        await _bytes_of_a_change(few, many, nats)
        await _cost_of_a_frame(many, await Session(alone).begin(SEATS))


async def _cost_of_a_frame(many: Session, alone: Session) -> None:
    sessions = [many, alone]
    costs: list[list[float]] = [[], []]
    for _ in range(PAIRS):
        for which in (0, 1):
            costs[which].append(await sessions[which].cost())
    each = ", ".join(f"{name} {statistics.median(cost):.1f}" for name, cost in zip(("4", "1"), costs, strict=True))
    print(f"a note that {SEATS} people see: CPU ms per 1,000 frames with so many processes: {each}")
    ratio(f"  {PROCESSES} processes against one, {SEATS} seats", costs[0], costs[1], 1.2)


async def _bytes_of_a_change(few: Session, many: Session, nats: Nats) -> None:
    began = nats.carried()
    await asyncio.sleep(SILENT)
    beats = (nats.carried() - began) / SILENT
    carried = []
    for session in (few, many):
        before, at = nats.carried(), time.perf_counter()
        await session.cost()
        carried.append((nats.carried() - before - beats * (time.perf_counter() - at)) / ROUNDS)
    print(f"the bus carries {carried[0]:,.0f} bytes a note with {FEW} seats, {carried[1]:,.0f} with {SEATS}")
    report(f"  {SEATS} seats against {FEW}", carried[1] / carried[0], 1.1)
