"""A real server on a real socket, with a real database in a folder of its own."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from tests.server import Server

#: What files are called whose last test asks whether the others met every one of a kind.
EVERY = "test_every_"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """A running server."""
    running = Server(tmp_path / "data")
    await running.start()
    yield running
    await running.stop()


#: Folders whose tests take longest, a browser each.
LONG = ("tests/words/", "tests/layout/", "tests/stories/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that nobody waits for it at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Tests go to whoever is free, one by one; those that are asked at the end what the others met stay together.

    The plugin's own groups are names it adds to a test, which pytest does not let it do any more.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file.rpartition("/")[2].startswith(EVERY) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """How tests are given out to several processes."""
    return Together(config, log)
