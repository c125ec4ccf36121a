"""A marketplace of four teams: one request accepted, one on a condition, one declined, one left for a decision, and a
duplicate merged; seen by the facilitator, on phones and on the wall."""

import pytest
from playwright.async_api import Page, expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, chromium
from tests.stories.gathering import Gathering

OKRS = """
## Install North
### Northern crews finish in one go
- First-visit-right installs
  - figures: 71 → 85, up
## Supply
### The right part is there
- Fill rate of three cylinder sizes
  - figures: 88 → 97, up
## Platform
### One record for each home
- Homes with a complete digital record
  - figures: 34 → 80, up
## Quality
### Every audit is one visit
- Audits without a second visit
  - figures: 64 → 80, up
"""
TEAMS = {"Ina": "Install North", "Sam": "Supply", "Pia": "Platform", "Qi": "Quality"}
#: Who needs what of whom, by when, because; and what the other says to it.
NEEDS = {
    ("Ina", "Sam"): ("buffer stock of three cylinder sizes", "2026-07-17", "crews stand idle", "Accept"),
    ("Ina", "Pia"): ("a crew-slot interface", "2026-08-03", "slots stay manual", "Accept, if …"),
    ("Sam", "Pia"): ("the stock feed every hour", "", "we order twice", "Decline"),
    ("Qi", "Sam"): ("a tester in the warehouse", "", "audits wait", "Needs a decision"),
}


class Market(Gathering):
    """The facilitator, one person a team, and the big screen."""

    async def opens(self) -> None:
        """A room with four teams, and a marketplace in it."""
        room = (await self.server.call("POST", "/api/rooms", json={"name": "North"})).json()
        body = {"content": OKRS.encode(), "headers": {"Content-Type": "text/markdown"}}
        await self.server.call("POST", f"/api/rooms/{room['room']}/import", room["room_token"], **body)
        wish = {"format": "marketplace", "title": "Market of the north", "room": room["room"]}
        made = (await self.server.call("POST", "/api/sessions", room["room_token"], json=wish)).json()
        self.room_url = room["url"]
        await self.sits_down(made)
        for name, team in TEAMS.items():
            await self.come(name, team)

    async def partner(self, name: str) -> str:
        """The name of whom somebody stands with now, or nothing."""
        with_whom = self.pages[name].locator(".stall-with")
        team = await with_whom.inner_text() if await with_whom.count() else ""
        return next((other for other, its in TEAMS.items() if its == team), "")


@pytest.mark.usefixtures("capfd")
async def test_four_teams_leave_with_an_answer_to_everything(server: Server) -> None:
    async with chromium() as people:
        market = Market(server, people)
        await market.opens()
        await marks(market)
        await trades(market)
        await commits(market)
        await hears(market)
        await stays(market)
        assert people.complaints == []
        assert people.faults == [], "\n".join(people.faults)


async def marks(market: Market) -> None:
    """Pitches are left out; marks stay with their team until all are shown."""
    noor = market.noor
    await expect(noor.get_by_text("7 rounds of trade fit")).to_be_visible()
    await noor.get_by_role("button", name="Not at all").click()
    await expect(noor.get_by_role("button", name="Not at all")).to_have_attribute("aria-pressed", "true")
    await market.people.look_at(noor)
    await market.press("Let them browse")
    for name, other in [*NEEDS, ("Qi", "Pia")]:
        card = market.pages[name].locator(".goal-card", has_text=TEAMS[other])
        word = "We do this too" if (name, other) == ("Qi", "Pia") else "We need this"
        await card.get_by_role("button", name=word).click()
        await expect(card.get_by_role("button", name=word)).to_have_attribute("aria-pressed", "true")
    assert "Install North" not in await market.screen.locator("main").inner_text()
    await market.people.look_at(market.pages["Ina"], market.screen)
    await market.press("Show all marks")
    await expect(market.screen.locator(".mark-counts li").first).to_contain_text("teams want to talk")
    await expect(noor.locator(".mark-pairs li")).to_have_count(5)
    await market.people.look_at(noor, market.screen)


async def trades(market: Market) -> None:
    """Round after round two stand at each stall, and one card is between them."""
    await market.press("On to the stalls")
    await market.press("Match the stalls")
    await market.press("Open the stalls")
    left = {frozenset(pair) for pair in [*NEEDS, ("Qi", "Pia")]}
    for number in range(2, 9):
        await expect(market.screen.locator(".stall-list li").first).to_be_visible()
        if number == 2:
            await market.people.look_at(market.noor, market.screen, market.pages["Ina"])
        await market.press("They have found each other")
        await expect(market.pages["Ina"].get_by_role("heading", level=1)).to_have_text("Talk")
        pairs = {frozenset((name, other)) for name in TEAMS if (other := await market.partner(name))}
        assert pairs, "nobody stands at a stall"
        for pair in pairs:
            await talks(market, pair)
        left -= pairs
        await market.press("Now write it down")
        if not left:
            return
        label = await market.noor.locator(".bar-right .main").inner_text()
        if label == "Begin the breather":
            await market.press(label)
        await market.press(f"Start round {number}")
    raise AssertionError(f"{left} never met")


async def talks(market: Market, pair: frozenset[str]) -> None:
    """What two say to each other at a stall."""
    asks = next((key for key in NEEDS if frozenset(key) == pair), None)
    if asks is None:
        await merges(market, market.pages["Qi"])
        return
    asker, answerer = market.pages[asks[0]], market.pages[asks[1]]
    need, day, because, answer = NEEDS[asks]
    await asker.get_by_label("I need …").fill(need)
    if day:
        await asker.get_by_label("by", exact=True).fill(day)
    await asker.get_by_label("because …").fill(because)
    await asker.get_by_role("button", name="Ask for it").click()
    await expect(answerer.locator(".need-sentence")).to_contain_text(need)
    if answer == "Accept":
        await market.people.look_at(asker, answerer)
    await answers(answerer, answer)
    if answer.startswith("Accept"):
        await asker.get_by_role("button", name="Yes, we rely on it").click()
        await expect(answerer.locator(".halves")).to_contain_text("confirmed")
    if answer == "Accept":
        await market.people.look_at(asker, answerer)


async def answers(page: Page, answer: str) -> None:
    """One of four answers, with what it takes."""
    await page.locator(".answer-choice", has=page.locator("b", has_text=answer)).first.click()
    if answer == "Accept, if …":
        await page.get_by_label("Only if …").fill("two crew-weeks are free in August")
    if answer == "Decline":
        await page.get_by_label("Because …").first.fill("not this quarter")
    if answer == "Needs a decision":
        await page.get_by_label("Who decides").fill("Marta Olsen")
        await page.get_by_label("By", exact=True).fill("2026-07-14")
        await page.get_by_label("Why it needs a decision").fill("two depots want it")
    button = {"Needs a decision": "Ask for the decision"}.get(answer, answer)
    await page.locator(".answers > button").get_by_text(button, exact=True).click()
    await expect(page.locator(".answers")).to_have_count(0 if answer != "Needs a decision" else 1)


async def merges(market: Market, page: Page) -> None:
    """What both do is taken over by one of them."""
    await page.get_by_role("button", name="One takes it over").click()
    await page.get_by_label("Who takes it over").select_option(label="Platform")
    await page.get_by_role("button", name="Write it down").click()
    await expect(page.get_by_text("Platform takes it over")).to_be_visible()
    await market.people.look_at(page)


async def commits(market: Market) -> None:
    """Nothing is left to answer but what was passed on; the board says how it stands."""
    await market.noor.locator(".plan-step", has_text="Commit").click()
    await market.noor.get_by_role("button", name="Go to this step now").click()
    await expect(market.pages["Ina"].get_by_text("Nothing waits for your team.")).to_be_visible()
    counts = market.screen.locator(".need-count")
    await expect(counts).to_have_count(4)
    await expect(market.screen.locator(".need-line")).to_have_count(4)
    await market.people.look_at(market.noor, market.screen, market.pages["Ina"], market.pages["Sam"])


async def hears(market: Market) -> None:
    """Conditional, declined and undecided are read one by one, what is agreed at the end."""
    await market.press("Read it back")
    await market.press("Read the first one")
    await expect(market.screen.locator(".need-sentence")).to_contain_text("a crew-slot interface")
    await market.people.look_at(market.noor, market.screen, market.pages["Qi"])
    await market.press("Read the next one")
    await expect(market.screen.locator(".need-sentence")).to_contain_text("the stock feed every hour")
    await market.press("Read the next one")
    await expect(market.screen.locator(".need-sentence")).to_contain_text("a tester in the warehouse")
    await market.press("Read what is agreed")
    await expect(market.screen.locator(".read-agreed li")).to_have_count(1)
    await market.press("Close the marketplace")
    await market.noor.locator(".ask .main").click()


async def stays(market: Market) -> None:
    """It is on the record, with its story, and in what came out of the session."""
    await market.noor.get_by_role("link", name="Open the outcome").click()
    for words in ("Install North needs from Supply: buffer stock", "Platform takes it over", "Marta Olsen decides"):
        await expect(market.noor.locator("main")).to_contain_text(words)
    await market.people.look_at(market.noor)
    record = await market.people.come(LAPTOP)
    await record.goto(market.room_url)
    await expect(record.locator(".need-line")).to_have_count(4)
    await record.get_by_text("All needs as a list").click()
    await record.locator(".need-head", has_text="a tester in the warehouse").click()
    await record.get_by_text("How it came about").click()
    await expect(record.locator(".need-story")).to_contain_text(
        "Sam of Supply asked for a decision: two depots want it"
    )
    await market.people.look_at(record)
