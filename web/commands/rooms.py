"""Rooms and their keys: ``waggle rooms``, ``waggle room delete|export|close``, ``waggle key``."""

import asyncio
import json
from pathlib import Path
from typing import Any

import typer

from sessions.rules.refusal import Refused
from web.commands.server import NotServed, Said, Server, chosen, fails
from web.templating import in_moment, in_size
from workshop import storing
from workshop.directory import Rooms
from workshop.operating import rooms as operating
from workshop.settings import Settings
from workshop.store import NoData, Store

_ROOM = typer.Argument(help="Its id, the code of a session in it, or its name.")
_YES = typer.Option(False, "--yes", help="Do not ask.")
_HEADS = ("room", "name", "size", "last seen", "people", "sessions", "not over")


def show(as_json: bool = typer.Option(False, "--json", help="For a program.")) -> None:
    """Every room: how large, when it was last seen, how many people; also while the server runs."""
    store = _to_read(chosen())
    found = operating.listed(store)
    store.close()
    if as_json:
        typer.echo(json.dumps([vars(room) for room in found], indent=2, ensure_ascii=False))
        return
    rows = [
        (r.id, r.name, in_size(r.size), in_moment(r.seen), str(r.people), str(r.sessions), str(r.not_over))
        for r in found
    ]
    widths = [max(len(row[at]) for row in (_HEADS, *rows)) for at in range(len(_HEADS))]
    for row in (_HEADS, *rows):
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def delete(room: str = _ROOM, yes: bool = _YES) -> None:
    """Delete a room with everything in it; it is in no file any more, but in copies that were made before."""
    if not yes:
        typer.confirm(f"Delete “{room}” with everything in it?", abort=True)
    done = _act("delete", room)
    typer.echo(f"“{done['name']}” is deleted.")


def close(room: str = _ROOM) -> None:
    """End what goes on in a room, as its facilitators would, and let its record only be read."""
    done = _act("close", room)
    ended = "No session was going on." if not done["ended"] else f"Sessions that ended: {done['ended']}."
    typer.echo(f"“{done['name']}” can only be read now. {ended} Its keeper can open it again.")


def export(
    room: str = _ROOM,
    kind: str = typer.Option("json", "--as", help="json, csv, md, needs, links, findings or check-ins."),
    to: Path | None = typer.Option(None, help="A file; otherwise it is printed."),
) -> None:
    """A room's record, as its keeper can take it along."""
    done = _act("export", room, **{"as": kind})
    if to is None:
        typer.echo(done["text"])
        return
    try:
        to.touch(mode=0o600)
        to.write_text(done["text"])
    except OSError as fault:
        raise fails(f"{to} cannot be written: {fault.strerror}.") from None
    typer.echo(f"Written to {to}.")


def key(room: str = _ROOM) -> None:
    """A new key to a room, for whoever lost theirs; it is printed once and kept nowhere."""
    settings = chosen()
    done = _act("key", room)
    base = settings.url.rstrip("/") or f"http://localhost:{settings.port}"
    typer.echo(f"A new key to “{done['name']}”:\n  {base}/r/{done['room']}#key={done['key']}")


def _act(what: str, room: str, **wish: Any) -> dict[str, Any]:
    """Have it done by the server that runs here; where none does, do it here."""
    settings = chosen()
    try:
        return Server(settings).ask(f"/api/local/rooms/{what}", {"room": room, **wish})
    except Said as said:
        raise fails(said) from None
    except NotServed:
        pass
    try:
        storing.opened(settings, holds=False).close()
        return asyncio.run(_alone(settings, what, room, wish))
    except (Refused, NoData) as no:
        raise fails(no.say if isinstance(no, Refused) else no) from None


async def _alone(settings: Settings, what: str, room: str, wish: dict[str, Any]) -> dict[str, Any]:
    rooms = Rooms(storing.opened(settings))
    try:
        return await operating.act(rooms, what, room, wish)
    finally:
        await rooms.stop()


def _to_read(settings: Settings) -> Store:
    try:
        return storing.opened(settings, holds=False)
    except NoData as no:
        raise fails(no) from None
