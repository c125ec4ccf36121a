"""``bin/bench``: medians of nine interleaved pairs with their interval, by the server's own CPU seconds."""

import asyncio
import gc
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from bench import browser, opening, placing
from bench.seats import Seat, quiet, sit

PAIRS = 9
TICKS = os.sysconf("SC_CLK_TCK")


class Process:
    """A server as its own process, pinned to the first processor where that is possible."""

    def __init__(self, *command: str, port: int, **env: str) -> None:
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, *command],
            env={**os.environ, **env},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: os.sched_setaffinity(0, {0}) if hasattr(os, "sched_setaffinity") else None,
        )

    async def ready(self) -> "Process":
        """Wait until it takes connections."""
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                return self
            except OSError:
                await asyncio.sleep(0.05)

    def cpu(self) -> float:
        """CPU seconds of all its threads so far."""
        total = 0
        for task in os.listdir(f"/proc/{self.process.pid}/task"):
            with open(f"/proc/{self.process.pid}/task/{task}/schedstat") as stat:
                total += int(stat.read().split()[0])
        return total / 1e9

    def memory(self) -> float:
        """Resident memory in KiB."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return float(next(line for line in status if line.startswith("VmRSS")).split()[1])

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


class Waggle(Process):
    """The real server, on data of its own."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        port = free_port()
        where = {"WAGGLE_DATA": self.folder.name, "WAGGLE_PORT": str(port), "WAGGLE_HOST": "127.0.0.1"}
        super().__init__("-m", "web.commands", "serve", "--quiet", port=port, WAGGLE_LOG_LEVEL="error", **where)

    def post(self, path: str, body: dict[str, Any], key: str = "") -> dict[str, Any]:
        """One request of the API."""
        head = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", json.dumps(body).encode(), head)
        with urllib.request.urlopen(request) as answer:
            found: dict[str, Any] = json.loads(answer.read())
            return found

    def get(self, path: str) -> dict[str, Any]:
        """One question to the API."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
            found: dict[str, Any] = json.loads(answer.read())
            return found

    async def session(self, people: int) -> tuple[Seat, list[Seat], str]:
        """A session with its facilitator and so many seated people."""
        opened = self.post("/api/sessions", {"format": "ideas_and_dots", "title": "Bench"})
        code = opened["code"]
        live = f"/api/sessions/{code}/live"
        tokens = [self.post(f"/api/sessions/{code}/participants", {"name": f"P{n}"})["token"] for n in range(people)]
        seats = await sit(self.port, [(live, opened["helm_token"]), *((live, token) for token in tokens)])
        await quiet(seats)
        return seats[0], seats[1:], code


async def command(seat: Seat, name: str, **fields: Any) -> None:
    """One command and its answer."""
    known = len(seat.latencies) + seat.refused
    seat.say({"id": os.urandom(6).hex(), "do": name, **fields})
    while len(seat.latencies) + seat.refused == known:
        await asyncio.sleep(0.001)
    seat.latencies.clear()


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
    for turn in range(PAIRS):
        for kind in kinds if turn % 2 else reversed(kinds):
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


async def burst(seats: list[Seat], each: int, seconds: float, make: Callable[[int], dict[str, Any]]) -> list[float]:
    """Every seat sends ``each`` commands spread over ``seconds``; latencies until done, in milliseconds."""
    for seat in seats:
        seat.latencies.clear()
    total, began, sent = len(seats) * each, time.perf_counter(), 0
    while sent < total:
        due = min(total, int((time.perf_counter() - began) / seconds * total) + 1)
        while sent < due:
            seats[sent % len(seats)].say({"id": f"b{sent}-{os.urandom(3).hex()}", **make(sent // len(seats))})
            sent += 1
        await asyncio.sleep(0.002)
    while sum(len(seat.latencies) + seat.refused for seat in seats) < total:
        await asyncio.sleep(0.01)
    return [1000 * value for seat in seats for value in seat.latencies]


async def measure_dots(people: int = 1000) -> None:
    """A thousand people place five secret dots each within ten seconds."""
    server = Waggle()
    await server.ready()
    helm, seats, _ = await server.session(people)
    await command(helm, "change_plan", step="vote", dots=5)
    for _ in range(2):
        await command(helm, "next_phase", unshown="show")
    for n in range(5):
        await command(seats[n], "add_note", text=f"idea {n}")
    for _ in range(2):
        await command(helm, "next_phase", unshown="show")
    await quiet(seats)
    notes = await notes_of(server, helm)
    began = server.cpu()
    latencies = await burst(seats, 5, 10, lambda n: {"do": "place_dot", "item": notes[n]})
    spent = server.cpu() - began
    report("1,000 people, 5 secret dots each in 10 s: core-seconds", spent, 1.2)
    report("  p99 from command to acknowledgement, ms", percentile(latencies, 99), 60)
    print(f"  stored {len(latencies)}, refused {sum(s.refused for s in seats)}")
    server.stop()


async def measure_notes(people: int = 1000) -> None:
    """A thousand people add five visible notes each within ten seconds, and everybody sees everything."""
    server = Waggle()
    await server.ready()
    helm, seats, _ = await server.session(people)
    await command(helm, "change_plan", step="ideas", hidden=False, limit=0)
    for _ in range(2):
        await command(helm, "next_phase", unshown="show")
    await quiet(seats)
    began, heard = server.cpu(), sum(seat.bytes for seat in seats)
    watched = seats[:: max(1, people // 25)]
    seen: dict[str, float] = {}
    sent: dict[str, float] = {}

    def watch(payload: bytes) -> None:
        if payload.startswith(b'{"topic":"session"'):
            now = time.perf_counter()
            for entity in json.loads(payload)["set"].values():
                if "text" in entity and entity["text"].startswith("n"):
                    seen[entity["text"]] = now

    for seat in watched:
        seat.on_frame = watch
    count = 0

    def note(_: int) -> dict[str, Any]:
        nonlocal count
        count += 1
        text = f"n{count} " + "a visible note of a usual length " * 2
        sent[text.strip()] = time.perf_counter()
        return {"do": "add_note", "text": text}

    start = time.perf_counter()
    latencies = await burst(seats, 5, 10, note)
    await quiet(seats)
    took = time.perf_counter() - start
    spent = server.cpu() - began
    last = [1000 * (seen[text] - at) for text, at in sent.items() if text in seen]
    report("1,000 people, 5 visible notes each in 10 s: core-seconds", spent, 5)
    report("  p99 to the last of the watched screens, ms", percentile(last, 99), 200)
    rate = (sum(seat.bytes for seat in seats) - heard) / len(seats) / min(took, 12) / 1000
    report("  KB/s per seat", rate, 30)
    print(f"  stored {len(latencies)}, seen {len(seen)}")
    server.stop()


async def measure_room_size() -> None:
    """One ``add_note`` in a room that holds 10 notes against one that holds 5,000."""
    server = Waggle()
    await server.ready()
    rooms = []
    for size in (10, 5_000):
        helm, seats, _ = await server.session(50)
        await command(helm, "change_plan", step="ideas", hidden=True, limit=0)
        for _ in range(2):
            await command(helm, "next_phase", unshown="show")
        for at in range(0, size, 500):
            await burst(seats, -(-min(500, size - at) // 50), 1, lambda n: {"do": "add_note", "text": "filling"})
        rooms.append(seats)
    costs: list[list[float]] = [[], []]
    for turn in range(PAIRS):
        for place in (0, 1) if turn % 2 else (1, 0):
            began = server.cpu()
            for seat in rooms[place]:
                seat.on_frame = None
            await burst(rooms[place], 4, 0.5, lambda n: {"do": "add_note", "text": "one more"})
            costs[place].append((server.cpu() - began) / 200)
        rooms[0], rooms[1] = rooms[0], rooms[1]
    ratio(
        "add_note with 5,000 notes against 10 notes (each of a person's own is sent back whole)",
        costs[1],
        costs[0],
        1.2,
    )
    server.stop()


async def measure_throughput(people: int = 500) -> None:
    """Stored and acknowledged commands a second, every seat waiting for its answer before the next."""
    server = Waggle()
    await server.ready()
    helm, seats, _ = await server.session(people)
    for _ in range(2):
        await command(helm, "next_phase", unshown="show")
    await command(seats[0], "add_note", text="the one")
    for _ in range(2):
        await command(helm, "next_phase", unshown="show")
    item = (await notes_of(server, helm))[0]
    await quiet(seats)
    rates = []
    for _ in range(3):
        done = 0
        stop = time.perf_counter() + 2.0

        async def person(seat: Seat) -> int:
            count = 0
            while time.perf_counter() < stop:
                name = "take_dot" if count % 2 else "place_dot"
                known = len(seat.latencies) + seat.refused
                waiting = asyncio.get_running_loop().create_future()
                seat.on_frame = lambda payload, w=waiting: (
                    w.done() or (payload[:7] in (b'{"done"', b'{"refus') and w.set_result(None))
                )
                seat.say({"id": f"{id(seat)}-{os.urandom(4).hex()}", "do": name, "item": item})
                await waiting
                count += len(seat.latencies) + seat.refused > known
            return count

        began = server.cpu()
        done = sum(await asyncio.gather(*map(person, seats)))
        spent = server.cpu() - began
        rates.append(done / spent)
        await asyncio.sleep(3.5)
    report(
        "stored and acknowledged commands per core-second, 500 seats",
        statistics.median(rates),
        5_000,
        more=True,
    )
    server.stop()


async def measure_memory(people: int = 1000) -> None:
    """Resident memory per idle seat."""
    server = Waggle()
    await server.ready()
    opened = server.post("/api/sessions", {"format": "ideas_and_dots", "title": "Bench"})
    live = f"/api/sessions/{opened['code']}/live"
    tokens = [
        server.post(f"/api/sessions/{opened['code']}/participants", {"name": f"P{n}"})["token"] for n in range(people)
    ]
    seats = await sit(server.port, [(live, token) for token in tokens[:50]])
    await quiet(seats)
    before = server.memory()
    more = await sit(server.port, [(live, token) for token in tokens[50:]])
    await quiet(seats + more)
    report("memory per idle seat, KiB", (server.memory() - before) / (people - 50), 45)
    server.stop()


async def measure_browser() -> None:
    """One change among 500 notes, and a tap, in a browser throttled fourfold."""
    change, tap = await browser.measure()
    report("browser, 500 notes, one change with layout, 4 x throttled, ms", change, 50)
    report("browser, 500 notes, a tap until it shows, 4 x throttled, ms", tap, 100)


async def measure_places(people: int = 600, notes: int = 120) -> None:
    """Frames a note brings, with 12 posters: those of one place against one for every seat."""
    server = Waggle()
    try:
        await server.ready()
        room = server.post("/api/rooms", {"demo": True})
        opening_wish = {"format": "gallery_walk", "title": "Bench", "room": room["room"]}
        opened = server.post("/api/sessions", opening_wish, room["room_token"])
        code = opened["code"]
        live = f"/api/sessions/{code}/live"
        teams = [team["id"] for team in server.get(f"/api/sessions/{code}")["teams"] if team["id"] != "leadership"]
        tokens = [
            server.post(f"/api/sessions/{code}/participants", {"name": f"P{n}", "team": teams[n % 12]})["token"]
            for n in range(people)
        ]
        seats = await sit(server.port, [(live, opened["helm_token"]), *((live, token) for token in tokens)])
        await quiet(seats)
        helm, walkers = seats[0], seats[1:]
        for name in ("next_phase", "deal_groups", "next_phase", "next_stage"):
            await command(helm, name)
        await quiet(seats)
        other = (await sit(server.port, [(live, opened["helm_token"])]))[0]
        await quiet([other])
        posters, placed = other.first, [0]
        for seat in walkers:
            seat.on_frame = lambda payload: placed.__setitem__(0, placed[0] + payload.startswith(b'{"topic":"place'))
        began, left = server.cpu(), 0
        for seat in walkers:
            line = seat.line(posters)
            if line and left < notes:
                await command(seat, "leave_note", on=line, text=f"Note {left}", round=1)
                left += 1
        await quiet(seats)
        per_note = placed[0] / left
        print(f"{people} people at 12 posters: {per_note:.1f} frames a note, one seat in {people / per_note:.1f}")
        report("  share of seats a note reaches, against a twelfth", 12 * per_note / people, 1.05)
        print(f"  {(server.cpu() - began) / left * 1000:.2f} ms CPU a note", flush=True)
    finally:
        server.stop()


async def measure_filling(people: int = 60, seconds: float = 15) -> None:
    """People of one room raise their hands while others are filled up to their limits and looked at, one by one."""
    server = Waggle()
    await server.ready()
    _, seats, _ = await server.session(people)
    rows = (f"Team {n % 500},Goal {n % 3000},Result {n},{n}" for n in range(5000))
    file = "\n".join(["team,objective,key result,baseline", *rows]).encode()
    over: list[bool] = []

    def fill() -> int:
        filled = 0
        while not over:
            room = server.post("/api/rooms", {"name": f"Large {filled}"})
            told = {"Authorization": f"Bearer {room['room_token']}", "Content-Type": "text/csv"}
            for path, body in ((f"/api/rooms/{room['room']}/import", file), (f"/r/{room['room']}", None)):
                sent = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", body, told)
                with urllib.request.urlopen(sent) as answer:
                    answer.read()
            filled += 1
        return filled

    def hand(n: int) -> dict[str, Any]:
        return {"do": "hand", "on": n % 2 == 0}

    alone = await burst(seats, 20, seconds / 3, hand)
    filling = asyncio.create_task(asyncio.to_thread(fill))
    latencies = await burst(seats, 60, seconds, hand)
    over.append(True)
    print(f"filling {await filling} rooms, each 500 teams, 3,000 goals, 5,000 results; {people} people busy in another")
    print(f"  p99 without it, ms: {percentile(alone, 99):.1f}")
    report("  p99 from command to acknowledgement, ms", percentile(latencies, 99), 100)
    print(
        f"  the longest, ms: {max(latencies):.1f}; measured {len(latencies)}, refused {sum(s.refused for s in seats)}"
    )
    server.stop()


async def notes_of(server: Waggle, helm: Seat) -> list[str]:
    """Ids of the notes everybody sees."""
    other = (await sit(server.port, [(helm.path, helm.key)]))[0]
    await quiet([other])
    return [key[5:] for key in other.first if key.startswith("note:")]


def ratio(what: str, ours: list[float], theirs: list[float], goal: float) -> None:
    """The median ratio, its interval (second to eighth of nine pairs: 96 %), and the goal."""
    ratios = sorted(a / b for a, b in zip(ours, theirs, strict=True))
    low, high = ratios[1], ratios[-2]
    met = "met" if low <= goal else "NOT met"
    print(f"{what}: {statistics.median(ratios):.2f} x [{low:.2f} to {high:.2f}], goal {goal}: {met}")


def report(what: str, value: float, goal: float, more: bool = False) -> None:
    """One figure and the goal."""
    met = "met" if (value >= goal if more else value <= goal) else "NOT met"
    print(f"{what}: {value:,.2f}, goal {goal:,}: {met}", flush=True)


def percentile(values: list[float], part: float) -> float:
    """The value below which ``part`` percent lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part / 100))] if values else float("nan")


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def main(wanted: list[str]) -> None:
    """Everything, or what is named. The load side collects nothing, so that its pauses are not ours."""
    gc.disable()
    if hasattr(os, "sched_setaffinity") and len(os.sched_getaffinity(0)) > 1:
        os.sched_setaffinity(0, {1})
    work: dict[str, Callable[[], Any]] = {
        "fanout": lambda: _both_fan_outs(),
        "dots": measure_dots,
        "notes": measure_notes,
        "size": measure_room_size,
        "throughput": measure_throughput,
        "memory": measure_memory,
        "browser": measure_browser,
        "places": measure_places,
        "opening": opening.main,
        "placing": placing.main,
        "filling": measure_filling,
    }
    for name in wanted or work:
        await work[name]()


async def _both_fan_outs() -> None:
    await measure_fan_out(200, 120)
    await measure_fan_out(1000, 30)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
