"""A toy activity and a toy format from a folder outside are there on every screen, without an edit anywhere."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.server import Server
from tests.stories.browsers import LAPTOP, PHONE, WALL, People, chromium
from tests.web.test_kill import answering, start

TOY = Path(__file__).parent.parent / "toy"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Server]:
    """A server of its own process, with the toy brought to it."""
    server = Server(tmp_path)
    process = start(server, WAGGLE_EXTRAS=str(TOY))
    await answering(server)
    yield server
    for client in server.clients:
        await client.leave()
    process.terminate()
    process.wait()


async def test_it_is_listed_with_its_command(house: Server) -> None:
    formats = {format["key"]: format for format in (await house.call("GET", "/api/formats")).json()}
    assert [phase["activity"] for phase in formats["check_in"]["phases"]] == ["mood", "gather"]
    assert "say_mood" in (await house.call("GET", "/api/commands")).json()["commands"]
    assert "Check-in" in (await house.call("GET", "/")).text


async def test_it_is_on_the_phone_the_facilitators_view_and_the_wall(house: Server) -> None:
    async with chromium() as people:
        noor, ann, wall = await come(house, people)
        await noor.get_by_role("button", name="Ask how they are").click()
        await expect(ann.locator("h1")).to_have_text("How are you?")
        await ann.get_by_label("In a word").fill("curious")
        await ann.get_by_role("button", name="Say it").click()
        await expect(ann.locator(".mood-mine")).to_contain_text("curious")
        await expect(noor.locator(".step-mood")).to_contain_text("1 have said a word")
        await expect(wall.locator(".mood-words")).to_have_text("")
        await noor.get_by_role("button", name="Show the words").click()
        await expect(wall.locator(".mood-words")).to_have_text("curious")
        spacing = await wall.locator(".mood-words").evaluate("words => getComputedStyle(words).letterSpacing")
        assert spacing != "normal", "its style sheet is there"
        await people.look_at(noor, ann, wall)
        assert not people.complaints


async def test_it_is_in_the_outcome_all_exports_and_a_rehearsal(house: Server) -> None:
    opened = await house.open("check_in")
    ann = await house.join(opened.code, "Ann")
    await opened.helm.to("mood")
    await ann.ok("say_mood", word="sunny")
    assert "sunny" not in repr(opened.helm.topics)
    await opened.helm.ok("reveal")
    await opened.helm.until(lambda: opened.helm.session.get("mood") == {"words": ["sunny"]})
    for kind in ("md", "csv", "json"):
        assert (
            "sunny" in (await house.call("GET", f"/api/sessions/{opened.code}/export?as={kind}", opened.helm.key)).text
        )
    key = (house.data / "local.key").read_text().strip()
    copy = (await house.call("POST", f"/api/sessions/{opened.code}/rehearsals/local", key)).json()
    helm = await house.sit(copy["code"], copy["helm_token"])
    await helm.to("mood")
    playing = await asyncio.create_subprocess_exec(
        ".venv/bin/python", "-c", PLAY, str(TOY), house.address, copy["code"]
    )
    await helm.until(lambda: helm.session["step"].get("said", 0) >= 2)
    await helm.ok("close_session")
    await playing.wait()


async def test_its_words_go_with_whoever_wrote_them(house: Server) -> None:
    opened = await house.open("check_in")
    ann, bob = await opened.people("Ann Bob")
    await opened.helm.to("mood")
    await ann.ok("say_mood", word="canary")
    await bob.ok("say_mood", word="calm")
    path = f"/api/sessions/{opened.code}/forgetting"
    assert await house.status("POST", path, ann.key, json={"person": ann.person}) == 200
    await opened.helm.ok("reveal")
    await bob.until(lambda: bob.session.get("mood") == {"words": ["Removed by its writer.", "calm"]})


#: Simulated people of their own process, as ``waggle rehearse`` brings them.
PLAY = """
import asyncio, pathlib, sys
from web import extras
from workshop import rehearse
extras.bring(pathlib.Path(sys.argv[1]))
asyncio.run(rehearse.play(sys.argv[2], sys.argv[3], 2))
"""


async def come(house: Server, people: People) -> tuple[Page, Page, Page]:
    """The facilitator, somebody on a phone, and the wall."""
    made = (await house.call("POST", "/api/sessions", json={"format": "check_in", "title": "Monday"})).json()
    noor, ann, wall = await people.come(LAPTOP), await people.come(PHONE), await people.come(WALL)
    await noor.goto(made["helm_url"])
    await wall.goto(made["screen_url"])
    await ann.goto(made["join_url"])
    await ann.get_by_label("Your name").fill("Ann")
    await ann.get_by_role("button", name="Join").click()
    await expect(noor.locator("h1").first).to_be_visible()
    return noor, ann, wall
