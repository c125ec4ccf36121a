"""Several processes behind one port, for trying: PostgreSQL, NATS and Waggle, until Ctrl-C; nothing is kept."""

import argparse
import asyncio
import contextlib
import signal
import tempfile
from pathlib import Path

from tests.cluster.engines import Nats, Postgres
from tests.cluster.front import Front
from tests.cluster.processes import Cluster

_SAID = """
  Waggle is at      http://localhost:{port}
  Its processes     {processes}
  PostgreSQL is at  {store}
  NATS is at        {bus}
  Its logs are in   {logs}

  End one of them (kill -9 PID, or kill PID) and see what becomes of a session. Commands reach it by
  WAGGLE_DATA={logs}/0 WAGGLE_PORT={first} WAGGLE_STORE={store}. Ctrl-C stops everything, and nothing is kept.
"""


async def run(processes: int, port: int) -> None:
    """Serve until somebody ends it."""
    with tempfile.TemporaryDirectory(prefix="waggle-cluster-") as folder, Postgres() as store, Nats() as bus:
        assert isinstance(store, Postgres)
        assert isinstance(bus, Nats)
        database = store.database("waggle")
        cluster = Cluster(Path(folder), database, bus.url)
        front = Front(port, lambda: [process.port for process in cluster.processes if process.runs])
        try:
            for _ in range(processes):
                await cluster.add(WAGGLE_URL=f"http://localhost:{port}")
            await front.open()
            there = ", ".join(f"{process.pid} (port {process.port})" for process in cluster.processes)
            print(
                _SAID.format(
                    port=port,
                    processes=there,
                    store=database,
                    bus=bus.url,
                    logs=folder,
                    first=cluster.processes[0].port,
                ),
                flush=True,
            )
            ended = asyncio.Event()
            for sign in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(sign, ended.set)
            await ended.wait()
        finally:
            await front.close()
            await cluster.stop()


if __name__ == "__main__":
    wish = argparse.ArgumentParser(prog="bin/cluster", description=__doc__)
    wish.add_argument("--processes", type=int, default=3, help="how many processes of Waggle")
    wish.add_argument("--port", type=int, default=8000, help="the port they are behind")
    chosen = wish.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(chosen.processes, chosen.port))
