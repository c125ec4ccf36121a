"""Bringing goals in on the page: a file as it is, seen goal by goal before it is taken; and again, as a change."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, chromium

INPUTS = Path("tests/workshop/inputs")


@pytest.mark.usefixtures("capfd")
async def test_a_file_is_seen_as_goals_before_it_is_taken(server: Server) -> None:
    async with chromium() as people:
        noor = await people.come(LAPTOP)
        made = (await server.call("POST", "/api/rooms", json={"name": "Kestrel North"})).json()
        await noor.goto(f"{server.address}/r/{made['room']}#key={made['room_token']}")
        await picks(noor, "german-excel-cp1252.csv")
        await expect(noor.locator(".preview")).to_contain_text("This brings 1 team, 1 objective and 1 result")
        await expect(noor.locator(".preview-goals")).to_contain_text("Größere Töpfe kaufen")
        await expect(noor.locator(".preview-goals")).to_contain_text("1.5 → 4")
        await picks(noor, "sheet.xlsx")
        await expect(noor.locator(".preview-goals > li")).to_have_count(2)
        await expect(noor.locator(".preview")).to_contain_text("The sheet “Notes” is not used.")
        await people.look_at(noor)
        await noor.get_by_role("button", name="Import it").click()
        await expect(noor.get_by_text("Imported: 2 teams, 2 objectives and 4 results.")).to_be_visible()
        await picks(noor, "sheet.xlsx")
        await expect(noor.locator(".preview")).to_contain_text("There is nothing in it that is not here already.")
        await expect(noor.get_by_role("button", name="Import it")).to_be_hidden()
        await pastes(
            noor, "Team;Objective;Key result;Start;Target\nSales;Customers find us at once;Close rate;31%;38%\n"
        )
        await expect(noor.locator(".preview")).to_contain_text("was “Customers find us easily”")
        await expect(noor.locator(".preview")).to_contain_text("target: 36 → 38")
        await expect(noor.locator(".preview")).to_contain_text("Days to a quote stands here and is not in the file")
        await people.look_at(noor)
        await pastes(noor, "Team;Objective;Zielbild;Colour\nSales;Customers find us easily;Calls per week;red\n")
        await noor.get_by_label("Zielbild").select_option("key result")
        await expect(noor.locator(".preview-goals")).to_contain_text("Calls per week")
        await people.look_at(noor)
        await noor.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        await people.look_at(noor)
        await noor.get_by_role("button", name="Import it").click()
        await expect(noor.get_by_text("Imported: 1 teams")).to_be_visible()
        await picks(noor, "16-unclosed-quote.csv")
        await expect(noor.locator(".preview")).to_contain_text("Line 2: A quote opens here")
        await pastes(noor, "Team;Objective;Zielbild\nSales;Customers find us easily;Visits a day\n")
        await expect(noor.locator(".preview-goals")).to_contain_text("Visits a day")
        assert people.complaints == []
        assert people.faults == [], "\n".join(people.faults)


async def picks(page: Page, name: str) -> None:
    part = page.locator("section", has=page.locator("#files-title")).locator("details").first
    if await part.get_attribute("open") is None:
        await page.locator("#files-title").click()
    await page.get_by_label("Bring teams and goals in").set_input_files(INPUTS / name)


async def pastes(page: Page, words: str) -> None:
    await page.locator("textarea[placeholder^='## Team']").fill(words)
    await page.get_by_role("button", name="Look at it first").click()
