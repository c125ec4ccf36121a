"""A browser that takes no cookies, and one that a part of a page never reaches: each is told, nobody is doubled."""

import json
import os
from pathlib import Path

from playwright.async_api import async_playwright, expect

from tests.server import Server
from tests.stories.browsers import ARGUMENTS, PHONE, chromium


async def test_a_browser_that_takes_no_cookies_is_told_before_anybody_joins(server: Server, tmp_path: Path) -> None:
    opened = await server.open()
    profile = tmp_path / "profile" / "Default"
    profile.mkdir(parents=True)
    blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Preferences").write_text(json.dumps(blocked))
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            profile.parent, executable_path=os.environ.get("CHROMIUM") or None, args=ARGUMENTS
        )
        page = context.pages[0]
        for _ in range(2):
            await page.goto(f"{server.address}/j/{opened.code}")
            await page.fill("#name", "Ann")
            await page.get_by_role("button", name="Join").click()
            await expect(page.get_by_role("alert")).to_contain_text("keeps no cookies")
        await page.goto(opened.links["helm_url"])
        await expect(page.get_by_text("keeps no cookies")).to_be_visible()
        await context.close()
    await opened.helm.echo()
    assert [opened.helm.session["person:" + p]["name"] for p in opened.helm.ids("person")] == ["Facilitator"]


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
        await expect(whole.get_by_role("heading", name="Q1 direction")).to_be_visible()
        await expect(whole.get_by_text("nothing on it works yet")).to_have_count(0)
