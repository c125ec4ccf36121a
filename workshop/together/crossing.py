"""What crosses between a room and seats elsewhere, as data; msgpack on the way."""

from typing import Any, TypeVar

import msgspec

from workshop.cut import Alone, Cut, News, Visitor

Kind = TypeVar("Kind")


class Sit(msgspec.Struct, array_like=True):
    """A seat of another process wants its place; ``whole``: nobody there has the channel's topics yet."""

    room: str
    seat: int
    visitor: Visitor
    whole: bool


class Sat(msgspec.Struct, array_like=True):
    """Its place: what it is there, follows and sees alone; or why it has none."""

    place: int = 0
    follows: frozenset[str] = frozenset()
    roles: list[str] = []
    own: Alone | None = None
    whole: News | None = None
    why: tuple[str, str] | None = None


class Said(msgspec.Struct, array_like=True):
    """What a seat's browser said, as it came."""

    seat: int
    text: bytes


class Told(msgspec.Struct, array_like=True):
    """What is for one seat alone, such as an answer."""

    room: str
    seat: int
    payload: bytes


class Changed(msgspec.Struct, array_like=True):
    """What was stored in a room."""

    room: str
    cut: Cut


class Ended(msgspec.Struct, array_like=True):
    """Why open pages of a room, or of one channel of it, are closed."""

    room: str
    channel: str | None
    code: str
    say: str


write = msgspec.msgpack.Encoder().encode
_readers: dict[Any, Any] = {}


def read(kind: type[Kind], body: bytes) -> Kind:
    """What was written, as it was."""
    if kind not in _readers:
        _readers[kind] = msgspec.msgpack.Decoder(kind)
    found: Kind = _readers[kind].decode(body)
    return found
