"""``bin/bench``: medians of nine interleaved pairs with their interval, by the server's own CPU seconds."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from typing import Any

from bench import (
    board,
    browser,
    checks,
    coming,
    festival,
    hall,
    idle,
    opening,
    placing,
    record_page,
    several,
    small_rooms,
)
from bench.bursts import burst, command, measure_dots, measure_filling, measure_notes, measure_throughput
from bench.fanning import both_fan_outs
from bench.figures import PAIRS, ratio, report
from bench.processes import Waggle
from bench.seats import quiet, sit


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
    for _ in range(PAIRS):
        for place in (0, 1):
            began = server.cpu()
            for seat in rooms[place]:
                seat.on_frame = None
            await burst(rooms[place], 4, 0.5, lambda n: {"do": "add_note", "text": "one more"})
            costs[place].append((server.cpu() - began) / 200)
    ratio(
        "add_note with 5,000 notes against 10 notes",
        costs[1],
        costs[0],
        1.1,
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


async def main(wanted: list[str]) -> None:
    """Everything, or what is named. The load side collects nothing, so that its pauses are not ours."""
    gc.disable()
    if hasattr(os, "sched_setaffinity") and len(os.sched_getaffinity(0)) > 1:
        os.sched_setaffinity(0, {1})
    work: dict[str, Callable[[], Any]] = {
        "fanout": both_fan_outs,
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
        "record": record_page.measure,
        "board": board.measure,
        "checks": checks.measure,
        "idle": idle.measure,
        "hall": hall.measure,
        "several": several.measure,
        "small_rooms": small_rooms.measure,
        "festival": festival.measure,
        "coming": coming.measure,
        "festival_page": festival.measure_page,
    }
    for name in wanted or work:
        await work[name]()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
