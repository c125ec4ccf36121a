"""The page of one's own server, for whoever runs it: how it stands, and its rooms from outside."""

import asyncio
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from web import access
from web.templating import page
from workshop.operating import check_up, seeing
from workshop.tables import OPERATOR

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/server")
async def server(request: Request) -> Response:
    """How the server stands; with ``look``, everything that ``waggle doctor`` looks at."""
    if not any(voice.role == OPERATOR for voice in access.voices(request)):
        return page(request, "server_key.html", status=404)
    rooms, settings = access.rooms(request), access.settings(request)
    seen = await seeing.seen(rooms)
    key = str(getattr(request.app.state, "local_key", ""))
    looks: list[Any] = []
    if "look" in request.query_params:
        looks = await asyncio.to_thread(lambda: list(check_up.looks(settings, key)))
    return page(request, "server.html", seen=seen, looks=looks, now=datetime.now().astimezone())
