"""A server beneath a path of its host: stories again, in which no browser asks for anything outside of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.server import Server
from tests.stories.test_keys_and_links import *  # noqa: F403
from tests.stories.test_own_agenda import *  # noqa: F403
from tests.stories.test_people_come_and_go import *  # noqa: F403
from tests.stories.test_record_page import *  # noqa: F403
from web import templating

PATH = "/goals/waggle"


class Outside:
    """Keeps what was asked for that is not beneath the path: a proxy in front would have asked another server."""

    def __init__(self, app: ASGIApp, asked: list[str]) -> None:
        self.app, self.asked = app, asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and not (scope["path"] + "/").startswith(PATH + "/"):
            self.asked.append(scope["path"])
        await self.app(scope, receive, send)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """A running server whose pages are beneath a path."""
    running = Server(tmp_path / "data")
    running.address += PATH
    running.settings["url"] = running.address
    asked: list[str] = []
    running.around = lambda app: Outside(app, asked)
    await running.start()
    yield running
    await running.stop()
    templating.stand_beneath("")
    assert not asked
