"""What a folder from outside brings: activities, formats, and what they look like, without an edit anywhere."""

from pathlib import Path

import sessions.activities
import sessions.formats
from sessions import decide
from web import templating


def bring(folder: Path) -> None:
    """A folder laid out as the house is: ``sessions/activities``, ``sessions/formats``, ``web/templates`` and so on."""
    for package in (sessions.activities, sessions.formats):
        brought = folder / Path(*package.__name__.split("."))
        if brought.is_dir():
            package.__path__.append(str(brought))
    decide.look_again()
    templating.bring(folder / "web")
