"""A walk through pages: it opens them, brings each to the present step, and keeps what is wrong with their layout."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import CDPSession, Page, TimeoutError

from tests.server import Client, Opened, Server
from tests.stories.browsers import PICTURED, SCHEMES, People

LOOK = (Path(__file__).parent / "look.js").read_text()
UNEVEN = (Path(__file__).parent / "uneven.js").read_text()
PARTS = (Path(__file__).parent / "parts.js").read_text()
SIZES = ((320, 640), (360, 740), (768, 1024), (1024, 768), (1280, 800), (1920, 1080))
#: What a laptop at 400 % and a phone lying on its side leave of a screen.
SHORT = ((320, 256), (640, 400))
#: Whether the page shows what a client was told: the run, its stage, and every key.
IN_STEP = """({ run, stage, keys }) => {
  const room = window.Alpine?.store("room");
  return room && (room.things.step?.run === run) && (room.things.step?.stage ?? null) === stage
    && keys.every((key) => key in room.things) && room.queue.length === 0;
}"""
#: In what a page differs from it.
APART = """({ run, stage, keys }) => {
  const room = window.Alpine?.store("room");
  const { step } = room?.things ?? {};
  return JSON.stringify({ run: [run, step?.run], stage: [stage, step?.stage], queue: room?.queue.length,
    status: room?.status, missing: keys.filter((key) => !(key in (room?.things ?? {}))) });
}"""
#: Scripts that were found only once another had come: each step down is a round trip more.
LATE = """() => {
  const named = document.head.querySelectorAll("script[src], link[rel=modulepreload]");
  const said = [...named].map((el) => el.src || el.href);
  const came = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.endsWith(".js"));
  return came.filter((name) => !said.includes(name)).map((name) => `${name.split("/static/")[1]} is found late`);
}"""
OPEN_ALL = """() => document.querySelectorAll("details").forEach((d) => { d.open = true; })"""
#: Whatever unfolds with a press, once each.
UNFOLD = """() => document.querySelectorAll("[aria-expanded=false]").forEach((b) => {
  if (b.checkVisibility() && !b.closest(".plan")) b.click();
})"""

#: How often two pictures of a page are waited for before a fault counts.
SETTLED = 5

#: Long walls are laid out where one looks, and what is left out keeps the size it had elsewhere; here all is laid out.
ALL_AT_ONCE = """{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets = [sheet];
}"""
#: Everything that can go wrong at once: no network, a refusal, words that came back, somebody acting in one's name.
TROUBLE = """async (words) => {
  const { Alpine } = window;
  const room = Alpine.store("room");
  Object.assign(room, { status: "lost", notice: words });
  const typed = { text: words, title: words, field: "", run: "", at: 0 };
  Alpine.store("words").loose = [{ ...typed, id: "a", say: "" }, { ...typed, id: "b", say: words, late: { do: "" } }];
  Alpine.store("words").keeps = false;
  const made = ["link", "claim", "merged", "vote"].map((how) => ({ id: how, how, by: words, about: words }));
  room.mine = { ...room.mine, me: { ...room.mine.me, spoken: made, sealed: true } };
  const people = Object.keys(room.things).filter((key) => key.startsWith("person:")).map((key) => key.slice(7));
  room.things.attention = { ...room.things.attention, hands: people, speaking: people };
  room.things.claims = { waiting: people.map((person) => ({ id: person, person })) };
  document.querySelector(".who")?.click();
  await new Promise((done) => Alpine.nextTick(done));
}"""
#: A dialog as the server's question opens it, and the one behind *More*.
ASK = """async ([code, words]) => {
  window.Alpine.store("room").kept = { code, say: words, asked: { do: "reveal", id: "x" } };
  await new Promise((done) => window.Alpine.nextTick(done));
}"""
MORE = """async () => {
  window.Alpine.store("room").kept = null;
  document.querySelector(".bar-left [aria-expanded]")?.click();
  await new Promise((done) => window.Alpine.nextTick(done));
  document.querySelectorAll("details").forEach((d) => { d.open = true; });
}"""


class Looker:
    """Looks at pages at every size and keeps what it finds, each fault once, with where it was met first."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}
        self.looks = 0
        self._lines: dict[Page, CDPSession] = {}

    async def look(self, page: Page, where: str, *, thumb: bool = False, tall_only: bool = False) -> None:
        """At six widths, and at two heights that leave hardly any room."""
        if page not in self._lines:
            self._lines[page] = await page.context.new_cdp_session(page)
        beside = "() => []" if tall_only else UNEVEN
        both = f"const look = {LOOK}, uneven = {beside}; window.look = (asked) => [...look(asked), ...uneven()];"
        await page.evaluate(f"() => {{ {both} }}")
        for width, height in SIZES if tall_only else (*SIZES, *SHORT):
            focus = (width, height) in ((360, 740), *SHORT)
            asked = {"thumb": thumb and width <= 768, "focus": focus}
            found = await self._look_at(page, width, height, asked)
            for _ in range(SETTLED):
                if not found:
                    break
                # What a browser puts off until its next pictures is no fault; what is still there then is one.
                await page.evaluate(PICTURED)
                found = await page.evaluate("(asked) => window.look(asked)", asked)
            self.looks += 1
            for fault in found:
                self.faults.setdefault(fault, f"{where} at {width} × {height}")
        for fault in await page.evaluate(LATE):
            self.faults.setdefault(fault, where)
        await self._look_at_parts(page, where)

    async def _look_at_parts(self, page: Page, where: str) -> None:
        """Parts of pictures in both themes, and what is chosen in a person's own few colours."""
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for fault in await page.evaluate(PARTS, {"forced": False}):
                self.faults.setdefault(f"{fault} ({scheme})", where)
        await page.emulate_media(color_scheme="light", forced_colors="active", reduced_motion="reduce")
        for fault in await page.evaluate(PARTS, {"forced": True}):
            self.faults.setdefault(f"{fault} (forced colours)", where)
        await page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion=None)

    async def _look_at(self, page: Page, width: int, height: int, asked: dict[str, bool]) -> list[str]:
        """What is wrong at another size; the window, which nobody sees, keeps the one it has."""
        size = {"width": width, "height": height, "screenWidth": width, "screenHeight": height}
        wanted = {**size, "deviceScaleFactor": 1, "mobile": False}
        look = {"expression": f"window.look({json.dumps(asked)})", "returnByValue": True}
        line = self._lines[page]
        told = line.send("Emulation.setDeviceMetricsOverride", wanted), line.send("Runtime.evaluate", look)
        found: list[str] = (await asyncio.gather(*told))[1]["result"]["value"]
        return found

    def report(self) -> str:
        """Every fault with where it was met first."""
        return "\n".join(f"{where}: {fault}" for fault, where in self.faults.items())


class Seats:
    """One session in browsers: the facilitator's view, phones, and the big screen."""

    def __init__(self, server: Server, people: People, opened: Opened, small_screen: bool = False) -> None:
        self.server, self.people, self.opened, self.small_screen = server, people, opened, small_screen
        self.pages: dict[str, Page] = {}

    async def sit(self, phones: dict[str, Client]) -> None:
        """Open every page, each in a browser of its own."""
        links = self.opened.links
        await self._open("helm", links["helm_url"])
        await self._open("screen", links["screen_url"])
        for name, client in phones.items():
            await self._open(name, f"{self.server.address}/s/{links['code']}#key={client.key}")

    async def beside(self) -> "Seats":
        """The same browsers, each with a second page that is empty still."""
        others = Seats(self.server, self.people, self.opened, self.small_screen)
        for name, page in self.pages.items():
            beside = others.pages[name] = await page.context.new_page()
            await beside.add_init_script(ALL_AT_ONCE)
        return others

    async def look(self, looker: Looker, where: str) -> None:
        """Look at all of them, once they show what everybody was told."""
        await self.in_step(where)
        for name, page in self.pages.items():
            await page.evaluate(OPEN_ALL)
            phone = name not in ("helm", "screen")
            await looker.look(page, f"{where}, {name}", thumb=phone, tall_only=name == "screen")

    async def in_step(self, where: str) -> None:
        """Wait until every page shows what everybody was told."""
        await self.opened.helm.echo()
        told = self.opened.helm.session
        state = {"run": told["step"]["run"], "stage": told["step"].get("stage"), "keys": list(told)}
        for name, page in self.pages.items():
            try:
                await page.wait_for_function(IN_STEP, arg=state)
            except TimeoutError:
                pytest.fail(f"{where}, {name} shows something else: {await page.evaluate(APART, state)}")

    async def look_in_trouble(self, looker: Looker, where: str, words: str, dialogs: bool = True) -> None:
        """The same pages when everything goes wrong at once, and with every dialog open."""
        for name, page in self.pages.items():
            await page.evaluate(TROUBLE, words)
            await looker.look(page, f"{where}, {name} in trouble", thumb=name not in ("helm", "screen"))
            for code in ("not_shown", "vote_shown", "few_voted") if name == "helm" and dialogs else ():
                await page.evaluate(ASK, [code, words])
                await looker.look(page, f"{where}, asked {code}")
            if name == "helm" and dialogs:
                await page.evaluate(MORE)
                await looker.look(page, f"{where}, more")
            await page.reload()
            await page.wait_for_function("() => window.Alpine?.store('room')")

    async def _open(self, name: str, url: str) -> None:
        page = self.pages[name] = await self.people.come((360, 740), bypass_csp=True, reduced_motion="reduce")
        await page.add_init_script(ALL_AT_ONCE)
        if name == "helm" and not self.small_screen:
            # The wall is walked on a page of its own; its small picture beside the facilitator's need not be there too.
            # A page with a way of its own to the server keeps nothing: what it shows is fetched anew each time.
            await page.route("**/screen?small=1", lambda route: route.fulfill(body="", content_type="text/html"))
        await page.goto(url)
        await page.wait_for_function("() => window.Alpine?.store('room')")


async def press(helm: Client) -> bool:
    """Press the main button where it does something inside the step; false where it would go on."""
    await helm.echo()
    main: dict[str, Any] = helm.topics["helm"]["main"]
    if main["do"] in ("next_phase", "close_session"):
        return False
    answer = await helm.do(main["do"], **main["fields"])
    if answer.get("code") == "few_voted":
        answer = await helm.do(main["do"], **main["fields"], anyway=True)
    return "done" in answer
