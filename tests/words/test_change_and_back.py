"""Whoever changes a note of theirs and comes back finds what they had begun, and what sends it."""

from playwright.async_api import expect

from tests.server import Server
from tests.stories.browsers import PHONE, chromium


async def test_what_was_begun_before_a_note_was_changed_can_be_sent_after_it(server: Server) -> None:
    opened = await server.open("ideas_and_dots", "What shall we stop?")
    ann = await server.join(opened.code, "Ann")
    await opened.helm.to("ideas")
    await ann.ok("add_note", text="Stop the first")
    async with chromium() as people:
        page = await people.come(PHONE)
        await page.goto(f"{server.address}/s/{opened.code}#key={ann.key}")
        field, add = page.locator("#note-text"), page.get_by_role("button", name="Add it")
        for leave, says in (("Cancel", "Stop the first"), ("Save the change", "Stop the second")):
            await field.fill("Begun")
            await expect(add).to_be_visible()
            await page.get_by_role("button", name="Change", exact=True).click()
            await expect(field).to_have_value("Stop the first")
            await field.fill(says)
            await page.get_by_role("button", name=leave).click()
            await expect(field).to_have_value("Begun")
            await expect(add).to_be_visible()
        await add.click()
        await expect(page.locator(".note", has_text="Begun")).to_be_visible()
        await expect(page.locator(".note", has_text="Stop the second")).to_be_visible()
        assert not people.complaints
