"""The addresses of a session's pages, as people outside reach them, and their QR codes."""

import socket
from functools import cache

import segno
from starlette.requests import HTTPConnection

from web.access import settings
from web.faults import Fault
from workshop.joining import Opened
from workshop.settings import Settings


def base(request: HTTPConnection) -> str:
    """Scheme and host, from the settings or the request; never a name that means another machine."""
    if said := configured(settings(request)):
        return said
    scheme = {"ws": "http", "wss": "https"}.get(request.url.scheme, request.url.scheme)
    host = request.headers.get("host", request.url.netloc)
    if len(host) > 255:
        raise Fault(400, "bad_host", "The Host header is longer than any host's name.")
    name, _, port = host.partition(":")
    if name in ("localhost", "127.0.0.1") and settings(request).host in ("0.0.0.0", "::"):
        host = f"{network_name()}:{port}" if network_name() and port else host
    return f"{scheme}://{host}"


def configured(settings: Settings) -> str:
    """Scheme and host from the settings, with a path where there is one; empty where they do not say it."""
    said = settings.url.strip().rstrip("/")
    return said if not said or "://" in said else f"https://{said}"


@cache
def network_name() -> str:
    """This machine's address as others on the network see it, without sending anything; empty if alone."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found = str(probe.getsockname()[0])
        except OSError:
            return ""
    return "" if found.startswith("127.") else found


def of_opened(request: HTTPConnection, opened: Opened) -> dict[str, str]:
    """Every link of a session just opened; keys stand in the fragment, which no server logs."""
    root = base(request)
    return {
        "code": opened.code,
        "room": opened.room,
        "person": opened.person,
        "join_url": f"{root}/j/{opened.code}",
        "helm_url": f"{root}/s/{opened.code}/helm#key={opened.helm}",
        "screen_url": f"{root}/s/{opened.code}/screen#key={opened.screen}",
        "helm_token": opened.helm,
        "room_token": opened.room_key,
    }


def qr(text: str) -> str:
    """A QR code as an SVG, dark on white in every theme, as cameras want it."""
    drawn = segno.make(text, error="m", micro=False)
    return drawn.svg_inline(omitsize=True, border=2, dark="#231a12", light="#ffffff")
