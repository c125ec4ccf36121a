"""The record of sixty teams and a thousand results in a real browser: opening it, searching, a goal, a change."""

import json
import os
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from bench.browser import ARGUMENTS
from bench.figures import report
from tests.server import Server

#: As many goals as four a team and a few more, with a thousand results in all.
TEAMS, GOALS, RESULTS, TURNS = 60, 250, 4, 5
#: In how many milliseconds the page shows its first screen, has its last goal, answers a touch, and shows a change.
LAPTOP, PHONE = (300, 1000, 100, 20), (1000, 1000, 100, 100)
KINDS = ("shared", "explicit", "directional")
#: Whether all of the list stands on the page.
_WHOLE = f"() => document.querySelectorAll('.goal').length > {GOALS}"
#: Keeps when a screen of it, and when all of it was painted, as the page itself counts from its address: the picture
#: after the one in which it stands there first.
_WATCH = """(() => {
  const painted = window.painted = {};
  const keep = (what, goals) => {
    const seen = new MutationObserver(() => {
      if (document.querySelectorAll(".goal").length < goals) return;
      seen.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => { painted[what] = performance.now(); }));
    });
    seen.observe(document, { childList: true, subtree: true });
  };
  keep("screen", 1);
  keep("whole", %d);
})();"""
_PAINTED = "() => window.painted.whole && window.painted"
#: How long something takes until the page is laid out again, in milliseconds.
TIMED = """async (act) => {
  const began = performance.now();
  (0, eval)(act)();
  await window.Alpine.nextTick();
  void document.body.offsetHeight;
  return performance.now() - began;
}"""
_SIFT = """() => {
  const field = document.querySelector(".sift input");
  field.value = field.value ? "" : "team 3";
  field.dispatchEvent(new Event("input"));
}"""
_GOAL = """() => document.querySelectorAll(".goal-name")[20].click()"""
_FRAME = """() => {
  const record = window.Alpine.store("record");
  const key = Object.keys(record.shared).find((key) => key.startsWith("result:"));
  const set = { [key]: { ...record.shared[key], current: Math.random() } };
  record.take({ topic: "record", number: 0, full: false, drop: [], set });
}"""


def cycle() -> str:
    """A cycle as a file has it: every goal with results, most of them linked."""
    top = {"id": "K", "objective": "Everybody is warm", "key_results": [_result(f"K{n}", n) for n in range(1, 5)]}
    teams = [{"id": f"T{n}", "name": f"Team {n}"} for n in range(TEAMS)]
    okrs = [
        {
            "id": f"O{n}",
            "team": f"T{n % TEAMS}",
            "objective": f"What team {n % TEAMS} wants to reach in this quarter",
            "key_results": [_result(f"R{n}-{place}", place) for place in range(RESULTS)],
        }
        for n in range(GOALS)
    ]
    links = [{"child": f"O{n}", "parent": f"K{1 + n % 4}", "type": KINDS[n % 3]} for n in range(GOALS) if n % 6]
    return json.dumps(
        {"organisation": {"name": "Bench"}, "teams": teams, "top": top, "okrs": okrs, "alignments": links}
    )


def _result(id: str, place: int) -> dict[str, Any]:
    return {
        "id": id,
        "text": f"Result {id} that is measured",
        "baseline": place,
        "target": place + 10,
        "current": place + 4,
    }


async def measure() -> None:
    """At a laptop's speed, and throttled fourfold as on a phone; medians."""
    # A browser is many processes: it gets every core there is, as it has on whatever it runs on.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        await server.start()
        made = (await server.call("POST", "/api/rooms", json={"name": "Bench"})).json()
        room, key = made["room"], made["room_token"]
        body = {"content": cycle().encode(), "headers": {"Content-Type": "application/json"}}
        brought = await server.call("POST", f"/api/rooms/{room}/import", key, **body)
        assert brought.status_code == 200, brought.text
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=ARGUMENTS
            )
            for name, width, times, goals in (("laptop", 1280, 1, LAPTOP), ("phone, 4 x throttled", 360, 4, PHONE)):
                page, line = await come(browser, width)
                await page.add_init_script(_WATCH % (GOALS + 1))
                await page.goto(f"{server.address}/r/{room}#key={key}")
                await page.wait_for_url(f"{server.address}/r/{room}")
                await page.wait_for_function(_WHOLE)
                await line.send("Emulation.setCPUThrottlingRate", {"rate": times})
                await _measure_on(page, name, goals)
            await browser.close()
        await server.stop()


async def _measure_on(page: Page, name: str, goals: tuple[int, int, int, int]) -> None:
    open_in, last_in, touch_in, change_in = goals
    address, opened, whole = page.url, [], []
    for _ in range(TURNS):
        await page.goto("about:blank")
        await page.goto(address, wait_until="commit")
        painted = await (await page.wait_for_function(_PAINTED)).json_value()
        opened.append(painted["screen"])
        whole.append(painted["whole"])
    what = f"record of {TEAMS} teams, {GOALS * RESULTS} results, {name}: opens, ms"
    report(what, statistics.median(opened), open_in)
    report("  its last goal stands there, ms", statistics.median(whole), last_in)
    for what, act, goal in (
        ("a search", _SIFT, touch_in),
        ("opening a goal", _GOAL, touch_in),
        ("a change of a result", _FRAME, change_in),
    ):
        taken = [await page.evaluate(TIMED, act) for _ in range(2 * TURNS)]
        report(f"  {what}, ms", statistics.median(taken), goal)


async def come(browser: Browser, width: int) -> tuple[Page, CDPSession]:
    """A page of this width, and the line to its browser."""
    context = await browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = await context.new_page()
    return page, await context.new_cdp_session(page)
