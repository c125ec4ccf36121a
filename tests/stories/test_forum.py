"""A forum with a trigger that fired, on phones and a laptop; and a record from its first finding to the lock."""

import re

from playwright.async_api import Page, expect

from sessions.record.checks.findings import in_the_way
from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, People, chromium, let_in


async def at_step(server: Server, number: int) -> dict[str, str]:
    """Kestrel at a step of its cycle."""
    made: dict[str, str] = (await server.call("POST", "/api/rooms", json={"demo": True, "step": number})).json()
    return made


async def joins(people: People, server: Server, code: str, name: str, team: str) -> Page:
    """Somebody comes by the link, on a phone."""
    phone = await people.come(PHONE)
    await phone.goto(f"{server.address}/j/{code}")
    await phone.get_by_label("Your name").fill(name)
    await phone.locator("select").first.select_option(label=team)
    await phone.get_by_role("button", name="Join").click()
    await expect(phone.locator(".sure-scale").first).to_be_visible()
    return phone


async def test_a_forum_in_which_a_trigger_has_fired(server: Server) -> None:
    made = await at_step(server, 11)
    code, key = made["session_url"].rsplit("/s/", 1)[1].split("/helm#key=")
    async with chromium() as people:
        helm = await people.come(LAPTOP)
        await let_in(helm, server.address, key)
        await helm.goto(f"{server.address}/s/{code}/helm")
        await helm.get_by_role("button", name="Welcome everyone").click()
        await helm.get_by_role("button", name="Ask how sure we are").click()
        ann = await joins(people, server, code, "Ann", "Customer App")
        bo = await joins(people, server, code, "Bo", "Platform & Data")
        for phone, value in ((ann, "3"), (bo, "6")):
            live = phone.locator(".sure-list > li", has_text="first full month")
            await live.get_by_role("button", name=value, exact=True).click()
        await live.get_by_label("Why?").fill("the feed is not complete")
        await bo.keyboard.press("Tab")
        await expect(helm.locator(".count")).to_contain_text("2 have said how sure they are")
        assert "not complete" not in await helm.content() + await ann.content()
        await people.look_at(helm, ann)
        await helm.get_by_role("button", name="Show how sure we are").click()
        await expect(ann.locator(".sure-shown")).to_contain_text("Bo: the feed is not complete")
        await goes_through(helm, ann)
        await decides(helm, ann)
        await people.look_at(helm, ann)
        assert not people.complaints
        assert not people.faults, "\n".join(people.faults)


async def goes_through(helm: Page, ann: Page) -> None:
    """Result by result; what is stuck behind the last one stands beside it."""
    await helm.get_by_role("button", name="Go through the results").click()
    onward = helm.get_by_role("button", name="On to the next result")
    spoken_of = ann.locator("main h2").first
    for _ in range(3):
        before = await spoken_of.inner_text()
        await onward.click()
        await expect(spoken_of).not_to_have_text(before)
    await expect(ann.locator("main .remark", has_text="needs of")).to_contain_text(
        "Off track since 7 August: feed 88% complete"
    )
    await ann.get_by_label("Challenge").fill("Half of the meters are silent")
    await ann.keyboard.press("Tab")
    await expect(helm.get_by_label("Challenge")).to_have_value("Half of the meters are silent")


async def decides(helm: Page, ann: Page) -> None:
    """What was raised is answered, and a decision is written down with its name."""
    await helm.get_by_role("button", name="Decide what is blocked").click()
    raised = helm.locator(".remark", has_text="half-hourly meter feed")
    await raised.get_by_label("What happens now").fill("Daily figures first")
    await expect(raised.get_by_label("Who says so")).to_have_value("Marta Olsen")
    await raised.get_by_role("button", name="Answer it").click()
    await expect(raised).to_have_count(0)
    await helm.get_by_label("What had to be decided").fill("Live cost view now, or later?")
    await helm.get_by_label("What was decided").fill("Daily first")
    await helm.get_by_label("Who decided").fill("Marta Olsen")
    await helm.get_by_label("Who sees to it").fill("Uma")
    await helm.get_by_role("button", name="Write it down").click()
    await expect(ann.get_by_text("Marta Olsen: Daily first")).to_be_visible()


async def test_a_record_from_its_first_finding_to_the_lock(server: Server) -> None:
    made = await at_step(server, 10)
    room, key = made["room"], made["room_token"]
    record = server.rooms.room(room).room.record
    record.objectives["K"].status = "final"
    async with chromium() as people:
        page = await people.come(LAPTOP)
        await let_in(page, server.address, key)
        await page.goto(f"{server.address}/r/{room}")
        await expect(page.locator("#worth-title")).to_have_text("30 worth a look")
        await people.look_at(page)
        await measures(page)
        await waives(page)
        keeper = await server.sit(room, key, record=True)
        for found in in_the_way(server.rooms.room(room).room, "K"):
            if found.finding.key not in ("G2.F-31", "G1.charter"):
                await keeper.ok("waive_finding", finding=found.finding.key, name="Ines", reason="known")
        await keeper.ok("name_sponsor", person="ines")
        await settles_the_charter(page)
        await locks(page)
        await people.look_at(page)
        assert record.objectives["K"].status == "locked"
        assert not people.complaints
        assert not people.faults, "\n".join(people.faults)


async def measures(page: Page) -> None:
    """A finding leads to its goal; mended there, it is gone."""
    await page.locator(".worth-family", has_text="Wording and figures").locator("summary").click()
    await page.locator(".worth-row", has_text="More qualified leads").get_by_role("button", name="Go there").click()
    goal = page.locator(".goal", has_text="The right homes find us")
    await goal.locator(".results > li").nth(2).get_by_role("button", name="Change").click()
    await goal.get_by_label("From", exact=True).fill("55")
    await goal.get_by_label("To", exact=True).fill("80")
    await page.keyboard.press("Tab")
    await expect(page.locator("#worth-title")).to_have_text("29 worth a look")


async def waives(page: Page) -> None:
    """Somebody goes on all the same, by name; it can be read and opened again."""
    await page.locator(".worth-family", has_text="Needs").locator("summary").click()
    row = page.locator(".worth-family .worth-row", has_text="6 needs count on Platform & Data")
    await row.get_by_role("button", name="Go on all the same").click()
    await row.get_by_label("Why do you go on").fill("D3 and D4 are one delivery")
    await row.get_by_label("Who says so").fill("Dev Anand")
    await row.locator("form").get_by_role("button", name="Go on all the same").click()
    await expect(page.locator("#worth-title")).to_have_text("28 worth a look")
    await page.locator(".worth-settled > summary").click()
    await expect(page.locator(".worth-settled")).to_contain_text("Waived, says Dev Anand: D3 and D4 are one delivery")


async def settles_the_charter(page: Page) -> None:
    """The gap in the charter is written where the direction is."""
    await page.get_by_role("button", name="Change the direction").click()
    await page.get_by_label("Who sees to it that every result has a delivery team").fill("Dev Anand")
    await page.keyboard.press("Tab")
    await page.locator(".direction").get_by_role("button", name="Done").click()
    await expect(page.locator(".worth-family", has_text="Before the lock").get_by_role("heading")).to_contain_text("1")


async def locks(page: Page) -> None:
    """What is open stands before the lock; answered, the goal is locked."""
    goal = page.locator(".goal.is-whole")
    await goal.locator(".goal-name").click()
    await goal.get_by_role("button", name="Lock it").click()
    await expect(page.locator(".notice")).to_contain_text("Not yet: 1 piece of feedback is still open")
    await goal.get_by_role("button", name="Adapt", exact=True).click()
    await goal.get_by_label("Because").fill("A candidate for Q4")
    await goal.locator(".given").get_by_role("button", name=re.compile("Adapted")).click()
    await goal.get_by_role("button", name="Lock it").click()
    await expect(goal.locator(".goal-facts")).to_contain_text("locked by Ines Calder")
