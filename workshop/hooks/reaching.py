"""Reaching an address that somebody typed: once, without following it elsewhere, and not inside this network."""

import asyncio
import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit, urlunsplit

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
    try:
        async with asyncio.timeout(PATIENCE):
            status = await _status(url, body, headers, anywhere)
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as fault:
        raise NotReached(_why(fault)) from fault
    if not 200 <= status < 300:
        raise NotReached(f"answered {status}")


def _why(fault: Exception) -> str:
    """What went wrong, for whoever keeps the room."""
    if isinstance(fault, (TimeoutError, httpx2.TimeoutException)):
        return "it did not answer in time"
    if isinstance(fault, socket.gaierror):
        return "there is no machine of this name"
    return "nobody answers there" if isinstance(fault, httpx2.ConnectError) else type(fault).__name__


async def _status(url: str, body: bytes, headers: dict[str, str], anywhere: bool) -> int:
    parts, extensions = urlsplit(url), {}
    host = ascii_name(parts.hostname or "")
    if not anywhere:
        url, extensions = await _pinned(parts, host), {"sni_hostname": host}
        headers = {**headers, "Host": _named(host, parts.port)}
    async with (
        httpx2.AsyncClient(timeout=PATIENCE, follow_redirects=False) as client,
        client.stream("POST", url, content=body, headers=headers, extensions=extensions) as answer,
    ):
        return answer.status_code


def ascii_name(host: str) -> str:
    """A name as machines write it. Raises ``ValueError`` for what can be none."""
    return host if ":" in host else host.encode("idna").decode()


async def _pinned(parts: SplitResult, host: str) -> str:
    """The address with the machine's number in the place of its name."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
    numbers = [ipaddress.ip_address(str(where[4][0]).split("%")[0]) for where in found]
    if not numbers or not all(map(is_public, numbers)):
        raise NotReached("it is inside this network")
    return urlunsplit(parts._replace(netloc=_named(str(numbers[0]), parts.port)))


def is_public(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether a machine is outside of every network of somebody's own, also where its number holds another one."""
    if isinstance(number, ipaddress.IPv6Address) and (number.is_site_local or any(number in net for net in _WRAPPED)):
        return False
    return number.is_global and not number.is_multicast


#: Numbers of the sixth version that stand for one of the fourth, or are led to one by a gateway.
_WRAPPED = tuple(
    ipaddress.IPv6Network(net)
    for net in ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)


def _named(host: str, port: int | None) -> str:
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port}" if port else host
