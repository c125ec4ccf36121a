"""A facilitator builds an agenda, is told what a step lacks, keeps it, and opens it again from the record."""

import json
from pathlib import Path

from playwright.async_api import Page, expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, chromium


async def test_an_agenda_is_built_kept_opened_again_and_run(server: Server, tmp_path: Path) -> None:
    room = (await server.call("POST", "/api/rooms", json={"name": "Kestrel"})).json()
    wish = {"format": "ideas_and_dots", "title": "Monday", "room": room["room"]}
    made = (await server.call("POST", "/api/sessions", room["room_token"], json=wish)).json()
    async with chromium() as people:
        noor = await people.come(LAPTOP)
        await noor.goto(made["helm_url"])
        await builds_six_steps(noor)
        await people.look_at(noor)
        await keeps_it(noor)
        await noor.goto(room["url"])
        await expect(noor.locator(".agendas")).to_contain_text("Our Monday")
        await people.look_at(noor)
        await takes_it_off_and_brings_it_from_a_file(noor, tmp_path / "agenda.json")
        ann = await people.come(PHONE)
        await runs_it(noor, ann)
        assert not people.complaints
        assert not people.faults


async def builds_six_steps(noor: Page) -> None:
    """A step is added, named, moved; one is taken out, and the plan says what it lacks until another is in."""
    plan = noor.locator(".plan-edit > li")
    await expect(plan).to_have_count(5)
    await noor.get_by_label("Add a step").select_option("thumbs")
    await noor.get_by_role("button", name="Add it").click()
    await expect(plan).to_have_count(6)
    await plan.last.locator(".plan-name").click()
    await plan.last.get_by_label("Title").fill("Would you show this?")
    await plan.last.get_by_label("Title").press("Tab")
    await plan.last.get_by_role("button", name="Earlier").click()
    await expect(plan.nth(4)).to_contain_text("Thumbs")
    await plan.nth(1).locator(".plan-name").click()
    await plan.nth(1).get_by_role("button", name="Remove").click()
    await expect(plan).to_have_count(5)
    await expect(plan.nth(1)).to_contain_text("Nobody writes anything for this step")
    await noor.get_by_label("Add a step").select_option("gather")
    await noor.locator(".add-step select").nth(1).select_option("arrive")
    await noor.get_by_role("button", name="Add it").click()
    await expect(noor.get_by_text("Nobody writes anything for this step")).to_have_count(0)
    await plan.nth(1).locator(".plan-name").click()
    await plan.nth(1).get_by_label("Notes each, at most").fill("3")
    await plan.nth(1).get_by_label("Notes each, at most").press("Tab")


async def keeps_it(noor: Page) -> None:
    """The plan is kept in the room."""
    await noor.get_by_label("Keep this agenda in the room as").fill("Our Monday")
    await noor.get_by_role("button", name="Keep it").click()
    await expect(noor.locator(".keep-agenda")).to_contain_text("is on the record of this room")


async def takes_it_off_and_brings_it_from_a_file(noor: Page, file: Path) -> None:
    """What the file says is what was built."""
    async with noor.expect_download() as downloading:
        await noor.get_by_role("link", name="As a file").click()
    await (await downloading.value).save_as(file)
    steps = json.loads(file.read_text())["steps"]
    assert [step["activity"] for step in steps] == ["arrive", "gather", "group", "vote", "thumbs", "arrive"]
    assert steps[1]["settings"]["limit"] == 3
    await noor.get_by_role("button", name="Take off").click()
    await expect(noor.locator(".agendas")).to_have_count(0)
    await noor.get_by_text("Bring an agenda from a file").click()
    await noor.get_by_label("A file with an agenda").set_input_files(file)
    await expect(noor.locator(".agendas")).to_contain_text("6 steps")


async def runs_it(noor: Page, ann: Page) -> None:
    """A session is opened from it, and somebody takes part."""
    plan = noor.locator(".plan-edit > li")
    await noor.get_by_label("A new").select_option(label="Our Monday")
    await noor.get_by_role("button", name="Open it").click()
    await expect(plan).to_have_count(6)
    await ann.goto(
        await noor.evaluate("location.origin + location.pathname.replace('/s/', '/j/').replace('/helm', '')")
    )
    await ann.get_by_label("Your name").fill("Ann")
    await ann.get_by_role("button", name="Join").click()
    await noor.get_by_role("button", name="Welcome everyone").click()
    await expect(ann.locator("h1")).to_have_text("Welcome")
    await noor.get_by_role("button", name="Go on to Write notes").click()
    await expect(ann.locator("h1")).to_have_text("Write notes")
