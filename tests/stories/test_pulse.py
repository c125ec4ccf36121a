"""A pulse that three phones answer over three days, with a server that is restarted meanwhile; then its themes."""

import time
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.server import Opened, Server
from tests.stories.browsers import LAPTOP, PHONE, People, chromium, let_in

DAY = 86_400_000
KESTREL = """# Kestrel
## Whole organisation
### Homes are warm
- Days from contract to warm home
  - figures: 61 → 42, down
## Growth
### The right homes find us
- Cost of a lead
"""


class Clock:
    """The server's clock, which can be set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead, real = 0, time.time_ns
        monkeypatch.setattr(time, "time_ns", lambda: real() + self.ahead * 1_000_000)

    def forward(self, days: float) -> None:
        """So many days later."""
        self.ahead += round(days * DAY)


async def test_three_phones_over_three_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, server = Clock(monkeypatch), Server(tmp_path / "data")
    await server.start()
    async with chromium() as people:
        room, key, opened = await a_pulse(server)
        helm = await people.come(LAPTOP)
        await let_in(helm, server.address, opened.links["helm_token"])
        await helm.goto(f"{server.address}/s/{opened.code}/helm")
        await helm.get_by_role("button", name="Open the pulse").click()
        phones = [await joins(people, server, opened, name) for name in ("Ann", "Bo", "Cy")]
        await writes(phones[0], "One number for a customer", why="they ring us", kind="changes")
        await people.look_at(phones[0], helm)
        clock.forward(1)
        await again(server, helm, *phones)
        await expect(phones[0].locator(".note")).to_contain_text("they ring us")
        await writes(phones[1], "A number that is answered")
        await expect(phones[1].locator(".note")).to_have_count(1)
        assert "they ring us" not in await phones[1].content() + await helm.content()
        clock.forward(1)
        await writes(phones[2], "Spare parts in the van", kind="goes on")
        await phones[2].get_by_role("button", name="That is all from me").click()
        await expect(helm.locator(".answered")).to_contain_text("1 of 3")
        clock.forward(6)
        await again(server, helm, *phones)
        await expect(helm.locator(".wall .note")).to_have_count(3)
        await finds_themes(helm, phones)
        await people.look_at(phones[0], helm)
        await helm.get_by_role("button", name="File the themes").click()
        await (
            helm.get_by_role("dialog")
            .or_(helm.get_by_role("alertdialog"))
            .get_by_role("button", name="File the themes")
            .click()
        )
        await expect(helm.get_by_role("button", name="Pause")).to_be_hidden()
        keeper = await people.come(LAPTOP)
        await let_in(keeper, server.address, key)
        await keeper.goto(f"{server.address}/r/{room}")
        await answers(keeper)
        await people.look_at(keeper)
        assert not people.complaints
        assert not people.faults, "\n".join(people.faults)
    await server.stop()


async def a_pulse(server: Server) -> tuple[str, str, Opened]:
    """A room with goals in it, and a pulse that has not begun."""
    made = (await server.call("POST", "/api/rooms", json={"name": "Kestrel"})).json()
    room, key = made["room"], made["room_token"]
    body = {"content": KESTREL.encode(), "headers": {"Content-Type": "text/markdown"}}
    assert (await server.call("POST", f"/api/rooms/{room}/import", key, **body)).status_code == 200
    return room, key, await server.open("priority_pulse", "What matters next?", key=key, room=room)


async def joins(people: People, server: Server, opened: Opened, name: str) -> Page:
    """Somebody comes by the link, on a phone."""
    phone = await people.come(PHONE)
    await phone.goto(f"{server.address}/j/{opened.code}")
    await phone.get_by_label("Your name").fill(name)
    await phone.locator("select").first.select_option(label="Growth")
    await phone.get_by_role("button", name="Join").click()
    await expect(phone.locator("#note-text")).to_be_visible()
    return phone


async def writes(phone: Page, words: str, why: str = "", kind: str = "") -> None:
    """One note, and why now."""
    await phone.locator("#note-text").fill(words)
    if why:
        await phone.get_by_label("Why now?").fill(why)
    if kind:
        await phone.get_by_label(kind, exact=True).check()
    await phone.get_by_role("button", name="Add it").click()


async def again(server: Server, *pages: Page) -> None:
    """The server is started anew, and everybody comes back with the same link."""
    await server.stop()
    await server.start()
    for page in pages:
        await page.reload()


async def finds_themes(helm: Page, phones: list[Page]) -> None:
    """Two notes become one theme, everybody places a dot, and all see what it says."""
    await helm.get_by_role("button", name="Find the themes").click()
    one, two = (
        helm.locator(".note", has_text=words).get_by_role("button").first for words in ("One number", "answered")
    )
    await one.click()
    await two.click()
    await helm.get_by_role("button", name="Merge").click()
    await helm.get_by_role("button", name="Ask for a signal").click()
    for phone in phones:
        await phone.locator(".votable").first.locator(".slot").first.click()
        await expect(phone.locator(".budget-left")).to_have_text("2")
        await phone.get_by_role("button", name="I'm done").click()
    await helm.get_by_role("button", name="Show the votes").click()
    await helm.get_by_role("button", name="Show what it says").click()
    await expect(phones[0].locator(".themes-list li").first).to_contain_text("brought up in Growth")


async def answers(keeper: Page) -> None:
    """What became of a theme, with a reason."""
    theme = keeper.locator(".theme-row").first
    await theme.get_by_role("button", name="In part").click()
    await theme.get_by_label("Because").fill("One number first")
    await theme.get_by_role("button", name="In part").last.click()
    await expect(theme).to_contain_text("One number first")
