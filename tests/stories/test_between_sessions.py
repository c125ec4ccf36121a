"""Between two sessions, by hand: a check-in on a phone, a chat of two, what leads where, the next cycle."""

import re

from playwright.async_api import Page, expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, People, chromium, let_in
from tests.stories.test_forum import at_step


async def comes(people: People, server: Server, code: str, name: str) -> Page:
    """Somebody who has joined a session once, on a phone."""
    phone = await people.come(PHONE)
    await phone.goto(f"{server.address}/j/{code}")
    await phone.get_by_label("Your name").fill(name)
    await phone.locator("select").first.select_option(label="Customer App")
    await phone.get_by_role("button", name="Join").click()
    await expect(phone).to_have_url(re.compile(f"/s/{code}"))
    return phone


async def test_a_week_between_two_sessions(server: Server) -> None:
    made = await at_step(server, 11)
    room, code = made["room"], made["session_url"].rsplit("/s/", 1)[1].split("/helm")[0]
    async with chromium() as people:
        ann, bo = [await comes(people, server, code, name) for name in ("Ann", "Bo")]
        await ann.goto(f"{server.address}/r/{room}/check-in")
        await checks_in(ann)
        await people.look_at(ann)
        for page in (ann, bo):
            await page.goto(f"{server.address}/r/{room}/chats")
        await talks(ann, bo)
        await people.look_at(ann, bo)
        for path in ("contribution/CAR", "drift", "changes"):
            await bo.goto(f"{server.address}/r/{room}/{path}")
            await people.look_at(bo)
        assert not people.complaints
        assert not people.faults, "\n".join(people.faults)


async def checks_in(phone: Page) -> None:
    """The figure, how sure, one line; the next time it says what was said last."""
    row = phone.locator(".check-row").first
    await row.get_by_role("button", name="7", exact=True).click()
    await row.get_by_label("One line").fill("slower than we hoped")
    await row.get_by_role("button", name="Save it").click()
    await expect(row.locator(".meta").first).to_contain_text("slower than we hoped")


async def talks(ann: Page, bo: Page) -> None:
    """One writes it down, both agree, and it stands with the line without a name."""
    await ann.get_by_label("With whom").select_option(label="Bo")
    await ann.get_by_label("About which line").select_option(index=1)
    await ann.get_by_label("What came up").fill("The baseline is guessed")
    await ann.get_by_role("button", name="Write it down").click()
    await expect(ann.locator(".check-row")).to_contain_text("The baseline is guessed")
    await bo.reload()
    for phone in (ann, bo):
        await phone.get_by_role("button", name="It may be shared").click()
    await expect(bo.locator(".check-row")).to_contain_text("Shared")


async def test_a_cycle_is_closed_and_the_next_one_begins(server: Server) -> None:
    made = await at_step(server, 11)
    room, key = made["room"], made["room_token"]
    async with chromium() as people:
        page = await people.come(LAPTOP)
        await let_in(page, server.address, key)
        await page.goto(f"{server.address}/r/{room}")
        await page.get_by_role("heading", name="Close this cycle, begin the next").click()
        await page.get_by_label("The next cycle").fill("2026 Q4")
        await page.get_by_label("From", exact=True).fill("2026-10-05")
        await page.get_by_label("To", exact=True).fill("2026-12-18")
        await people.look_at(page)
        beside = await people.come(LAPTOP)
        await let_in(beside, server.address, key)
        await beside.goto(f"{server.address}/r/{room}")
        await expect(beside.get_by_role("button", name="Add the goal")).to_be_visible()
        await page.get_by_role("button", name="Close it and begin the next").click()
        await expect(page).not_to_have_url(re.compile(f"/r/{room}"))
        await expect(page.get_by_text("Other cycles:")).to_be_visible()
        await expect(page.get_by_role("heading", name="Close this cycle, begin the next")).to_be_visible()
        await people.look_at(page)
        await expect(beside.get_by_text("Its record can be read").first).to_be_visible()
        await expect(beside.get_by_role("button", name="Add the goal")).to_have_count(0)
        await page.goto(f"{server.address}/r/{room}")
        await expect(page.get_by_text("Its record can be read").first).to_be_visible()
        await expect(page.get_by_role("button", name="Add the goal")).to_have_count(0)
        await people.look_at(page)
        await page.get_by_role("button", name="Open it again").click()
        await expect(page.get_by_role("button", name="Add the goal")).to_be_visible()
        assert not people.complaints
        assert not people.faults, "\n".join(people.faults)
