"""The command line: ``waggle serve``, ``waggle demo``, ``waggle open``, ``waggle rehearse``."""

import asyncio
import json
import logging
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import MutableMapping
from typing import Any

import segno
import structlog
import typer
import uvicorn
from pydantic import ValidationError

from web import extras
from web.addresses import network_name
from web.app import Opening, create_app
from web.demo import open_demo, open_ready, open_step
from web.demo_steps import LAST
from web.fanout import FanoutProtocol
from web.patience import PatientProtocol
from web.templating import assets
from workshop import rehearse as simulated
from workshop.directory import Rooms
from workshop.settings import Settings
from workshop.store import DataInUse, Store
from workshop.wire import LARGEST

_DEMO = """  Kestrel Heat is here, with its key:
  {url}
  Its festival is ready. Press “Rehearse” there, and 120 simulated people come:
  {festival_url}
  So is its marketplace, with what is still unanswered:
  {market_url}
  and its horizontal session:
  {leads_url}"""
_STEP = """  Kestrel Heat is here, at that step of its cycle, with its key:
  {url}"""
_NEXT = """  What comes next is ready to be facilitated:
  {session_url}"""
main = typer.Typer(no_args_is_help=True, add_completion=False, help="Waggle: live alignment workshops.")


@main.command()
def serve(quiet: bool = typer.Option(False, help="Do not print addresses and the QR code.")) -> None:
    """Serve on WAGGLE_HOST and WAGGLE_PORT, with the data in WAGGLE_DATA."""
    _serve(_settings(), quiet)


@main.command()
def demo(
    step: int = typer.Option(0, min=0, max=LAST, help="A step of its cycle, from 1 (pulse) to 11 (forum)."),
) -> None:
    """Serve, with a room filled with Kestrel Heat; if a server runs here already, open the room on it."""
    settings = _settings()
    address = f"http://127.0.0.1:{settings.port}"
    try:
        wish = {"demo": True, "step": step} if step else {"demo": True, "festival": True}
        made = _post(f"{address}/api/rooms", wish, _local_key(settings))
        typer.echo(_told(made))
    except OSError:
        _serve(settings, opening=lambda rooms: _begin_with_demo(rooms, address, step))


@main.command(name="open")
def open_session(
    format: str = typer.Argument(help="Which format: leadership_draft, ideas_and_dots …"),
    title: str = typer.Option("A session", help="What it is called."),
) -> None:
    """Open a session on the server that runs here, also where nobody else may; prints its links."""
    settings = _settings()
    address = f"http://127.0.0.1:{settings.port}"
    try:
        key = (settings.data / "local.key").read_text().strip()
        opened = _post(f"{address}/api/sessions", {"format": format, "title": title}, key)
    except OSError as fault:
        unheard = f"nothing answers at {address}. Is bin/dev running? Set WAGGLE_PORT and WAGGLE_DATA as for it."
        detail = json.loads(fault.read())["say"] if isinstance(fault, urllib.error.HTTPError) else unheard
        typer.echo(f"The session could not be opened: {detail}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Facilitate it here:\n  {opened['helm_url']}\nJoin it here:\n  {opened['join_url']}")


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as fault:
        for error in fault.errors():
            name = "_".join(["WAGGLE", *(str(part).upper() for part in error["loc"])])
            typer.echo(f"{name}: {error['msg'].removeprefix('Value error, ')}", err=True)
        raise typer.Exit(1) from None


async def _begin_with_demo(rooms: Rooms, address: str, step: int = 0) -> None:
    if step:
        made = await open_step(rooms, step, address)
    else:
        room, key = await open_demo(rooms)
        made = {"url": f"{address}/r/{room}#key={key}", **await open_ready(rooms, room, address)}
    typer.echo(_told(made) + "\n")
    sys.stdout.flush()


def _told(made: dict[str, str]) -> str:
    """The links of a demonstration, as they are printed."""
    if "festival_url" in made:
        return _DEMO.format(**made)
    return "\n".join(said.format(**made) for said in (_STEP, *([_NEXT] if "session_url" in made else [])))


@main.command()
def rehearse(
    code: str = typer.Argument(help="The code of the session to try."),
    people: int = typer.Option(7, min=1, max=200, help="How many simulated people take part."),
) -> None:
    """Copy a session and let simulated people play it; nothing of it is kept with the real one."""
    settings = _settings()
    if settings.extras:
        extras.bring(settings.extras)
    address = f"http://127.0.0.1:{settings.port}"
    try:
        key = (settings.data / "local.key").read_text().strip()
        opened = _post(f"{address}/api/sessions/{code}/rehearsals/local", {}, key)
    except OSError as fault:
        unheard = f"nothing answers at {address}. Is bin/dev running? Set WAGGLE_PORT and WAGGLE_DATA as for it."
        detail = json.loads(fault.read())["say"] if isinstance(fault, urllib.error.HTTPError) else unheard
        typer.echo(f"The rehearsal could not begin: {detail}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Facilitate the rehearsal here (Ctrl-C sends everybody home):\n  {opened['helm_url']}")
    asyncio.run(simulated.play(address, opened["code"], people))


def _serve(settings: Settings, quiet: bool = False, opening: Opening | None = None) -> None:
    _set_up_logs(settings.log_level, settings.log)
    _say_what_is_missing()
    _check_data(settings)
    if not quiet:
        _greet(settings)
    server = uvicorn.Server(config(settings, opening))
    server.run()
    if not server.started:
        raise typer.Exit(1)


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
        ws_ping_interval=20,
        ws_ping_timeout=20,
        access_log=False,
        log_config=None,
        server_header=False,
        forwarded_allow_ips=settings.proxies,
        timeout_graceful_shutdown=5,
    )


def _set_up_logs(level: str, kind: str) -> None:
    number = logging.getLevelName(level.upper())
    number = number if isinstance(number, int) else logging.INFO
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
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


def _without_control(_logger: Any, _name: str, said: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What comes from outside cannot move a terminal's cursor or begin a line of its own."""
    return {key: printable(value) if isinstance(value, str) else value for key, value in said.items()}


def printable(text: str) -> str:
    """The text with control characters and what turns its direction written out."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _check_data(settings: Settings) -> None:
    try:
        Store(settings.data).close()
    except DataInUse as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
    except OSError as fault:
        typer.echo(f"The data folder {settings.data} cannot be used: {fault.strerror}.", err=True)
        raise typer.Exit(1) from None
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            say = f"Port {settings.port} is in use. Stop what runs there, or set WAGGLE_PORT to another."
            typer.echo(say, err=True)
            raise typer.Exit(1) from None


def _greet(settings: Settings) -> None:
    local = f"http://localhost:{settings.port}"
    typer.echo(f"\n  Waggle is at      {local}")
    network = settings.url or (f"http://{network_name()}:{settings.port}" if network_name() else "")
    if network:
        typer.echo(f"  On this network   {network}\n")
        segno.make(network, micro=False).terminal(out=sys.stdout, compact=True)
    typer.echo(f"  Its data is in    {settings.data.resolve()}\n  Ctrl-C stops it.\n")
    sys.stdout.flush()


def _local_key(settings: Settings) -> str:
    file = settings.data / "local.key"
    return file.read_text().strip() if file.exists() else ""


def _post(url: str, wish: dict[str, Any], key: str = "") -> dict[str, str]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    request = urllib.request.Request(url, json.dumps(wish).encode(), headers, method="POST")
    with urllib.request.urlopen(request, timeout=20) as answer:
        found: dict[str, str] = json.loads(answer.read())
        return found


if __name__ == "__main__":
    main()
