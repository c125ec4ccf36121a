"""A thousand small rooms over four processes: what they cost beside one, and when a process comes or goes."""

import asyncio
import os
import statistics
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from bench.bursts import command
from bench.figures import percentile, report
from bench.processes import Waggle
from bench.seats import Seat, quiet, sit
from tests.cluster.engines import Nats, Postgres

PROCESSES, ROOMS, BURSTS, SECONDS = 4, 1_000, 5, 5.0
#: Milliseconds until what one wrote is acknowledged while processes come and go, at most for 99 of 100.
ACKNOWLEDGED = 300


class Rooms:
    """Rooms of two: one sits where the room is held, the other at the next process."""

    def __init__(self, servers: list[Waggle]) -> None:
        self.servers = servers
        self.first: list[Seat] = []
        self.second: list[Seat] = []
        self.keys: list[tuple[str, str]] = []

    async def begin(self, rooms: int) -> "Rooms":
        """Open them all."""
        for number in range(rooms):
            at = self.servers[number % len(self.servers)]
            # As a command of the machine itself, which may open as many as it likes.
            local = await asyncio.to_thread((Path(at.folder.name) / "local.key").read_text)
            wish = {"format": "ideas_and_dots", "title": "Small"}
            opened = await asyncio.to_thread(at.post, "/api/sessions", wish, local)
            live, key = f"/api/sessions/{opened['code']}/live", opened["helm_token"]
            self.keys.append((live, key))
            (helm,) = await sit(at.port, [(live, key)])
            for _ in range(2):
                await command(helm, "next_phase", unshown="show")
            self.first.append(helm)
        for number, (live, key) in enumerate(self.keys):
            there = self.servers[(number + 1) % len(self.servers)]
            self.second += await sit(there.port, [(live, key)])
        await quiet([*self.first, *self.second])
        return self

    async def busy(self) -> float:
        """Everybody raises a hand; CPU milliseconds of all processes for each of them."""
        began, said = sum(server.cpu() for server in self.servers), 0
        for number in range(len(self.first)):
            self.first[number].say({"id": os.urandom(6).hex(), "do": "hold_clock", "on": said % 2 == 0})
            said += 1
            if said % 20 == 0:
                await asyncio.sleep(SECONDS / len(self.first) * 20)
        await quiet([*self.first, *self.second])
        return 1000 * (sum(server.cpu() for server in self.servers) - began) / said


async def measure() -> None:
    """For ``bin/bench small_rooms``."""
    with ExitStack() as engines:
        store, bus = engines.enter_context(Postgres()), engines.enter_context(Nats())
        assert isinstance(store, Postgres)
        assert isinstance(bus, Nats)
        several = [Waggle(WAGGLE_STORE=store.database("several"), WAGGLE_BUS=bus.url) for _ in range(1)]
        await several[0].ready()
        where = {"WAGGLE_STORE": several[0].env["WAGGLE_STORE"], "WAGGLE_BUS": bus.url}
        several += [Waggle(**where) for _ in range(PROCESSES - 1)]
        one = Waggle()
        for server in (*several[1:], one):
            await server.ready()
        rooms, alone = await Rooms(several).begin(ROOMS), await Rooms([one]).begin(ROOMS)
        costs: tuple[list[float], list[float]] = [], []
        for _ in range(BURSTS):
            for which in (0, 1):
                costs[which].append(await (rooms, alone)[which].busy())
        middle = [statistics.median(cost) for cost in costs]
        ratios = sorted(a / b for a, b in zip(*costs, strict=True))
        print(f"{ROOMS:,} rooms of two, one of them at another process, over {PROCESSES} processes")
        against = f"{middle[1]:.2f} by one process on one file: {ratios[BURSTS // 2]:.2f} x"
        print(f"  {middle[0]:.2f} ms of CPU a command, {against}")
        await _comes_and_goes(rooms, where)
        for server in (*several, one):
            with suppress(ProcessLookupError):
                server.stop()


async def _comes_and_goes(rooms: Rooms, where: dict[str, str]) -> None:
    """One process more and one fewer while people go on, at the processes that stay."""
    fifth = await Waggle(**where, WAGGLE_LEAVE_SECONDS="5").ready()
    stays = [n for n in range(len(rooms.first)) if n % PROCESSES and (n + 1) % PROCESSES]
    for number in stays:
        rooms.first[number].latencies.clear()
    ending = asyncio.create_task(asyncio.to_thread(rooms.servers[0].stop))
    until, said = time.perf_counter() + 12, 0
    while time.perf_counter() < until:
        seat = rooms.first[stays[said % len(stays)]]
        seat.say({"id": os.urandom(6).hex(), "do": "hold_clock", "on": (said // len(stays)) % 2 == 0})
        said += 1
        await asyncio.sleep(0.01)
    await ending
    await quiet([rooms.first[number] for number in stays], 1.0)
    took = [1000 * each for number in stays for each in rooms.first[number].latencies]
    lost = said - len(took) - sum(rooms.first[number].refused for number in stays)
    print(f"  one process added and one ended while {said} commands were given to rooms of the others")
    report("  p99 from command to acknowledgement, ms", percentile(took, 99), ACKNOWLEDGED)
    report("  commands without an answer", lost, 0)
    # The rooms of the one that ended are held by others now, whoever asks for them first.
    gone = range(0, len(rooms.keys), PROCESSES)[:50]
    began = time.perf_counter()
    for number in gone:
        (seat,) = await sit(rooms.servers[1].port, [rooms.keys[number]])
        await command(seat, "hold_clock", on=True)
    took_each = 1000 * (time.perf_counter() - began) / len(gone)
    print(f"  a room of the one that ended is there again, and does what it is told, within {took_each:.0f} ms")
    fifth.process.terminate()
