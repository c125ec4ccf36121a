"""Two festivals: four teams with a headliner, a latecomer and a thin act that is repeated; and one in a hall."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, WALL, chromium, press_tab_until
from tests.stories.gathering import Gathering

OKRS = """
## Whole organisation
### A warm home when we said it
- Days from contract to warm home
  - figures: 61 → 42, down
## Home Advisors
### Homeowners say yes with confidence
- Signed contracts
  - figures: 210 → 290, up
## Install North
### Northern crews finish in one go
- First-visit-right installs
  - figures: 71 → 85, up
## Supply
### The right part is there
- Fill rate of three cylinder sizes
  - figures: 88 → 97, up
## Care
### Nobody waits twice
- Answers within a day
  - figures: 60 → 90, up
"""
TEAMS = {"Ann": "Home Advisors", "Bob": "Install North", "Cy": "Supply", "Di": "Care"}


class Fair(Gathering):
    """The facilitator, people by name, and the big screen."""

    async def opens(self, stages: int, slots: int) -> None:
        """A room with four teams, and a festival in it."""
        noor = self.noor = await self.people.come(LAPTOP)
        room = (await self.server.call("POST", "/api/rooms", json={"name": "North"})).json()
        body = {"content": OKRS.encode(), "headers": {"Content-Type": "text/markdown"}}
        await self.server.call("POST", f"/api/rooms/{room['room']}/import", room["room_token"], **body)
        wish = {"format": "festival", "title": "Festival of the north", "room": room["room"]}
        made = (await self.server.call("POST", "/api/sessions", room["room_token"], json=wish)).json()
        self.code = made["code"]
        self.screen_url = made["screen_url"]
        await noor.goto(made["helm_url"])
        await expect(noor.locator(".big-code")).to_be_visible()
        for label, value in (("Stages", stages), ("Slots", slots)):
            field = noor.get_by_label(label, exact=True)
            await field.fill(str(value))
            await field.press("Tab")
            await expect(field).to_have_value(str(value))

    async def names(self, slot: int) -> list[str]:
        """Who plays in a slot, by stage, as a phone's line-up has it."""
        return await self.noor.locator(f".line-up-table tbody tr:nth-child({slot}) .act-button").all_inner_texts()


@pytest.mark.usefixtures("capfd")
async def test_four_teams_with_a_headliner_a_latecomer_and_a_thin_act_that_is_repeated(server: Server) -> None:
    async with chromium() as people:
        fair = Fair(server, people)
        await plans(fair)
        await comes_in(fair)
        first, visitor, lost = await first_slot(fair)
        await repeats(fair, first)
        await goes_on(fair, visitor, lost)
        await ends(fair, visitor)
        assert people.complaints == []
        assert people.faults == [], "\n".join(people.faults)


async def plans(fair: Fair) -> None:
    """The line-up is refused in numbers, proposed, moved by keys into a clash and back, and published."""
    await fair.opens(3, 2)
    noor = fair.noor
    await noor.get_by_label("How often Leadership plays").select_option("3")
    await expect(noor.get_by_text("3 headliner slots are asked for (Leadership 3), but 2 slots exist")).to_be_visible()
    slots = noor.get_by_label("Slots", exact=True)
    await slots.fill("3")
    await slots.press("Tab")
    await noor.get_by_label("How often Leadership plays").select_option("2")
    await one_headliner_more_and_less(noor)
    await fair.press("Propose a line-up")
    await expect(noor.locator(".act-button")).to_have_count(6)
    await fair.people.look_at(noor)
    star = noor.locator(".act-button.is-star").first
    before = await star.get_attribute("data-act")
    await star.focus()
    await noor.keyboard.press("ArrowRight")
    moved = noor.locator(f"[data-act='{before}']")
    await expect(moved).to_be_focused()
    await noor.get_by_role("button", name="Undo").first.click()
    plain = noor.locator(".act-button:not(.is-star)").first
    name = await plain.inner_text()
    await plain.click()
    menu = noor.get_by_role("group", name=f"Move {name}")
    leads = noor.locator(".act-button.is-star").first
    place = await leads.get_attribute("aria-label") or ""
    its = re.search(r"stage (\w), slot (\d)", place)
    assert its
    await menu.get_by_label("Move to").select_option(f"{its[2]} {'ABCD'.index(its[1]) + 1}")
    await expect(noor.locator(".clash")).to_contain_text(f"are both on stage {its[1]}")
    await fair.people.look_at(noor)
    await noor.get_by_role("button", name="Publish", exact=True).click()
    await expect(noor.locator(".notice")).to_contain_text("cannot be published yet")
    await noor.get_by_role("button", name="Undo").first.click()
    await expect(noor.locator(".clash")).to_have_count(0)
    await fair.press("Publish the line-up")
    await expect(noor.get_by_role("button", name="Published")).to_be_visible()
    await noor.get_by_text("Hosts", exact=True).click()
    await noor.get_by_role("button", name="Plan two teams a stage").click()
    await expect(noor.locator(".host-list .chip").first).to_be_visible()
    await fair.people.look_at(noor)


async def one_headliner_more_and_less(noor: Page) -> None:
    """Named right after another was changed, neither is lost; who is named is not offered meanwhile."""
    another = noor.get_by_label("Another headliner")
    further = str(await another.locator("option").nth(1).text_content())
    await another.select_option(label=further)
    await expect(another.locator("option", has_text=further)).to_have_count(0)
    await expect(another).to_have_value("")
    await noor.get_by_label(f"How often {further} plays").select_option("0")
    await expect(another.locator("option", has_text=further)).to_have_count(1)


async def comes_in(fair: Fair) -> None:
    """Days ahead people star what they want; then it opens."""
    fair.screen = await fair.people.come(WALL)
    await fair.screen.goto(fair.screen_url)
    for name, team in TEAMS.items():
        await fair.come(name, team, clock=True)
    ann = fair.pages["Ann"]
    await expect(ann.get_by_role("heading", name="The line-up")).to_be_visible()
    await ann.get_by_role("button", name=re.compile("^Star ")).first.click()
    await expect(ann.get_by_role("button", name=re.compile("^Starred: "))).to_have_count(1)
    await fair.people.look_at(ann)
    await fair.press("Open the festival")
    await expect(fair.pages["Bob"].locator("h1")).to_have_text("Welcome to the festival")
    await fair.people.look_at(fair.pages["Bob"], fair.noor, fair.screen)
    await fair.press("Open the stages")


async def first_slot(fair: Fair) -> tuple[str, Page, Page]:
    """Everybody goes somewhere but for one whose network is gone; questions, one of them up; a note."""
    noor, playing = fair.noor, set[str]()
    await expect(noor.locator(".stage-column").first).to_be_visible()
    playing = set(await noor.locator(".stage-column .stage-team").all_inner_texts())
    free = [name for name, team in TEAMS.items() if team not in playing]
    visitor, lost = fair.pages[free[0]], fair.pages[free[1]]
    thin = next(name for name in playing if name != "Leadership") if playing != {"Leadership"} else "Leadership"
    card = visitor.locator(".stage-card", has_text=thin)
    await fair.people.look_at(visitor)
    await card.locator(".go").click()
    await expect(visitor.locator(".at-stage .stage-team")).to_have_text(thin)
    await lost.locator(".stage-card .go").first.click()
    await expect(lost.locator(".at-stage .stage-head")).to_be_visible()
    await expect(noor.locator(".stage-thin").first).to_contain_text("person only")
    await fair.press("Move to questions")
    await expect(visitor.locator(".still")).to_contain_text("Still at stage")
    await visitor.locator(".still").get_by_role("button", name="Yes").click()
    await expect(visitor.locator(".still")).to_be_hidden()
    await lost.context.set_offline(True)
    await expect(lost.locator(".status")).to_contain_text("No connection")
    await visitor.fill("#question-text", "Will it be ready before the autumn rush?")
    await visitor.get_by_role("button", name="Ask", exact=True).click()
    await expect(visitor.locator(".questions").first).to_contain_text("autumn rush?")
    await expect(noor.locator(".stage-column .queue")).to_contain_text(["autumn rush?"])
    await fair.people.look_at(visitor, noor, fair.screen)
    await lost.locator(".fair-buttons").get_by_role("button", name="Line-up").click()
    await expect(lost.locator(".line-up-list")).to_contain_text("Leadership")
    await lost.fill("#question-text", "asked without a network")
    await lost.get_by_role("button", name="Ask", exact=True).click()
    await fair.press("Two-minute warning")
    await expect(visitor.locator(".warned")).to_be_visible()
    await fair.press("Move to feedback")
    await visitor.locator(".line-button").first.click()
    await visitor.get_by_role("button", name="We can help").click()
    await visitor.fill("#feedback-text", "We lend you two people in August")
    await expect(visitor.locator(".foot .seen")).to_contain_text("with your team’s name")
    await fair.people.look_at(visitor)
    await visitor.get_by_role("button", name="Leave note").click()
    await expect(visitor.locator("section[aria-label='Your notes here']")).to_contain_text("two people in August")
    return thin, visitor, lost


async def repeats(fair: Fair, thin: str) -> None:
    """The thin act plays once more, in a free place of a later slot; a latecomer lands in the slot that is on."""
    noor = fair.noor
    zoe = await fair.come("Zoe", "Care")
    await expect(zoe.locator("h1")).to_have_text("Leave one note")
    await expect(zoe.locator(".recap")).to_contain_text("You come in at step 2 of 4")
    await fair.people.look_at(zoe)
    await fair.press("End the slot")
    await noor.locator("summary", has_text="Line-up, hosts and links").click()
    free = noor.locator(".free-place select").last
    await free.select_option(label=thin)
    await expect(noor.locator(".act-button", has_text=thin)).to_have_count(2)
    await noor.get_by_role("button", name="Publish", exact=True).click()
    await expect(noor.get_by_role("button", name="Published")).to_be_visible()
    team = next(name for name, its in TEAMS.items() if its == thin)
    await expect(fair.pages[team].get_by_role("alert")).to_contain_text(f"{thin}: stage")
    await fair.people.look_at(fair.pages[team], noor)
    await fair.pages[team].get_by_role("button", name="Got it").last.click()


async def goes_on(fair: Fair, visitor: Page, lost: Page) -> None:
    """By keyboard alone somebody goes to the next stage; who had no network is back, and lost nothing."""
    await expect(visitor.locator("h1")).to_have_text("Where next?")
    await lost.context.set_offline(False)
    await lost.clock.fast_forward("00:20")
    await expect(lost.locator(".status")).to_have_text("In step")
    await expect(lost.locator("h1")).to_have_text("Where next?")
    await expect(fair.noor.locator(".notice")).to_be_hidden()
    await fair.people.look_at(visitor, fair.noor, fair.screen)
    await press_tab_until(visitor, ".stage-card .go")
    await visitor.keyboard.press("Enter")
    await expect(visitor.get_by_text("You are there").locator("visible=true")).to_have_count(1)
    await press_tab_until(visitor, ".ask-help")
    await visitor.keyboard.press("Enter")
    await visitor.get_by_label("What do you need?").fill("I cannot hear the stage")
    await visitor.keyboard.press("Tab")
    await visitor.keyboard.press("Enter")
    await expect(fair.noor.locator(".side .calls")).to_contain_text("I cannot hear the stage")
    await fair.people.look_at(visitor, fair.noor)
    await fair.noor.locator(".side .calls").get_by_role("button", name="Done").click()
    await expect(fair.noor.locator(".side")).to_contain_text("Nobody waits")


async def ends(fair: Fair, visitor: Page) -> None:
    """Three things are chosen and read out, a line is taken away, and the feedback is on the record's way."""
    noor = fair.noor
    await noor.locator(".plan-step", has_text="Three things").click()
    await noor.get_by_role("button", name="Go to this step now").click()
    await expect(visitor.locator("h1")).to_have_text("Three things we heard")
    await visitor.locator(".write textarea").first.fill("Say by when")
    await visitor.locator("h1").click()
    await fair.people.look_at(visitor, noor, fair.screen)
    await fair.press("Read them out")
    await expect(fair.screen.locator(".said")).to_contain_text("Say by when")
    await fair.people.look_at(visitor, fair.screen)
    await fair.press("Bring it to a close")
    await visitor.fill("#note-text", "I know whom to call")
    await visitor.get_by_role("button", name="Add it").click()
    await expect(fair.screen.locator(".screen-wall")).to_contain_text("I know whom to call")
    await fair.press("Close the festival")
    await noor.locator(".ask .main").click()
    await noor.get_by_role("link", name="Open the outcome").click()
    await expect(noor.locator("main")).to_contain_text("We lend you two people in August")
    await expect(noor.locator("main")).to_contain_text("asked without a network")
    await fair.people.look_at(noor)
    await noor.get_by_role("link", name="Who saw whom, as a picture").click()
    await expect(noor.locator(".line-up-sheet")).to_contain_text("Leadership")
    await fair.people.look_at(noor)


@pytest.mark.usefixtures("capfd")
async def test_in_a_hall_signs_are_scanned_and_two_look_at_one_device(server: Server) -> None:
    async with chromium() as people:
        fair = Fair(server, people)
        await fair.opens(1, 2)
        await fair.noor.get_by_label("How often Leadership plays").select_option("0")
        slots = fair.noor.get_by_label("Slots", exact=True)
        await slots.fill("4")
        await slots.press("Tab")
        await fair.press("Propose a line-up")
        await fair.press("Publish the line-up")
        async with fair.noor.context.expect_page() as opening:
            await fair.noor.get_by_role("link", name="Stage signs").click()
        signs = await opening.value
        await expect(signs.locator(".stage-sign")).to_have_count(1)
        await fair.people.look_at(signs)
        await fair.press("Open the festival")
        await fair.press("Open the stages")
        team = await fair.noor.locator(".stage-column .stage-team").inner_text()
        other = next(its for its in TEAMS.values() if its != team)
        two = await people.come(PHONE)
        await two.goto(f"{server.address}/s/{fair.code}?at=A")
        await two.get_by_role("link", name="Join this session").click()
        await two.fill("#name", "Eve and Fay")
        await two.select_option("#team", label=other)
        await two.get_by_role("button", name="Join").click()
        await expect(two.locator(".at-stage .stage-team")).to_have_text(team)
        await two.get_by_role("button", name="Help", exact=True).click()
        await two.get_by_text("Does somebody look on with you?").click()
        await two.get_by_role("button", name="2", exact=True).click()
        await expect(fair.noor.locator(".stage-people")).to_contain_text("2 people")
        await fair.people.look_at(two, fair.noor)
        await two.context.set_offline(True)
        await expect(two.locator(".status")).to_contain_text("No connection")
        await two.locator(".fair-buttons").get_by_role("button", name="Line-up").click()
        await expect(two.locator(".line-up-list")).to_contain_text(other)
        await two.context.set_offline(False)
        assert people.complaints == []
        assert people.faults == [], "\n".join(people.faults)
