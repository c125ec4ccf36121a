"""A leadership team at work in browsers, step by step."""

from playwright.async_api import Page, expect

from tests.stories.browsers import LAPTOP, PHONE, press_tab_until
from tests.stories.gathering import Gathering

IDEAS = [
    ("Days from contract to warm home", "61", "42"),
    ("First-visit-right installs", "71 %", "85 %"),
    ("Homes whose first month costs no more than quoted", "58 %", "75 %"),
    ("Association homes under contract", "140", "320"),
]


SENTENCES = ["Switching is warm, quick and worth it", "Our customers can finally plan", "Warm when we said"]


#: Which idea the next one follows, as the facilitator's page knows.
AFTER = "() => window.Alpine.store('room').main.fields.after"


class Story(Gathering):
    """The facilitator, four participants and the big screen."""

    ines: Page  # at phone size
    marta: Page  # by keyboard alone
    dev: Page  # loses the network half-way
    hana: Page  # over plain http on a name that is not localhost

    @property
    def everybody(self) -> tuple[Page, ...]:
        return (self.ines, self.marta, self.dev, self.hana)

    async def heading(self, words: str) -> None:
        for page in (*self.everybody, self.screen):
            await expect(page.locator("h1")).to_have_text(words)

    async def look(self) -> None:
        await self.people.look_at(self.noor, self.ines, self.screen)


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
        places = page.locator(".votable", has_text="Association").locator(".slot")
        await places.nth(0).click()
        await places.nth(1).click()
        await page.get_by_role("button", name="Put a dot on: First-visit").click()
        await page.get_by_role("button", name="Building for later").last.click()
        await expect(page.locator(".budget")).to_have_text("0 of 3 dots left")
    await story.ines.reload()
    await expect(story.ines.locator(".budget")).to_have_text("0 of 3 dots left")
    await story.ines.get_by_role("button", name="I'm done").click()
    await expect(story.screen.locator(".big")).to_contain_text("1 of 4")
    await expect(story.screen.locator(".votes")).to_have_count(0)
    await story.look()
    await story.press("Show the votes")
    await expect(story.screen.locator(".vote-line").first).to_contain_text("Association homes")
    await story.look()
    await story.press("Make the shortlist")
    await story.heading("Our shortlist")
    await story.look()
