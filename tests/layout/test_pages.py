"""Every page the server has, with nothing on it, with everything long, and with all that folds laid open."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.layout.filling import a_line_up
from tests.layout.long_words import LONG
from tests.layout.test_layout import session_of
from tests.layout.walking import OPEN_ALL, UNFOLD, Looker
from tests.server import Opened, Server
from tests.stories.browsers import AWAKE, chromium, let_in
from web.app import PAGES
from workshop.operating import seeing

#: Pages of a running session are walked step by step beside this.
_WALKED = {"/s/{code}", "/s/{code}/helm", "/s/{code}/screen"}
#: No pages: pictures and calendars.
_NO_PAGES = {
    "/j/{code}/qr.svg",
    "/o/{key}/picture.png",
    "/s/{code}/line-up.ics",
    "/cal/{key}.ics",
    "/r/{room_id}/check-in.ics",
    "/api/rooms/{room}/chats",
    "/sign-in",
    "/sign-in/back",
}

Where = Callable[[dict[str, str]], str]
PLACES: dict[str, list[Where]] = {
    "/": [lambda of: "/"],
    "/join": [lambda of: f"/join?code={LONG[0][:12]}"],
    "/docs": [lambda of: "/docs"],
    "/j/{code}": [lambda of: f"/j/{of['code']}?another", lambda of: "/j/AAAAAA"],
    "/s/{code}/outcome": [lambda of: f"/s/{of['code']}/outcome"],
    "/o/{key}": [lambda of: of["read-out"], lambda of: "/o/nothing-here"],
    "/s/{code}/sheet": [lambda of: f"/s/{of['code']}/sheet"],
    "/s/{code}/paper": [lambda of: f"/s/{of['code']}/paper"],
    "/s/{code}/line-up": [lambda of: f"/s/{of['festival']}/line-up", lambda of: f"/s/{of['code']}/line-up"],
    "/s/{code}/signs": [lambda of: f"/s/{of['festival']}/signs"],
    "/server": [lambda of: "/server", lambda of: "/server?look"],
    "/r/{room_id}": [lambda of: f"/r/{of['room']}", lambda of: "/r/nothing-here"],
    "/r/{room_id}/changes": [lambda of: f"/r/{of['room']}/changes"],
    "/r/{room_id}/contribution/{team}": [lambda of: f"/r/{of['room']}/contribution/{of['team']}"],
    "/r/{room_id}/check-in": [lambda of: f"/r/{of['room']}/check-in"],
    "/r/{room_id}/chats": [lambda of: f"/r/{of['room']}/chats"],
    "/r/{room_id}/drift": [lambda of: f"/r/{of['room']}/drift"],
}


def routes() -> set[str]:
    """Where a browser can go, as the server itself says."""
    found = [r for part in PAGES for r in part.router.routes if "GET" in getattr(r, "methods", set())]
    return {str(getattr(r, "path", "")) for r in found}


def ids_of(opened: Opened) -> dict[str, str]:
    """What the places ask for, of one session whose line-up and read-out nobody has made."""
    of = {"code": opened.code, "festival": opened.code, "room": opened.links["room"], "read-out": "/o/nothing-here"}
    return of | {"team": opened.helm.ids("team")[0]}


def test_the_walk_knows_every_page() -> None:
    assert routes() == set(PLACES) | _WALKED | _NO_PAGES


@pytest.mark.parametrize("full", [False, True], ids=["empty", "full"])
async def test_every_page_holds_its_layout(server: Server, full: bool) -> None:
    looker = Looker()
    opened, crew = await session_of(server, "gallery_walk", full)
    helm = opened.helm
    await helm.ok("prepare", what="purpose", text=LONG[1])
    if full:
        await helm.ok("deal_groups") if helm.session["step"]["activity"] == "assemble" else None
    made = (await server.call("POST", f"/api/sessions/{opened.code}/readers", helm.key)).json()
    of = {"code": opened.code, "room": opened.links["room"], "read-out": made["url"].removeprefix(server.address)}
    of["team"] = next(iter(server.rooms.room(of["room"]).room.record.teams), "none")
    of["festival"], festival_key = await a_festival(server, of["room"], opened.links["room_token"], full)
    async with chromium() as people:
        keeper = await people.come((360, 740), bypass_csp=True)
        stranger = await people.come((360, 740), bypass_csp=True)
        keys = [opened.links["helm_token"], opened.links["room_token"], crew[0].key]
        for key in (*keys, festival_key, await seeing.let_look(server.rooms)):
            await let_in(keeper, server.address, key)
        for page, who in ((keeper, "keeper"), (stranger, "stranger")):
            for path, places in PLACES.items():
                for place in places:
                    await at(server, page, place(of), looker, f"{path} {who}")
    if looker.faults:
        pytest.fail(looker.report(), pytrace=False)
    assert looker.looks > 2 * 8 * len(PLACES)


@pytest.mark.parametrize("open_to", ["everyone", "word", "signed-in", "nobody"])
async def test_the_start_page_holds_its_layout_whoever_may_open(tmp_path: Path, open_to: str) -> None:
    word = {"word": "honey"} if open_to == "word" else {}
    signs = {"sign_in": "header", "sign_in_name": "Remote-Name", "open_to": open_to, **word}
    running, looker = Server(tmp_path, signs), Looker()
    await running.start()
    opened = await running.call("POST", "/api/rooms", json={"demo": True, "word": "honey"})
    async with chromium() as people:
        somebody = {"extra_http_headers": {"Remote-Name": LONG[0][:60]}}
        for who, more in (("stranger", {}), ("signed in", somebody)):
            page = await people.come((360, 740), bypass_csp=True, **more)
            await at(running, page, "/", looker, f"start, {open_to}, {who}")
    assert opened.status_code == (201 if open_to in ("everyone", "word") else 403)
    await running.stop()
    if looker.faults:
        pytest.fail(looker.report(), pytrace=False)


async def a_festival(server: Server, room: str, key: str, full: bool) -> tuple[str, str]:
    """A festival in the same room, over and done where it is to be full; its code, and the key to it."""
    opened = await server.open("festival", LONG[1][:80], key=key, room=room)
    if full:
        person = await server.join(opened.code, "Ann")
        await a_line_up(opened.helm)
        await opened.helm.to("stages")
        await person.echo()
        await person.ok("go", act=next(k[4:] for k, a in person.session.items() if k[:4] == "act:" and a["slot"] == 1))
        await opened.helm.ok("close_session")
    return opened.code, opened.links["helm_token"]


async def at(server: Server, page: Page, place: str, looker: Looker, where: str) -> None:
    """One page as it comes, and with everything on it laid open."""
    await page.goto(server.address + place)
    await page.wait_for_function(AWAKE)
    await looker.look(page, where)
    await page.evaluate(OPEN_ALL)
    await page.evaluate(UNFOLD)
    await page.wait_for_timeout(50)
    await looker.look(page, f"{where}, laid open")
