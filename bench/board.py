"""The board of forty teams and 150 needs in a real browser: one change of a need, drawn and as a list, throttled."""

import json
import os
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from bench.browser import ARGUMENTS
from bench.figures import report
from bench.record_page import TIMED, come
from tests.server import Server

TEAMS, NEEDS, TURNS = 40, 150, 12
#: What a change may take on a phone slowed fourfold, in milliseconds.
GOAL = 50
SCREENS = (("laptop", 1280, 1), ("board, 4 x slower", 1280, 4), ("phone, 4 x slower", 360, 4))
STATES = ("accepted", "proposed", "conditional", "declined")
_THERE = f"() => document.querySelectorAll('.need-line').length >= {NEEDS} || document.querySelector('.need')"
_FRAME = """() => {
  const record = window.Alpine.store("record");
  const keys = Object.keys(record.shared).filter((key) => key.startsWith("dependency:"));
  const key = keys[Math.floor(Math.random() * keys.length)];
  const was = record.shared[key];
  const set = { [key]: { ...was, state: was.state === "declined" ? "proposed" : "declined" } };
  record.take({ topic: "record", number: 0, full: false, drop: [], set });
}"""


def record() -> str:
    """Teams, and needs between them all over the cycle, some without a day."""
    teams = [{"id": f"T{n}", "name": f"Team {n} of the north"} for n in range(TEAMS)]
    needs = [
        {
            "id": f"D{n}",
            "consumer": f"T{n % TEAMS}",
            "provider": f"T{(n * 7 + 3 + n // TEAMS) % TEAMS}",
            "upstream_need": f"what is needed for number {n}",
            "need_by": f"2026-0{7 + n % 3}-{10 + n % 18}" if n % 6 else None,
            "state": STATES[n % 4],
        }
        for n in range(NEEDS)
    ]
    fine = [need for need in needs if need["consumer"] != need["provider"]]
    cycle = {"name": "Q3", "start": "2026-07-01", "end": "2026-09-30"}
    return json.dumps({"organisation": {"name": "Bench"}, "cycle": cycle, "teams": teams, "dependencies": fine})


async def measure() -> None:
    """A change of one need on a laptop, and slowed fourfold: with the board, and on a phone as a list; medians."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        await server.start()
        made = (await server.call("POST", "/api/rooms", json={"name": "Bench"})).json()
        room, key = made["room"], made["room_token"]
        body: dict[str, Any] = {"content": record().encode(), "headers": {"Content-Type": "application/json"}}
        brought = await server.call("POST", f"/api/rooms/{room}/import", key, **body)
        assert brought.status_code == 200, brought.text
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=ARGUMENTS
            )
            for name, width, times in SCREENS:
                page, line = await come(browser, width)
                await page.goto(f"{server.address}/r/{room}#key={key}")
                await page.wait_for_url(f"{server.address}/r/{room}")
                await page.wait_for_function(_THERE)
                await line.send("Emulation.setCPUThrottlingRate", {"rate": times})
                taken = [await page.evaluate(TIMED, _FRAME) for _ in range(TURNS)]
                report(f"board of {TEAMS} teams, {NEEDS} needs, {name}: one change, ms", statistics.median(taken), GOAL)
            await browser.close()
        await server.stop()
