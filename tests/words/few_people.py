"""A format facilitated from beginning to end with so many people, or none; what stands on each page at each press."""

import random
from collections import ChainMap
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page

from sessions import formats
from sessions.activities import ALL
from sessions.activities.playing import Seen
from tests.chance.test_every_command import OKRS
from tests.server import Client, Opened, Server
from tests.stories.browsers import AWAKE, LAPTOP, PHONE, WALL, People, let_in

NAMES = ["Ann", "Bob", "Cy", "Di", "Eve", "Fay", "Gus"]
#: More presses of the main button than any format needs with seven people.
MOST = 120
#: What can be read, without what is folded away or said to nobody.
READ = """() => (document.querySelector("dialog[open]") ?? document.body).innerText.replace(/\\n+/g, " · ")"""
#: The page stands as it was told: what came has been drawn.
IN_STEP = "(run) => window.Alpine.store('room').step.run === run && window.Alpine.store('room').queue.length === 0"


@dataclass(frozen=True)
class Standing:
    """What one page says at one moment, and what is true then."""

    format: str
    people: int
    step: str
    role: str
    text: str
    counts: dict[str, int]


async def facilitated(server: Server, browsers: People, format: str, count: int) -> AsyncIterator[Standing]:
    """Every page at every press of the main button, until the session is closed."""
    opened = await ready(server, format)
    teams = [team for team in opened.helm.ids("team") if team != "leadership"]
    people = [await server.join(opened.code, name, teams[n % len(teams)]) for n, name in enumerate(NAMES[:count])]
    pages = await sitting(browsers, opened, people[:1])
    chance = random.Random(format)
    seen = set[tuple[str, str]]()
    for _ in range(MOST):
        for played in (False, True):
            if played:
                await play(people, chance)
            for role, page in pages.items():
                await opened.helm.echo()
                await page.wait_for_function(IN_STEP, arg=opened.helm.session["step"]["run"])
                text = await page.evaluate(READ)
                if (role, text) not in seen:
                    seen.add((role, text))
                    where = ".".join(str(opened.helm.session["step"].get(x, "")) for x in ("key", "stage", "round"))
                    counts = dict(opened.helm.session["counts"])
                    yield Standing(format, count, where, role, text, counts)
        if opened.helm.session["session"]["state"] == "closed":
            return
        await press(opened.helm)
    raise AssertionError(f"{format} with {count}: the main button does not lead to the end")


async def ready(server: Server, format: str) -> Opened:
    """A session with three teams on its record, and what its format asks for."""
    opened = await server.open(format)
    key = opened.links["room_token"]
    came = await server.call("POST", f"/api/rooms/{opened.links['room']}/import", key, content=OKRS.encode())
    assert came.status_code < 300, came.text
    room = server.room(opened.code).room
    if formats.ALL[format].asks == "team":
        await opened.helm.ok("prepare", what="team", text=next(iter(room.record.teams)))
    if formats.ALL[format].asks == "goal":
        await opened.helm.ok("prepare", what="about", text=room.record.top()[0].id)
    await opened.helm.until(lambda: opened.helm.ids("team"))
    return opened


async def sitting(browsers: People, opened: Opened, people: list[Client]) -> dict[str, Page]:
    """The facilitator's page, the wall, and somebody's phone."""
    pages = {}
    doors = [
        ("helm", LAPTOP, opened.links["helm_token"], "/helm"),
        ("wall", WALL, opened.links["helm_token"], "/screen"),
    ]
    doors += [("phone", PHONE, person.key, "") for person in people]
    for role, size, key, path in doors:
        page = pages[role] = await browsers.come(size, reduced_motion="reduce")
        await let_in(page, opened.server.address, key)
        await page.goto(f"{opened.server.address}/s/{opened.code}{path}")
        await page.wait_for_function(AWAKE)
    return pages


async def play(people: list[Client], chance: random.Random) -> None:
    """Each does what their activity says; what is refused, is."""
    for person in people:
        await person.echo()
        activity = person.session["step"]["activity"]
        if activity not in ALL:
            continue
        places = [told for name, told in person.topics.items() if name.startswith("place:")]
        seen = Seen(person.person, ChainMap(person.session, *places), person.me)
        for name, fields in ALL[activity].play(seen, chance):
            await person.do(name, phase=person.session["step"]["run"], **fields)
            await person.echo()
        await person.do("done", on=True)


async def press(helm: Client) -> None:
    """The main button, all the same."""
    await helm.echo()
    main: dict[str, Any] = helm.topics["helm"]["main"]
    answers: dict[str, dict[str, Any]] = {
        "next_phase": {"unshown": "show", "again": "anew"},
        "reveal": {"anyway": True},
    }
    more = answers.get(main["do"], {})
    answer = await helm.do(main["do"], **{**main["fields"], **more})
    if "refused" in answer:
        last = "last_step" in str(await helm.do("next_phase", unshown="show", again="anew"))
        if last:
            await helm.ok("close_session")
    await helm.echo()
