"""A record that was told what changed shows the same as one that is loaded anew, after every change."""

import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

from playwright.async_api import Page

from sessions.record.brief import BRIEF
from sessions.room import Room
from tests.server import Server
from tests.stories.browsers import LAPTOP, chromium
from tests.stories.standing import difference
from tests.stories.test_record_page import leanest


async def test_what_was_told_shows_as_what_is_loaded_anew(server: Server) -> None:
    room_id, key = await server.demo()
    room = server.rooms.room(room_id).room
    goal = leanest(room.record)
    goal.status = "final"
    keeper = await server.sit(room_id, key, record=True)
    address = f"{server.address}/r/{room_id}"
    async with chromium() as people:
        told, fresh = [await people.come(LAPTOP) for _ in range(2)]
        for page in (told, fresh):
            await page.goto(f"{address}#key={key}")
            await page.wait_for_url(re.compile(r"^[^#]*$"))
        await load(told, f"{address}#goal-{goal.id}", room)
        await load(fresh, f"{address}#goal-{goal.id}", room)
        async for do, fields in changes(room, fresh, goal.id):
            await keeper.ok(do, **fields)
            await load(fresh, f"{address}#goal-{goal.id}", room)
            found = await difference(told, fresh)
            assert not found, f"{do} {fields}: {found}"
        assert not people.complaints


async def load(page: Page, address: str, room: Room) -> None:
    """The page of the record, as far as its last goal."""
    await page.goto("about:blank")
    await page.goto(address)
    await page.wait_for_function(f"() => document.querySelectorAll('.goal').length === {len(room.record.objectives)}")


async def changes(room: Room, page: Page, goal: str) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """What may be changed in a record, one thing after the other; each is made of what is there then."""
    record = room.record
    whole, result, other = _of(record.objectives, team=""), _of(record.results, objective=goal), _of(record.teams)
    waived = {"reason": "We know.", "name": "Ines"}
    yield "link_objective", {"objective": goal, "parent": whole, "kind": "shared", "why": "so"}
    yield "link_objective", {"objective": goal, "parent": whole, "kind": "explicit", "why": "so"}
    for finding in [key for key, its in await findings(page) if its["blocks"] and goal not in its["on"]][:2]:
        yield "waive_finding", {"finding": finding, **waived}
    yield "reopen_finding", {"finding": next(key for key, its in await findings(page) if its["state"] == "waived")}
    yield "revise_result", {"result": result, "field": "text", "value": "Leaner by half", "why": "so"}
    yield "revise_result", {"result": result, "field": "target", "value": "12", "why": "so"}
    yield "add_key_result", {"objective": goal, "text": "One more", "why": "so"}
    yield "drop_key_result", {"result": result, "why": "so"}
    yield "give_feedback", {"on": goal, "kind": "concern", "text": "Too lean", "team": other}
    yield "add_team", {"name": "Zeal"}
    yield "add_objective", {"team": other, "text": "A further goal"}
    yield "share_objective", {"objective": _of(record.objectives, text="A further goal")}
    yield "change_team", {"team": record.objectives[goal].team, "name": "Ware and Store"}
    yield "set_brief", {"part": next(iter(BRIEF)), "text": "We begin with the homes."}
    yield "link_objective", {"objective": goal, "reason": "It serves nobody now", "why": "so"}
    yield "take_team_off", {"team": record.objectives[goal].team}


async def findings(page: Page) -> list[tuple[str, dict[str, Any]]]:
    """What the record asks, as a page that was just loaded knows it."""
    shared: dict[str, dict[str, Any]] = await page.evaluate("() => window.Alpine.store('record').shared")
    return [(key[8:], its) for key, its in shared.items() if key.startswith("finding:")]


def _of(things: Mapping[str, Any], **as_it_is: str) -> str:
    return next(id for id, its in things.items() if all(getattr(its, name) == said for name, said in as_it_is.items()))
