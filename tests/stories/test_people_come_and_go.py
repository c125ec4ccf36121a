"""People by their names: said otherwise by themselves and by who facilitates; taken out, told so, and let in again."""

from playwright.async_api import expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, chromium, let_in


async def test_people_are_renamed_removed_told_and_let_in_again(server: Server) -> None:
    opened = await server.open("leadership_draft")
    async with chromium() as people:
        ann, noor = await people.come(PHONE), await people.come(LAPTOP)
        await ann.goto(f"{server.address}/j/{opened.code}")
        await ann.fill("#name", "Ann")
        await ann.get_by_role("button", name="Join").click()
        await noor.goto(opened.links["helm_url"])
        await ann.locator(".who").click()
        await ann.get_by_label("You are called").fill("Anna Lee")
        await ann.get_by_role("button", name="Rename").click()
        await expect(ann.locator(".who")).to_have_text("Anna Lee")
        await people.look_at(ann)
        await noor.get_by_role("button", name="More", exact=True).click()
        await noor.locator(".people summary", has_text="Anna Lee").click()
        tools = noor.locator(".people details[open] .people-tools")
        await tools.get_by_label("Called").fill("Anna L.")
        await tools.get_by_role("button", name="Rename").click()
        await expect(noor.locator(".people summary", has_text="Anna L.")).to_be_visible()
        await tools.get_by_role("button", name="Remove …").click()
        await people.look_at(noor)
        await tools.get_by_role("button", name="Keep them").click()
        await tools.get_by_role("button", name="Remove …").click()
        await tools.get_by_role("button", name="Remove them").click()
        await expect(ann.locator("main, .lead, .over").first).to_contain_text("You are no longer part of this session")
        await people.look_at(ann, noor)
        await noor.get_by_role("button", name="Let them in again").click()
        await expect(noor.locator(".people summary", has_text="Anna L.")).to_be_visible()
        await expect(noor.get_by_text("was removed")).to_have_count(0)
        assert people.complaints == []
        assert people.faults == [], "\n".join(people.faults)


async def test_handing_over_is_told_and_taken_back_and_a_facilitator_says_their_name(server: Server) -> None:
    opened = await server.open("leadership_draft")
    ann_ = await server.join(opened.code, "Ann")
    async with chromium() as people:
        ann, noor = await people.come(PHONE), await people.come(LAPTOP)
        await let_in(ann, server.address, ann_.key)
        await ann.goto(f"{server.address}/s/{opened.code}")
        await noor.goto(opened.links["helm_url"])
        await noor.get_by_label("What are you called?").fill("Noor")
        await noor.get_by_role("button", name="Save my name").click()
        await expect(noor.get_by_label("What are you called?")).to_have_count(0)
        await noor.get_by_role("button", name="More", exact=True).click()
        await expect(noor.locator(".people summary", has_text="Noor")).to_contain_text("facilitates")
        await noor.locator(".people summary", has_text="Ann").click()
        await noor.get_by_role("button", name="Let them facilitate", exact=True).click()
        await expect(ann.get_by_text("You can facilitate this session now")).to_be_visible()
        await people.look_at(ann, noor)
        await ann.get_by_role("link", name="Open the facilitator view").first.click()
        await expect(ann.locator("h1")).to_have_text("Before you begin")
        await noor.get_by_role("button", name="Let them facilitate no longer").click()
        await ann.wait_for_url(f"**/s/{opened.code}")
        await expect(ann.get_by_text("You can facilitate this session now")).to_have_count(0)
        assert people.complaints == []
        assert people.faults == [], "\n".join(people.faults)
