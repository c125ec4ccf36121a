"""The big screen: notes lie face down until they are shown, and its pages are turned by itself, a hand or a clicker."""

from playwright.async_api import expect

from tests.server import Opened, Server
from tests.stories.browsers import LAPTOP, WALL, chromium


async def test_notes_lie_face_down_and_the_facilitator_turns_the_pages_of_the_wall(server: Server) -> None:
    opened = await server.open("ideas_and_dots", "What shall we stop?")
    ann = await server.join(opened.code, "Ann")
    await opened.helm.ok("change_plan", step="ideas", limit=0)
    await opened.helm.to("ideas")
    async with chromium() as people:
        screen, noor = await people.come(WALL), await people.come(LAPTOP)
        await screen.goto(opened.links["screen_url"])
        await noor.goto(opened.links["helm_url"])
        for number in range(14):
            await ann.ok("add_note", text=f"Stop thing number {number}")
        await expect(screen.locator(".down")).to_have_count(14)
        assert "Stop thing" not in await screen.locator("main").inner_text()
        await opened.helm.ok("reveal")
        wall = screen.locator(".screen-wall .note")
        await expect(wall).to_have_count(12)
        await noor.locator("h1").click()
        await noor.keyboard.press("PageDown")
        await expect(noor.locator(".turning .meta")).to_have_text("1 to 12 of 14")
        await noor.keyboard.press("PageDown")
        await expect(wall).to_have_count(2)
        await expect(screen.locator(".pages")).to_have_text("13 to 14 of 14")
        await expect(noor.locator(".turning .meta")).to_have_text("13 to 14 of 14")
        await noor.keyboard.press("PageUp")
        await expect(wall).to_have_count(12)
        await people.look_at(screen, noor)
        assert people.complaints == []
        assert people.faults == [], "\n".join(people.faults)


async def test_a_wall_stands_still_for_who_wants_that_and_is_turned_by_hand(server: Server) -> None:
    opened = await two_pages(server)
    await opened.helm.ok("reveal")
    async with chromium() as people:
        screen = await people.come(WALL, reduced_motion="reduce")
        await screen.clock.install()
        await screen.goto(opened.links["screen_url"])
        wall = screen.locator(".screen-wall .note")
        await expect(wall).to_have_count(12)
        await screen.clock.run_for(30_000)
        await expect(wall).to_have_count(12)
        await screen.get_by_role("button", name="Turn the page").click()
        await expect(wall).to_have_count(2)
        await screen.get_by_role("button", name="Let it turn by itself").click()
        await screen.clock.run_for(9_500)
        await expect(wall).to_have_count(12)
        assert people.complaints == []


async def test_a_page_that_is_up_stays_when_a_minute_is_added(server: Server) -> None:
    opened = await two_pages(server)
    async with chromium() as people:
        screen = await people.come(WALL, reduced_motion="reduce")
        await screen.goto(opened.links["screen_url"])
        await opened.helm.ok("reveal")
        wall, caption = screen.locator(".screen-wall .note"), screen.locator(".pages > span").first
        await expect(wall).to_have_count(12)
        await screen.get_by_role("button", name="Turn the page").click()
        await expect(caption).to_have_text("13 to 14 of 14")
        deadline = opened.helm.session["step"]["deadline"]
        await opened.helm.ok("add_minutes", minutes=1)
        await screen.wait_for_function("(was) => window.Alpine.store('room').step.deadline > was", arg=deadline)
        await expect(wall).to_have_count(2)
        await expect(caption).to_have_text("13 to 14 of 14")
        assert people.complaints == []


async def two_pages(server: Server) -> Opened:
    """A wall of fourteen notes that are not shown yet: two pages of it."""
    opened = await server.open("ideas_and_dots", "What shall we stop?")
    ann = await server.join(opened.code, "Ann")
    await opened.helm.ok("change_plan", step="ideas", limit=0)
    await opened.helm.to("ideas")
    for number in range(14):
        await ann.ok("add_note", text=f"Stop thing number {number}")
    return opened


async def test_how_many_are_done_stands_only_where_somebody_can_be(server: Server) -> None:
    opened = await server.open("leadership_draft")
    await server.join(opened.code, "Ann")
    async with chromium() as people:
        screen = await people.come(WALL)
        await screen.goto(opened.links["screen_url"])
        for step in ("context", "readout", "cluster", "break", "refine", "pairs"):
            await opened.helm.to(step)
            await opened.helm.echo()
            done = screen.locator(".screen-foot").get_by_text("of 1 done")
            waits = opened.helm.session["step"]["waits"]
            await screen.wait_for_function(
                "(run) => window.Alpine?.store('room')?.step.run === run", arg=opened.helm.session["step"]["run"]
            )
            await expect(done).to_have_count(1 if waits else 0)
