"""The whole session: from the start page to the exported file, in browsers side by side."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, WALL, chromium
from tests.stories.leading import SENTENCES, Story, groups, joins, reads_and_reflects, votes, writes_ideas


@pytest.mark.usefixtures("capfd")
async def test_a_leadership_team_drafts_its_goal(server: Server, tmp_path: Path) -> None:
    async with chromium() as people:
        story = Story(server, people)
        code = await opens(story)
        await joins(story, code)
        await reads_and_reflects(story)
        await writes_ideas(story)
        await groups(story)
        await votes(story)
        await drafts(story)
        await words_the_objective(story)
        await carries(story)
        await exports(story, code, tmp_path)
        assert people.complaints == []
        assert people.faults == [], "\n".join(people.faults)
        assert people.looked_at >= 30


async def opens(story: Story) -> str:
    noor = story.noor = await story.people.come(LAPTOP)
    await noor.goto(story.server.address)
    await story.people.look_at(noor)
    await noor.get_by_label("Leadership draft").check(force=True)
    await noor.fill("#title", "Q1 direction")
    await noor.get_by_role("button", name="Open a session").click()
    await noor.wait_for_url("**/helm")
    await noor.fill("textarea[name=context]", "Every home warm without gas by 2035\nNot doing: new regions")
    await noor.fill("textarea[name=teams]", "Home Advisors\nGrowth")
    await noor.fill("input[name=purpose]", "One goal that we can show next week")
    await noor.keyboard.press("Tab")
    await story.people.look_at(noor)
    code = (await noor.locator(".big-code").inner_text()).replace(" ", "")
    story.screen = await story.people.come(WALL)
    await story.screen.context.add_cookies(await noor.context.cookies())  # type: ignore[arg-type]
    await story.screen.goto(f"{story.server.address}/s/{code}/screen")
    await expect(story.screen.locator(".big-code")).to_have_text(f"{code[:3]} {code[3:]}")
    return code


async def drafts(story: Story) -> None:
    await story.noor.locator(".bar-right .main").click()
    await expect(story.noor.locator(".bar-right .main")).to_have_text("We're back")
    await story.look()
    await story.press("We're back")
    await story.heading("Make it measurable")
    card = story.ines.locator(".card").first
    await card.get_by_role("button", name="I'll write this one").click()
    await story.ines.get_by_label("What do we count?").fill("homes under contract")
    await story.ines.get_by_label("Unit").fill("homes")
    await story.ines.get_by_label("Which way?").select_option("up")
    await expect(story.hana.locator(".card").first).to_contain_text("Ines is writing")
    await expect(story.screen.locator(".card").first).to_contain_text("140 → 320 homes")
    await story.hana.locator(".card").last.get_by_label("Your comment").fill("Is that the median?")
    await story.hana.keyboard.press("Enter")
    await expect(story.noor.locator(".comment")).to_have_text("Hana: Is that the median?")
    await story.look()
    cards = story.noor.locator(".card")
    for place in range(await cards.count()):
        await story.press("Read the next card" if place else "Read them back")
        await expect(cards.nth(place)).to_have_class(re.compile("is-lit"))


async def words_the_objective(story: Story) -> None:
    late = await story.people.come(PHONE)
    await late.goto(story.noor.url.replace("/s/", "/j/").replace("/helm", ""))
    await late.fill("#name", "Joss")
    await late.get_by_role("button", name="Join").click()
    await expect(late.locator(".recap")).to_contain_text("You come in at step 10 of 14")
    await story.people.look_at(late)
    await late.get_by_role("button", name="Got it").click()
    await story.noor.get_by_role("button", name="More").click()
    await story.noor.locator(".people summary").filter(has_text="Joss").click()
    tools = story.noor.locator(".people details[open]")
    await tools.get_by_role("button", name="Remove …").click()
    await tools.get_by_role("button", name="Remove them").click()
    await expect(late.locator(".over")).to_contain_text("You are no longer part of this session.")
    await story.noor.get_by_role("button", name="Close", exact=True).click()
    await story.press("Write the sentence above them")
    await story.heading("One sentence above them all")
    for page, words in zip((story.ines, story.marta, story.hana), SENTENCES, strict=True):
        await page.fill("#note-text", words)
        await page.get_by_role("button", name="Put it in").click()
    await expect(story.noor.locator(".count")).to_have_text("3 sentences")
    await story.look()
    await story.press("Show all sentences")
    for page in story.everybody:
        await page.get_by_role("button", name=SENTENCES[0]).click()
        await expect(page.locator(".note.is-chosen")).to_contain_text(SENTENCES[0])
    await story.look()
    await story.press("Show the vote")
    await story.press("Take this one")
    await expect(story.screen.locator(".poster-objective")).to_have_text(SENTENCES[0])
    await story.look()


async def carries(story: Story) -> None:
    await story.press("Ask who carries it")
    await story.heading("Who carries it?")
    for page in (story.ines, story.dev):
        await page.locator(".card").first.get_by_role("button", name="Count me in").click()
    await expect(story.hana.locator(".card").first.get_by_role("button", name="Count me in")).to_be_hidden()
    await story.look()
    await story.press("Confirm the pairs")
    await expect(story.noor.locator("dialog[open] li").first).to_contain_text("Nobody carries this result yet")
    await story.people.look_at(story.noor)
    await story.noor.locator(".ask .main").click()
    await story.heading("Good enough to show?")
    for page, thumb in zip(story.everybody, ("Up", "Up", "Sideways", "Up"), strict=True):
        await page.get_by_role("button", name=thumb).click()
    await expect(story.noor.locator(".count")).to_have_text("All thumbs are in.")
    await expect(story.screen.get_by_text("Sideways")).to_have_count(0)
    await story.look()
    await story.press("Show the thumbs")
    await expect(story.screen.locator(".thumb-table")).to_contain_text("Sideways 1")
    await story.look()
    await story.press("Plan your next week")
    await story.ines.get_by_label("By when?").fill("Friday")
    await story.ines.locator(".team").first.get_by_role("button").click()
    await expect(story.noor.locator(".team").filter(has_text="Ines, by Friday")).to_have_count(1)
    await story.look()
    await story.noor.get_by_role("button", name="More").click()
    await story.people.look_at(story.noor)
    await story.noor.get_by_role("button", name="Close").click()


async def exports(story: Story, code: str, folder: Path) -> None:
    await story.press("Publish the draft")
    await expect(story.noor.locator("dialog[open] li").first).to_contain_text("Nobody carries this result yet")
    await story.people.look_at(story.noor)
    await story.noor.locator(".ask .main").click()
    await story.ines.get_by_role("link", name="See what came out of it").click()
    await story.ines.wait_for_url("**/outcome")
    await expect(story.ines.locator("h1")).to_have_text(SENTENCES[0])
    await story.ines.get_by_role("button", name="5", exact=True).click()
    await story.ines.get_by_role("button", name="Send").click()
    await expect(story.ines.get_by_text("Thank you for saying so.")).to_be_visible()
    await story.people.look_at(story.ines)
    await story.ines.get_by_role("link", name="A sheet to take along").click()
    await expect(story.ines.get_by_text("Visiting:")).to_be_visible()
    await story.people.look_at(story.ines)
    await story.ines.go_back()
    await story.ines.get_by_role("link", name="Log what you hear on the record").click()
    await expect(story.ines.locator(".goal h3").first).to_have_text(SENTENCES[0])
    await story.ines.locator(".goal-name").first.click()
    await story.ines.get_by_role("button", name="Log feedback").click()
    await story.ines.get_by_label("In their words").fill("Who rings the customer?")
    await story.people.look_at(story.ines)
    await story.ines.get_by_role("button", name="Log it").click()
    await expect(story.ines.locator(".given")).to_contain_text("Who rings the customer?")
    await story.noor.goto(f"{story.server.address}/s/{code}/outcome")
    await story.people.look_at(story.noor)
    async with story.noor.expect_download() as downloading:
        await story.noor.get_by_role("link", name="Markdown").click()
    file = folder / "draft.md"
    await (await downloading.value).save_as(file)
    text = file.read_text()
    assert SENTENCES[0] in text
    assert "carried by Ines and Dev" in text
    assert "Home Advisors (Ines; by Friday)" in text or "Growth (Ines; by Friday)" in text
