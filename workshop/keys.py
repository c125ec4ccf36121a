"""Keys: whom a link, a cookie or a bearer speaks for. Only digests of them are kept."""

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from workshop.asking import Row
from workshop.store import Store
from workshop.tables import CALENDAR, READER, KeyRow, RenewedRow, RingRow

#: How the hand of a device that was lent is called, for as long as its page is open.
LENT = re.compile(r"lent:[\w-]{20,40}")
#: No letters that look alike (I, L, O, 0, 1), so that a code can be read aloud.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True)
class Voice:
    """Whom somebody speaks for: a person in a session, its big screen, a facilitator's link, or a room.

    ``hand`` is empty for a key of one's own; one that a facilitator made for somebody sees what it wrote itself.
    ``entry`` is the one they came as, where it was merged into that of ``person``.
    """

    room: str
    session: str
    person: str
    role: str
    hand: str = ""
    entry: str = ""

    @property
    def look(self) -> tuple[str, str]:
        """What they look with: the entry they came as, and their hand."""
        return self.entry or self.person, self.hand

    @property
    def own(self) -> bool:
        """Whether it is the person's own key: nobody else made it, and nobody else has the device."""
        return self.role in ("person", "facilitator") and not self.hand


def new_code() -> str:
    """A join code of six letters and figures."""
    return "".join(secrets.choice(LETTERS) for _ in range(6))


def tidy_code(typed: str) -> str:
    """A code as typed, without spaces and hyphens, in capitals; at most twelve characters."""
    return "".join(c for c in typed.upper() if c.isalnum())[:12]


def new_key() -> str:
    """A key nobody can guess."""
    return secrets.token_urlsafe(24)


def digest(key: str) -> bytes:
    """What is kept of a key."""
    return sha256(key.encode()).digest()


def key_row(key: str, voice: Voice) -> Row:
    """The row that lets ``key`` speak as ``voice``."""
    return KeyRow, {"digest": digest(key), **_fields(voice)}


@dataclass(frozen=True)
class Ring:
    """A ring just made for a browser, in the place of the one it had ``before`` (empty for none)."""

    name: str
    before: str = ""


def ring_rows(store: Store, ring: Ring | None, voice: Voice) -> list[Row]:
    """The rows that put a voice on a browser's ring, with all that was on the one it had."""
    if ring is None:
        return []
    rows: list[Row] = [(RingRow, {"ring": digest(ring.name), **_fields(voice)})]
    known = store.ring(digest(ring.before)) if ring.before else []
    if known:
        rows += [(RingRow, {**row, "ring": digest(ring.name)}) for row in known]
        rows.append((RenewedRow, {"ring": digest(ring.name), "before": digest(ring.before)}))
    return rows


def of_key(store: Store, key: str) -> Voice | None:
    """Whom a key speaks for; one that only reads speaks for nobody."""
    voice = _of(store, key)
    return voice if voice and voice.role not in (READER, CALENDAR) else None


def of_calendar(store: Store, key: str) -> Voice | None:
    """Whose calendar a key reads; any other key reads none."""
    voice = _of(store, key)
    return voice if voice and voice.role == CALENDAR else None


def of_reader(store: Store, key: str) -> Voice | None:
    """Whose read-out a key opens; any other key opens none."""
    voice = _of(store, key)
    return voice if voice and voice.role == READER else None


def _of(store: Store, key: str) -> Voice | None:
    row = store.key(digest(key))
    return _voice(row) if row else None


def on_ring(store: Store, ring: str) -> list[Voice]:
    """Everybody a browser can speak for."""
    return [_voice(row) for row in store.ring(digest(ring))]


def _fields(voice: Voice) -> dict[str, Any]:
    where = {"room": voice.room, "session": voice.session, "person": voice.person}
    return {**where, "role": voice.role, "hand": voice.hand}


def _voice(row: dict[str, Any]) -> Voice:
    return Voice(row["room"], row["session"], row["person"], row["role"], row["hand"])
