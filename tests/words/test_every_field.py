"""Words outlive everything: a bell, a reload, a refusal, a second tab, and a browser that keeps nothing."""

import pytest
from playwright.async_api import Page, expect

from sessions import formats
from tests.layout.filling import fill
from tests.layout.test_layout import session_of
from tests.layout.walking import Seats, press
from tests.server import Client, Opened, Server
from tests.stories.browsers import chromium
from tests.words.trying import (
    FIELDS,
    KEEPS_NOTHING,
    RECORD,
    TEMPLATES,
    in_templates,
    is_named,
    locate,
    readable,
    tried,
    try_page,
)

#: Fields of pages that are no part of a session's steps; they are tried below by name.
ELSEWHERE = {"title", "'name'", "'called'", "'called.' + id"}
#: In which kind of step the bell rang while somebody was writing into which field.
rung: set[tuple[str, str]] = set()


def test_every_field_keeps_its_words_the_one_way() -> None:
    nameless = {field: where for field, where in in_templates().items() if field.startswith("<")}
    assert not nameless


def test_nothing_is_cut_without_a_word() -> None:
    cutting = [path for path in TEMPLATES.rglob("*.html") if "maxlength" in path.read_text()]
    assert not cutting


def test_no_fold_shuts_whenever_something_is_told() -> None:
    """`:open` is set anew by whatever it reads, a bell too: a fold that opens by itself says so with `x-unfolds`."""
    shutting = [path for path in TEMPLATES.rglob("*.html") if ":open=" in path.read_text()]
    assert not shutting


@pytest.mark.parametrize("format", list(formats.ALL))
async def test_every_field_of_every_step_keeps_its_words(server: Server, format: str) -> None:
    opened, crew = await session_of(server, format, full=True)
    async with chromium() as people:
        seats = Seats(server, people, opened)
        await seats.sit({"phone": crew[0], "other phone": crew[1]})
        teams = [thing["name"] for key, thing in opened.helm.session.items() if key.startswith("team:")]
        await try_all(seats, opened)
        # What was tried before it begins is another list of teams.
        await opened.helm.ok("set_teams", names="\n".join(teams))
        for phase in formats.ALL[format].phases:
            await opened.helm.to(phase.key)
            for _ in range(6):
                for person in crew:
                    await person.echo()
                await go_half_way(seats, crew)
                await try_all(seats, opened)
                await fill(crew)
                await try_all(seats, opened)
                bell = await begin_to_write(seats)
                if not await press(opened.helm):
                    break
                await was_not_lost(bell)


async def test_a_name_and_a_title_outlive_a_reload(server: Server) -> None:
    opened = await server.open()
    async with chromium() as people:
        page = await people.come((360, 740))
        await page.goto(f"{server.address}/j/{opened.code}")
        await page.fill("#name", "Half a name")
        await page.reload()
        await expect(page.locator("#name")).to_have_value("Half a name")
        await page.goto(server.address)
        await page.fill("#title", "Half a title")
        await page.reload()
        await expect(page.locator("#title")).to_have_value("Half a title")


async def test_half_of_a_new_name_outlives_a_reload(server: Server) -> None:
    opened = await server.open()
    ann = await server.join(opened.code, "Ann")
    async with chromium() as people:
        page, noor = await people.come((360, 740)), await people.come((1280, 800))
        await page.goto(f"{server.address}/s/{opened.code}#key={ann.key}")
        await noor.goto(opened.links["helm_url"])
        for seat in (page, noor):
            for time in ("before", "after"):
                if seat is page:
                    await seat.locator(".who").click()
                    field = seat.get_by_label("You are called")
                else:
                    await seat.get_by_role("button", name="More", exact=True).click()
                    await seat.locator(".people summary", has_text="Ann").click()
                    field = seat.locator(".people details[open]").get_by_label("Called")
                if time == "before":
                    await field.fill("Half a na")
                    await seat.reload()
                else:
                    await readable(seat, "Half a na")


async def test_a_browser_that_keeps_nothing_keeps_words_while_the_page_is_open_and_says_so(server: Server) -> None:
    opened = await server.open("ideas_and_dots")
    ann = await server.join(opened.code, "Ann")
    async with chromium() as people:
        page = await people.come((360, 740))
        await page.add_init_script(KEEPS_NOTHING)
        await page.goto(f"{server.address}/s/{opened.code}#key={ann.key}")
        await opened.helm.to("ideas")
        await expect(page.get_by_text("This browser keeps nothing")).to_be_visible()
        await page.fill("#note-text", "half a thought")
        await opened.helm.ok("next_phase", phase=opened.helm.session["step"]["run"], unshown="aside")
        await readable(page, "half a thought")
        assert not people.complaints


async def test_a_note_of_a_closed_tab_without_a_network_arrives_with_the_next(server: Server) -> None:
    opened = await server.open("ideas_and_dots")
    ann = await server.join(opened.code, "Ann")
    await opened.helm.to("ideas")
    async with chromium() as people:
        page = await people.come((360, 740))
        await page.goto(f"{server.address}/s/{opened.code}#key={ann.key}")
        await expect(page.locator("#note-text")).to_be_visible()
        await page.context.set_offline(True)
        await page.fill("#note-text", "written in the lift")
        await page.get_by_role("button", name="Add it").click()
        await page.close()
        await page.context.set_offline(False)
        again = await page.context.new_page()
        await again.goto(f"{server.address}/s/{opened.code}")
        await ann.until(lambda: any(n.get("text") == "written in the lift" for n in ann.me.values()))


async def test_a_gallery_note_is_offered_after_the_bell_and_filed_at_its_poster(server: Server) -> None:
    opened, crew = await session_of(server, "gallery_walk", full=True)
    helm = opened.helm
    await helm.to("welcome")
    await helm.ok("deal_groups")
    await helm.to("walk")
    visitor = next(p for p in crew if p.me["mine"].get("role") == "visitor")
    async with chromium() as people:
        page = await people.come((360, 740), bypass_csp=True)
        await page.goto(f"{server.address}/s/{opened.code}#key={visitor.key}")
        await page.locator(".line-button").first.click()
        await page.fill("#walk-text", "half a note")
        before = helm.session["step"]["stage"]
        while helm.session["step"]["stage"] != "move":
            assert await press(helm), before
            await helm.echo()
        await readable(page, "half a note")
        await page.get_by_role("button", name="Send it now").click()
        await visitor.until(lambda: any(n.get("text") == "half a note" for n in visitor.me.values()))
        await expect(page.locator(".kept-words")).to_have_count(0)


async def test_a_step_for_which_nothing_was_prepared_keeps_its_words(server: Server) -> None:
    opened, _ = await session_of(server, "leadership_draft", full=False)
    async with chromium() as people:
        seats = Seats(server, people, opened)
        await seats.sit({})
        await opened.helm.to("close")
        await try_all(seats, opened)


@pytest.mark.usefixtures("capfd")
def test_no_field_was_left_out() -> None:
    met = tried | ELSEWHERE
    others = [field for field, where in in_templates().items() if where.parent != RECORD]
    left = sorted(field for field in others if not any(is_named(name, field) for name in met))
    assert not left, ", ".join(left)


async def go_half_way(seats: Seats, crew: list[Client]) -> None:
    """What somebody has to do before a field is there: vote low, take two notes together."""
    step, mine = crew[0].session["step"], crew[0].me.get("mine", {})
    if step["activity"] == "confidence" and step["stage"] == "vote" and not mine.get("vote"):
        yes = {"meaningful": True, "inclusive": True, "can_do": False}
        await crew[0].ok("cast_confidence", value=1, round=mine["round"], **yes)
    if step["activity"] in ("trade", "commit"):
        await _asks(crew)
    for page in seats.pages.values():
        notes = page.locator(".wall .note-button, .two-sides .note-button").locator("visible=true")
        if step["activity"] in ("group", "revise") and await notes.count() > 1:
            for at in range(2):
                await notes.nth(at).click()
    merge = seats.pages["helm"].get_by_role("button", name="Merge", exact=False).locator("visible=true")
    if step["activity"] == "group" and await merge.count() and await merge.first.is_enabled():
        await merge.first.click()


async def _asks(crew: list[Client]) -> None:
    """Somebody needs something of the team of whoever looks; and the other phone's team has a yes to confirm."""
    asked, other = (person.me["trading"]["team"] for person in crew[:2])
    for person in crew:
        team, text = person.me["trading"]["team"], f"half way {len(person.session)}"
        if team not in ("", asked):
            await person.do("say_need", provider=asked, text=text)
        if team not in ("", other):
            await crew[1].do("say_need", provider=team, text=text)
            await person.echo()
            for key, need in person.session.items():
                if key.startswith("dependency:") and need["need"] == text and need["provider"] == team:
                    await person.do("answer_need", dependency=key[11:], version=need["version"], answer="accepted")


async def try_all(seats: Seats, opened: Opened) -> None:
    """Every field that is new on any page now."""
    await seats.in_step(str(opened.helm.session["step"]["activity"]))
    for name, page in seats.pages.items():
        if name == "screen":
            continue
        await page.set_viewport_size(
            {"width": 1280, "height": 900} if name == "helm" else {"width": 360, "height": 740}
        )
        await try_page(page)
        if name == "helm" and await page.locator(".more").count():
            await page.keyboard.press("Escape")


async def begin_to_write(seats: Seats) -> dict[Page, str]:
    """Somebody on each phone has begun to write when the bell comes."""
    begun: dict[Page, str] = {}
    # A page that was just loaded again may still be told that its team has said it all.
    await seats.in_step("before somebody writes")
    for name, page in seats.pages.items():
        step = seats.opened.helm.session["step"]["activity"]
        fields = await page.evaluate(FIELDS) if "phone" in name else []
        new = [field for field in fields if (step, field) not in rung]
        if new:
            rung.add((step, new[0]))
            begun[page] = f"half a thought of {name}"
            await locate(page, new[0]).fill(begun[page])
    return begun


async def was_not_lost(begun: dict[Page, str]) -> None:
    """What was begun can be read, and then thrown away by hand."""
    for page, words in begun.items():
        await readable(page, words)
        await page.evaluate("localStorage.clear()")
        await page.reload()
