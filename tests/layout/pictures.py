"""``bin/pictures``: every step of every format as every role sees it, on one contact sheet a format.

Nothing of it is committed: it is for looking. By default everything; what is named narrows it down.
"""

import argparse
import asyncio
import html
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sessions import formats
from sessions.activities import ALL
from sessions.activities.playing import Seen
from tests.layout.filling import fill
from tests.layout.test_layout import session_of
from tests.layout.walking import SIZES, Seats, press
from tests.server import Client, Opened, Server
from tests.stories.browsers import chromium

FILLS, SCHEMES, ROLES = ("empty", "usual", "full"), ("light", "dark"), ("helm", "screen", "phone")
README_PICTURE = Path("docs/session.png")
#: The mark on paper, for a phone's home screen and a browser's tab.
ICONS, ICON_SIZES = Path("web/static/img"), (180, 192, 512)
NAMES = ("Ines Calder", "Marta Olsen", "Dev Anand", "Piers Lomax", "Hana Sato", "Joss Brandt", "Ruth Achebe")
CONTEXT = (
    "Every home in our two regions warm without gas by 2035",
    "61 days from contract to warm home; the neighbours promise 40",
    "Three in ten installs need a second visit",
    "Housing associations ask for 320 homes, we have 140 under contract",
)
#: Ideas of a usual length, from where to where.
IDEAS = (
    ("Days from contract to warm home", "61", "42"),
    ("Fewer people wait more than a week for a first visit", "34 %", "10 %"),
    ("First-visit-right installs", "71 %", "85 %"),
    ("Homes whose first month costs no more than quoted", "58 %", "75 %"),
    ("Complaints closed within five days", "?", "90 %"),
    ("Engineers who would recommend us as a place to work", "6.8", "8"),
    ("Customers who pick their own date", "20 %", "60 %"),
    ("Housing-association homes under contract", "140", "320"),
    ("Open vacancies in the northern crews", "11", "3"),
    ("Quotes sent within two days of a survey", "40 %", "80 %"),
    ("Tickets that need a second call", "31 %", "15 %"),
    ("Homes with a complete digital record", "34 %", "80 %"),
    ("Stock we have not touched for a quarter", "1.9 m", "1.5 m"),
    ("Neighbours who switch after us", "1 in 9", "1 in 5"),
)
#: How large a picture is on a sheet, against its own size.
SMALL = {320: 1.0, 360: 1.0, 768: 0.5, 1024: 0.5, 1280: 0.5, 1920: 0.4}


async def main() -> None:
    """Take the pictures that were asked for, and put them on sheets."""
    asked = _asked()
    if asked.readme:
        await _take_for_readme()
        return
    if asked.icons:
        await _take_icons()
        return
    folder = Path(asked.into)
    folder.mkdir(parents=True, exist_ok=True)
    for name in asked.formats or list(formats.ALL):
        taken = [picture for how in asked.fill for picture in await _take(name, how, asked, folder)]
        sheet = folder / f"{name}.html"
        sheet.write_text(_sheet(name, taken))
        print(sheet)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/pictures")
    parser.add_argument("formats", nargs="*")
    parser.add_argument("--readme", action="store_true", help="make the picture of README.md")
    parser.add_argument("--icons", action="store_true", help="make the icons of the pages from the mark")
    parser.add_argument("--into", default="pictures")
    parser.add_argument("--fill", nargs="*", default=FILLS, choices=FILLS)
    parser.add_argument("--scheme", nargs="*", default=SCHEMES, choices=SCHEMES)
    parser.add_argument("--role", nargs="*", default=ROLES, choices=ROLES)
    parser.add_argument("--width", nargs="*", type=int, default=[width for width, _ in SIZES])
    parser.add_argument("--step", nargs="*", default=[])
    return parser.parse_args()


async def _take_for_readme() -> None:
    """A wall of ideas that were just shown, as it hangs in a room."""
    with tempfile.TemporaryDirectory() as folder:
        asked = argparse.Namespace(step=["ideate"], role=["screen"], width=[1280], scheme=["light"])
        taken = await _take("leadership_draft", "usual", asked, Path(folder))
        README_PICTURE.write_bytes(taken[-1].read_bytes())


async def _take_icons() -> None:
    """The mark in the middle of paper, with room around it for whatever shape a phone cuts."""
    mark = (ICONS / "mark.svg").read_text()
    async with chromium() as people:
        page = await people.come((512, 512))
        for size in ICON_SIZES:
            await page.set_viewport_size({"width": size, "height": size})
            style = "margin:0;display:grid;place-items:center;height:100vh;background:#fdfbf5"
            await page.set_content(f"<body style='{style}'><div style='width:72vw;display:grid'>{mark}</div>")
            await page.screenshot(path=ICONS / f"icon-{size}.png")


async def _take(name: str, how: str, asked: argparse.Namespace, folder: Path) -> list[Path]:
    taken: list[Path] = []
    with tempfile.TemporaryDirectory() as data:
        server = Server(Path(data) / "data")
        await server.start()
        opened, crew = await _session(server, name, how)
        async with chromium() as people:
            seats = Seats(server, people, opened, small_screen=True)
            await seats.sit({"phone": crew[0]})
            for number, step in enumerate(["lobby", *(phase.key for phase in formats.ALL[name].phases), "closed"]):
                await _go_to(opened, step)
                for state in range(5):
                    await _play(opened, crew, how)
                    if not asked.step or step in asked.step:
                        at = folder / f"{name}-{how}-{number:02}-{step}-{state}"
                        taken += await _pictures(seats, at, asked)
                    if step in ("lobby", "closed") or not await press(opened.helm):
                        break
        await server.stop()
    return taken


async def _session(server: Server, name: str, how: str) -> tuple[Opened, list[Client]]:
    if how != "usual":
        return await session_of(server, name, how == "full")
    room, key = await server.demo()
    opened = await server.open(name, "Q3 direction", key=key, room=room)
    teams = (await server.call("GET", f"/api/sessions/{opened.code}")).json()["teams"]
    ids = [team["id"] for team in teams if team["id"] != "leadership"]
    crew = [await server.join(opened.code, person, ids[n % 4]) for n, person in enumerate(NAMES)]
    await opened.helm.ok("prepare", what="purpose", text="Four results everybody can repeat")
    await opened.helm.ok("prepare", what="context", text="\n".join(CONTEXT))
    if formats.ALL[name].asks == "team":
        await opened.helm.ok("prepare", what="team", text=ids[0])
    return opened, crew


async def _go_to(opened: Opened, step: str) -> None:
    if step == "closed":
        await opened.helm.ok("close_session")
    elif step != "lobby":
        await opened.helm.to(step)


async def _play(opened: Opened, crew: list[Client], how: str) -> None:
    await opened.helm.echo()
    step = opened.helm.session["step"]
    for person in crew:
        await person.until(lambda p=person: p.session["step"]["run"] == step["run"])
    if how == "full":
        await fill(crew)
    if how != "usual" or step["activity"] not in ALL:
        return
    ideas = IDEAS if step.get("figures") and step.get("collecting") else ()
    for number, (text, baseline, target) in enumerate(ideas):
        await crew[number % len(crew)].do("add_note", text=text, baseline=baseline, target=target)
    for number, person in enumerate(crew):
        await person.echo()
        seen = Seen(person.person, _told(person), person.me)
        plays = (
            () if step.get("figures") else ALL[step["activity"]].play(seen, random.Random(f"{number} {step['key']}"))
        )
        for name, fields in plays:
            await person.do(name, **fields)
        if number % 3:
            await person.do("done")


def _told(person: Client) -> dict[str, dict[str, Any]]:
    places = [told for name, told in person.topics.items() if name.startswith("place:")]
    return {key: thing for told in (person.session, *places) for key, thing in told.items()}


async def _pictures(seats: Seats, at: Path, asked: argparse.Namespace) -> list[Path]:
    await seats.in_step(at.name)
    taken: list[Path] = []
    for role in asked.role:
        page = seats.pages[role]
        for width, height in ((w, h) for w, h in SIZES if w in asked.width):
            await page.set_viewport_size({"width": width, "height": height})
            for scheme in asked.scheme:
                await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                path = at.with_name(f"{at.name}-{role}-{width}-{scheme}.png")
                await page.screenshot(path=path)
                taken.append(path)
    return taken


def _sheet(name: str, taken: list[Path]) -> str:
    return f"<!doctype html><meta charset=utf-8><title>{html.escape(name)}</title>" + "".join(_figures(taken))


def _figures(taken: list[Path]) -> Iterator[str]:
    yield "<body style='font:14px system-ui;display:flex;flex-wrap:wrap;gap:12px;align-items:end'>"
    for path in taken:
        width = int(path.stem.split("-")[-2])
        size = round(width * SMALL[width])
        yield f"<figure style='margin:0'><img src='{path.name}' width={size} loading=lazy><figcaption>{path.stem}"


if __name__ == "__main__":
    asyncio.run(main())
