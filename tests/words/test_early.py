"""What is typed into a page before it is awake stays, and what is pressed is done; on paper nothing is folded."""

import asyncio
from collections.abc import Awaitable, Callable

from playwright.async_api import Page, Route, expect

from tests.layout.test_pages import PLACES, ids_of
from tests.server import Server
from tests.stories.browsers import AWAKE, LAPTOP, PHONE, chromium, let_in

#: Fields that somebody can write in or choose from, as they are seen.
FILL = """() => [...document.querySelectorAll("input, textarea, select")].filter((field) => field.checkVisibility()
    && !field.disabled && !field.readOnly && !["file", "hidden"].includes(field.type)).forEach((field, number) => {
  field.dataset.tried = number;
  if (field.type === "radio" || field.type === "checkbox") field.checked = true;
  else if (field.type === "date") field.value = "2026-10-0" + (1 + number % 9);
  else if (field.type === "number") field.value = "7";
  else if (field.tagName === "SELECT") field.selectedIndex = field.options.length - 1;
  else field.value = "typed early " + number;
})"""
SAID = """() => [...document.querySelectorAll("[data-tried]")].sort((a, b) => a.dataset.tried - b.dataset.tried)
  .map((field) => [field.type, field.name || field.id, field.value, field.checked ?? false])"""


async def test_what_is_typed_before_a_page_is_awake_stays(server: Server) -> None:
    opened = await server.open("gallery_walk")
    await opened.helm.ok("set_teams", names="Care\nSupply")
    of = ids_of(opened)
    tried = set[str]()
    async with chromium() as people:
        page = await people.come(PHONE)
        asleep = asyncio.Event()
        await page.route("**/alpine*", held_until(lambda: asleep))
        for path, places in PLACES.items():
            for place in places:
                asleep = asyncio.Event()
                if await types_early(page, f"{server.address}{place(of)}", asleep):
                    tried.add(path)
        assert {"/", "/j/{code}"} <= tried


async def test_who_joins_before_the_page_is_awake_has_joined(server: Server) -> None:
    opened = await server.open("gallery_walk")
    await opened.helm.ok("set_teams", names="Care\nSupply")
    awake = asyncio.Event()
    async with chromium() as people:
        page = await people.come(PHONE)
        await page.route("**/alpine*", held_until(lambda: awake))
        await page.goto(f"{server.address}/j/{opened.code}", wait_until="commit")
        await page.wait_for_selector("#name")
        await page.wait_for_function("document.readyState !== 'loading'")
        await page.fill("#name", "Ann")
        await page.select_option("#team", label="Supply")
        await page.get_by_role("button", name="Join").click()
        awake.set()
        await expect(page.locator(".who")).to_have_text("Ann")
        assert people.complaints == []


async def test_what_is_pressed_before_a_page_is_awake_is_done(server: Server) -> None:
    opened = await server.open("leadership_draft")
    awake = asyncio.Event()
    async with chromium() as people:
        page = await people.come(LAPTOP)
        await page.goto(opened.links["helm_url"])
        await expect(page.get_by_role("button", name="More", exact=True)).to_be_visible()
        await page.route("**/alpine*", held_until(lambda: awake))
        await page.reload(wait_until="commit")
        await page.get_by_role("button", name="More", exact=True).wait_for()
        await page.wait_for_function("document.readyState !== 'loading'")
        await page.get_by_role("button", name="More", exact=True).click()
        awake.set()
        await expect(page.get_by_role("heading", name="More")).to_be_visible()


async def test_on_paper_nothing_is_folded(server: Server) -> None:
    opened = await server.open("gallery_walk")
    await opened.helm.ok("set_teams", names="Care\nSupply")
    of = ids_of(opened)
    async with chromium() as people:
        page = await people.come(PHONE)
        for key in (opened.links["helm_token"], opened.links["room_token"]):
            await let_in(page, server.address, key)
        folds = 0
        for place in (place for places in PLACES.values() for place in places):
            await page.goto(server.address + place(of))
            await page.wait_for_function(AWAKE)
            folds += await page.locator("details:not([open])").count()
            await page.evaluate("dispatchEvent(new Event('beforeprint'))")
            await expect(page.locator("details:not([open], .forgets)")).to_have_count(0)
        assert folds


async def types_early(page: Page, address: str, awake: asyncio.Event) -> bool:
    """Fill every field in sight while the page still sleeps, and see them hold it once it is awake."""
    await page.goto(address, wait_until="commit")
    await page.wait_for_selector("main")
    await page.wait_for_function("document.readyState !== 'loading'")
    await page.evaluate(FILL)
    before = await page.evaluate(SAID)
    awake.set()
    await page.wait_for_function(AWAKE)
    assert await page.evaluate(SAID) == before, address
    await expect(page.locator("main")).to_be_visible()
    return bool(before)


def held_until(awake: Callable[[], asyncio.Event]) -> Callable[[Route], Awaitable[None]]:
    """A way that lets nothing through before this."""

    async def held(route: Route) -> None:
        await awake().wait()
        await route.continue_()

    return held
