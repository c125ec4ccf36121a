"""The record as people use it: goals are found, opened from the map, changed in their place, linked, printed."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from playwright.async_api import Locator, Page, expect

from sessions.record.objectives.objective import Objective
from sessions.record.record import Record
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


async def bring(server: Server, room: str, key: str, goals: int) -> None:
    """So many more goals come by a file, each of a team of its own, with one result."""
    more = "\n".join(f"## Team {n}\n### Goal {n}\n- Result {n}" for n in range(goals))
    body = {"content": more.encode(), "headers": {"Content-Type": "text/markdown"}}
    assert (await server.call("POST", f"/api/rooms/{room}/import", key, **body)).status_code == 200


async def test_goals_are_found_changed_in_their_place_and_linked(server: Server) -> None:
    async with chromium() as people:
        keeper = await people.come(LAPTOP, timezone_id=FAR)
        room, _ = await opened(server, keeper)
        await finds(keeper)
        await keeper.locator(".map-card", has_text="leanest warehouse").click()
        goal = keeper.locator(".goal", has_text="leanest warehouse")
        await links(keeper, goal)
        await measures(keeper, goal)
        await people.look_at(keeper)
        await keeper.reload()
        await expect(goal.locator(".results > li")).to_have_count(3)
        await keeper.goto(f"{server.address}/r/{room}/changes")
        await reads_what_changed(keeper)
        await people.look_at(keeper)
        assert not people.complaints
        assert not people.faults, "\n".join(people.faults)


async def finds(keeper: Page) -> None:
    """By words of a team and of a goal, and by what has no link."""
    await keeper.get_by_role("searchbox", name="Find").fill("warehouse leanest")
    await expect(keeper.locator(".goal:visible")).to_have_count(1)
    await expect(keeper.locator("#goals-title")).to_contain_text("1 of 14")
    await keeper.get_by_role("button", name="Show all", exact=True).click()
    await keeper.locator(".sift").get_by_label("Link").select_option(label="no link yet")
    await expect(keeper.locator(".goal:visible")).to_have_count(2)


async def links(keeper: Page, goal: Locator) -> None:
    """A goal that had no link serves a result now; once it is shut it is not among the loose ones any more."""
    await expect(goal.locator(".results > li")).to_have_count(3)
    await goal.get_by_role("button", name="Change what it serves").click()
    await goal.locator(".link-line", has_text="K2").locator("select").select_option(label="shares this result")
    await expect(goal.locator(".goal-link")).to_have_text(re.compile("K2"))
    await expect(keeper.locator(".goal:visible")).to_have_count(2)
    await goal.locator(".goal-name").click()
    await expect(keeper.locator(".goal:visible")).to_have_count(1)
    await expect(goal).to_be_hidden()
    await keeper.locator(".sift").get_by_label("Link").select_option(label="any")
    await goal.locator(".goal-name").click()


async def measures(keeper: Page, goal: Locator) -> None:
    """A figure of today is said, and how far it has come stands on the list and on the map."""
    await goal.locator(".results > li").first.get_by_role("button", name="Change").click()
    await goal.get_by_label("Now").fill("45")
    await keeper.keyboard.press("Tab")
    await expect(goal.locator(".way").first).to_contain_text("50 %")
    await expect(keeper.locator(".map-card", has_text="leanest warehouse").locator(".way")).to_contain_text("50 %")


async def reads_what_changed(keeper: Page) -> None:
    """The newest first, at the hour of the reader's own clock."""
    newest = keeper.locator(".changes li").first
    await expect(newest).to_contain_text("where it is now")
    moment = datetime.fromisoformat(str(await newest.locator("time").get_attribute("datetime")))
    there = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(FAR))
    await expect(newest.locator("time")).to_contain_text(f"{there.day} {there:%b}")


async def test_a_link_that_is_refused_is_not_shown_and_a_team_that_is_gone_is_not_the_whole(server: Server) -> None:
    async with chromium() as people:
        keeper = await people.come(LAPTOP)
        room, key = await opened(server, keeper)
        record = server.rooms.room(room).room.record
        goal = leanest(record)
        goal.status = "locked"
        shown = keeper.locator(".goal", has_text="leanest warehouse")
        await shown.locator(".goal-name").click()
        await shown.get_by_role("button", name="Change what it serves").click()
        choice = shown.locator(".link-line", has_text="K2").locator("select")
        await choice.select_option(label="shares this result")
        await expect(keeper.locator(".notice")).to_contain_text("A change needs a reason")
        await expect(choice).to_have_value("")
        sitter = await server.sit(room, key, record=True)
        await sitter.ok("take_team_off", team=goal.team)
        await expect(shown.locator(".goal-team")).to_have_text("A team that is not on the list any more")
        await expect(keeper.locator(".goal").last.locator(".goal-name")).to_contain_text("leanest warehouse")


async def test_many_goals_fold_under_what_they_serve_and_are_all_on_paper(server: Server) -> None:
    async with chromium() as people:
        keeper = await people.come(LAPTOP)
        room, key = await opened(server, keeper)
        await bring(server, room, key, 10)
        await expect(keeper.locator(".goal")).to_have_count(24)
        await expect(keeper.locator(".twig")).to_have_count(0)
        await keeper.get_by_role("button", name="goals serve it").first.click()
        assert await keeper.locator(".twig").count() > 1
        await keeper.evaluate("dispatchEvent(new Event('beforeprint'))")
        links_told = len(record_links(server, room))
        await expect(keeper.locator(".twig")).to_have_count(links_told + 12)
        assert not people.complaints


async def test_a_long_record_is_whole_soon_and_a_link_to_its_last_goal_leads_there(server: Server) -> None:
    async with chromium() as people:
        keeper = await people.come(LAPTOP)
        room, key = await opened(server, keeper)
        await bring(server, room, key, 90)
        last = list(server.rooms.room(room).room.record.objectives)[-1]
        await keeper.goto("about:blank")
        await keeper.goto(f"{server.address}/r/{room}#goal-{last}")
        await expect(keeper.locator(f"#goal-{last} .goal-open")).to_be_in_viewport()
        await expect(keeper.locator(".goal")).to_have_count(104)
        wording = keeper.locator(".worth-family", has_text="Wording and figures")
        await expect(wording.locator(".worth-row")).to_have_count(0)
        await wording.locator("summary").click()
        await expect(wording.locator(".worth-row").last).to_be_visible()
        assert not people.complaints


async def test_what_is_looked_for_follows_what_others_change(server: Server) -> None:
    async with chromium() as people:
        keeper = await people.come(LAPTOP)
        room, key = await opened(server, keeper)
        record = server.rooms.room(room).room.record
        goal = leanest(record)
        result = next(result for result in record.results.values() if result.objective == goal.id)
        sitter, teams = await server.sit(room, key, record=True), keeper.locator(".sift").get_by_label("Team")
        name = record.teams[goal.team].name
        await teams.select_option(label=name)
        before = await teams.locator("option").count()
        of_team = await keeper.locator(".goal:visible").count()
        await sitter.ok("change_team", team=goal.team, name="Ware and Store")
        await sitter.ok("add_team", name="Zeal")
        await sitter.ok("take_team_off", team=await teams.locator("option").nth(2).get_attribute("value"))
        await expect(teams.locator("option").last).to_have_text("Zeal")
        await expect(teams.locator("option")).to_have_count(before)
        assert await teams.evaluate("select => select.selectedOptions[0].text") == "Ware and Store"
        await expect(keeper.locator(".goal:visible")).to_have_count(of_team)
        await keeper.get_by_role("button", name="Show all", exact=True).click()
        await expect(teams).to_have_value("")
        await keeper.get_by_role("searchbox", name="Find").fill("brandnewword")
        await expect(keeper.locator(".goal:visible")).to_have_count(0)
        await sitter.ok(
            "revise_result", result=result.id, field="text", value="A brandnewword", was=result.text, why="so"
        )
        await expect(keeper.locator(".goal:visible")).to_have_count(1)
        assert not people.complaints


def leanest(record: Record) -> Objective:
    """A goal of Kestrel Heat that serves nothing yet."""
    return next(goal for goal in record.objectives.values() if goal.text.startswith("Run the leanest"))


def record_links(server: Server, room: str) -> list[str]:
    """Every link of a goal to a line of the whole."""
    return list(server.rooms.room(room).room.record.alignments)


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


async def test_the_button_that_prints_prints_what_stands_folded_too(server: Server) -> None:
    async with chromium() as people:
        keeper = await people.come(LAPTOP)
        await opened(server, keeper)
        asked = int((await keeper.locator("#worth-title").inner_text()).split()[0])
        await keeper.evaluate("""() => { window.print = () => {
          const count = (what) => document.querySelectorAll(what).length;
          window.printed = [count(".worth-family .worth-row"), count(".results > li")];
        }; }""")
        await keeper.get_by_role("button", name="Print", exact=True).click()
        await keeper.wait_for_function("() => window.printed")
        rows, results = await keeper.evaluate("() => window.printed")
        assert (rows, results) == (asked, 44)
        assert not people.complaints


async def test_whoever_comes_back_to_a_long_record_is_where_they_were(server: Server) -> None:
    async with chromium() as people:
        keeper = await people.come(PHONE)
        room, key = await opened(server, keeper)
        await bring(server, room, key, 90)
        await expect(keeper.locator(".goal")).to_have_count(104)
        await keeper.locator(".goal").nth(95).scroll_into_view_if_needed()
        before = await keeper.evaluate("scrollY")
        await keeper.reload()
        await expect(keeper.locator(".goal").nth(95)).to_be_in_viewport()
        assert abs(await keeper.evaluate("scrollY") - before) < 200
        await keeper.goto("about:blank")
        await keeper.goto(f"{server.address}/r/{room}#sessions-title")
        await expect(keeper.locator("#sessions-title")).to_be_in_viewport()
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
