"""Real browsers for stories: one Chromium, people as contexts of their own, and axe looking at every page."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Browser, Page, async_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP waggle.test 127.0.0.1",
]
AXE = Path("node_modules/axe-core/axe.min.js")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: Everything in light; in dark what may differ there: what is told apart by colour.
RUN_AXE = {
    "light": "axe.run(document, {resultTypes: ['violations'], rules: {'region': {enabled: false}}, preload: false})",
    "dark": """axe.run(document, {
      resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block'], preload: false,
    })""",
}
#: Said of every page by itself, so that a walk need not guess: it stands, what wakes it has woken it, and it stays:
#: a page that trades the key in its address goes on to the next one, unless it says where else to go.
_WAKES = """globalThis.tradesKey = location.hash.startsWith("#key=");
addEventListener("alpine:initialized", () => { document.documentElement.dataset.awake = ""; });"""
AWAKE = """() => {
    const opens = document.getElementById("without");
    return document.readyState === "complete" && (opens ? !opens.hidden : !globalThis.tradesKey)
        && (!document.querySelector("script[src*=alpine]") || "awake" in document.documentElement.dataset);
}"""
#: Two pictures of a page.
PICTURED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
PHONE, LAPTOP, WALL = (360, 740), (1440, 860), (1600, 900)

#: What a browser says of a line that a story has cut, or of a server it has started again.
_CUT_OFF = ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED")


class People:
    """Whoever takes part in a story, each with a browser context; what their consoles complain of is kept."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.complaints: list[str] = []
        self.faults: list[str] = []
        self.looked_at = 0

    async def come(self, size: tuple[int, int], **how: Any) -> Page:
        """A new person's page."""
        context = await self.browser.new_context(viewport={"width": size[0], "height": size[1]}, **how)
        context.set_default_timeout(10_000)
        await context.add_init_script(_WAKES)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda m: self._hear(m.type, m.text))
        return page

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" and not any(reason in text for reason in _CUT_OFF):
            self.complaints.append(text)

    async def look_at(self, *pages: Page) -> None:
        """Keep what axe finds on these pages, in light and in dark, and what reaches beyond the edge."""
        for page in pages:
            await page.wait_for_function(AWAKE)
            for scheme in SCHEMES:
                await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                if not await page.evaluate("() => 'axe' in window"):
                    await page.evaluate(AXE.read_text())
                found = await page.evaluate(RUN_AXE[scheme])
                where = f"{scheme}, {page.url.rsplit('/', 1)[-1]}, {await page.locator('h1').inner_text()}"
                self.faults += [
                    f"{v['id']} ({where}): {n['html'][:160]} {n['failureSummary'][:300]}"
                    for v in found["violations"]
                    for n in v["nodes"]
                ]
            wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                self.faults.append(f"{page.url} is {wide} px too wide")
            self.looked_at += 1


@asynccontextmanager
async def chromium() -> AsyncIterator[People]:
    """One browser for a story."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=ARGUMENTS)
        yield People(browser)
        await browser.close()


async def let_in(page: Page, address: str, key: str) -> None:
    """Give this browser what a link with that key would give it, and go nowhere."""
    await page.request.get(address)
    origin = "/".join(address.split("/")[:3])
    answer = await page.request.post(f"{address}/api/keys", data={"key": key}, headers={"Origin": origin})
    assert answer.ok, await answer.text()


async def press_tab_until(page: Page, selector: str, most: int = 60) -> None:
    """By keyboard alone: go on with Tab until the focus is on what the selector names."""
    for _ in range(most):
        if await page.evaluate("s => !!document.activeElement?.matches(s)", selector):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")
