"""What a server needs, looked at one after the other: what is seen, and what to do where something is wrong."""

import http.client
import json
import os
import platform
import shutil
import socket
import sqlite3
import ssl
import stat
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.sync.client import connect

from workshop import VERSION, storing
from workshop.clock import now_ms
from workshop.operating import copies
from workshop.settings import Settings
from workshop.statements import table
from workshop.store import NoData
from workshop.storing import versions
from workshop.storing.one_file import OneFile
from workshop.tables import EventRow, ProcessRow

#: Bytes that have to be free, for the data and a copy of it before an upgrade.
ENOUGH = 200 * 1024 * 1024
#: By how many seconds a clock may be behind what is stored already.
_BEHIND = 60
_PACKAGES = ("fastapi", "uvicorn", "websockets", "sqlmodel", "msgspec")


@dataclass(frozen=True)
class Look:
    """One thing that was looked at: whether it is fine, what was seen, and what to do otherwise."""

    fine: bool
    say: str
    do: str = ""


def looks(settings: Settings, key: str) -> Iterator[Look]:
    """Everything there is to look at; ``key`` is what a command on this machine shows the server that runs."""
    yield _python()
    yield from _folder(settings.data)
    yield from _database(settings) if settings.store else _data(settings.data)
    if settings.bus:
        yield _bus(settings.bus)
    runs = _is_waggle(f"http://127.0.0.1:{settings.port}")
    yield _port(settings, runs)
    yield from _address(settings, key)


def _python() -> Look:
    found = ", ".join(f"{name} {metadata.version(name)}" for name in _PACKAGES)
    return Look(True, f"Waggle {VERSION} on Python {platform.python_version()}, {platform.system()}; {found}.")


def _folder(folder: Path) -> Iterator[Look]:
    at = folder if folder.exists() else folder.absolute().parent
    if not os.access(at, os.W_OK):
        yield Look(False, f"{at} cannot be written.", "Let the server’s user write there, or set WAGGLE_DATA.")
        return
    free = shutil.disk_usage(at).free
    say = f"{free / 1024**2:,.0f} MB are free for {folder.absolute()}."
    yield Look(free >= ENOUGH, say, "Make room: with a full disk nothing can be stored, and people are told so.")
    loose = [file.name for file in folder.glob("*") if file.is_file() and stat.S_IMODE(file.stat().st_mode) & 0o077]
    if loose:
        say = f"Others on this machine can read {', '.join(sorted(loose))}."
        yield Look(False, say, f"chmod 600 {folder.absolute()}/{loose[0]}")


def _data(folder: Path) -> Iterator[Look]:
    file = folder / copies.DATA
    if not file.exists():
        yield Look(True, "There is no data yet: the server makes it when it starts.")
        return
    try:
        copies.must_be_whole(file)
        store = OneFile(folder, holds=False)
        with store.reading() as reading:
            found = versions.ahead(reading, str(folder))
            last = reading.execute(select(func.max(table(EventRow).c.at))).scalar() or 0
            alive = reading.execute(select(func.max(table(ProcessRow).c.alive))).scalar() or 0
        store.close()
    except (copies.NoCopy, versions.DataTooNew) as fault:
        yield Look(False, str(fault), "Install the version that wrote it, or put a copy back: waggle restore FILE")
        return
    except (SQLAlchemyError, sqlite3.Error, OSError) as fault:
        yield Look(False, f"{file} cannot be read: {type(fault).__name__}.", "Put a copy back: waggle restore FILE")
        return
    later = f"; {len(found.steps)} steps are done when the server starts" if found.steps else ""
    yield Look(True, f"{file} is whole, {file.stat().st_size:,} bytes, of version {found.data}{later}.")
    behind = (max(last, alive) - now_ms()) / 1000
    clock = time.strftime("%Y-%m-%d %H:%M:%S %Z")
    say = f"The clock says {clock}" + (
        f", {behind:,.0f} s before the last thing that is stored." if behind > 0 else "."
    )
    yield Look(behind < _BEHIND, say, "Set the clock, and keep it with NTP: rounds and deadlines go by it.")


def _database(settings: Settings) -> Iterator[Look]:
    try:
        store = storing.opened(settings, holds=False)
        with store.reading() as reading:
            found = versions.ahead(reading, store.place)
        behind = abs(store.now() - now_ms()) / 1000
        store.close()
    except NoData as fault:
        do = "Start the database, let this machine in, and see that WAGGLE_STORE is right."
        later = "Install the version that wrote it, or a later one."
        yield Look(False, str(fault), later if isinstance(fault, versions.DataTooNew) else do)
        return
    later = f"; {len(found.steps)} steps are done when a server starts" if found.steps else ""
    yield Look(True, f"The data is in {store.place}, of version {found.data or 'none yet'}{later}.")
    say = f"The clock here and that of the database differ by {behind:,.1f} s."
    yield Look(behind < _BEHIND, say, "Set both, and keep them with NTP.")


def _bus(address: str) -> Look:
    fine = answers_as_nats(address)
    say = "The bus answers." if fine else "Nothing answers as NATS at WAGGLE_BUS."
    return Look(fine, say, "Start NATS, and let this machine in.")


def answers_as_nats(addresses: str) -> bool:
    """Whether a NATS says its first word at one of these addresses."""
    return any(_is_nats(address.strip()) for address in addresses.split(","))


def _is_nats(address: str) -> bool:
    at = urlsplit(address)
    try:
        with socket.create_connection((at.hostname or "", at.port or 4222), 3) as line:
            line.settimeout(3)
            return line.recv(5) == b"INFO "
    except OSError:
        return False


def _port(settings: Settings, runs: bool) -> Look:
    if runs:
        return Look(True, f"Waggle answers on port {settings.port}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as fault:
            say = f"Port {settings.port} cannot be used: {fault.strerror}."
            return Look(False, say, "Stop what runs there, or set WAGGLE_PORT to another.")
    return Look(True, f"Nothing runs on port {settings.port}, which is free.")


def _address(settings: Settings, key: str) -> Iterator[Look]:
    """How people reach the server, where a proxy stands in between: that it passes on what it has to."""
    if not settings.url:
        yield Look(True, "WAGGLE_URL is not set: links go by the address that a browser asked for.")
        return
    url = urlsplit(settings.url)
    base = settings.url.rstrip("/")
    distrusted = _distrusted(base)
    if distrusted:
        do = "Have the proxy show one that browsers trust; or name your own authority: SSL_CERT_FILE=FILE waggle doctor"
        yield Look(False, f"The certificate at {base} is not trusted from here: {distrusted}.", do)
        return
    if not _resolves(url.hostname or ""):
        do = "Let this machine find it as people’s machines do; a container by docker run --add-host NAME:ADDRESS"
        yield Look(False, f"{url.hostname} cannot be resolved from here.", do)
        return
    if not _is_waggle(base):
        say = f"Waggle does not answer at {base}."
        yield Look(False, say, f"Start it, and have the proxy pass that address on to port {settings.port}.")
        return
    seen = _seen(base, key, settings.sign_in_headers())
    if seen is None and settings.bus:
        yield Look(True, f"One of several processes answers at {base}.")
        yield _socket(base)
        return
    if seen is None:
        say = f"Another server answers at {base} than the one on this data."
        yield Look(False, say, f"Have the proxy pass it on to port {settings.port}, or set WAGGLE_DATA as for it.")
        return
    yield Look(seen["host"] == url.netloc, f"The host that arrives is {seen['host']}.", "Have the proxy pass Host on.")
    do = f"Have the proxy send X-Forwarded-Proto, and name it in WAGGLE_PROXIES: it connects from {seen['peer']}."
    yield Look(seen["scheme"] == url.scheme, f"The scheme that arrives is {seen['scheme']}.", do)
    if settings.sign_in == "header":
        yield _header(settings.sign_in_name, "who is signed in", seen.get("name") == _NOBODY)
        if settings.sign_in_team:
            yield _header(settings.sign_in_team, "which team they are of", seen.get("team") == _NOBODY)
    yield _socket(base)


def _header(header: str, what: str, forged: bool) -> Look:
    say = f"A browser can say itself {what}: {header} comes through." if forged else f"{header} is the proxy’s."
    return Look(not forged, say, f"Have the proxy set {header} itself, also where nobody is signed in.")


def _distrusted(base: str) -> str:
    """Why the certificate there is not trusted, or nothing."""
    try:
        urllib.request.urlopen(f"{base}/healthz", timeout=5).close()
    except urllib.error.URLError as fault:
        if isinstance(fault.reason, ssl.SSLCertVerificationError):
            return fault.reason.verify_message
    except (OSError, http.client.HTTPException):
        pass
    return ""


#: Whom a check-up says is signed in, to see whether a proxy lets that through.
_NOBODY = "waggle doctor"


def _socket(base: str) -> Look:
    """Whether a WebSocket gets through: the server itself refuses this one."""
    where = base.replace("http", "ws", 1) + "/api/rooms/none/live"
    do = "Let the proxy pass upgrades to WebSocket on, for everything under /api/."
    try:
        with connect(where, origin=None, open_timeout=5):
            return Look(True, "WebSockets get through.")
    except InvalidStatus as fault:
        fine = fault.response.status_code == 403
        return Look(fine, "WebSockets get through." if fine else "WebSockets do not get through.", do)
    except (OSError, WebSocketException, TimeoutError) as fault:
        return Look(False, f"WebSockets do not get through: {type(fault).__name__}.", do)


def _resolves(host: str) -> bool:
    try:
        return bool(socket.getaddrinfo(host, None))
    except OSError:
        return False


def _is_waggle(base: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base}/healthz", timeout=5) as answer:
            return bool(json.loads(answer.read()) == {"status": "alive"})
    except (OSError, ValueError, http.client.HTTPException):
        return False


def _seen(base: str, key: str, headers: tuple[str, ...]) -> dict[str, str] | None:
    said = {"Authorization": f"Bearer {key}", **{header: _NOBODY for header in headers if header}}
    request = urllib.request.Request(f"{base}/api/local/seen", headers=said)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            found: dict[str, str] = json.loads(answer.read())
            return found
    except (OSError, ValueError, http.client.HTTPException):
        return None
