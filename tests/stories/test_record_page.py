"""The record as people use it: goals are found, opened from the map, changed in their place, linked, printed."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from playwright.async_api import Page, expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, chromium

#: Further from UTC than any day is long.
FAR = "Pacific/Kiritimati"


async def opened(server: Server, page: Page) -> tuple[str, str]:
    """The record of Kestrel Heat, as whoever keeps it sees it; returns the room and its key."""
    room, key = await server.demo()
    await page.goto(f"{server.address}/r/{room}#key={key}")
    await page.wait_for_url(re.compile(r"^[^#]*$"))
    await expect(page.locator(".goal")).to_have_count(14)
    return room, key


async def test_goals_are_found_changed_in_their_place_and_linked(server: Server) -> None:
    async with chromium() as people:
        keeper = await people.come(LAPTOP, timezone_id=FAR)
        room, _ = await opened(server, keeper)
        await keeper.get_by_role("searchbox", name="Find").fill("warehouse leanest")
        await expect(keeper.locator(".goal:visible")).to_have_count(1)
        await expect(keeper.locator("#goals-title")).to_contain_text("1 of 14")
        await keeper.get_by_role("button", name="Show all", exact=True).click()
        await keeper.locator(".sift").get_by_label("Link").select_option(label="no link yet")
        await expect(keeper.locator(".goal:visible")).to_have_count(2)

        await keeper.locator(".map-card", has_text="leanest warehouse").click()
        goal = keeper.locator(".goal", has_text="leanest warehouse")
        await expect(goal.locator(".results > li")).to_have_count(3)
        await goal.get_by_role("button", name="Change what it serves").click()
        await goal.locator(".link-line", has_text="K2").locator("select").select_option(label="shares this result")
        await expect(goal.locator(".goal-link")).to_have_text(re.compile("K2"))
        await expect(keeper.locator(".goal:visible")).to_have_count(1)
        await keeper.locator(".sift").get_by_label("Link").select_option(label="any")

        await goal.locator(".results > li").first.get_by_role("button", name="Change").click()
        await goal.get_by_label("Now").fill("45")
        await keeper.keyboard.press("Tab")
        await expect(goal.locator(".way").first).to_contain_text("50 %")
        await expect(keeper.locator(".map-card", has_text="leanest warehouse").locator(".way")).to_contain_text("50 %")
        await people.look_at(keeper)
        await keeper.reload()
        await expect(goal.locator(".results > li")).to_have_count(3)

        await keeper.goto(f"{server.address}/r/{room}/changes")
        newest = keeper.locator(".changes li").first
        await expect(newest).to_contain_text("where it is now")
        moment = datetime.fromisoformat(str(await newest.locator("time").get_attribute("datetime")))
        there = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(FAR))
        await expect(newest.locator("time")).to_contain_text(f"{there:%b} {there.day}, {there.year}")
        await people.look_at(keeper)
        assert not people.complaints
        assert not people.faults, "\n".join(people.faults)


async def test_it_prints_whole_and_opened_without_forms(server: Server) -> None:
    async with chromium() as people:
        keeper = await people.come(LAPTOP)
        await opened(server, keeper)
        await keeper.emulate_media(media="print")
        await keeper.evaluate("dispatchEvent(new Event('beforeprint'))")
        await expect(keeper.locator(".results > li")).to_have_count(44)
        seen = "visible=true"
        for forms in ("input", "textarea", "select", "button:not(.goal-name, .map-card, .twig)"):
            await expect(keeper.locator(forms).locator(seen)).to_have_count(0)
        await keeper.evaluate("dispatchEvent(new Event('afterprint'))")
        await expect(keeper.locator(".results > li")).to_have_count(0)
        assert not people.complaints


async def test_a_phone_has_the_map_as_a_list_and_a_guest_no_forms(server: Server) -> None:
    async with chromium() as people:
        keeper = await people.come(LAPTOP)
        room, key = await opened(server, keeper)
        invited = await server.call("POST", f"/api/rooms/{room}/invitations", key, json={"team": ""})
        guest = await people.come(PHONE)
        await guest.goto(invited.json()["url"])
        await expect(guest.locator(".branch")).to_have_count(6)
        await expect(guest.locator(".map")).to_have_count(0)
        await guest.locator(".twig", has_text="Northern crews").first.click()
        await expect(guest.locator(".goal.is-open .results > li")).to_have_count(3)
        await expect(guest.get_by_role("button", name="Change", exact=True)).to_have_count(0)
        await people.look_at(guest)
        assert not people.complaints
        assert not people.faults, "\n".join(people.faults)
