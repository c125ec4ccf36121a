"""Every format, played through by people half of whom say the same.

Each of them stands there, once for each who said it, for no list goes by what people wrote; and a page that was told
what happened shows the same as one that is loaded anew.
"""

import re
from typing import Any

import pytest

from sessions import formats
from tests.layout.filling import fill
from tests.layout.test_layout import session_of
from tests.layout.walking import OPEN_ALL, Seats, press
from tests.server import Client, Server
from tests.stories.browsers import AWAKE, chromium
from tests.stories.standing import difference
from tests.words.trying import TEMPLATES

#: Lists of which not everything is on the page: what is looped over, how much of it stands there, how much there is.
SWALLOWED = """async () => {
  const { Alpine } = window;
  await new Promise((done) => Alpine.nextTick(done));
  return [...document.querySelectorAll("template[x-for]")].filter((made) => made._x_lookup).map((made) => {
    const [, list] = made.getAttribute("x-for").split(/ in (.*)/s);
    const all = Alpine.evaluate(made, list);
    const count = typeof all === "number" ? all : Object.keys(all).length;
    return made._x_lookup.size === count ? "" : `${list}: ${made._x_lookup.size} of ${count}`;
  }).filter(Boolean);
}"""
#: How many lists there are with more than one thing in them.
LONG = """() => [...document.querySelectorAll("template[x-for]")].filter((made) => made._x_lookup?.size > 1).length"""
KEY = re.compile(r':key="([^"]*)"')
#: What people wrote, or what was made of it.
WORDS = re.compile(r"\.(text|say|words|now|reason)\b")
SAME = "the same words of everybody"


def parrot(person: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this person says in words is what everybody says."""
    do = person.do

    async def say(name: str, /, id: str = "", **fields: Any) -> dict[str, Any]:
        return await do(name, id, **{key: _alike(value) for key, value in fields.items()})

    monkeypatch.setattr(person, "do", say)


def _alike(value: Any) -> Any:
    if isinstance(value, list):
        return [_alike(one) for one in value]
    return SAME if isinstance(value, str) and " " in value else value


def test_no_list_goes_by_what_people_wrote() -> None:
    keys = {(path.name, key) for path in TEMPLATES.rglob("*.html") for key in KEY.findall(path.read_text())}
    assert {(page, key) for page, key in keys if WORDS.search(key)} == set()


@pytest.mark.parametrize("format", list(formats.ALL))
async def test_what_was_said_stands_there_for_everybody(
    server: Server, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, crew = await session_of(server, format, True)
    helm = opened.helm
    for what in ("context", "themes"):
        await helm.ok("prepare", what=what, text="\n".join([SAME, SAME, "other words", SAME]))
    for person in (*crew[::2], helm):
        parrot(person, monkeypatch)
    swallowed, apart, lists = set[str](), list[str](), 0
    async with chromium() as people:
        seats = Seats(server, people, opened)
        await seats.sit({"phone": crew[0]})
        loaded = await seats.beside()
        for phase in formats.ALL[format].phases:
            await helm.to(phase.key)
            for _ in range(4):
                await helm.echo()
                await fill(crew)
                await seats.in_step(phase.key)
                for name, page in seats.pages.items():
                    await page.evaluate(OPEN_ALL)
                    swallowed |= {f"{phase.key}, {name}: {found}" for found in await page.evaluate(SWALLOWED)}
                    lists += await page.evaluate(LONG)
                if not await press(helm):
                    break
            apart += await differences(seats, loaded, phase.key)
        page = seats.pages["helm"]
        room, key = opened.links["room"], opened.links["room_token"]
        for door in (f"/s/{opened.code}/outcome", f"/r/{room}#key={key}"):
            await page.goto(server.address + door)
            await page.wait_for_function(AWAKE)
            swallowed |= {f"{door[:3]}: {found}" for found in await page.evaluate(SWALLOWED)}
    assert not people.complaints
    assert sorted(swallowed) == []
    assert apart == []
    assert lists


async def differences(seats: Seats, loaded: Seats, where: str) -> list[str]:
    """Load every page anew beside the one that was told, compare, and leave it again."""
    for name, page in loaded.pages.items():
        await page.goto(seats.pages[name].url)
    await seats.in_step(where)
    await loaded.in_step(where)
    found = {name: await difference(page, loaded.pages[name]) for name, page in seats.pages.items()}
    for page in loaded.pages.values():
        await page.goto("about:blank")
    return [f"{where}, {name}: {apart}" for name, apart in found.items() if apart]
