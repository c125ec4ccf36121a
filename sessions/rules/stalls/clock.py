"""The clock of a marketplace: how many rounds of trade fit, before anybody plans anything (``spec/formats.md``, E)."""

from dataclasses import dataclass
from typing import Literal

#: How teams show what they want: aloud one after the other, on cards read in silence, or not at all after a festival.
Pitches = Literal["aloud", "written", "none"]
#: Minutes: a pitch with its question, cards, marks, a round of trade, its breather, commitments, and the read-back.
PITCH, CARDS, BROWSE, ROUND, COMMIT, READ_BACK = 3, 8, 10, 8, 10, 8
BREATHER_AFTER, BREATHER = 4, 4
#: Above so many teams pitches are written, unless somebody says otherwise.
ALOUD_UP_TO = 8


@dataclass(frozen=True)
class MarketClock:
    """Minutes for pitches and for trade, and how many rounds that holds."""

    pitch: int
    trade: int
    rounds: int


def usual(teams: int, seeded: bool) -> Pitches:
    """How so many teams show what they want where nobody says: not at all, where flags are there already."""
    if seeded:
        return "none"
    return "aloud" if teams <= ALOUD_UP_TO else "written"


def clock(teams: int, pitches: Pitches, minutes: int) -> MarketClock:
    """What fits into so many minutes in all."""
    pitch = {"aloud": PITCH * teams, "written": CARDS, "none": 0}[pitches]
    left = minutes - pitch - BROWSE - COMMIT - READ_BACK
    rounds = rounds_in(left)
    return MarketClock(pitch, max(left, 0), rounds)


def rounds_in(minutes: float) -> int:
    """How many rounds of trade so many minutes hold, with a breather after four."""
    rounds = int(max(minutes, 0) // ROUND)
    while rounds > BREATHER_AFTER and rounds * ROUND + BREATHER > minutes:
        rounds -= 1
    return rounds
