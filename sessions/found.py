"""What there is, found by its class: whoever brings a further event, command or activity edits no list."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any, TypeVar

import sessions

Base = TypeVar("Base")
_ENGINES = {"decide", "evolve", "found", "outcome", "shapes", "views"}


def everything() -> None:
    """Import every module of ``sessions``, whether or not anything else asks for it."""
    for module in pkgutil.walk_packages(sessions.__path__, "sessions."):
        if module.name.split(".")[1] not in _ENGINES:
            import_module(module.name)


def tagged(base: type[Base]) -> dict[str, type[Base]]:
    """Every struct made from ``base``, by its tag; what has no tag of its own is only a base of others."""
    everything()
    found: dict[str, type[Base]] = {}
    for kind in _made_from(base):
        config: Any = getattr(kind, "__struct_config__", None)
        if config is not None and config.tag != kind.__name__:
            found[str(config.tag)] = kind
    return dict(sorted(found.items()))


def _made_from(base: type[Base]) -> Iterator[type[Base]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _made_from(kind)
