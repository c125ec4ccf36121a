"""A real server on a real socket, with a real database in a folder of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.server import Server


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """A running server."""
    running = Server(tmp_path / "data")
    await running.start()
    yield running
    await running.stop()
