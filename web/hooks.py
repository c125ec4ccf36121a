"""Other programs that a room tells what happens in it: put on the list by whoever keeps the room, tried, taken off."""

from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from web import access
from web.budgets import budgets
from web.faults import Fault
from workshop.hooks import hooks
from workshop.hooks.kept import hooks_of

router = APIRouter(prefix="/api/rooms/{room}/hooks", tags=["rooms"])


class HookWish(BaseModel):
    """Where the other program listens."""

    url: str = Field(max_length=hooks.LONGEST)


@router.post("", status_code=201)
async def add_hook(request: Request, room: str, wish: HookWish) -> dict[str, str]:
    """Tell one more program what happens; the secret signs every call, and is shown this once."""
    access.check_origin(request)
    held = access.must_keep(request, room)
    _must_tell(request)
    budgets(request).spend(request, "import")
    row = await hooks.add(held, wish.url, access.settings(request).hooks == "anywhere")
    return {"hook": row["id"], "kind": row["kind"], "secret": row["secret"]}


@router.get("")
async def list_hooks(request: Request, room: str) -> dict[str, list[dict[str, Any]]]:
    """Every program that is told what happens: its host, when it last listened, since when it does not, and why."""
    held = access.must_keep(request, room)
    return {"hooks": [_seen(row) for row in hooks_of(held.turns.log.store, room)]}


@router.post("/{hook}/test")
async def try_hook(request: Request, room: str, hook: str) -> dict[str, str]:
    """Tell one program that it can be reached; how that went is in the list."""
    access.check_origin(request)
    held = access.must_keep(request, room)
    _must_tell(request)
    budgets(request).spend(request, "import")
    await hooks.try_out(held, hook)
    return {"hook": hook}


@router.post("/{hook}/removal")
async def take_off_hook(request: Request, room: str, hook: str) -> dict[str, str]:
    """Tell one program nothing any more."""
    access.check_origin(request)
    await hooks.take_off(access.must_keep(request, room), hook)
    return {"hook": hook}


def _must_tell(request: Request) -> None:
    if access.settings(request).hooks == "nowhere":
        raise Fault(403, "no_hooks", "On this server, sessions tell other programs nothing. Ask whoever runs it.")


def _seen(row: dict[str, Any]) -> dict[str, Any]:
    """The rest of an address may be a secret: whoever has one of Slack’s may write there."""
    seen = {name: row[name] for name in ("kind", "made", "tried", "told", "failing", "said")}
    return {"hook": row["id"], "host": urlsplit(row["url"]).hostname or "", **seen}
