"""A whole session facilitated without a mouse: each thing is reached by Tab, and pressed with a key."""

from playwright.async_api import Page, expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, chromium, press_tab_until


async def test_a_facilitator_leads_from_beginning_to_end_by_keyboard_alone(server: Server) -> None:
    opened = await server.open("ideas_and_dots")
    crew = await opened.people("Ann Bob Cy")
    async with chromium() as people:
        noor = await people.come(LAPTOP)
        await noor.goto(opened.links["helm_url"])
        await expect(noor.locator("h1")).to_have_text("Before you begin")
        await goes_on(noor, "Welcome everyone", "Welcome")
        await goes_on(noor, "Start ideas", "What comes to mind?")
        for person, words in zip(crew, ("Heat in every street", "Heat in all streets", "One survey"), strict=True):
            await person.ok("add_note", text=words)
        await press(noor, ".bar-right .main")
        await expect(noor.locator(".note")).to_have_count(3)
        await goes_on(noor, "Find what belongs together", "Same thing?")
        for words in ("Heat in every street", "Heat in all streets"):
            await press(noor, f".note-button:has-text('{words}')", "Space")
        await noor.keyboard.press("m")
        await expect(noor.locator(".note")).to_have_count(2)
        await goes_on(noor, "Open the vote", "Where would it count most?")
        for person in crew:
            await person.ok("place_dot", item=person.ids("cluster")[0])
        await press(noor, ".bar-right .main")
        await expect(noor.locator(".bar-count").first).to_have_text("3")
        await goes_on(noor, "Say what happens next", "What happens next")
        await press(noor, ".bar-left [aria-expanded]")
        await expect(noor.locator("dialog[open]")).to_be_visible()
        await noor.keyboard.press("Escape")
        await press(noor, ".bar-right .main")
        await expect(noor.get_by_role("alertdialog")).to_contain_text("Close the session?")
        await noor.keyboard.press("Enter")
        await expect(noor.get_by_role("heading", name="The session is closed.")).to_be_visible()
        assert people.complaints == []


async def goes_on(page: Page, by: str, to: str) -> None:
    """The main button says this, and leads there."""
    await expect(page.locator(".bar-right .main")).to_have_text(by)
    await press(page, ".bar-right .main")
    await expect(page.locator("h1")).to_have_text(to)


async def press(page: Page, what: str, key: str = "Enter") -> None:
    """Reach it by Tab, and press a key."""
    await page.locator(what).first.evaluate("(one) => one.setAttribute('data-wanted', '')")
    await press_tab_until(page, "[data-wanted]", 120)
    assert await page.evaluate("() => document.activeElement.matches('[data-wanted]')"), what
    await page.keyboard.press(key)
    await page.evaluate(
        "() => document.querySelectorAll('[data-wanted]').forEach((one) => one.removeAttribute('data-wanted'))"
    )
