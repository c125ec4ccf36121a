"""The facilitator's wall: eighteen notes stand on a laptop at once, and what the room wants is seen beside them."""

from typing import Literal

import pytest
from playwright.async_api import expect

from tests.layout.pictures import IDEAS
from tests.server import Server
from tests.stories.browsers import chromium

Motion = Literal["no-preference", "reduce"]
#: Whether all of a thing is on the screen, and not behind the bar at its foot.
SEEN = """(el) => {
  const box = el.getBoundingClientRect();
  const bar = document.querySelector(".bar-foot").getBoundingClientRect();
  return box.top >= 0 && box.bottom <= bar.top && el.checkVisibility();
}"""


async def test_eighteen_notes_stand_without_scrolling_and_hands_are_beside_them(server: Server) -> None:
    opened = await server.open("leadership_draft", "Q3 direction")
    crew = [await server.join(opened.code, name) for name in ("Ann", "Bob", "Cy")]
    await opened.helm.ok("change_plan", step="ideate", limit=0)
    await opened.helm.to("ideate")
    for number, (idea, before, after) in enumerate((*IDEAS, *IDEAS[:4])):
        await crew[number % 3].ok("add_note", text=idea, baseline=before, target=after)
    await opened.helm.ok("reveal")
    await opened.helm.to("cluster")
    await crew[0].ok("hand", on=True)
    async with chromium() as people:
        page = await people.come((1280, 800))
        await page.goto(opened.links["helm_url"])
        await expect(page.locator(".wall .note")).to_have_count(18)
        await expect(page.locator(".hands li")).to_have_count(1)
        seen = [await note.evaluate(SEEN) for note in await page.locator(".wall .note").all()]
        assert all(seen)
        await page.set_viewport_size({"width": 1024, "height": 768})
        await page.locator(".wall .note").last.scroll_into_view_if_needed()
        assert await page.locator(".hands li").evaluate(SEEN)
        await expect(page.locator(".plan")).to_have_css("width", "72px")


#: How often something was moved on this page.
COUNT = """() => {
  window.moved = 0;
  const { animate } = Element.prototype;
  Element.prototype.animate = function (...how) { window.moved += 1; return animate.apply(this, how); };
}"""


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
async def test_merged_notes_travel_to_each_other_unless_nothing_shall_move(server: Server, motion: Motion) -> None:
    opened = await server.open("leadership_draft", "Q3 direction")
    ann = await server.join(opened.code, "Ann")
    await opened.helm.to("ideate")
    for idea, *_ in IDEAS[:3]:
        await ann.ok("add_note", text=idea)
    await opened.helm.ok("reveal")
    await opened.helm.to("cluster")
    async with chromium() as people:
        page = await people.come((1280, 800), reduced_motion=motion, bypass_csp=True)
        await page.goto(opened.links["helm_url"])
        await expect(page.locator(".wall .note")).to_have_count(3)
        await page.evaluate(COUNT)
        for at in range(2):
            await page.locator(".wall .note-button").nth(at).click()
        await page.keyboard.press("m")
        await expect(page.locator(".wall .note")).to_have_count(2)
        await expect(page.locator(".traveler")).to_have_count(0)
        assert await page.evaluate("window.moved") == (2 if motion == "no-preference" else 0)
        assert not people.complaints
