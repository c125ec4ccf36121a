"""In the middle of a vote the facilitator gives everybody more dots, and phones have them at once."""

from playwright.async_api import expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, chromium, let_in


async def test_a_facilitator_gives_everybody_more_dots_while_they_vote(server: Server) -> None:
    opened = await server.open("leadership_draft")
    (ann,) = await opened.people("Ann")
    await opened.helm.to("ideate")
    for text in ("Fewer handovers", "One first bill"):
        await ann.ok("add_note", text=text)
    await opened.helm.to("vote")
    async with chromium() as people:
        noor, phone = await people.come(LAPTOP), await people.come(PHONE)
        await noor.goto(opened.links["helm_url"])
        await let_in(phone, server.address, ann.key)
        await phone.goto(f"{server.address}/s/{opened.code}")
        await expect(phone.locator(".budget")).to_contain_text("3 of 3 dots left")
        await noor.get_by_role("button", name="More", exact=True).click()
        dots = noor.get_by_label("Dots each")
        await expect(dots).to_have_value("3")
        await dots.fill("5")
        await dots.press("Tab")
        await expect(phone.locator(".budget")).to_contain_text("5 of 5 dots left")
        await people.look_at(noor, phone)
        await dots.fill("2")
        await dots.press("Tab")
        await expect(noor.get_by_role("dialog")).to_contain_text("can only grow while its step runs: it is 5 now")
        await expect(dots).to_have_value("5")
        await expect(phone.locator(".budget")).to_contain_text("5 of 5 dots left")
        assert people.complaints == []
        assert people.faults == [], "\n".join(people.faults)
