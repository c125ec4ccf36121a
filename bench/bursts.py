"""Many people doing much at once, and what that costs."""

import asyncio
import json
import os
import random
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.figures import PAIRS, percentile, ratio, report
from bench.processes import Process, Waggle, free_port
from bench.seats import Seat, quiet, sit
from workshop.log import COMPANY

#: Seconds until a seat that sent as fast as it could may do so again.
REFILLING = 3.5


async def command(seat: Seat, name: str, **fields: Any) -> None:
    """One command and its answer."""
    known = len(seat.latencies) + seat.refused
    seat.say({"id": os.urandom(6).hex(), "do": name, **fields})
    while len(seat.latencies) + seat.refused == known:
        await asyncio.sleep(0.001)
    seat.latencies.clear()


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
    """A thousand people place five secret dots each within ten seconds, against an echo that stores the same rows."""
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

    async def ours(turn: int) -> list[float]:
        name = "take_dot" if turn % 2 else "place_dot"
        return await burst(seats, 5, 10, lambda n: {"do": name, "item": notes[n]})

    print("1,000 people, 5 secret dots each in 10 s")
    latencies = await _against_echoes(server, ours, people, PAIRS, 2)
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
    watching = Watching(seats[:: max(1, people // 25)])

    async def ours(turn: int) -> list[float]:
        return await burst(seats, 5, 10, lambda _: watching.note())

    print("1,000 people, 5 visible notes each in 10 s")
    latencies = await _against_echoes(server, ours, people, 5, 3.5)
    report("  p99 to the last of the watched screens, ms", percentile(watching.last(), 99), 200)
    heard, began = sum(seat.bytes for seat in seats), time.perf_counter()
    await ours(0)
    await quiet(seats)
    rate = (sum(seat.bytes for seat in seats) - heard) / len(seats) / min(time.perf_counter() - began, 12) / 1000
    report("  KB/s per seat", rate, 30)
    print(f"  stored {len(latencies)}, seen {len(watching.seen)} of {len(watching.sent)}")
    server.stop()


class Watching:
    """Notes of a usual length, and when some seats saw them."""

    def __init__(self, seats: list[Seat]) -> None:
        self.seen: dict[str, float] = {}
        self.sent: dict[str, float] = {}
        self._chance = random.Random("notes")
        for seat in seats:
            seat.on_frame = self._watch

    def note(self) -> dict[str, Any]:
        """One more note, of words as people write them."""
        text = f"n{len(self.sent)} {' '.join(self._chance.choices(WORDS, k=11))}"
        self.sent[text] = time.perf_counter()
        return {"do": "add_note", "text": text}

    def last(self) -> list[float]:
        """Milliseconds from sending a note until the last of these seats had it."""
        return [1000 * (self.seen[text] - at) for text, at in self.sent.items() if text in self.seen]

    def _watch(self, payload: bytes) -> None:
        if payload.startswith(b'{"topic":"session"'):
            now = time.perf_counter()
            for entity in json.loads(payload)["set"].values():
                if "text" in entity and entity["text"].startswith("n"):
                    self.seen[entity["text"]] = now


#: Words of goals and of what people say about them.
WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "is",
    "that",
    "for",
    "it",
    "as",
    "was",
    "with",
    "be",
    "by",
    "on",
    "not",
    "they",
    "have",
    "from",
    "at",
    "this",
    "but",
    "which",
    "or",
    "had",
    "we",
    "an",
    "her",
    "will",
    "one",
    "more",
    "when",
    "there",
    "been",
    "has",
    "would",
    "people",
    "team",
    "customers",
    "complain",
    "wait",
    "orders",
    "installers",
    "training",
    "heat",
    "pump",
    "homes",
    "warm",
    "week",
    "month",
    "quarter",
    "target",
    "baseline",
    "from",
    "measured",
    "fewer",
    "more",
    "faster",
    "calls",
    "first",
    "visit",
    "delivery",
    "late",
    "because",
    "depends",
    "on",
    "support",
    "sales",
    "need",
    "decide",
    "owner",
    "risk",
    "stop",
    "start",
    "continue",
    "share",
    "result",
    "goal",
    "focus",
    "quality",
    "cost",
    "time",
    "answer",
]


async def _against_echoes(
    server: Waggle, ours: Callable[[int], Any], people: int, rounds: int, goal: float
) -> list[float]:
    """Core-seconds against an echo that stores what comes at once, and one that gathers as long as Waggle does.

    Returns our latencies.
    """
    spent: list[list[float]] = [[], [], []]
    latencies: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        echoes = [await _echo(Path(folder) / f"{gathers}.db", people, gathers) for gathers in (0, COMPANY)]
        for turn in range(rounds):
            for which in (0, 1, 2):
                process = echoes[which][0] if which < 2 else server
                began = process.cpu()
                if which < 2:
                    await burst(echoes[which][1], 5, 10, lambda n: {"do": "place_dot", "item": "AbCdEfGh"})
                else:
                    latencies += await ours(turn)
                spent[which].append(process.cpu() - began)
        for echo, _ in echoes:
            echo.stop()
    middle = [statistics.median(each) for each in spent]
    ratio("  against an echo that stores the same rows", spent[2], spent[0], goal)
    ratio("  against one that gathers them as long as Waggle does", spent[2], spent[1], goal)
    print(f"  core-seconds: {middle[2]:.2f}, the echoes {middle[0]:.2f} and {middle[1]:.2f}")
    return latencies


async def _echo(file: Path, people: int, gathers: float) -> tuple[Process, list[Seat]]:
    port = free_port()
    process = await Process("-m", "bench.echo", str(port), str(file), str(gathers), port=port).ready()
    return process, await sit(port, [("/", "")] * people, first=False)


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
        began, stop = server.cpu(), time.perf_counter() + 2.0
        done = sum(await asyncio.gather(*(back_and_forth(seat, item, stop) for seat in seats)))
        rates.append(done / (server.cpu() - began))
        await quiet(seats, REFILLING)
    report(
        "stored and acknowledged commands per core-second, 500 seats",
        statistics.median(rates),
        5_000,
        more=True,
    )
    server.stop()


async def back_and_forth(seat: Seat, item: str, stop: float) -> int:
    """A dot placed and taken again until it is time to stop; how many commands were answered."""
    count = 0
    while time.perf_counter() < stop:
        known = len(seat.latencies) + seat.refused
        answered = asyncio.get_running_loop().create_future()
        seat.on_frame = lambda payload, answered=answered: (
            answered.done() or (payload[:7] in (b'{"done"', b'{"refus') and answered.set_result(None))
        )
        name = "take_dot" if count % 2 else "place_dot"
        seat.say({"id": f"{id(seat)}-{os.urandom(4).hex()}", "do": name, "item": item})
        await answered
        count += len(seat.latencies) + seat.refused > known
    return count


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
