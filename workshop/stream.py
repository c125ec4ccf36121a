"""Events as they are stored: JSON with their tag and version, readable for ever."""

from typing import Union

import msgspec

from sessions import found
from sessions.rules.event import Event

_encode = msgspec.json.Encoder().encode


def events() -> dict[str, type[Event]]:
    """Every event that is stored, by its tag."""
    return {tag: kind for tag, kind in found.tagged(Event).items() if not (kind.passing or kind.apart)}


def _decoder() -> msgspec.json.Decoder[Event]:
    return msgspec.json.Decoder(Union[tuple(events().values())])  # noqa: UP007


_reader = _decoder()


def write(event: Event) -> bytes:
    """The event as stored."""
    return _encode(event)


def read(body: bytes) -> Event:
    """The event as it was; raises ``msgspec.ValidationError`` for what this version does not know."""
    global _reader
    try:
        return _reader.decode(body)
    except msgspec.ValidationError:
        # Somebody may have brought an activity of their own since.
        _reader = _decoder()
        return _reader.decode(body)
