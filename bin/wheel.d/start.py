"""Waggle, installed: its house stands in a folder of this package, so that its rooms clash with nobody's."""

import os
import sys
from pathlib import Path

HOUSE = str(Path(__file__).parent / "house")


def main() -> None:
    """The command line."""
    _move_in()
    from web.commands import main as line

    line(prog_name="waggle")


def _move_in() -> None:
    """Have what is in the house found, here and in processes that are begun from here."""
    if HOUSE not in sys.path:
        sys.path.insert(0, HOUSE)
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([HOUSE, *([before] if before else [])])
