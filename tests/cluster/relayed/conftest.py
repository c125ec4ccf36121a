"""Every test here has two processes for a server."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cluster.engines import Nats
from tests.cluster.relayed.server import Relayed


@pytest.fixture
async def server(database: str, nats: Nats, tmp_path: Path) -> AsyncIterator[Relayed]:
    """Two processes, running."""
    running = Relayed(tmp_path / "data", store=database, bus=nats.url)
    await running.start()
    yield running
    await running.stop()
