"""When the figures of a vote may be shown, and when enough have voted (``spec/formats.md``, rules for every room)."""

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


#: The mean that a confidence vote takes to pass, and up to which vote one is low (``spec/formats.md``, G).
MEAN, LOW = 3.0, 2

#: The share of those present that has to have voted.
TURNOUT = 0.8


def enough_voted(votes: int, present: int) -> bool:
    """Whether at least four fifths of those present when it opened have voted [SPOC]."""
    return votes > 0 and votes >= TURNOUT * present
