"""A room's hooks: one more, one fewer, and one that is tried out."""

import secrets
from base64 import b64encode
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, delete

from sessions.news import News
from sessions.rules.refusal import Refused
from workshop.asking import Row
from workshop.changes import Change
from workshop.clock import now_ms
from workshop.hooks.kept import a_call, hooks_of
from workshop.hooks.messages import SECRET, kind_of
from workshop.hooks.reaching import ascii_name
from workshop.open_room import OpenRoom
from workshop.statements import table
from workshop.tables import CallRow, HookRow

#: Hooks of one room, and characters of an address.
MOST, LONGEST = 10, 2_000
#: Rooms and addresses that are being stored: a button pressed twice adds one.
_coming: set[tuple[str, str]] = set()


async def add(room: OpenRoom, url: str, anywhere: bool) -> dict[str, Any]:
    """One more hook; returns its row. Raises ``Refused`` for what is no address."""
    wanted = url.strip()
    parts = _parts(wanted)
    if parts is None or (parts.scheme != "https" and not (anywhere and parts.scheme == "http")):
        raise Refused(
            "bad_address", "That is no address of a program that this server may call: it begins with https://."
        )
    known = {str(row["url"]) for row in hooks_of(room.turns.log.store, room.id)}
    known |= {url for id, url in _coming if id == room.id}
    if wanted in known:
        raise Refused("on_the_list", "This address is on the list already. For a new secret, take it off first.")
    if len(known) >= MOST:
        raise Refused("too_many", "A room tells at most {most} other programs. Take one off first.", {"most": MOST})
    secret = SECRET + b64encode(secrets.token_bytes(32)).decode()
    row: dict[str, Any] = {"id": secrets.token_urlsafe(9), "room": room.id, "url": wanted, "kind": kind_of(wanted)}
    row |= {"secret": secret, "made": now_ms(), "tried": 0, "told": 0, "failing": 0, "said": ""}
    _coming.add((room.id, wanted))
    try:
        await room.turns.ask("", lambda: [], [(HookRow, row)])
    finally:
        _coming.discard((room.id, wanted))
    room.turns.hooks.append(str(row["id"]))
    return row


async def take_off(room: OpenRoom, hook: str) -> None:
    """One hook fewer; what waits for it is told to nobody. Raises ``Refused``."""
    _must_be_there(room, hook)
    # From here on nothing is kept for it.
    room.turns.hooks = [other for other in room.turns.hooks if other != hook]
    await room.turns.ask("", lambda: [], changes=[Change(room.id, lambda stored: _drop(stored, hook))])


async def try_out(room: OpenRoom, hook: str) -> None:
    """Tell one program that it is told. Raises ``Refused``."""
    _must_be_there(room, hook)
    said = News("test", "Waggle can reach you", [], {})
    await room.turns.ask("", lambda: [], [(CallRow, a_call(room.id, "", hook, said))])


async def go_along(before: OpenRoom, following: OpenRoom) -> None:
    """The room of the next cycle tells the same programs."""
    rows = hooks_of(before.turns.log.store, before.id)
    if rows:
        now = {"room": following.id, "made": now_ms(), "tried": 0, "told": 0, "failing": 0, "said": ""}
        news: list[Row] = [(HookRow, {**row, **now, "id": secrets.token_urlsafe(9)}) for row in rows]
        await following.turns.ask("", lambda: [], news)
        following.turns.hooks += [str(row["id"]) for _, row in news]


def _parts(url: str) -> Any:
    try:
        parts = urlsplit(url)
        named = parts.hostname and ascii_name(parts.hostname)
        return parts if named and len(url) <= LONGEST and not parts.username and parts.port != 0 else None
    except ValueError:
        return None


def _must_be_there(room: OpenRoom, hook: str) -> None:
    if all(row["id"] != hook for row in hooks_of(room.turns.log.store, room.id)):
        raise Refused("no_such_hook", "This program is not on the list any more.")


def _drop(stored: Connection, hook: str) -> None:
    calls, hooks = table(CallRow), table(HookRow)
    stored.execute(delete(calls).where(calls.c.hook == hook))
    stored.execute(delete(hooks).where(hooks.c.id == hook))
