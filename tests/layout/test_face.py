"""The typeface comes from here, moves nothing when it arrives, and is missed by no page."""

import asyncio

from playwright.async_api import Route

from tests.server import Server
from tests.stories.browsers import chromium

#: How far what was painted has moved so far, by itself (0: not at all).
MOVED = """() => new Promise((done) => {
  let moved = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { moved += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
})"""
LOADED = "() => document.fonts.ready.then(() => [...document.fonts].some((face) => face.status === 'loaded'))"


async def test_pages_are_set_in_the_typeface_of_the_house(server: Server) -> None:
    async with chromium() as people:
        page = await people.come((1280, 800))
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(server.address)
        assert await page.evaluate(LOADED)
        assert all(url.startswith(server.address) for url in asked)
        assert not any("latin-ext" in url for url in asked), "nothing on this page needs those letters"


async def test_nothing_moves_when_the_typeface_arrives_late(server: Server) -> None:
    arrives = asyncio.Event()

    async def late(route: Route) -> None:
        await arrives.wait()
        await route.continue_()

    async with chromium() as people:
        page = await people.come((360, 740))
        await page.route("**/*.woff2", late)
        await page.goto(server.address, wait_until="domcontentloaded")
        await page.evaluate(MOVED)
        arrives.set()
        await page.evaluate("() => document.fonts.ready")
        assert await page.evaluate(MOVED) == 0


async def test_pages_work_without_the_typeface(server: Server) -> None:
    async with chromium() as people:
        page = await people.come((360, 740))
        await page.route("**/*.woff2", lambda route: route.abort())
        await page.goto(server.address)
        await page.fill("#code", "nothing")
        assert await page.evaluate(MOVED) == 0
