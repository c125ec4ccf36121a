"""Serving: the server as uvicorn runs it, its logs, and what is looked at and said before it starts."""

import errno
import logging
import socket
import sys
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import segno
import structlog
import typer
import uvicorn

from web.addresses import network_name
from web.app import Opening, create_app
from web.fanout import FanoutProtocol
from web.patience import PatientProtocol
from web.quiet import QuietServer
from web.templating import assets
from workshop import VERSION, storing
from workshop.directory import Rooms
from workshop.operating.check_up import answers_as_nats
from workshop.settings import Settings
from workshop.store import NoData
from workshop.wire import LARGEST

#: Seconds for which it is waited for the bus when a server starts.
BUS = 10.0


def run(settings: Settings, quiet: bool = False, opening: Opening | None = None) -> None:
    """Serve until somebody ends it."""
    _set_up_logs(settings.log_level, settings.log)
    _say_what_is_missing()
    place = _check_data(settings)
    _check_bus(settings)
    structlog.get_logger().info("began", version=VERSION, data=place, host=settings.host, port=settings.port)
    if not quiet:
        _greet(settings, place)
    chosen = config(settings, opening)
    server = QuietServer(chosen, _leaving(chosen, settings) if settings.bus else None)
    server.run()
    if not server.started:
        raise typer.Exit(1)


def _leaving(chosen: uvicorn.Config, settings: Settings) -> Callable[[], Awaitable[None]]:
    """What a process among several does before it ends."""

    async def leave() -> None:
        rooms: Rooms = chosen.app.state.rooms  # type: ignore[union-attr]
        if rooms.together is not None:
            await rooms.together.leave(settings.leave_seconds)

    return leave


def _say_what_is_missing() -> None:
    if assets.missing():
        typer.echo(
            "  Alpine.js is not here, so browsers load it from the internet and pages stay dead without it.\n"
            "  Run bin/setup with Node and npm installed to have it served from here.",
            err=True,
        )


def config(settings: Settings, opening: Opening | None = None) -> uvicorn.Config:
    """How uvicorn runs: its sans-IO WebSocket with our fan-out, no compression, frames of at most 64 KiB."""
    return uvicorn.Config(
        create_app(settings, opening),
        host=settings.host,
        port=settings.port,
        http=PatientProtocol,
        ws=FanoutProtocol,
        ws_per_message_deflate=False,
        ws_max_size=LARGEST,
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )


def _set_up_logs(level: str, kind: str) -> None:
    number = logging.getLevelName(level.upper())
    number = number if isinstance(number, int) else logging.INFO
    logging.basicConfig(level=logging.WARNING, handlers=[_FromOthers()])
    lines = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    written: list[Any] = [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()]
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(number),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _without_control,
            *(written if kind == "json" else [lines]),
        ],
    )


class _FromOthers(logging.Handler):
    """What libraries log is a line as ours are."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say it."""
        structlog.get_logger().log(record.levelno, record.getMessage(), of=record.name)


def _without_control(_logger: Any, _name: str, said: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What comes from outside cannot move a terminal's cursor or begin a line of its own."""
    return {key: printable(value) if isinstance(value, str) else value for key, value in said.items()}


def printable(text: str) -> str:
    """The text with control characters and what turns its direction written out."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _check_data(settings: Settings) -> str:
    """See that data and port can be had; returns where the data is."""
    try:
        store = storing.opened(settings)
        store.close()
    except NoData as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    except OSError as fault:
        typer.echo(f"The data folder {settings.data} cannot be used: {fault.strerror}.", err=True)
        raise typer.Exit(1) from None
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as fault:
            say = f"Port {settings.port} is in use. Stop what runs there, or set WAGGLE_PORT to another."
            if fault.errno != errno.EADDRINUSE:
                say = f"Nothing can listen on {settings.host}, port {settings.port}: {fault.strerror}. Set WAGGLE_HOST."
            typer.echo(say, err=True)
            raise typer.Exit(1) from None
    return store.place


def _check_bus(settings: Settings) -> None:
    """See that the bus is there: it may be about to start, as the database and this process are."""
    until = time.monotonic() + BUS
    while settings.bus and not answers_as_nats(settings.bus):
        if time.monotonic() > until:
            typer.echo("Nothing answers as NATS at WAGGLE_BUS. Start it, and let this machine in.", err=True)
            raise typer.Exit(1)
        time.sleep(0.2)


def _greet(settings: Settings, place: str) -> None:
    local = f"http://localhost:{settings.port}"
    typer.echo(f"\n  Waggle is at      {local}")
    here = settings.host in ("127.0.0.1", "::1", "localhost")
    seen = network_name() if not here else ""
    network = settings.url or (f"http://{seen}:{settings.port}" if seen else "")
    if network:
        whose = "For everybody" if settings.url else "On this network"
        typer.echo(f"  {whose:<17} {network}\n")
        segno.make(network, micro=False).terminal(out=sys.stdout, compact=True)
    typer.echo(f"  Its data is in    {place}\n  Ctrl-C stops it.\n")
    sys.stdout.flush()
