"""Words too long for their field: what is said of that stands below it, and no page gets wider than its screen."""

import pytest

from sessions import formats
from tests.layout.test_layout import session_of
from tests.layout.walking import OPEN_ALL, Seats, press
from tests.server import Server
from tests.stories.browsers import chromium

WIDTHS = (320, 360, 1100)
#: More into every field than fits; what is said of it outside the screen, and how much wider the page is.
OVERFILL = """async () => {
  const seen = (el) => el.checkVisibility() && !el.closest("dialog:not([open])");
  const fields = [...document.querySelectorAll(":is(input, textarea)[data-most]")].filter(seen);
  for (const field of fields) {
    field.value = "Kaltwasser ".repeat(Number(field.dataset.most) / 11 + 2);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  await new Promise((done) => window.Alpine.nextTick(done));
  const lines = [...document.querySelectorAll(".too-long")].filter(seen);
  const outside = ({ left, right }) => left < 0 || right > innerWidth + 1;
  const out = lines.filter((line) => outside(line.getBoundingClientRect()));
  const wider = document.documentElement.scrollWidth - innerWidth;
  const faults = out.map((line) => line.previousElementSibling?.outerHTML.slice(0, 120));
  return [lines.length, [...faults, ...(wider > 0 ? [`${wider} px wider`] : [])]];
}"""


@pytest.mark.parametrize("format", list(formats.ALL))
async def test_what_is_too_long_for_its_field_makes_no_page_wider(server: Server, format: str) -> None:
    opened, crew = await session_of(server, format, True)
    faults, told = list[str](), 0
    async with chromium() as people:
        seats = Seats(server, people, opened)
        await seats.sit({"phone": crew[0]})
        for phase in formats.ALL[format].phases:
            await opened.helm.to(phase.key)
            for number in range(3):
                await seats.in_step(phase.key)
                for name in ("phone", "helm"):
                    page = seats.pages[name]
                    await page.evaluate(OPEN_ALL)
                    for width in WIDTHS:
                        await page.set_viewport_size({"width": width, "height": 740})
                        lines, found = await page.evaluate(OVERFILL)
                        told += lines
                        faults += [f"{phase.key} {number}, {name} at {width}: {fault}" for fault in found]
                if not await press(opened.helm):
                    break
    assert faults == [], "\n".join(faults)
    assert told


async def test_a_form_that_leaves_its_page_waits_until_everything_fits(server: Server) -> None:
    async with chromium() as people:
        page = await people.come((360, 740))
        await page.goto(server.address)
        title, open_it = (
            page.locator("#title"),
            page.locator("form:has(#title) button[type=submit], form:has(#title) button.main"),
        )
        await title.fill("Too long a title " * 6)
        await open_it.first.click()
        assert page.url.rstrip("/") == server.address
        assert await title.input_value() == "Too long a title " * 6
        await title.fill("Short enough")
        await open_it.first.click()
        await page.wait_for_url("**/helm*")
