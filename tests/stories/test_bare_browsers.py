"""A browser that takes no cookies, and one that a part of a page never reaches: each is told, nobody is doubled."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from playwright.async_api import expect

from tests.server import Server
from tests.stories.browsers import AWAKE, PHONE, chromium


async def test_a_browser_that_takes_no_cookies_is_told_before_anybody_joins(server: Server) -> None:
    opened = await server.open()
    async with without_cookies(server) as address, chromium() as people:
        page = await people.come(PHONE)
        for _ in range(2):
            await page.goto(f"{address}/j/{opened.code}")
            await page.fill("#name", "Ann")
            await page.get_by_role("button", name="Join").click()
            await expect(page.get_by_role("alert")).to_contain_text("keeps no cookies")
        await page.goto(opened.links["helm_url"].replace(server.address, address))
        await expect(page.get_by_text("keeps no cookies")).to_be_visible()
        assert not await page.context.cookies()
    await opened.helm.echo()
    assert [opened.helm.session["person:" + p]["name"] for p in opened.helm.ids("person")] == ["Facilitator"]


@asynccontextmanager
async def without_cookies(server: Server) -> AsyncIterator[str]:
    """A way to the server on which no cookie arrives, as with a browser, a network or an extension that takes none."""
    there = urlsplit(server.address)

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, changed: bool) -> None:
        while chunk := await reader.read(65536):
            writer.write(chunk.replace(b"set-cookie:", b"x-dropped0:") if changed else chunk)
            await writer.drain()
        writer.close()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_connection(there.hostname, there.port)
        await asyncio.gather(
            pass_on(reader, ours, changed=False), pass_on(theirs, writer, changed=True), return_exceptions=True
        )

    way = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{way.sockets[0].getsockname()[1]}"
    finally:
        way.close()


async def test_a_page_without_a_part_it_needs_says_so(server: Server) -> None:
    opened = await server.open()
    ann = await server.join(opened.code, "Ann")
    async with chromium() as people:
        page = await people.come(PHONE)
        await page.route("**/alpine*", lambda route: route.abort())
        for where in (f"j/{opened.code}", f"s/{opened.code}#key={ann.key}"):
            await page.goto(f"{server.address}/{where}")
            await expect(page.get_by_role("alert").first).to_contain_text("nothing on it works yet")
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        whole = await people.come(PHONE)
        await whole.goto(f"{server.address}/s/{opened.code}#key={ann.key}")
        await whole.wait_for_function(AWAKE)
        await expect(whole.get_by_role("heading", name="Q1 direction")).to_be_visible()
        await expect(whole.get_by_text("nothing on it works yet")).to_have_count(0)
