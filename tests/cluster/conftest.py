"""The engines behind several processes, once for all tests of a worker, and a database for each test."""

import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.cluster.engines import Nats, Postgres
from tests.cluster.processes import Cluster, Clusters


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """PostgreSQL, running."""
    with Postgres() as engine:
        assert isinstance(engine, Postgres)
        yield engine


@pytest.fixture(scope="session")
def nats() -> Iterator[Nats]:
    """NATS, running."""
    with Nats() as engine:
        assert isinstance(engine, Nats)
        yield engine


@pytest.fixture
def database(postgres: Postgres) -> str:
    """A database that nobody has used."""
    return postgres.database(uuid.uuid4().hex)


@pytest.fixture
async def clusters(tmp_path: Path) -> AsyncIterator[Clusters]:
    """Processes on a database and a bus that the test names; they end with it."""
    made: list[Cluster] = []

    def begin(store: str, bus: str) -> Cluster:
        made.append(Cluster(tmp_path, store, bus))
        return made[-1]

    yield begin
    for cluster in made:
        await cluster.stop()


@pytest.fixture
def cluster(clusters: Clusters, database: str, nats: Nats) -> Cluster:
    """Processes on a database of their own."""
    return clusters(database, nats.url)
