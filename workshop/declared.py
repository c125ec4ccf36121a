"""Writes down what entities look like: for the pages' scripts, and on the page about the wire (``bin/shapes``)."""

import sys
from pathlib import Path

from sessions import shapes

_HOUSE = Path(__file__).parents[1]
DECLARED, PAGE = _HOUSE / "web/static/js/shapes.d.ts", _HOUSE / "docs/protocol.md"
_BEGIN, _END = "<!-- made by bin/shapes -->", "<!-- to here -->"


def made() -> dict[Path, str]:
    """Each file as it has to be."""
    before, _, rest = PAGE.read_text().partition(_BEGIN)
    tables = f"{_BEGIN}\n\n{shapes.tables()}\n\n{_END}"
    return {DECLARED: shapes.declarations(), PAGE: before + tables + rest.partition(_END)[2]}


def main() -> None:
    """Write both; with ``--check``, only say whether they are as they have to be."""
    if "--check" in sys.argv:
        old = [str(path.relative_to(_HOUSE)) for path, words in made().items() if path.read_text() != words]
        sys.exit(f"Run bin/shapes: {', '.join(old)}" if old else 0)
    for path, words in made().items():
        path.write_text(words)


if __name__ == "__main__":
    main()
