"""Keys: whom a link, a cookie or a bearer speaks for. Only digests of them are kept."""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from workshop.open_room import Row
from workshop.store import Store
from workshop.tables import KeyRow, RingRow

#: No letters that look alike (I, L, O, 0, 1), so that a code can be read aloud.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True)
class Voice:
    """Whom somebody speaks for: a person in a session, its big screen, a facilitator's link, or a room."""

    room: str
    session: str
    person: str
    role: str


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


def ring_row(ring: str, voice: Voice) -> Row:
    """The row that puts a voice on a browser's ring."""
    return RingRow, {"ring": digest(ring), **_fields(voice)}


def of_key(store: Store, key: str) -> Voice | None:
    """Whom a key speaks for."""
    row = store.key(digest(key))
    return _voice(row) if row else None


def on_ring(store: Store, ring: str) -> list[Voice]:
    """Everybody a browser can speak for."""
    return [_voice(row) for row in store.ring(digest(ring))]


def _fields(voice: Voice) -> dict[str, Any]:
    return {"room": voice.room, "session": voice.session, "person": voice.person, "role": voice.role}


def _voice(row: dict[str, Any]) -> Voice:
    return Voice(row["room"], row["session"], row["person"], row["role"])
