"""The words of the record's page outlive what could take them: every field of it, those of a locked goal too."""

import re

from playwright.async_api import Page

from tests.server import Server
from tests.stories.browsers import chromium, let_in
from tests.waiving import clear_the_way
from tests.words.trying import RECORD, in_templates, is_named, tried, try_page


async def test_every_field_of_the_record_keeps_its_words(server: Server) -> None:
    made = (await server.call("POST", "/api/rooms", json={"demo": True, "step": 10})).json()
    room, key = made["room"], made["room_token"]
    keeper = await server.sit(room, key, record=True)
    async with chromium() as people:
        page = await people.come((1280, 800), bypass_csp=True)
        await page.goto(f"{server.address}/r/{room}#key={key}")
        await page.wait_for_url(re.compile(r"^[^#]*$"))
        await page.wait_for_function("() => window.Alpine?.store('words')")
        await try_page(page)
        await keeper.ok("name_sponsor", person="ines")
        server.rooms.room(room).room.record.objectives["K"].status = "final"
        await keeper.ok("answer_feedback", feedback="F-31", answer="adapted", reason="A candidate for Q4")
        await clear_the_way(server, room, keeper, "K")
        await keeper.ok("lock_objective", objective="K")
        await try_page(page)
        record = server.rooms.room(room).room.record
        served = {link.child for link in record.alignments.values()}
        loose = next(goal.id for goal in record.objectives.values() if goal.team and goal.id not in served)
        await page.evaluate("(id) => Alpine.store('sift').reach(id)", loose)
        await try_page(page)
        await between_sessions(server, page, room, key)
    fields = [field for field, where in in_templates().items() if where.parent == RECORD]
    assert fields
    left = [field for field in fields if not any(is_named(name, field) for name in tried)]
    assert not left, ", ".join(left)


async def between_sessions(server: Server, page: Page, room: str, key: str) -> None:
    """The pages of the record for what is done between sessions, for somebody who was in one; and themes to answer."""
    opened = await server.open("ideas_and_dots", "Coffee", key=key, room=room)
    ann, _ = [await server.join(opened.code, name) for name in ("Ann", "Bo")]
    await let_in(page, server.address, ann.key)
    for path in ("check-in", "chats"):
        await page.goto(f"{server.address}/r/{room}/{path}")
        await page.wait_for_function("() => window.Alpine?.store('words')")
        await try_page(page)
