"""A wall of 500 notes in a real browser, throttled fourfold: how long one change and one tap take."""

import os
import statistics
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

from tests.server import Server

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NOTES, CHANGES = 500, 9

_ONE_CHANGE = """async (id) => {
  const room = window.Alpine.store('room');
  const note = room.things['note:' + id];
  const began = performance.now();
  room.take({topic: 'session', number: 0, full: false, drop: [],
             set: {['note:' + id]: {...note, text: note.text + ' more'}}});
  room.flush();
  await new Promise((done) => queueMicrotask(done));
  await window.Alpine.nextTick();
  void document.body.offsetHeight;
  return performance.now() - began;
}"""

_ONE_TAP = """async () => {
  const button = document.querySelector('.note-button:not([aria-pressed=true])');
  const began = performance.now();
  button.click();
  await window.Alpine.nextTick();
  void document.body.offsetHeight;
  return performance.now() - began;
}"""


async def measure() -> tuple[float, float]:
    """Median milliseconds of one change with layout, and of a tap until it shows."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        await server.start()
        page = await _full_wall(server)
        ids = await page.evaluate("window.Alpine.store('room').wall('ideas')")
        changes = [await page.evaluate(_ONE_CHANGE, ids[n * 40]) for n in range(CHANGES)]
        taps = [await page.evaluate(_ONE_TAP) for _ in range(CHANGES)]
        await page.context.browser.close()  # type: ignore[union-attr]
        await server.stop()
        return statistics.median(changes), statistics.median(taps)


async def _full_wall(server: Server) -> Page:
    opened = await server.open("ideas_and_dots")
    (writer,) = await opened.people("Writer")
    await opened.helm.ok("change_plan", step="ideas", hidden=False, limit=0)
    await opened.helm.to("ideas")
    seat = next(
        s for s in server.room(opened.code).desk.channel(opened.code).seats if s.visitor.person == writer.person
    )
    for count in range(NOTES):
        seat.allowance = 100.0
        await writer.ok("add_note", text=f"{count}: a note of a usual length, with some words in it")
    await opened.helm.to("group")
    playwright = await async_playwright().start()
    browser = await playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=ARGUMENTS
    )
    page = await browser.new_page(viewport={"width": 360, "height": 740})
    await page.goto(f"{server.address}/j/{opened.code}")
    await page.fill("#name", "Phone")
    await page.click("button.main")
    await page.locator(".note").nth(NOTES - 1).wait_for()
    session = await page.context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page
