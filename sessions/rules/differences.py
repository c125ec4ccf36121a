"""Differences between two wordings, word by word."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple


class Piece(NamedTuple):
    """Some words that stayed, came or went."""

    how: Literal["same", "gone", "new"]
    words: str


#: The most words, with their blanks, that are compared one by one: it takes as long as their product.
MOST = 600


def differences(was: str, now: str) -> list[Piece]:
    """What to read from ``was`` to ``now``: whole words, with the blanks between them; of long texts whole lines.

    What is longer still is told as it was and as it is.
    """
    before, after = (re.findall(r"\s+|[^\s]+", text) for text in (was, now))
    if max(len(before), len(after)) > MOST:
        before, after = (text.splitlines(keepends=True) for text in (was, now))
    if max(len(before), len(after)) > MOST:
        before, after = [was], [now]
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        if a < b:
            pieces.append(Piece("gone", "".join(before[a:b])))
        if c < d:
            pieces.append(Piece("new", "".join(after[c:d])))
    return pieces
