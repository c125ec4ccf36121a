"""A festival over the real wire: what a slot costs for each person, how soon everybody sees, and how that grows."""

import asyncio
import json
import os
import random
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import async_playwright

from bench.browser import ARGUMENTS
from bench.bursts import command
from bench.figures import percentile, report
from bench.processes import Waggle
from bench.seats import Seat, quiet, sit

#: Seconds of a busy minute that are driven: everybody does one thing a minute.
DRIVEN = 20.0
#: Milliseconds from a command to the last screen while a thousand move, and seconds in which they do.
MOVING, WITHIN = 250, 10.0
SMALL, LARGE = (120, 4), (1_000, 12)
CANARY, NOTE = "seen-at", "A note of a usual length, as people leave it"


@dataclass
class Hall:
    """A festival that runs: its server, the facilitator's seat, everybody's, and the acts of its first two slots."""

    server: Waggle
    code: str
    helm: Seat
    seats: list[Seat]
    acts: dict[int, list[str]]
    lines: dict[str, str]
    memory: float
    at: dict[int, str] = field(default_factory=dict)
    #: The act each question was asked at.
    asked_at: dict[str, str] = field(default_factory=dict)


async def measure() -> None:
    """For ``bin/bench festival``: 120 people on 4 stages, 1,000 on 12, and how each figure grows."""
    small, large = await _figures(*SMALL), await _figures(*LARGE)
    times = LARGE[0] / SMALL[0]
    print(f"from {SMALL[0]} to {LARGE[0]:,} people ({times:.1f} times as many), at most linearly:")
    for name in small:
        grown = large[name] / small[name] if small[name] else float("nan")
        report(f"  {name} grows", grown, round(times, 2))


async def measure_page(people: int = 120, stages: int = 4, minutes: int = 60) -> None:
    """What a participant's page grows by in an hour: as many commands, and all four slots, in a minute or two."""
    hall = await _open(people, stages)
    token = _join(hall.server, hall.code, people, [""])
    async with async_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 360, "height": 740})
        await page.goto(f"http://127.0.0.1:{hall.server.port}/s/{hall.code}#key={token}")
        await page.locator(".fair-bar").wait_for()
        await page.locator(".stage-card .go").first.click()
        line = await page.context.new_cdp_session(page)
        before, chance = await _heap(line), random.Random(3)
        asked: dict[str, list[str]] = {}
        for slot in range(1, 5):
            await _go(hall, slot, 1.0)
            if slot > 1:
                await page.locator(".stage-card .go").first.click()
            await command(hall.helm, "next_stage")
            _watch(hall, {}, {}, {}, asked)
            for part in ("questions", "feedback"):
                for number in range(people * minutes // 8):
                    _act(hall, chance, slot * 100_000 + number, {}, asked, asks=part == "questions")
                    await asyncio.sleep(0.004)
                await quiet(hall.seats)
                await command(hall.helm, "next_stage")
                if part == "questions" and not await _is_at(hall, "feedback"):
                    await command(hall.helm, "next_stage")
            await command(hall.helm, "next_stage")
            if slot == 2:
                await command(hall.helm, "next_stage")
        grown = (await _heap(line) - before) / 1e6
        print(f"a phone's page, {people} people on {stages} stages, {people * minutes} commands in four slots:")
        report("  it grows by, MB", grown, 1)
        await browser.close()
    hall.server.stop()


async def _heap(line: Any) -> float:
    """Bytes the page's scripts hold, after what is garbage is gone."""
    await asyncio.sleep(2)
    for _ in range(2):
        await line.send("HeapProfiler.collectGarbage")
    return float((await line.send("Runtime.getHeapUsage"))["usedSize"])


async def _figures(people: int, stages: int) -> dict[str, float]:
    hall = await _open(people, stages)
    try:
        print(f"{people:,} people on {stages} stages:")
        found = await _busy_minute(hall, people)
        await _all_move(hall)
        for name, value in found.items():
            print(f"  {name}: {value:,.2f}", flush=True)
        return found
    finally:
        hall.server.stop()


async def _open(people: int, stages: int, slots: int = 4) -> Hall:
    server = Waggle()
    await server.ready()
    room = server.post("/api/rooms", {"name": "Bench"})
    goals = "\n".join(f"## Team {n}\n### Goal of team {n}\n- A\n- B\n- C" for n in range(stages * slots - 2))
    _bring(server, room, goals)
    wish = {"format": "festival", "title": "Bench", "room": room["room"]}
    opened = server.post("/api/sessions", wish, room["room_token"])
    code = opened["code"]
    live, teams = f"/api/sessions/{code}/live", [t["id"] for t in server.get(f"/api/sessions/{code}")["teams"]]
    helm = (await sit(server.port, [(live, opened["helm_token"])]))[0]
    await quiet([helm])
    frame = {"stages": stages, "slots": slots, "headliners": {}}
    await command(helm, "plan_festival", **frame)
    for name in ("draw_line_up", "publish_line_up", "plan_hosts"):
        await command(helm, name)
    tokens = [_join(server, code, n, teams) for n in range(people)]
    before = server.memory()
    seats = await sit(server.port, [(live, token) for token in tokens])
    await quiet(seats)
    memory = (server.memory() - before) / people
    for name in ("next_phase", "next_phase"):
        await command(helm, name)
    await quiet(seats)
    first = (await sit(server.port, [(live, opened["helm_token"])]))[0]
    await quiet([first])
    acts: dict[int, list[str]] = {}
    for key, act in first.first.items():
        if key.startswith("act:"):
            acts.setdefault(act["slot"], []).append(key[4:])
    billed = {key[7:]: thing["lines"][0]["id"] for key, thing in first.first.items() if key.startswith("billed:")}
    lines = {key[4:]: billed[act["team"]] for key, act in first.first.items() if key.startswith("act:")}
    return Hall(server, code, helm, seats, acts, lines, memory)


def _join(server: Waggle, code: str, number: int, teams: list[str]) -> str:
    wish = {"name": f"Person {number}", "team": teams[number % len(teams)] or None}
    return str(server.post(f"/api/sessions/{code}/participants", wish)["token"])


def _bring(server: Waggle, room: dict[str, Any], goals: str) -> None:
    head = {"Content-Type": "text/markdown", "Authorization": f"Bearer {room['room_token']}"}
    url = f"http://127.0.0.1:{server.port}/api/rooms/{room['room']}/import"
    with urllib.request.urlopen(urllib.request.Request(url, goals.encode(), head)) as answer:
        answer.read()


async def _busy_minute(hall: Hall, people: int) -> dict[str, float]:
    """Everybody at a stage does one thing a minute: asks, asks too, leaves a note; who sees it last is timed."""
    chance = random.Random(1)
    await _go(hall, 1, 5.0)
    await command(hall.helm, "next_stage")
    await quiet([hall.helm, *hall.seats])
    sent: dict[str, float] = {}
    last: dict[str, float] = {}
    helm: dict[str, float] = {}
    asked: dict[str, list[str]] = {}
    _watch(hall, sent, last, helm, asked)
    frames, heard = sum(s.frames for s in hall.seats), sum(s.bytes for s in hall.seats)
    cpu, began, count = hall.server.cpu(), time.perf_counter(), 0
    total = int(people * DRIVEN / 60)
    while count < total:
        due = min(total, int((time.perf_counter() - began) / DRIVEN * total) + 1)
        while count < due:
            _act(hall, chance, count, sent, asked)
            count += 1
        await asyncio.sleep(0.005)
    await quiet(hall.seats)
    minutes = DRIVEN / 60
    spent = hall.server.cpu() - cpu
    for seat in (*hall.seats, hall.helm):
        seat.on_frame = None
    to_last = [1000 * (last[key] - at) for key, at in sent.items() if key in last]
    to_helm = [1000 * (helm[key] - at) for key, at in sent.items() if key in helm]
    return {
        "frames a person and minute": (sum(s.frames for s in hall.seats) - frames) / people / minutes,
        "KB a person and minute": (sum(s.bytes for s in hall.seats) - heard) / people / minutes / 1000,
        "server CPU, core-seconds a minute": spent / minutes,
        "p99 to the last at the stage, ms": percentile(to_last, 99),
        "p99 to the facilitator, ms": percentile(to_helm, 99),
        "memory a seat, KiB": hall.memory,
    }


def _act(
    hall: Hall,
    chance: random.Random,
    number: int,
    sent: dict[str, float],
    asked: dict[str, list[str]],
    asks: bool = True,
) -> None:
    """Somebody at a stage asks something, asks it too, or leaves a note; nobody asks while feedback is written."""
    place = chance.randrange(len(hall.seats))
    seat, act = hall.seats[place], hall.at.get(place)
    if act is None:
        return
    id, kind = f"m{number}-{os.urandom(3).hex()}", chance.random()
    if kind < 0.3 and asks:
        word = f"{CANARY} {number}"
        sent[word], hall.asked_at[word] = time.perf_counter(), act
        seat.say({"id": id, "do": "ask_question", "act": act, "text": word})
    elif kind < 0.8 and asks and asked.get(act):
        seat.say({"id": id, "do": "plus_question", "question": chance.choice(asked[act])})
    else:
        seat.say(
            {"id": id, "do": "leave_feedback", "act": act, "on": hall.lines[act], "text": "A note of a usual length"}
        )


def _watch(
    hall: Hall, sent: dict[str, float], last: dict[str, float], helm: dict[str, float], asked: dict[str, list[str]]
) -> None:
    """Note when the last seat of a stage, and the facilitator, see a question."""
    mark = CANARY.encode()

    def at_stage(payload: bytes) -> None:
        if mark in payload and payload.startswith(b'{"topic":"place'):
            frame = json.loads(payload)
            now = time.perf_counter()
            for key, thing in frame["set"].items():
                if key.startswith("question:") and thing["text"] in sent:
                    last[thing["text"]] = max(now, last.get(thing["text"], 0))
                    ids = asked.setdefault(frame["topic"].removeprefix("place:"), [])
                    if key[9:] not in ids:
                        ids.append(key[9:])

    def at_helm(payload: bytes) -> None:
        if payload.startswith(b'{"topic":"helm'):
            now = time.perf_counter()
            for word, act in hall.asked_at.items():
                if word not in helm and b'"desk:%b"' % act.encode() in payload:
                    helm[word] = now

    for seat in hall.seats:
        seat.on_frame = at_stage
    hall.helm.on_frame = at_helm


async def _all_move(hall: Hall) -> None:
    """Everybody goes to a stage of the next slot within ten seconds; nobody is dropped."""
    while True:
        await command(hall.helm, "next_stage")
        await quiet([hall.helm])
        if await _is_at(hall, "move"):
            break
    latencies = await _go(hall, 2, WITHIN)
    dropped = sum(seat.transport.is_closing() for seat in hall.seats)
    words = f"  p99 while {len(hall.seats):,} move within {WITHIN:.0f} s, until their stage is there, ms"
    report(words, percentile(latencies, 99), MOVING)
    report("  dropped", dropped, 0)


async def _is_at(hall: Hall, part: str) -> bool:
    probe = (await sit(hall.server.port, [(hall.helm.path, hall.helm.key)]))[0]
    await quiet([probe])
    found = probe.first["step"]["stage"] == part
    probe.transport.close()
    return bool(found)


async def _go(hall: Hall, slot: int, seconds: float) -> list[float]:
    """Everybody goes to a stage of this slot; milliseconds until each has it."""
    chance, there = random.Random(slot), dict[int, float]()
    began: dict[int, float] = {}

    def arrived(number: int, payload: bytes) -> None:
        if number not in there and payload.startswith(b'{"topic":"place:') and b'"full":true' in payload[:200]:
            there[number] = time.perf_counter()

    for number, seat in enumerate(hall.seats):
        seat.on_frame = lambda payload, number=number: arrived(number, payload)
    start, sent = time.perf_counter(), 0
    while sent < len(hall.seats):
        due = min(len(hall.seats), int((time.perf_counter() - start) / seconds * len(hall.seats)) + 1)
        while sent < due:
            act = chance.choice(hall.acts[slot])
            hall.at[sent] = act
            began[sent] = time.perf_counter()
            hall.seats[sent].say({"id": f"go{slot}-{sent}", "do": "go", "act": act})
            sent += 1
        await asyncio.sleep(0.002)
    await quiet(hall.seats)
    for seat in hall.seats:
        seat.on_frame = None
    return [1000 * (there[number] - at) for number, at in began.items() if number in there]
