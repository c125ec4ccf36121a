"""PostgreSQL and NATS for tests and for trying: started on free ports, as another user where root starts them."""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

import psycopg

from tests.ports import free_port

#: Seconds an engine may take to answer.
PATIENCE = 20.0


def program(name: str) -> str:
    """Where a program of an engine is; raises ``FileNotFoundError`` with what to do."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(beside[-1]) if beside else "")
    if not found:
        raise FileNotFoundError(f"{name} is not installed. Debian: apt install postgresql nats-server")
    return found


def answers(port: int) -> bool:
    """Whether something listens."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(port: int, up: bool = True) -> None:
    """Wait until something listens, or until nothing does."""
    until = time.monotonic() + PATIENCE
    while answers(port) != up:
        if time.monotonic() > until:
            raise TimeoutError(f"Port {port} did not {'answer' if up else 'close'}.")


class Engine:
    """One server of somebody else's, in a folder of its own that goes with it."""

    def __init__(self, port: int = 0) -> None:
        self.port = port or free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="waggle-engine-"))
        self._running: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Engine":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Run it until it answers."""
        with (self.folder / "log").open("ab") as log:
            self._running = subprocess.Popen(self._line(), stdout=log, stderr=log, start_new_session=True)
        self._wait()

    def _wait(self) -> None:
        wait_for(self.port)

    def stop(self) -> None:
        """End it as an operator would."""
        if self._running is not None:
            self._running.send_signal(self._ending)
            self._running.wait(PATIENCE)
            self._running = None
            wait_for(self.port, up=False)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It neither refuses nor answers, with everything it has begun."""
        assert self._running is not None
        frozen = [self._running.pid, *_children(self._running.pid)]
        for process in frozen:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in reversed(frozen):
                os.kill(process, signal.SIGCONT)

    _ending = signal.SIGTERM

    def _line(self) -> list[str]:
        raise NotImplementedError


class Postgres(Engine):
    """PostgreSQL; it refuses to be root, so root lends it somebody else."""

    #: Ends what it does, and does not wait for who is connected.
    _ending = signal.SIGINT

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self._as = _somebody_else() if os.geteuid() == 0 else []
        if self._as:
            self.folder.chmod(0o755)
        (self.folder / "data").mkdir(mode=0o700)
        if self._as:
            shutil.chown(self.folder / "data", _NAME, _NAME if _NAME != "nobody" else "nogroup")
        made = [*self._as, program("initdb"), "-D", str(self.folder / "data"), "-U", "waggle", "-A", "trust"]
        subprocess.run([*made, "-E", "UTF8", "--no-locale"], check=True, capture_output=True)

    @property
    def url(self) -> str:
        """As WAGGLE_STORE names it."""
        return f"postgresql://waggle@127.0.0.1:{self.port}/postgres"

    def database(self, name: str) -> str:
        """A new database of its own, as WAGGLE_STORE names it."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'create database "{name}"'.encode())
        return self.url.removesuffix("postgres") + name

    def _wait(self) -> None:
        """It listens before it serves."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return psycopg.connect(self.url).close()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise

    def _line(self) -> list[str]:
        data = self.folder / "data"
        quiet = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={data}"]
        return [*self._as, program("postgres"), "-D", str(data), "-p", str(self.port), *quiet]


class Nats(Engine):
    """NATS, without anything kept."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self._watched = free_port()

    def carried(self) -> int:
        """Bytes it has taken so far."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self._watched}/varz") as answer:
            return int(json.loads(answer.read())["in_bytes"])

    @property
    def url(self) -> str:
        """As WAGGLE_BUS names it."""
        return f"nats://127.0.0.1:{self.port}"

    def _line(self) -> list[str]:
        return [program("nats-server"), "-a", "127.0.0.1", "-p", str(self.port), "-m", str(self._watched)]


def _children(process: int) -> list[int]:
    """Processes that this one has begun, and theirs."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == process:
                child = int(stat.parent.name)
                found += [child, *_children(child)]
    return found


def _has(name: str) -> bool:
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False


_NAME = "postgres" if _has("postgres") else "nobody"


def _somebody_else() -> list[str]:
    if shutil.which("setpriv"):
        group = pwd.getpwnam(_NAME).pw_gid
        return ["setpriv", f"--reuid={_NAME}", f"--regid={group}", "--clear-groups"]
    return ["su", _NAME, "-s", "/bin/sh", "-c", 'exec "$0" "$@"', "--"]
