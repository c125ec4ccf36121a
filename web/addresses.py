"""The addresses of a session's pages, as people outside reach them, and their QR codes."""

import segno
from starlette.requests import HTTPConnection

from web.access import Fault, settings
from workshop.rooms import Opened


def base(request: HTTPConnection) -> str:
    """Scheme and host, from the settings or from the request itself."""
    configured = settings(request).url.rstrip("/")
    if configured:
        return configured if "://" in configured else f"https://{configured}"
    scheme = {"ws": "http", "wss": "https"}.get(request.url.scheme, request.url.scheme)
    host = request.headers.get("host", request.url.netloc)
    if len(host) > 255:
        raise Fault(400, "bad_host", "The Host header is longer than any host's name.")
    return f"{scheme}://{host}"


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
