"""Kestrel's horizontal session (``spec/kestrel.md``, step 10): needs aloud, blanks, risks, room, one lead, a ruling."""

import pytest
from playwright.async_api import expect

from tests.server import Server
from tests.stories.browsers import chromium
from tests.stories.gathering import Gathering


class Leads(Gathering):
    """The facilitator, two team leads, and the big screen."""

    async def opens(self) -> None:
        """Kestrel's room, and a horizontal session in it."""
        room, key = await self.server.demo()
        wish = {"format": "horizontal_session", "title": "Horizontal Q3", "room": room}
        made = (await self.server.call("POST", "/api/sessions", key, json=wish)).json()
        await self.sits_down(made)
        await self.come("Olek", "Install North")
        await self.come("Pia", "Platform & Data")


@pytest.mark.usefixtures("capfd")
async def test_every_need_leaves_with_a_name_and_a_day(server: Server) -> None:
    async with chromium() as people:
        leads = Leads(server, people)
        await leads.opens()
        await needs(leads)
        await risks(leads)
        await room(leads)
        await shares(leads)
        await rules(leads)
        await passes_on(leads)
        assert people.complaints == []
        assert people.faults == [], "\n".join(people.faults)


async def needs(leads: Leads) -> None:
    """The most open speak first; what is blank is put up and filled in by its side."""
    await leads.press("Begin with the needs")
    await leads.press("The word to Customer App")
    await expect(leads.screen.locator(".need-sentence")).to_contain_text("half-hourly meter feed")
    await leads.people.look_at(leads.noor, leads.screen, leads.pages["Pia"])
    await leads.noor.locator(".plan-step", has_text="Fill in").click()
    await leads.noor.get_by_role("button", name="Go to this step now").click()
    await expect(leads.noor.locator(".count")).to_contain_text("8 of 13 are complete")
    blank = leads.noor.locator(".blank-need", has_text="revisit reason codes").first
    await blank.get_by_role("button", name="Put it up").click()
    await expect(leads.screen.locator(".put-up")).to_contain_text("revisit reason codes")
    pia = leads.pages["Pia"]
    card = pia.locator(".blank-need", has_text="revisit reason codes").first
    await card.locator(".need-head").click()
    await card.get_by_text("Change what is asked, and what is known").click()
    field = card.get_by_label("We know it is off track when")
    await field.fill("no codes in the record by 1 August")
    await field.press("Tab")
    await expect(leads.screen.locator(".put-up")).to_contain_text("no codes in the record by 1 August")
    await leads.people.look_at(leads.noor, leads.screen, pia)


async def risks(leads: Leads) -> None:
    """What could go wrong stands nowhere before it is shown; then it gets a name."""
    await leads.press("On to risks and assumptions")
    olek, pia = leads.pages["Olek"], leads.pages["Pia"]
    await olek.get_by_placeholder("The supplier changes its prices in August").fill("Cylinders come late in August")
    await olek.get_by_role("button", name="Add it").click()
    await expect(olek.get_by_text("Yours, hidden until all are shown")).to_be_visible()
    for page in (pia, leads.screen, leads.noor):
        assert "Cylinders come late" not in await page.content()
    await leads.press("Show all notes")
    row = olek.locator(".raid-row", has_text="Cylinders come late")
    await row.get_by_role("button", name="Change").click()
    owner = row.get_by_label("Who looks after it: one name")
    await owner.fill("Brid")
    await owner.press("Tab")
    await expect(leads.screen.locator(".raid-wall")).to_contain_text("Brid")
    await leads.people.look_at(leads.noor, leads.screen, olek)


async def room(leads: Leads) -> None:
    """Nobody sees a number before all have said theirs; then six asks against three are seen."""
    await leads.press("Ask for room")
    pia = leads.pages["Pia"]
    await pia.get_by_role("group", name="Room for so many").get_by_role("button", name="3", exact=True).click()
    await expect(leads.screen.locator(".room-rows li").first).to_contain_text("has said")
    await leads.press("Show what teams have room for")
    await expect(leads.screen.locator(".is-over")).to_contain_text("6 asks, room for 3: 3 too many")
    await leads.people.look_at(leads.noor, leads.screen, pia)


async def shares(leads: Leads) -> None:
    """Two who say that they lead become one, by name; whoever carries less carries the whole."""
    await leads.press("On to shared results")
    olek = leads.pages["Olek"]
    for result in ("Cut median days", "Lift first-visit-right"):
        card = olek.locator(".join-card", has_text=result).first
        await card.get_by_role("button", name="Name the lead").click()
        await card.get_by_label("Team").select_option(label="Install North")
        await card.get_by_label("Who leads it, by name").fill("Olek")
        await card.get_by_role("button", name="They lead it").click()
        await expect(card).to_contain_text("Olek, Install North, leads it")
    await expect(olek.locator(".join-card", has_text="Lift first-visit-right").locator(".missing")).to_have_count(0)
    await leads.people.look_at(leads.noor, leads.screen, olek)


async def rules(leads: Leads) -> None:
    """Both say what they need; the ruling has a name and a day."""
    await leads.press("On to conflicts")
    olek, noor = leads.pages["Olek"], leads.noor
    side = olek.get_by_label("What Install North needs")
    await side.fill("slots planned a week ahead")
    await side.press("Tab")
    await noor.get_by_role("button", name="Write down the decision").click()
    await noor.get_by_label("What is decided").fill("Customers pick within planned slots")
    await expect(noor.get_by_label("Who decided")).to_have_value("Marta Olsen")
    await noor.get_by_label("By which day it holds").fill("2026-07-10")
    await noor.get_by_role("button", name="It is decided").click()
    await expect(olek.locator(".join-outcome")).to_contain_text("Marta Olsen decided")
    await leads.people.look_at(noor, leads.screen, olek)


async def passes_on(leads: Leads) -> None:
    """What is left has the name of whoever decides; it is all in what came out."""
    await leads.press("Pass on the rest")
    noor = leads.noor
    await noor.get_by_role("button", name="Pass on all 5").click()
    await expect(leads.screen.locator(".need-count", has_text="needs a decision").locator("b")).to_have_text("5")
    await leads.people.look_at(noor, leads.screen, leads.pages["Pia"])
    await leads.press("Close the horizontal session")
    await noor.locator(".ask .main").click()
    await noor.get_by_role("link", name="Open the outcome").click()
    for words in ("Marta Olsen decided: Customers pick within planned slots", "Olek, Install North, leads it", "Brid"):
        await expect(noor.locator("main")).to_contain_text(words)
    await leads.people.look_at(noor)
