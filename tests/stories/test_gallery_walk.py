"""A walk of three teams: from the record to the read-out, on phones, with one that loses the hall's network."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, WALL, chromium
from tests.stories.gathering import Gathering

OKRS = """
## Home Advisors
### Homeowners say yes with confidence
- Raise signed contracts from 210 to 290
  - figures: 210 → 290, up
## Install North
### A warm home when we said it
- First-visit-right installs
  - figures: 71 → 85, up
## Supply
### The right part is there
- Fill rate of three cylinder sizes
  - figures: 88 → 97, up
"""
TEAMS = {"Ann": "Home Advisors", "Abe": "Home Advisors", "Bob": "Install North", "Bea": "Install North"}
PAIR = {"Cy and Cat": "Supply", "Cora": "Supply"}


class Walk(Gathering):
    """The facilitator, people of three teams by name, and the big screen."""

    async def with_notes(self, names: list[str]) -> str:
        """Somebody at home with several notes to answer."""
        for name in names:
            if await self.pages[name].locator(".note").count() > 1:
                return name
        raise AssertionError("no team has two notes")

    async def by_role(self, hosts: bool) -> list[str]:
        """Whoever hosts, or walks."""
        found = []
        for name, page in self.pages.items():
            await expect(page.locator(".sign-number")).to_have_text(re.compile(r"\d"))
            if (await page.get_by_text("You are the host of poster").count() > 0) == hosts:
                found.append(name)
        return found


@pytest.mark.usefixtures("capfd")
async def test_three_teams_walk_and_change_their_words(server: Server) -> None:
    async with chromium() as people:
        walk = Walk(server, people)
        await fills_the_record(walk)
        await opens_the_walk(walk)
        hosts, visitors = await finds_groups(walk)
        lost = await walks(walk, hosts, visitors)
        await goes_home(walk, lost)
        await says_what_changed(walk)
        assert people.complaints == []
        assert people.faults == [], "\n".join(people.faults)


async def fills_the_record(walk: Walk) -> None:
    noor = walk.noor = await walk.people.come(LAPTOP)
    made = await walk.server.call("POST", "/api/rooms", json={"name": "Kestrel North"})
    await noor.goto(made.json()["url"].replace(made.json()["url"].split("/r/")[0], walk.server.address))
    await expect(noor.locator(".record-title h1")).to_have_text("Kestrel North")
    await walk.people.look_at(noor)
    await noor.fill("textarea[placeholder^='## Team']", OKRS.replace("210 → 290", "two hundred → 290"))
    await noor.get_by_role("button", name="Look at it first").click()
    await expect(noor.locator(".preview")).to_contain_text("Line 5: The baseline “two hundred” has to be a number")
    await walk.people.look_at(noor)
    await noor.fill("textarea[placeholder^='## Team']", OKRS)
    await noor.get_by_role("button", name="Look at it first").click()
    await expect(noor.locator(".preview")).to_contain_text("This brings 3 teams, 3 objectives and 3 results")
    await noor.get_by_role("button", name="Import it").click()
    await noor.locator(".part", has_text="Teams").locator("summary").first.click()
    await expect(noor.locator(".team-goals")).to_have_count(3)
    await noor.locator(".team-more summary").first.click()
    await noor.locator(".goal-name").first.click()
    await noor.get_by_role("button", name="Change the goal").click()
    await walk.people.look_at(noor)


async def opens_the_walk(walk: Walk) -> None:
    noor = walk.noor
    await noor.locator(".open-session select").first.select_option("gallery_walk")
    await noor.locator(".open-session input").fill("Walk of the north")
    await noor.get_by_role("button", name="Open it").click()
    await noor.wait_for_url("**/helm")
    walk.code = (await noor.locator(".big-code").inner_text()).replace(" ", "")
    walk.screen = await walk.people.come(WALL)
    await walk.screen.context.add_cookies(await noor.context.cookies())  # type: ignore[arg-type]
    await walk.screen.goto(f"{walk.server.address}/s/{walk.code}/screen")
    for name, team in {**TEAMS, **PAIR}.items():
        await walk.come(name, team, clock=name in ("Abe", "Bea", "Cora", "Cy and Cat"))
    await walk.press("Welcome everyone")
    await expect(walk.pages["Ann"].locator("h1")).to_have_text("Find your group")
    await walk.people.look_at(noor, walk.pages["Ann"], walk.screen)


async def finds_groups(walk: Walk) -> tuple[list[str], list[str]]:
    await walk.press("Deal the groups")
    hosts, visitors = await walk.by_role(True), await walk.by_role(False)
    assert len(hosts) == 3
    late = await walk.come("Zoe", "Install North")
    await expect(late.locator(".sign-number")).to_be_visible()
    two = walk.pages[visitors[0]]
    await two.get_by_text("Does somebody look on with you?").click()
    await two.get_by_role("button", name="2", exact=True).click()
    await expect(walk.noor.locator(".floor")).to_contain_text("· 2")
    await two.get_by_role("button", name="We're here").click()
    await expect(walk.noor.locator(".floor")).to_contain_text("· here")
    await walk.people.look_at(walk.noor, two, walk.pages[hosts[0]], walk.screen)
    return hosts, visitors


async def walks(walk: Walk, hosts: list[str], visitors: list[str]) -> Page:
    await walk.press("Ring the bell: round 1")
    lost = next(walk.pages[name] for name in visitors[1:] if name in ("Abe", "Bea", "Cora", "Cy and Cat"))
    first = walk.pages[visitors[0]]
    await expect(first.locator("h1")).to_have_text("Read quietly")
    await first.locator(".line-button").first.click()
    await first.get_by_role("button", name="I wish").click()
    await first.fill("#walk-text", "say by when")
    await walk.people.look_at(first)
    await first.get_by_role("button", name="Leave note").click()
    await expect(first.locator("section[aria-label='Your notes here'] .note")).to_contain_text("say by when")
    host = walk.pages[hosts[0]]
    await host.fill("#heard-text", "two people asked why\nand what it costs")
    await host.get_by_role("button", name="Add what I heard").click()
    await expect(host.locator(".note")).to_have_count(2)
    await walk.people.look_at(host, walk.noor, walk.screen)
    for name in walk.pages:
        await expect(walk.pages[name].locator("section[aria-label='What others left here'] .note")).to_have_count(0)
    await lost.context.set_offline(True)
    await walk.press("Ring the bell: talk")
    await expect(first.locator("h1")).to_have_text("Talk it over")
    await walk.people.look_at(first, walk.noor)
    await expect(lost.locator(".status")).to_contain_text("No connection")
    before = await lost.locator(".sign-number").inner_text()
    await lost.clock.fast_forward("12:30")
    await expect(lost.locator(".by-plan")).to_contain_text("By the plan you are at poster")
    assert await lost.locator(".sign-number").inner_text() != before
    await lost.locator(".line-button").first.click()
    await lost.fill("#walk-text", "written without a network")
    await lost.get_by_role("button", name="Leave note").click()
    await walk.press("Ring the bell: move on")
    await expect(first.locator("h1")).to_have_text("Next poster")
    await walk.people.look_at(first, walk.screen, walk.noor)
    await walk.press("Start round 2")
    await walk.press("Ring the bell: talk")
    await walk.press("Ring the bell: move on")
    await walk.press("Everybody is home")
    return lost


async def goes_home(walk: Walk, lost: Page) -> None:
    await walk.press("Bring everybody back home")
    await lost.context.set_offline(False)
    await lost.clock.fast_forward("00:20")
    await expect(lost.locator(".status")).to_have_text("In step")
    homes = {name: page for name, page in walk.pages.items() if name != "Zoe"}
    found = [page for page in homes.values() if await page.get_by_text("written without a network").count()]
    for page in homes.values():
        await expect(page.locator("h1")).to_have_text("Back home")
    await expect(walk.noor.locator(".floor .tile")).to_have_count(3)
    team = found[0] if found else walk.pages["Ann"]
    busy = walk.pages[await walk.with_notes(list(homes))]
    await busy.locator(".note-button").nth(0).click()
    await busy.locator(".note-button").nth(1).click()
    await busy.fill(".heap-form input", "Why and what for")
    await busy.get_by_role("button", name="Make a heap of 2").click()
    await expect(busy.locator(".note").first).to_contain_text("Why and what for")
    await busy.locator(".note").first.get_by_role("button", name="Adapt").click()
    await busy.get_by_label("Why", exact=True).fill("we say it in the first line")
    await busy.get_by_role("button", name="Say it").click()
    await expect(busy.locator(".answer").first).to_contain_text("we say it in the first line")
    await busy.get_by_role("button", name="Change the words").first.click()
    await busy.get_by_label("The objective").fill("A warm home, and you know when and why")
    await busy.keyboard.press("Tab")
    await walk.people.look_at(busy, team, walk.noor, walk.screen)
    await busy.get_by_role("button", name="Put it down").click()
    await busy.get_by_role("button", name="Save version 2").click()
    await expect(busy.locator("#home-words")).to_have_text("Our words, version 2")


async def says_what_changed(walk: Walk) -> None:
    await walk.press("Start the round-up")
    ann = walk.pages["Ann"]
    await ann.fill("#our-sentence", "We say when, because you asked")
    await ann.get_by_role("button", name="Share our sentence").click()
    await expect(walk.screen.locator(".said")).to_contain_text("We say when, because you asked")
    await walk.people.look_at(ann, walk.noor, walk.screen)
    await walk.press("Close the walk")
    await walk.noor.locator(".ask .main").click()
    await walk.noor.get_by_role("link", name="Open the outcome").click()
    await expect(walk.noor.locator("main")).to_contain_text("We say when, because you asked")
    await expect(walk.noor.locator("main")).to_contain_text("written without a network")
    await walk.people.look_at(walk.noor)
    await walk.noor.goto(f"{walk.server.address}/s/{walk.code}/paper")
    await expect(walk.noor.locator(".print-poster")).to_have_count(3)
    await walk.people.look_at(walk.noor)
