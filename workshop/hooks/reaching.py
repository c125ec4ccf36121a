"""Reaching an address that somebody typed: once, without following it elsewhere, and not inside this network."""

import asyncio
import ipaddress
import socket
from urllib.parse import urlsplit, urlunsplit

import httpx2

#: Seconds for one call.
PATIENCE = 10.0


class NotReached(Exception):
    """Nobody took the call; its message says why, in few words."""


async def call(url: str, body: bytes, headers: dict[str, str], anywhere: bool) -> None:
    """Post to an address. Raises ``NotReached``.

    Unless ``anywhere`` is said, the name has to mean public machines alone, and the very address that was looked at
    is asked: a name cannot mean another one a moment later.
    """
    host = urlsplit(url).hostname or ""
    extensions = {}
    try:
        if not anywhere:
            url, extensions = await _pinned(url, host), {"sni_hostname": host}
            headers = {**headers, "Host": _named(host, urlsplit(url).port)}
        async with (
            httpx2.AsyncClient(timeout=PATIENCE, follow_redirects=False) as client,
            client.stream("POST", url, content=body, headers=headers, extensions=extensions) as answer,
        ):
            status = answer.status_code
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError) as fault:
        raise NotReached(type(fault).__name__) from fault
    if not 200 <= status < 300:
        raise NotReached(f"answered {status}")


async def _pinned(url: str, host: str) -> str:
    """The address with the machine's number in the place of its name."""
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    numbers = [ipaddress.ip_address(str(where[4][0]).split("%")[0]) for where in found]
    if not numbers or not all(number.is_global and not number.is_multicast for number in numbers):
        raise NotReached("it is inside this network")
    number = f"[{numbers[0]}]" if numbers[0].version == 6 else str(numbers[0])
    return urlunsplit(parts._replace(netloc=_named(number, parts.port)))


def _named(host: str, port: int | None) -> str:
    return f"{host}:{port}" if port else host
