"""A section of what came out: titled lines with tags, pictures and data, of which every reading is made.

The page, its print, Markdown, CSV and JSON are readings; none says anything that is not stated here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from sessions.room.kind import Shown
from sessions.room.room import Room
from sessions.room.session import Session

#: How lines are set on a page: one under the other, as chips, as cards, in a team's own voice, as terms with what they
#: mean, as words that changed, or as running text; ``rows`` are for tables alone.
Set = Literal["list", "chips", "cards", "said", "terms", "changes", "text", "rows"]


class Line(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One thing that came out. What people wrote stands in ``text``, ``reason``, ``on`` and ``below``.

    ``row`` is what a table calls it; without one it is in no table. ``cells`` are what a table knows of it besides.
    """

    text: str
    row: str = ""
    who: str = ""
    #: The words it is about.
    on: str = ""
    #: A few words beside it, such as *came late*.
    tags: list[str] = []
    #: What became of it, in a word, and why.
    answer: str = ""
    reason: str = ""
    below: list[str] = []
    #: What it said before, where words changed.
    was: str | None = None
    cells: dict[str, str] = {}


class Bar(msgspec.Struct):
    """One thing that was voted on; ``now`` and ``later`` where people said which."""

    text: str
    dots: int
    now: int | None = None
    later: int | None = None


class Picture(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Figures to look at: bars of dots, or how many chose each number from 1 to 5."""

    shape: Literal["bars", "histogram"]
    caption: str = ""
    figure: str = ""
    note: str = ""
    bars: list[Bar] = []
    #: What one thing could have been given by all who voted.
    most: int = 0
    counts: list[int] = []


#: What a program reads of a section: shapes, words, or nothing.
Told = Shown | Sequence[Shown] | Sequence[str] | Mapping[str, str] | str | None


class Section(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Lines and pictures under a title; ``order`` is where it stands among all (the first is read first).

    ``data`` is what a program reads, by name; it is there also where there is no line to be read.
    """

    key: str
    title: str
    order: int
    lead: str = ""
    set: Set = "list"
    lines: list[Line] = []
    pictures: list[Picture] = []
    #: Whether it says by name how somebody voted, or what was done for them: nothing for those who were not there.
    names_voters: bool = False
    #: Pages to go on to: their address in this session, and what they are called.
    links: list[tuple[str, str]] = []
    data: dict[str, Told] = {}

    def shows(self) -> bool:
        """Whether there is anything to be read."""
        return self.set != "rows" and bool(self.lines or self.pictures)


#: States what came out, as everybody may read it: nothing that was not shown.
Teller = Callable[[Room, Session], Iterable[Section]]
