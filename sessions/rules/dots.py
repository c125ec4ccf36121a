"""How many dots a person gets, and where a shortlist is cut (``spec/formats.md``, rules for every room)."""

from collections import Counter
from collections.abc import Iterator
from itertools import product

#: From how many voters on anything but totals is shown; with fewer, a split would tell who chose what.
SPLIT_FROM = 4


#: From how many voters on any figure of a vote is shown; of fewer, each could work out the others'.
FIGURES_FROM = 3
#: Rounds in which so few people (and not the same) voted in only one stand in each other's place: together they
#: would tell how those people voted.
APART_FROM = 3
#: How many of the newest rounds are looked at together.
TOGETHER = 4


def to_withhold(voters: set[str], shown: dict[str, set[str]]) -> list[str]:
    """Which of the rounds that are shown would tell, with one more, how one or two people voted.

    ``shown`` has by round who voted in it. Figures can be added and taken from each other, so two rounds or more are
    looked at together: 1 to 6, 1 to 3 and 4 to 7 tell what 7 has said.
    """
    beside, found = dict(shown), list[str]()
    while telling := next(
        (rounds for rounds in _sums(list(beside)[-TOGETHER:]) if _tell(voters, beside, rounds)), None
    ):
        found += telling
        for round in telling:
            del beside[round]
    return found


def _sums(rounds: list[str]) -> Iterator[dict[str, int]]:
    """Every way to add rounds to another or take them from it, those with few of them first."""
    ways = [dict(zip(rounds, signs, strict=True)) for signs in product((0, -1, 1), repeat=len(rounds))]
    ways = [{round: sign for round, sign in way.items() if sign} for way in ways]
    yield from sorted((way for way in ways if way), key=len)


def _tell(voters: set[str], shown: dict[str, set[str]], signs: dict[str, int]) -> bool:
    net = len(voters) + sum(sign * len(shown[round]) for round, sign in signs.items())
    if abs(net) >= APART_FROM * (len(signs) + 1):
        return False  # More than so few can make: nobody counts more often than there are rounds.
    left = Counter(voters)
    for round, sign in signs.items():
        for voter in shown[round]:
            left[voter] += sign
    return 0 < sum(1 for count in left.values() if count) < APART_FROM


def budget(items: int, wish: int | None = None) -> int:
    """Dots per person for ``items`` things to choose from: a third of them, between 3 and 6, or the wish."""
    if wish:
        return wish
    return max(3, min(6, (items + 1) // 3 if items % 3 == 2 else items // 3))


def cut(totals: list[int], least: int = 3, most: int = 5) -> tuple[int, bool]:
    """How many of the ranked ``totals`` to propose, and whether the line runs through a tie.

    Prefers four; moves the line to the nearest place between ``least`` and ``most`` that parts no tie.
    Things without a dot are never proposed.
    """
    voted = sum(1 for total in totals if total > 0)
    if voted <= least:
        return voted, False
    for line in (4, 5, 3):
        if least <= line <= most and line <= voted and not _ties(totals, line):
            return line, False
    return min(4, voted), True


def _ties(totals: list[int], line: int) -> bool:
    return line < len(totals) and totals[line - 1] == totals[line]
