"""Every way to run a session, one format a file; each is found by what its file states."""

import pkgutil
from importlib import import_module

from sessions.formats.format import Format

#: Every format by its key, in the order the start page lists them; what is brought later is in it too.
ALL: dict[str, Format] = {}


def find() -> None:
    """Look for the formats of every module here, also of folders that were brought from outside."""
    modules = [import_module(module.name) for module in pkgutil.iter_modules(__path__, __name__ + ".")]
    stated = [thing for module in modules for thing in vars(module).values() if isinstance(thing, Format)]
    found = {format.key: format for format in sorted(stated, key=lambda format: format.order)}
    ALL.clear()
    ALL.update(found)


find()
__all__ = ["ALL", "Format", "find"]
