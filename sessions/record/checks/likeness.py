"""How alike lines are: worked out once for each pair of words, and again only for the line that changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import numpy
from rapidfuzz import fuzz, process

#: How alike two lines have to be, of a hundred, to ask about it (``spec/checks.md``, H4).
ALIKE = 75
#: How many others beside one line are looked at: a file of a thousand times the same line asks one question.
_MOST = 20


class Alike:
    """Which lines are alike, kept from one look to the next."""

    def __init__(self) -> None:
        self._lines: dict[str, str] = {}
        #: The words of each line in one order, so that another order makes no other line.
        self._words: dict[str, str] = {}
        self._beside: dict[str, set[str]] = {}

    def pairs(self, lines: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Ids of lines that are alike, each pair once."""
        gone = [id for id in self._lines if id not in lines]
        changed = [id for id, text in lines.items() if self._lines.get(id) != text]
        for id in (*gone, *changed):
            self._words.pop(id, None)
            for other in self._beside.pop(id, ()):
                self._beside.get(other, set()).discard(id)
        self._words |= {id: " ".join(sorted(lines[id].casefold().split())) for id in changed}
        self._lines = dict(lines)
        self._compare(changed)
        for id, others in self._beside.items():
            yield from ((id, other) for other in sorted(others) if id < other)

    def _compare(self, changed: list[str]) -> None:
        if not changed:
            return
        ids, words = list(self._words), list(self._words.values())
        asked = words if len(changed) == len(ids) else [self._words[id] for id in changed]
        # The same list twice is compared in half the time.
        scores = process.cdist(asked, words, scorer=fuzz.ratio, score_cutoff=ALIKE)
        rows, at = (found.tolist() for found in numpy.nonzero(scores))
        seen: Counter[int] = Counter()
        for row, column in zip(rows, at, strict=True):
            one, other = (ids if asked is words else changed)[row], ids[column]
            seen[row] += one != other
            if one != other and seen[row] <= _MOST:
                self._beside.setdefault(one, set()).add(other)
                self._beside.setdefault(other, set()).add(one)


def together(beside: Mapping[str, set[str]], order: Iterable[str]) -> Iterator[list[str]]:
    """Groups of ids that hang together by twos, each in this order."""
    place = {id: at for at, id in enumerate(order)}
    seen = set[str]()
    for first in sorted(beside, key=place.__getitem__):
        if first in seen:
            continue
        found, ahead = {first}, [first]
        while ahead:
            new = beside[ahead.pop()] - found
            found |= new
            ahead += new
        seen |= found
        yield sorted(found, key=place.__getitem__)
