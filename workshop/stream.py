"""Events as they are stored: JSON with their tag and version, readable for ever."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Union

import msgspec

import sessions
from sessions.rules.event import Event

# Whatever can be stored can be read, whether or not anything else still asks for the module it stands in.
for module in pkgutil.walk_packages(sessions.__path__, "sessions."):
    import_module(module.name)

_encode = msgspec.json.Encoder().encode


def events() -> dict[str, type[Event]]:
    """Every event that is stored, by its tag."""
    return {str(kind.__struct_config__.tag): kind for kind in _kinds(Event) if not (kind.passing or kind.apart)}


def _kinds(of: type[Event]) -> Iterator[type[Event]]:
    """What is made from this class; what has no tag of its own is only a base of others."""
    for kind in of.__subclasses__():
        if kind.__struct_config__.tag != kind.__name__:
            yield kind
        yield from _kinds(kind)


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
