"""The title of a page says where one is: the step, what the session is called now, and that it is over."""

from playwright.async_api import expect

from tests.server import Server
from tests.stories.browsers import AWAKE, LAPTOP, PHONE, WALL, chromium, let_in


async def test_titles_follow_the_step_the_name_and_the_end(server: Server) -> None:
    opened = await server.open("ideas_and_dots", "Spring ideas")
    ann = await server.join(opened.code, "Ann")
    async with chromium() as people:
        pages = {}
        for path, size, key, more in (
            ("", PHONE, ann.key, ""),
            ("/helm", LAPTOP, opened.links["helm_token"], " · you facilitate"),
            ("/screen", WALL, opened.links["helm_token"], " · big screen"),
        ):
            pages[more] = page = await people.come(size)
            await let_in(page, server.address, key)
            await page.goto(f"{server.address}/s/{opened.code}{path}")
            await page.wait_for_function(AWAKE)
            await expect(page).to_have_title(f"Spring ideas{more}")
        await opened.helm.ok("prepare", what="title", text="Summer ideas")
        await opened.helm.to("ideas")
        for more, page in pages.items():
            await expect(page).to_have_title(f"What comes to mind? · Summer ideas{more}")
        await opened.helm.ok("close_session")
        for more, page in pages.items():
            await expect(page).to_have_title(f"Over · Summer ideas{more}")


async def test_the_title_of_the_record_is_its_name(server: Server) -> None:
    room, key = await server.demo()
    keeper = await server.sit(room, key, record=True)
    async with chromium() as people:
        page = await people.come(LAPTOP)
        await let_in(page, server.address, key)
        await page.goto(f"{server.address}/r/{room}")
        await expect(page).to_have_title("Kestrel Heat · record")
        await keeper.ok("set_cycle", organisation="Kestrel Warmth", name="Q4")
        await expect(page).to_have_title("Kestrel Warmth · record")
