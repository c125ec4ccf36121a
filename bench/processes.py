"""Servers of their own, each pinned to one processor, with what they spent."""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

from bench.seats import Seat, quiet, sit

TICKS = os.sysconf("SC_CLK_TCK")


class Process:
    """A server as its own process, pinned to the first processor where that is possible."""

    def __init__(self, *command: str, port: int, **env: str) -> None:
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, *command],
            env={**os.environ, **env},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: os.sched_setaffinity(0, {0}) if hasattr(os, "sched_setaffinity") else None,
        )

    async def ready(self) -> "Process":
        """Wait until it takes connections."""
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                return self
            except OSError:
                await asyncio.sleep(0.05)

    def cpu(self) -> float:
        """CPU seconds of all its threads so far."""
        total = 0
        for task in os.listdir(f"/proc/{self.process.pid}/task"):
            # A thread may end between being listed and being asked.
            with contextlib.suppress(FileNotFoundError):
                total += int(Path(f"/proc/{self.process.pid}/task/{task}/schedstat").read_text().split()[0])
        return total / 1e9

    def memory(self) -> float:
        """Resident memory in KiB."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return float(next(line for line in status if line.startswith("VmRSS")).split()[1])

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


class Waggle(Process):
    """The real server, on data of its own."""

    def __init__(self, **settings: str) -> None:
        self.folder = tempfile.TemporaryDirectory()
        port = free_port()
        where = {"WAGGLE_DATA": self.folder.name, "WAGGLE_PORT": str(port), "WAGGLE_HOST": "127.0.0.1"}
        self.env = {"WAGGLE_LOG_LEVEL": "error", **where, **settings}
        super().__init__("-m", "web.commands", "serve", "--quiet", port=port, **self.env)

    def post(self, path: str, body: dict[str, Any], key: str = "") -> dict[str, Any]:
        """One request of the API."""
        head = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", json.dumps(body).encode(), head)
        with urllib.request.urlopen(request) as answer:
            found: dict[str, Any] = json.loads(answer.read())
            return found

    def get(self, path: str) -> dict[str, Any]:
        """One question to the API."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
            found: dict[str, Any] = json.loads(answer.read())
            return found

    async def session(self, people: int) -> tuple[Seat, list[Seat], str]:
        """A session with its facilitator and so many seated people."""
        opened = self.post("/api/sessions", {"format": "ideas_and_dots", "title": "Bench"})
        code = opened["code"]
        live = f"/api/sessions/{code}/live"
        tokens = [self.post(f"/api/sessions/{code}/participants", {"name": f"P{n}"})["token"] for n in range(people)]
        seats = await sit(self.port, [(live, opened["helm_token"]), *((live, token) for token in tokens)])
        await quiet(seats)
        return seats[0], seats[1:], code


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
