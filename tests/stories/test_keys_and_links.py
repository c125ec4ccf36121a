"""Keys and links in a browser: letters are for cards, the space bar goes on, a pasted link opens."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from sessions import formats
from tests.server import Opened, Server
from tests.stories.browsers import LAPTOP, chromium

TEMPLATES = Path("web/templates")


def test_every_enter_that_sends_asks_what_it_ends() -> None:
    handlers = re.compile(r"@keydown\.enter[.\w]*=\"(?!enter\(\$event\)\")[^\"]*\"")
    assert [path.name for path in sorted(TEMPLATES.rglob("*.html")) if handlers.search(path.read_text())] == []


async def written(server: Server, notes: int) -> Opened:
    """A draft in which so many ideas were written."""
    opened = await server.open("leadership_draft")
    ann = await server.join(opened.code, "Ann")
    await opened.helm.to("ideate")
    for number in range(notes):
        await ann.ok("add_note", text=f"Result number {number}")
    return opened


async def test_letters_do_something_to_cards_alone_and_can_be_switched_off(server: Server) -> None:
    opened = await written(server, 4)
    await opened.helm.to("cluster")
    async with chromium() as people:
        noor = await people.come(LAPTOP)
        await noor.goto(opened.links["helm_url"])
        cards = noor.locator(".notes.wall .note-button")
        await expect(cards).to_have_count(4)
        await cards.nth(0).click()
        await cards.nth(1).click()
        await noor.get_by_role("button", name="Pause").focus()
        await noor.keyboard.press("m")
        await noor.get_by_role("button", name="Letters as keys").click()
        await cards.nth(1).focus()
        await noor.keyboard.press("m")
        await opened.helm.echo()
        await expect(cards).to_have_count(4)
        await noor.get_by_role("button", name="Letters as keys").click()
        await cards.nth(1).focus()
        await noor.keyboard.press("m")
        await expect(cards).to_have_count(3)
        assert people.complaints == []


async def test_the_space_bar_goes_on_wherever_the_focus_is_but_in_a_field(server: Server) -> None:
    opened = await written(server, 3)
    await opened.helm.to("readout")
    async with chromium() as people:
        noor = await people.come(LAPTOP)
        await noor.goto(opened.links["helm_url"])
        await expect(noor.locator(".bar-right .main")).to_be_visible()
        before = await noor.locator("main").inner_text()
        await noor.get_by_role("button", name="More", exact=True).focus()
        await noor.keyboard.press(" ")
        await noor.wait_for_function("(before) => document.querySelector('main').innerText !== before", arg=before)
        await expect(noor.locator("dialog[open]")).to_have_count(0)
        assert people.complaints == []


async def test_a_personal_link_pasted_into_a_page_that_refused_opens(server: Server) -> None:
    opened = await server.open("leadership_draft")
    async with chromium() as people:
        page = await people.come(LAPTOP)
        await page.goto(f"{server.address}/s/{opened.code}/helm")
        await expect(page.get_by_text("This page opens with a personal link")).to_be_visible()
        await page.evaluate("(url) => { location.href = url; }", opened.links["helm_url"])
        await expect(page.locator(".bar-right .main")).to_be_visible()


@pytest.mark.parametrize("format", list(formats.ALL))
async def test_a_plan_is_looked_at_beforehand_in_whole_sentences(server: Server, format: str) -> None:
    opened = await server.open(format)
    async with chromium() as people:
        noor = await people.come(LAPTOP)
        await noor.goto(opened.links["helm_url"])
        steps = noor.locator(".plan button, .script button, nav.steps button")
        await expect(steps.first).to_be_visible()
        for number in range(await steps.count()):
            await steps.nth(number).click()
            await expect(noor.locator(".ahead")).to_be_visible()
            assert "{" not in await noor.locator(".ahead").inner_text()
            await noor.locator(".ahead").get_by_role("button", name="Close").click()
