"""Layout holds: no page of any step, role or state is wider than its screen, squeezed, covered or out of reach."""

import pytest

from sessions import formats
from tests.layout.filling import a_line_up, fill
from tests.layout.long_words import LONG
from tests.layout.walking import Looker, Seats, press
from tests.server import Client, Opened, Server
from tests.stories.browsers import chromium

NAMES = ("Ann", "Bartholomäus-Maximilian von und zu Oberlangenfeld", "Cy", "دانا المنصوري", "Eve", "Fay", "Gus", "Hal")
TEAMS = ("Heimberatung und Donaudampfschifffahrtselektrizitätenbetrieb", "Install North", "Supply")


def outline() -> str:
    """Three teams and the whole, with long words everywhere."""
    goals = ["## Whole organisation", f"### {LONG[1]}", f"- {LONG[4]}", "  - figures: 61 → 42, down"]
    for team in TEAMS:
        goals += [f"## {team}", f"### {LONG[0]}"]
        for line in LONG[1:]:
            goals += [f"- {line}", "  - figures: 1000000 → 1250000, up"]
    return "\n".join(goals)


@pytest.mark.parametrize("full", [False, True], ids=["empty", "full"])
@pytest.mark.parametrize("format", list(formats.ALL))
async def test_every_step_holds_its_layout(server: Server, format: str, full: bool) -> None:
    looker = Looker()
    opened, crew = await session_of(server, format, full)
    async with chromium() as people:
        seats = Seats(server, people, opened)
        phones = dict(zip(("phone", "other phone"), crew, strict=False))
        await seats.sit(phones if format == "gallery_walk" else {"phone": crew[0]})
        await seats.look(looker, f"{format}, lobby")
        if full:
            await seats.look_in_trouble(looker, f"{format}, lobby", LONG[0])
        for phase in formats.ALL[format].phases:
            await opened.helm.to(phase.key)
            if full and phase is formats.ALL[format].phases[-1]:
                await seats.look_in_trouble(looker, f"{format}, {phase.key}", LONG[1], dialogs=False)
            await through(opened, crew, seats, looker, f"{format}, {phase.key}", full)
        await opened.helm.ok("close_session")
        await seats.look(looker, f"{format}, closed")
    assert not people.complaints, "\n".join(sorted(set(people.complaints)))
    if looker.faults:
        pytest.fail(looker.report(), pytrace=False)
    assert looker.looks > 8 * 3 * len(formats.ALL[format].phases)


async def through(
    opened: Opened, crew: list[Client], seats: Seats, looker: Looker, where: str, full: bool, most: int = 6
) -> None:
    """A step from its beginning to its end: what it asks for, what it shows, and what comes after that."""
    for number in range(most):
        if full:
            for person in crew:
                await person.until(lambda p=person: p.session["step"]["run"] == opened.helm.session["step"]["run"])
            await fill(crew)
        await seats.look(looker, f"{where} {number}")
        if not await press(opened.helm):
            return


async def session_of(server: Server, format: str, full: bool) -> tuple[Opened, list[Client]]:
    """A session with nothing in it and one person, or one where everything is long and many."""
    if not full:
        opened = await server.open(format)
        return opened, [await server.join(opened.code, "Ann")]
    room = (await server.call("POST", "/api/rooms", json={"name": LONG[0][:60]})).json()
    body = {"content": outline().encode(), "headers": {"Content-Type": "text/markdown"}}
    brought = await server.call("POST", f"/api/rooms/{room['room']}/import", room["room_token"], **body)
    assert brought.status_code == 200, brought.text
    opened = await server.open(format, LONG[1][:80], key=room["room_token"], room=room["room"])
    teams = (await server.call("GET", f"/api/sessions/{opened.code}")).json()["teams"]
    ids = [team["id"] for team in teams]
    crew = [await server.join(opened.code, name, ids[n % len(ids)]) for n, name in enumerate(NAMES)]
    helm = opened.helm
    await helm.ok("prepare", what="purpose", text=LONG[1])
    await helm.ok("prepare", what="context", text="\n".join(LONG))
    await helm.ok("prepare", what="themes", text="\n".join(LONG))
    if formats.ALL[format].asks == "team":
        await helm.ok("prepare", what="team", text=ids[0])
    await a_line_up(helm, *crew[:2])
    return opened, crew
