"""Everything people can do together, one activity a file or a folder; each is found by its class."""

import pkgutil
from importlib import import_module

from sessions.activities.activity import Activity


def find() -> None:
    """Import every module here, also of folders that were brought from outside."""
    for module in pkgutil.walk_packages(__path__, __name__ + "."):
        import_module(module.name)


find()
#: Every activity by its name; what is brought later is in it too.
ALL: dict[str, Activity] = Activity.all
