"""Whom a story is about: the facilitator with the one main button, people on phones by name, and the big screen."""

from playwright.async_api import Page, expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, WALL, People


class Gathering:
    """A session that is played in browsers."""

    noor: Page  # facilitates
    screen: Page

    def __init__(self, server: Server, people: People) -> None:
        self.server, self.people = server, people
        self.pages: dict[str, Page] = {}
        self.code = ""

    async def sits_down(self, made: dict[str, str]) -> None:
        """The facilitator and the big screen open a session that was made for them."""
        self.code = made["code"]
        self.noor = await self.people.come(LAPTOP)
        await self.noor.goto(made["helm_url"])
        await expect(self.noor.locator(".big-code")).to_be_visible()
        self.screen = await self.people.come(WALL)
        await self.screen.goto(made["screen_url"])

    async def press(self, label: str) -> None:
        """The facilitator's one main button, by the words it has."""
        button = self.noor.locator(".bar-right .main")
        await expect(button).to_have_text(label)
        await button.click()

    async def come(self, name: str, team: str, clock: bool = False) -> Page:
        """Somebody joins from a phone."""
        page = self.pages[name] = await self.people.come(PHONE)
        if clock:
            await page.clock.install()
        await page.goto(f"{self.server.address}/j/{self.code}")
        await page.fill("#name", name)
        await page.select_option("#team", label=team)
        await page.get_by_role("button", name="Join").click()
        await expect(page.locator(".who")).to_have_text(name)
        return page
