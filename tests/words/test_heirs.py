"""Focus never falls to the page: what is gone, hidden or switched off hands it on; nothing is taken from a field."""

import pytest
from playwright.async_api import Locator, Page, expect

from sessions import formats
from tests.layout.test_pages import PLACES, ids_of
from tests.server import Client, Opened, Server
from tests.stories.browsers import AWAKE, LAPTOP, PHONE, People, chromium, let_in

HOLDS = "() => document.activeElement !== document.body && !!document.activeElement"
#: Every thing that can have the focus has it, and goes: taken away, hidden, or switched off, with all its kin or alone.
LOSE = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const able = () => [...document.querySelectorAll("a[href], button, summary, select, input, textarea")]
    .filter((one) => one.checkVisibility() && !one.matches(":disabled, [inert] *") && one.tabIndex >= 0);
  const ways = [
    (one) => one.remove(),
    (one) => { one.style.display = "none"; },
    (one) => { one.disabled = true; one.hidden = true; },
    (one) => { (one.parentElement.matches("main, body") ? one : one.parentElement).remove(); },
  ];
  const lost = [];
  for (let n = 0, all = able(); all.length && n < 60; all = able(), n += 1) {
    const one = all[n % all.length];
    one.focus();
    if (document.activeElement !== one) continue;
    const was = one.outerHTML.slice(0, 120);
    ways[n % ways.length](one);
    await frame();
    if (!document.activeElement || document.activeElement === document.body) lost.push(was);
  }
  return lost;
}"""


#: Every thing that can have the focus is moved about with what it stands in, and has it before another key can come.
MOVE = """async () => {
  const able = () => [...document.querySelectorAll("a[href], button, summary, select, input, textarea")]
    .filter((one) => one.checkVisibility() && !one.matches(":disabled, [inert] *") && one.tabIndex >= 0);
  const lost = [];
  for (const one of able().slice(0, 60)) {
    one.focus();
    if (document.activeElement !== one) continue;
    const moved = one.parentElement.matches("main, body") ? one : one.parentElement;
    const marker = document.createComment("");
    moved.after(marker);
    moved.parentElement.prepend(moved);
    marker.replaceWith(moved);
    await null;
    await null;
    if (document.activeElement !== one) lost.push(one.outerHTML.slice(0, 120));
  }
  return lost;
}"""


@pytest.mark.parametrize("format", list(formats.ALL))
async def test_wherever_focus_is_lost_something_near_has_it(server: Server, format: str) -> None:
    opened = await server.open(format)
    await opened.helm.ok("set_teams", names="Care\nSupply")
    ann = await server.join(opened.code, "Ann")
    begun = await opened.helm.do("next_phase")
    async with chromium() as people:
        page = await people.come(PHONE)
        for key in (opened.links["room_token"], opened.links["helm_token"], ann.key):
            await let_in(page, server.address, key)
        of = ids_of(opened)
        doors = [f"/s/{opened.code}?as={ann.person}", f"/s/{opened.code}/helm", f"/s/{opened.code}/screen"]
        doors += [place(of) for places in PLACES.values() for place in places] if format == "gallery_walk" else []
        assert begun
        tried = 0
        for door in doors:
            await page.goto(server.address + door)
            await page.wait_for_function(AWAKE)
            if not await page.locator("script[src*=heirs]").count():
                continue
            assert await page.evaluate(MOVE) == [], door
            assert await page.evaluate(LOSE) == [], door
            tried += 1
        assert tried >= 2


async def test_whoever_types_loses_no_letter_while_lists_are_put_in_order(server: Server) -> None:
    opened = await watching(server)
    async with chromium() as people:
        page = await leads(people, opened)
        rows = page.locator(".raid-row")
        before = await rows.locator(".raid-head p[x-text='it.statement']").all_inner_texts()
        for at in range(3):
            await rows.nth(at).get_by_role("button", name="Change").click()
            await rows.nth(at).get_by_label("Who looks after it").focus()
            await page.keyboard.type("Bo")
            await page.keyboard.press("Tab")
            await page.keyboard.type("x" * 200)
            await expect(rows.nth(at).locator(".raid-owner")).to_have_text("Bo")
            await expect(rows.nth(at).get_by_label("What it would do")).to_have_value("x" * 200)
        assert await rows.locator(".raid-head p[x-text='it.statement']").all_inner_texts() == before


async def test_what_others_change_sends_nothing_that_is_half_written(server: Server) -> None:
    opened = await watching(server)
    async with chromium() as people:
        page = await leads(people, opened)
        row = page.locator(".raid-row").first
        await row.get_by_role("button", name="Change").click()
        await row.get_by_label("What it would do").focus()
        await page.keyboard.type("half ght")
        for _ in range(3):
            await page.keyboard.press("ArrowLeft")
        for item in opened.helm.ids("raid"):
            await opened.helm.ok("change_raid", item=item, field="owner", value="Bo", was="")
        await expect(page.locator(".raid-owner", has_text="Bo")).to_have_count(3)
        await page.keyboard.type("thou")
        await expect(row.get_by_label("What it would do")).to_have_value("half thought")
        await opened.helm.echo()
        assert all(thing["impact"] == "" for key, thing in opened.helm.session.items() if key.startswith("raid:"))


async def test_the_last_dot_keeps_one_at_the_idea(server: Server) -> None:
    opened, (ann, *others) = await voting(server)
    for other in others:
        await other.ok("place_dot", item=other.ids("note")[0])
    async with chromium() as people:
        page = await sits(people, ann)
        for place, left in enumerate(("2", "1", "0")):
            item = page.locator(".votable").nth(place)
            await item.get_by_role("button", name="Put a dot on").focus()
            await page.keyboard.press("Enter")
            await expect(page.locator(".budget-left")).to_have_text(left)
        await page.wait_for_function(HOLDS)
        assert await item.evaluate("(item) => item.contains(document.activeElement)")
        assert await said(page) == ["2 dots left.", "1 dot left.", "No dots left."]
        await opened.helm.ok("reveal", anyway=True)
        await expect(page.locator("#aloud")).to_contain_text("The votes are shown. Most dots: ")


async def test_who_says_that_they_are_done_stays_beside_the_button(server: Server) -> None:
    opened = await server.open("ideas_and_dots")
    ann = await server.join(opened.code, "Ann")
    await opened.helm.to("ideas")
    async with chromium() as people:
        page = await sits(people, ann)
        await page.get_by_role("button", name="I'm done").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="Change something")).to_be_focused()
        assert (await said(page))[-1] == "Thank you. Yours is in."


async def test_a_reveal_while_one_types_hands_the_focus_on_and_is_said_once(server: Server) -> None:
    opened = await server.open("ideas_and_dots")
    ann, bob = [await server.join(opened.code, name) for name in ("Ann", "Bob")]
    await opened.helm.to("ideas")
    await bob.ok("add_note", text="One survey is enough")
    async with chromium() as people:
        page = await sits(people, ann)
        await page.locator("#note-text").fill("half a thought")
        await opened.helm.ok("reveal")
        await expect(page.locator("#note-text")).to_be_hidden()
        await page.wait_for_function(HOLDS)
        assert await said(page) == ["The notes are on the wall."]


async def test_what_has_the_focus_keeps_it_whatever_else_goes(server: Server) -> None:
    opened = await server.open("ideas_and_dots")
    ann, bob = [await server.join(opened.code, name) for name in ("Ann", "Bob")]
    await opened.helm.to("ideas")
    await ann.ok("add_note", text="One survey is enough")
    async with chromium() as people:
        page = await sits(people, ann)
        note = page.locator("#note-text")
        await page.get_by_role("button", name="Remove", exact=True).focus()
        await note.fill("half a thought")
        await ann.ok("remove_note", note=next(key[5:] for key in ann.me if key.startswith("note:")))
        await expect(page.get_by_role("button", name="Remove", exact=True)).to_have_count(0)
        await expect(note).to_be_focused()
        await page.mouse.click(180, 700)
        await note.evaluate("(field) => field.blur()")
        await bob.ok("add_note", text="two")
        assert await page.evaluate("() => document.activeElement === document.body"), "what was put down stays down"


async def test_join_on_a_name_that_is_taken_keeps_the_focus(server: Server) -> None:
    opened = await server.open("ideas_and_dots")
    await server.join(opened.code, "Ann")
    async with chromium() as people:
        page = await people.come(LAPTOP)
        await page.goto(f"{server.address}/j/{opened.code}")
        await page.fill("#name", "Ann")
        await page.get_by_role("button", name="Join").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="No, somebody else")).to_be_visible()
        await expect(page.get_by_role("button", name="Join")).to_be_focused()
        await page.get_by_role("button", name="No, somebody else").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#name")).to_be_focused()


async def test_a_dialog_stands_alone_and_gives_the_focus_back(server: Server) -> None:
    opened = await server.open("ideas_and_dots")
    await opened.people("Ann Bob")
    async with chromium() as people:
        page = await people.come(LAPTOP)
        await page.goto(opened.links["helm_url"])
        more = page.get_by_role("button", name="More", exact=True)
        await opens_and_shuts(page, more)
        await opened.helm.to("close")
        end = page.locator(".bar-right .main")
        await opens_and_shuts(page, end)
        assert people.complaints == []


async def test_the_last_minute_and_its_end_are_said_once(server: Server) -> None:
    opened = await server.open("ideas_and_dots")
    ann = await server.join(opened.code, "Ann")
    await opened.helm.to("ideas")
    async with chromium() as people:
        page = await people.come(PHONE)
        await page.clock.install()
        await page.goto(f"{server.address}/s/{opened.code}#key={ann.key}")
        await page.wait_for_function(AWAKE)
        await page.clock.run_for(60 * 60_000)
        assert (await said(page))[-2:] == ["One minute left.", "Time is up."]


async def opens_and_shuts(page: Page, by: Locator) -> None:
    """A dialog opens with a key, holds whatever is pressed, and Escape leads back to what opened it."""
    await by.focus()
    await page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    await expect(dialog).to_be_visible()
    for _ in range(30):
        await page.keyboard.press("Tab")
        assert await page.evaluate(
            "() => !!document.activeElement.closest('dialog, body') && "
            "(document.activeElement === document.body || !!document.activeElement.closest('dialog'))"
        )
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(by).to_be_focused()


async def watching(server: Server) -> Opened:
    """Three things that could go wrong, shown to everybody."""
    opened = await server.open("horizontal_session")
    await opened.helm.ok("set_teams", names="Care\nSupply")
    ann = await server.join(opened.code, "Ann")
    await opened.helm.to("raid")
    for text in ("one", "two", "three"):
        await ann.ok("write_raid", sort="risk", text=text)
    await opened.helm.ok("reveal", anyway=True)
    return opened


async def voting(server: Server) -> tuple[Opened, list[Client]]:
    """A vote over three ideas."""
    opened = await server.open("ideas_and_dots")
    ann, bob, cy = [await server.join(opened.code, name) for name in ("Ann", "Bob", "Cy")]
    await opened.helm.to("ideas")
    for words in ("Heat in every street", "One survey is enough", "Book a visit at the first call"):
        await bob.ok("add_note", text=words)
    await opened.helm.ok("reveal")
    await opened.helm.to("vote")
    return opened, [ann, bob, cy]


async def leads(people: People, opened: Opened) -> Page:
    """The facilitator's page, in step."""
    page = await people.come(LAPTOP)
    await page.goto(opened.links["helm_url"])
    await page.wait_for_function(AWAKE)
    return page


async def sits(people: People, who: Client) -> Page:
    """Somebody's page, in step."""
    page = await people.come(PHONE)
    await let_in(page, who.server.address, who.key)
    await page.goto(f"{who.server.address}/s/{who.code}")
    await page.wait_for_function(AWAKE)
    return page


async def said(page: Page) -> list[str]:
    """What was said aloud, as it stands."""
    return await page.locator("#aloud p").all_inner_texts()
