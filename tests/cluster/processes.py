"""Several real processes of Waggle on one database and one bus, each on a port of its own."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.ports import free_port
from tests.server import Client, Server

#: The server on a machine whose clock is wrong.
_AHEAD = """
import sys, time
seconds = int(sys.argv.pop(1))
time_ns, now = time.time_ns, time.time
time.time_ns = lambda: time_ns() + seconds * 1_000_000_000
time.time = lambda: now() + seconds
from web.commands import main
sys.argv[1:] = ["serve"]
main()
"""
ROOT = Path(__file__).parent.parent.parent


class Process(Server):
    """One process; it can be killed, frozen and woken."""

    def __init__(self, folder: Path, store: str, bus: str, **more: str) -> None:
        super().__init__(folder)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WAGGLE_")},
            "WAGGLE_DATA": str(folder),
            "WAGGLE_PORT": str(self.port),
            "WAGGLE_HOST": "127.0.0.1",
            "WAGGLE_STORE": store,
            "WAGGLE_BUS": bus,
            "WAGGLE_LEAVE_SECONDS": "1",
            **more,
        }
        self._process: subprocess.Popen[bytes] | None = None

    #: What is run: the server, on a machine whose clock is that many seconds ahead.
    ahead = 0

    async def start(self) -> None:
        """Serve."""
        line = ["-m", "web.commands", "serve"] if not self.ahead else ["-c", _AHEAD, str(self.ahead)]
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: ASYNC220
                [sys.executable, "-W", "error", *line],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        async with asyncio.timeout(20):
            while not await self._answers():
                assert self._process.poll() is None, self.log()
                await asyncio.sleep(0.05)

    async def _answers(self) -> bool:
        try:
            return await self.status("GET", "/healthz") == 200
        except Exception:
            return False

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its number on this machine."""
        return self._process.pid if self._process is not None else 0

    def log(self) -> str:
        """What it said so far."""
        return (self.data / "log").read_text()

    async def stop(self) -> None:
        """End it as an operator would."""
        for client in self.clients:
            await client.leave()
        self.clients.clear()
        await self.end(signal.SIGTERM)

    async def end(self, by: signal.Signals) -> None:
        """End it by a signal."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGCONT)
            self._process.send_signal(by)
            await asyncio.to_thread(self._process.wait, 20)

    async def kill(self) -> None:
        """End it in the middle of whatever it does."""
        await self.end(signal.SIGKILL)

    def freeze(self) -> None:
        """It does nothing any more, and does not know it."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """It goes on as if nothing had been."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)


Clusters = Callable[[str, str], "Cluster"]


class Cluster:
    """Some processes side by side."""

    def __init__(self, folder: Path, store: str, bus: str) -> None:
        self._folder, self._store, self._bus = folder, store, bus
        self.processes: list[Process] = []

    async def add(self, ahead: int = 0, **more: str) -> Process:
        """One more; its machine's clock may be some seconds ahead."""
        process = Process(self._folder / str(len(self.processes)), self._store, self._bus, **more)
        process.ahead = ahead
        self.processes.append(process)
        await process.start()
        return process

    async def stop(self) -> None:
        """All of them end."""
        for process in self.processes:
            for client in process.clients:
                await client.leave()
            process.clients.clear()
        await asyncio.gather(*(process.end(signal.SIGTERM) for process in self.processes))

    async def comes_back(self, client: Client, *to: Process) -> None:
        """A browser whose connection ended comes back, to whichever process lets it in."""
        async with asyncio.timeout(10):
            while True:
                for process in to:
                    client.server = process
                    try:
                        await asyncio.wait_for(client.come(), 4)
                        return
                    except Exception:
                        await asyncio.sleep(0.1)
