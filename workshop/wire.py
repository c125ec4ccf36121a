"""The wire: client frames become typed commands, answers become JSON, messages become WebSocket frames."""

import zlib
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Any

import msgspec

from sessions import views
from sessions.decide import COMMANDS
from sessions.room import Asked
from sessions.rules.ids import bare
from sessions.rules.refusal import Refused

#: The largest client frame in bytes.
LARGEST = 64 * 1024
#: The longest id a command may have; a longer one is not echoed either.
LONGEST_ID = 80


class Frame(msgspec.Struct):
    """What a client frame can be: a first word, an echo, a wish to follow, or a command."""

    since: int | None = None
    epoch: str = ""
    at: int | None = None
    follow: list[str] = []
    unfollow: list[str] = []
    do: str = ""
    id: str = ""


_frame = msgspec.json.Decoder(Frame)
_encoder = msgspec.json.Encoder()


def encode(thing: Any) -> bytes:
    """JSON bytes."""
    return _encoder.encode(thing)


def read(text: str | bytes) -> Frame:
    """The outline of a client frame; refused as ``not_json`` when it cannot be read."""
    try:
        return _frame.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as fault:
        raise Refused("not_json", "This message could not be read: it is not the JSON of a frame.") from fault


def command(text: str | bytes, outline: Frame) -> Asked:
    """The typed command in a client frame; refused when it is unknown or lacks something."""
    if outline.do not in COMMANDS:
        raise Refused("unknown_command", "There is no command called “{command}”.", {"command": outline.do[:60]})
    if not 1 <= len(outline.id) <= LONGEST_ID:
        raise Refused("no_id", "Every command needs an id of its own, of at most 80 characters.")
    try:
        asked = _decoder(len(COMMANDS)).decode(text)
    except (msgspec.DecodeError, RecursionError) as fault:
        raise Refused(
            "bad_command", "{command} does not look right: {fault}.", {"command": outline.do, "fault": str(fault)}
        ) from None
    bare(asked, views.is_kind)
    return asked


@lru_cache(1)
def _decoder(count: int) -> msgspec.json.Decoder[Asked]:
    """A decoder of as many commands as there are; further ones may have been brought."""
    return msgspec.json.Decoder(reduce(or_, COMMANDS.values()))


def done(id: str) -> bytes:
    """The answer to a command that is stored."""
    return b'{"done":%b}' % _encoder.encode(id)


def refused(id: str, fault: Refused) -> bytes:
    """The answer to a command that was not done, with its sentence; an id that is too long is not said back."""
    return _encoder.encode({"refused": id if len(id) <= LONGEST_ID else "", **fault.told()})


def behind(now: bool) -> bytes:
    """What a seat is told cannot be had just now, though its connection stands; or it can again."""
    return encode({"behind": now})


def bye(code: str, say: str) -> bytes:
    """The last frame before the server closes a socket."""
    return _encoder.encode({"bye": code, "say": say})


def framed(payload: bytes) -> bytes:
    """``payload`` as one unmasked WebSocket text frame (RFC 6455, 5.2)."""
    size = len(payload)
    if size < 126:
        return b"\x81%c%b" % (size, payload)
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


#: The window that what is made smaller is made for (its size as a power of two), and how hard that is tried.
WINDOW, _EFFORT = 15, 4
#: Messages that are not worth making smaller, in bytes.
_SMALL = 256


class Framed:
    """Messages for everybody as WebSocket frames: as they are, and smaller for who reads that; each made once."""

    def __init__(self, payloads: list[bytes]) -> None:
        self._payloads = payloads

    @cached_property
    def plain(self) -> bytes:
        """One frame after the other."""
        return b"".join(map(framed, self._payloads))

    @cached_property
    def small(self) -> bytes:
        """The same, each deflated by itself (RFC 7692, 7.2.1)."""
        return b"".join(map(_deflated, self._payloads))


def _deflated(payload: bytes) -> bytes:
    if len(payload) < _SMALL:
        return framed(payload)
    work = zlib.compressobj(_EFFORT, zlib.DEFLATED, -WINDOW)
    # What a sync flush ends with is left out.
    small = (work.compress(payload) + work.flush(zlib.Z_SYNC_FLUSH))[:-4]
    return b"\xc1" + framed(small)[1:]


def schemas(refers: str = "#/$defs/{name}") -> dict[str, Any]:
    """The JSON Schema of every command, by name, with who may ask for it under ``x-who``."""
    found, parts = msgspec.json.schema_components(COMMANDS.values(), ref_template=refers)
    for command in COMMANDS.values():
        schema = parts[command.__name__]
        schema["properties"]["id"] = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID}
        schema["required"] = sorted({"id", *schema["required"]})
        schema["x-who"] = command.who
    return {"commands": dict(zip(COMMANDS, found, strict=True)), "$defs": parts}
