"""What a command on the server's own machine asks of the server that runs: with the key only its user can read."""

from typing import Any

from fastapi import APIRouter, Depends, Request

from web import access
from web.faults import Fault
from web.proxies import PEER
from web.signing_in.member import name_of
from workshop.operating import rooms, seeing


def _must_be_local(request: Request) -> None:
    access.must_be_local(request)


router = APIRouter(prefix="/api/local", include_in_schema=False, dependencies=[Depends(_must_be_local)])


@router.post("/rooms/{act}")
async def act(request: Request, act: str, wish: dict[str, Any]) -> dict[str, Any]:
    """Delete, close or export a room, or make a key to it."""
    if act not in rooms.ACTS:
        raise Fault(404, "no_such_page", "There is nothing at this address.")
    return await rooms.act(access.rooms(request), act, str(wish.pop("room", "")), wish)


@router.post("/page")
async def let_look(request: Request) -> dict[str, str]:
    """A key to the page of whoever runs the server."""
    return {"key": await seeing.let_look(access.rooms(request))}


@router.post("/page/taken-back")
async def let_nobody_look(request: Request) -> dict[str, bool]:
    """No key opens that page any more."""
    await seeing.let_nobody_look(access.rooms(request))
    return {"done": True}


@router.get("/seen")
async def seen(request: Request) -> dict[str, str]:
    """How this request looks from here: a check-up compares it with how people reach the server."""
    host, client = request.headers.get("host", ""), request.client
    seen = {"host": host, "scheme": request.url.scheme, "client": client.host if client else ""}
    team = access.settings(request).sign_in_headers()[1]
    said = {"name": name_of(request), "team": request.headers.get(team, "") if team else ""}
    return {**seen, "peer": request.scope.get(PEER, ""), **said}
