"""The whole session: from the start page to the exported file, in browsers side by side."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, WALL, People, chromium, press_tab_until

IDEAS = [
    ("Days from contract to warm home", "61", "42"),
    ("First-visit-right installs", "71 %", "85 %"),
    ("Homes whose first month costs no more than quoted", "58 %", "75 %"),
    ("Association homes under contract", "140", "320"),
]
SENTENCES = ["Switching is warm, quick and worth it", "Our customers can finally plan", "Warm when we said"]


#: Which idea the next one follows, as the facilitator's page knows.
AFTER = "() => window.Alpine.store('room').main.fields.after"


class Story:
    """The facilitator, four participants and the big screen."""

    ines: Page  # at phone size
    marta: Page  # by keyboard alone
    dev: Page  # loses the network half-way
    hana: Page  # over plain http on a name that is not localhost
    noor: Page  # facilitates
    screen: Page

    def __init__(self, server: Server, people: People) -> None:
        self.server, self.people = server, people

    @property
    def everybody(self) -> tuple[Page, ...]:
        return (self.ines, self.marta, self.dev, self.hana)

    async def press(self, label: str) -> None:
        """The facilitator's one main button, by the words it has."""
        button = self.noor.locator(".bar-right .main")
        await expect(button).to_have_text(label)
        await button.click()

    async def heading(self, words: str) -> None:
        for page in (*self.everybody, self.screen):
            await expect(page.locator("h1")).to_have_text(words)

    async def look(self) -> None:
        await self.people.look_at(self.noor, self.ines, self.screen)


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
    await noor.fill("#title-1", "Q1 direction")
    await noor.get_by_role("button", name="Open a session").first.click()
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


async def joins(story: Story, code: str) -> None:
    plain = story.server.address.replace("127.0.0.1", "waggle.test")
    for name, address in (("ines", ""), ("marta", ""), ("dev", ""), ("hana", plain)):
        page = await story.people.come(LAPTOP if name == "marta" else PHONE)
        setattr(story, name, page)
        await page.goto(f"{address or story.server.address}/j/{code}")
        if name == "ines":
            await story.people.look_at(page)
        if name == "marta":
            await press_tab_until(page, "#name")
            await page.keyboard.type("Marta")
            await page.keyboard.press("Enter")
        else:
            await page.fill("#name", name.title())
            await page.get_by_role("button", name="Join").click()
        await page.wait_for_url("**/s/**")
        await expect(page.locator(".who")).to_have_text(name.title())
    assert await story.hana.evaluate("isSecureContext") is False
    await expect(story.screen.locator(".welcome")).to_contain_text("4 people are in")
    await story.look()
    again = await story.ines.context.new_page()
    await again.goto(f"{story.server.address}/j/{code}")
    await expect(again.locator(".who")).to_have_text("Ines")
    await again.close()


async def reads_and_reflects(story: Story) -> None:
    await story.press("Welcome everyone")
    await story.heading("Welcome")
    await story.hana.get_by_role("button", name="I'm ready").click()
    await press_tab_until(story.marta, ".foot .main")
    await story.marta.keyboard.press("Enter")
    await expect(story.noor.locator(".tally")).to_have_text("2 of 4")
    await story.look()
    await story.press("Begin with where we stand")
    await story.heading("Where we stand")
    await story.look()
    await story.press("Start quiet thinking")
    await story.heading("What you heard")
    await story.ines.fill("#note-text", "People ask when, not how much")
    await story.ines.get_by_role("button", name="Keep this line").click()
    await story.ines.get_by_role("button", name="Turn into an idea").click()
    await expect(story.ines.locator(".note")).to_contain_text("Is an idea now")
    await story.look()


async def writes_ideas(story: Story) -> None:
    await story.press("Start ideas")
    await story.heading("If it worked, what would we see?")
    for page, (text, baseline, target) in zip(story.everybody, IDEAS, strict=True):
        if page is story.marta:
            await press_tab_until(page, "#note-text")
            await page.keyboard.type(text)
            await page.keyboard.press("Tab")
            await page.keyboard.type(baseline)
            await page.keyboard.press("Tab")
            await page.keyboard.type(target)
            await page.keyboard.press("Enter")
        elif page is not story.dev:
            await page.fill("#note-text", text)
            await page.get_by_label("from").fill(baseline)
            await page.get_by_label("to", exact=True).fill(target)
            await page.get_by_role("button", name="Add it").click()
    await expect(story.noor.locator(".count")).to_have_text("4 notes so far")
    await story.dev.context.set_offline(True)
    await story.dev.fill("#note-text", IDEAS[2][0])
    await expect(story.dev.locator(".status")).to_contain_text("No connection. Keep writing")
    await story.dev.get_by_role("button", name="Add it").click()
    await story.look()
    await story.press("Show all ideas")
    await expect(story.screen.locator(".screen-wall .note")).to_have_count(4)
    await story.look()
    await story.press("Read them out")
    await story.dev.context.set_offline(False)
    await expect(story.dev.locator(".status")).to_have_text("In step")
    await expect(story.noor.locator(".notes .note").filter(has_text="came late")).to_have_count(1)
    await expect(story.screen.locator(".lit")).to_be_visible()
    await story.look()


async def groups(story: Story) -> None:
    for _ in range(4):
        heard = await story.noor.evaluate(AFTER)
        await story.noor.locator("h1").click()
        await story.noor.keyboard.press("Space")
        # A second press for the same idea is none.
        await story.noor.wait_for_function(f"(heard) => ({AFTER})() !== heard", arg=heard)
    await story.press("Find what belongs together")
    await story.heading("Same thing?")
    chosen = story.noor.locator(".wall .note-button")
    await chosen.filter(has_text="People ask when").click()
    await chosen.filter(has_text="Days from contract").click()
    await story.noor.locator("h1").click()
    await story.noor.keyboard.press("m")
    await expect(story.ines.locator(".step .notes > .note")).to_have_count(4)
    await story.look()


async def votes(story: Story) -> None:
    await story.press("Open the vote")
    await story.heading("Where would it count most?")
    for page in story.everybody:
        if page is story.marta:
            for item in range(1, 4):
                await press_tab_until(page, f".votable:nth-of-type({item}) [aria-label^='Put a dot']")
                await page.keyboard.press("Enter")
            continue
        await page.get_by_role("button", name="Put a dot on: Association").click()
        await page.get_by_role("button", name="Put a dot on: Association").click()
        await page.get_by_role("button", name="Put a dot on: First-visit").click()
        await page.get_by_role("button", name="Building for later").last.click()
        await expect(page.locator(".budget")).to_have_text("0 of 3 dots left")
    await story.ines.reload()
    await expect(story.ines.locator(".budget")).to_have_text("0 of 3 dots left")
    await story.ines.get_by_role("button", name="I'm done").click()
    await expect(story.screen.locator(".huge")).to_have_text("1 of 4 done")
    await expect(story.screen.locator(".bars")).to_have_count(0)
    await story.look()
    await story.press("Show the votes")
    await expect(story.screen.locator(".bar").first).to_contain_text("Association homes")
    await story.look()
    await story.press("Make the shortlist")
    await story.heading("Our shortlist")
    await story.look()


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
    await story.noor.locator(".people details[open]").get_by_role("button", name="Remove").click()
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
