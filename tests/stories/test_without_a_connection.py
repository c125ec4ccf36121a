"""A phone without a connection: a note stands there as not sent yet; and what was begun is not gone at the show."""

from playwright.async_api import expect

from tests.server import Server
from tests.stories.browsers import PHONE, chromium, let_in


async def test_a_note_written_without_a_connection_is_seen_waiting_and_then_sent(server: Server) -> None:
    opened = await server.open("leadership_draft")
    (ann,) = await opened.people("Ann")
    await opened.helm.to("ideate")
    async with chromium() as people:
        phone = await people.come(PHONE)
        await let_in(phone, server.address, ann.key)
        await phone.goto(f"{server.address}/s/{opened.code}")
        note, notes = phone.get_by_label("Your note", exact=True), phone.locator(".notes[aria-label='Your notes']")
        await note.fill("In time")
        await phone.get_by_role("button", name="Add it").click()
        await expect(notes.locator("li")).to_have_count(1)
        await expect(notes.locator(".is-unsent")).to_have_count(0)
        await phone.context.set_offline(True)
        await expect(phone.get_by_text("No connection")).to_be_visible()
        await note.fill("On the train")
        await phone.get_by_role("button", name="Add it").click()
        await expect(notes.locator(".is-unsent")).to_contain_text("On the train")
        await people.look_at(phone)
        await phone.context.set_offline(False)
        await expect(notes.locator(".is-unsent")).to_have_count(0)
        await expect(notes.locator("li")).to_have_count(2)
        await note.fill("Half a thou")
        await opened.helm.ok("reveal")
        await expect(phone.get_by_text("What you had begun is kept")).to_contain_text("Half a thou")
        await people.look_at(phone)
        await opened.helm.to("readout")
        await expect(phone.get_by_role("button", name="Send it now")).to_be_visible()
        assert people.faults == [], "\n".join(people.faults)
