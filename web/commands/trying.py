"""Trying and opening: ``waggle demo``, ``waggle formats``, ``waggle open``, ``waggle rehearse``."""

import asyncio
import sys
from typing import Any

import typer

from sessions import formats
from web import extras
from web.commands import serving
from web.commands.server import NotServed, Server, chosen
from web.demo import open_demo, open_ready, open_step
from web.demo_steps import LAST
from workshop import rehearse as simulated
from workshop.directory import Rooms

_DEMO = """  Kestrel Heat is here, with its key:
  {url}
  Its festival is ready. Press “Rehearse” there, and 120 simulated people come:
  {festival_url}
  So is its marketplace, with what is still unanswered:
  {market_url}
  and its horizontal session:
  {leads_url}"""
_STEP = """  Kestrel Heat is here, at that step of its cycle, with its key:
  {url}"""
_NEXT = """  What comes next is ready to be facilitated:
  {session_url}"""


def demo(
    step: int = typer.Option(0, min=0, max=LAST, help="A step of its cycle, from 1 (pulse) to 11 (forum)."),
) -> None:
    """Serve, with a room filled with Kestrel Heat; if a server runs here already, open the room on it."""
    settings = chosen()
    server = Server(settings)
    try:
        wish = {"demo": True, "step": step} if step else {"demo": True, "festival": True}
        typer.echo(_told(server.ask("/api/rooms", wish)))
    except NotServed:
        serving.run(settings, opening=lambda rooms: _begin_with_demo(rooms, server.address, step))


def list_formats() -> None:
    """Every format by the name that ``waggle open`` takes: how long, for how many, and what for."""
    settings = chosen()
    if settings.extras:
        extras.bring(settings.extras)
    wide = max(map(len, formats.ALL))
    for found in formats.ALL.values():
        typer.echo(f"{found.key:<{wide}}  {found.minutes:>4} min  {found.name}, {found.people}: {found.purpose}")


def open_session(
    format: str = typer.Argument(help="Which format, as waggle formats lists them: leadership_draft, gallery_walk …"),
    title: str = typer.Option("A session", help="What it is called."),
) -> None:
    """Open a session on the server that runs here, also where nobody else may; prints its links."""
    opened = Server(chosen()).must_answer("/api/sessions", {"format": format, "title": title})
    typer.echo(f"Facilitate it here:\n  {opened['helm_url']}\nJoin it here:\n  {opened['join_url']}")
    typer.echo(f"A key to its room, where its record is kept: waggle key {opened['code']}")


def rehearse(
    code: str = typer.Argument(help="The code of the session to try."),
    people: int = typer.Option(7, min=1, max=1000, help="How many simulated people take part."),
) -> None:
    """Copy a session and let simulated people play it; nothing of it is kept with the real one."""
    settings = chosen()
    if settings.extras:
        extras.bring(settings.extras)
    server = Server(settings)
    opened = server.must_answer(f"/api/sessions/{code}/rehearsals/local", {})
    typer.echo(f"Facilitate the rehearsal here (Ctrl-C sends everybody home):\n  {opened['helm_url']}")
    asyncio.run(simulated.play(server.address, opened["code"], people))


async def _begin_with_demo(rooms: Rooms, address: str, step: int = 0) -> None:
    if step:
        made = await open_step(rooms, step, address)
    else:
        room, key = await open_demo(rooms)
        made = {"url": f"{address}/r/{room}#key={key}", **await open_ready(rooms, room, address)}
    typer.echo(_told(made) + "\n")
    sys.stdout.flush()


def _told(made: dict[str, Any]) -> str:
    """The links of a demonstration, as they are printed."""
    if "festival_url" in made:
        return _DEMO.format(**made)
    return "\n".join(said.format(**made) for said in (_STEP, *([_NEXT] if "session_url" in made else [])))
