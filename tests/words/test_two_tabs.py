"""A field that is sent while one writes, in two tabs of one browser, without a network, and loaded again."""

from playwright.async_api import Locator, Page, expect

from tests.layout.test_layout import session_of
from tests.server import Client, Server
from tests.stories.browsers import People, chromium

#: What this browser keeps of fields of this name.
KEPT = """(field) => Object.entries(localStorage).filter(([key]) => key.startsWith("waggle.words|"))
  .map(([, kept]) => JSON.parse(kept)).filter((typed) => typed.field.endsWith(field))
  .map((typed) => typed.text).sort()"""
#: Commands that carry this result's field, as they leave this page.
WATCH = """() => {
  window.left = [];
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (text) { window.left.push(text); return send.call(this, text); };
}"""
LEFT = "() => window.left.map((text) => JSON.parse(text)).filter((frame) => frame.do === 'change_result').length"
#: Longer than a field waits before it sends itself, in milliseconds.
WAITED = 900


async def test_refused_words_are_sent_by_no_tab_and_each_tab_keeps_its_own(server: Server) -> None:
    ann, result = await at_a_card(server)
    async with chromium() as people:
        page = await come(people, ann)
        await figure(page).fill("many")
        await page.wait_for_function("() => window.Alpine.store('room').notice")
        other = await page.context.new_page()
        await other.clock.install()
        await other.add_init_script(f"({WATCH})()")
        await page.evaluate(WATCH)
        await other.goto(page.url)
        await expect(figure(other)).to_have_value("many")
        await figure(other).focus()
        await other.clock.run_for(WAITED)
        assert (await page.evaluate(LEFT), await other.evaluate(LEFT)) == (0, 0)
        assert await page.evaluate(KEPT, ".baseline") == ["many"]
        await figure(other).fill("a good many")
        await other.wait_for_function("() => window.Alpine.store('room').notice")
        await figure(page).fill("rather many")
        await page.clock.run_for(WAITED)
        both = f"(field) => ({KEPT})(field).join() === 'a good many,rather many'"
        await page.wait_for_function(both, arg=".baseline")
        await expect(figure(page)).to_have_value("rather many")
        await expect(figure(other)).to_have_value("a good many")
        assert ann.session[f"result:{result}"]["baseline"] == 1


async def test_what_is_on_its_way_stands_in_its_field_and_not_what_was_there_before(server: Server) -> None:
    ann, result = await at_a_card(server)
    async with chromium() as people:
        page = await come(people, ann)
        await expect(figure(page)).to_have_value("1")
        await page.context.set_offline(True)
        await figure(page).fill("61")
        await page.locator("[name=target]").focus()
        await page.clock.run_for(WAITED)
        await expect(figure(page)).to_have_value("61")
        await page.context.set_offline(False)
        await ann.until(lambda: ann.session[f"result:{result}"]["baseline"] == 61)
        await expect(figure(page)).to_have_value("61")


async def test_a_reason_that_was_given_elsewhere_goes_along_with_another_number(server: Server) -> None:
    opened, crew = await session_of(server, "fortnightly_forum", True)
    ann = crew[0]
    await opened.helm.to("sure")
    async with chromium() as people:
        page = await come(people, ann)
        first = page.locator(".sure-list > li").first
        why = first.get_by_label("Why?")
        await first.get_by_role("button", name="3", exact=True).click()
        await expect(why).to_have_value("")
        await ann.until(lambda: ann.me["mine"]["sure"])
        result = ann.me["mine"]["sure"][0]["result"]
        await ann.ok("say_how_sure", result=result, value=4, text="the canary feed is late")
        await expect(why).to_have_value("the canary feed is late")
        await first.get_by_role("button", name="5", exact=True).click()
        await ann.until(lambda: ann.me["mine"]["sure"][0]["value"] == 5)
        assert ann.me["mine"]["sure"][0]["text"] == "the canary feed is late"
        await why.fill("the feed came")
        await first.get_by_role("button", name="6", exact=True).click()
        await ann.until(lambda: ann.me["mine"]["sure"][0] == {"result": result, "value": 6, "text": "the feed came"})
        assert not people.complaints


async def come(people: People, who: Client) -> Page:
    """Somebody's phone, whose time can be let pass."""
    page = await people.come((360, 740), bypass_csp=True)
    await page.clock.install()
    await page.goto(f"{who.server.address}/s/{who.code}#key={who.key}")
    return page


def figure(page: Page) -> Locator:
    """The first card's field for how it is today."""
    return page.locator("[name=baseline]").locator("visible=true").first


async def at_a_card(server: Server) -> tuple[Client, str]:
    """Somebody who holds a result's card."""
    opened = await server.open()
    people = await opened.people()
    await opened.refine(people)
    await people[0].until(lambda: people[0].session["step"].get("results"))
    result = people[0].session["step"]["results"][0]
    await people[0].ok("take_card", result=result)
    return people[0], result
