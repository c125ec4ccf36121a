"""Ids in commands: what stands behind the colon of a key; the whole key is taken as well."""

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any

import msgspec

_MARK = "id"
#: The id of a thing, or the key it is told under.
Id = Annotated[str, msgspec.Meta(extra={_MARK: True})]


def bare(asked: msgspec.Struct, is_kind: Callable[[str], bool]) -> None:
    """Take keys for the ids behind their colons, wherever a command takes an id."""
    for name in _fields(type(asked)):
        value = getattr(asked, name)
        if isinstance(value, str) and ":" in value:
            msgspec.structs.force_setattr(asked, name, _id(value, is_kind))
        elif isinstance(value, list):
            msgspec.structs.force_setattr(asked, name, [_id(one, is_kind) for one in value])


def _id(value: str, is_kind: Callable[[str], bool]) -> str:
    kind, _, id = value.partition(":")
    return id if id and is_kind(kind) else value


@lru_cache(None)
def _fields(asked: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a command that hold an id, or several."""
    shape: Any = msgspec.inspect.type_info(asked)
    return tuple(field.encode_name for field in shape.fields if _MARK in _marks(field.type))


def _marks(type: Any) -> set[str]:
    found = set(getattr(type, "extra", None) or {})
    for part in (*getattr(type, "types", ()), *filter(None, [getattr(type, "item_type", None)])):
        found |= _marks(part)
    return found
