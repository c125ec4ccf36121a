"""The charter: the four decisions that are taken before the first conflict, and the forum where conflicts go.

Source: S4 (“who decides, what gets prioritised… how trade-offs”); its parts are written as those of the brief are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sessions.rules.days import a_day
from sessions.rules.refusal import Refused

if TYPE_CHECKING:
    from sessions.record.record import Record

#: What the charter settles, and how screens call it, in the order in which it is read.
CHARTER = {
    "resolver": "Who decides conflicts",
    "raise_window": "Raised within, in hours",
    "answer_window": "Answered within, in hours",
    "tie_breaker": "Tie-breaker",
    "translation_owner": "Who sees to it that every result has a delivery team",
    "forum": "The forum for what is stuck, and who is in it",
    "forum_cadence": "How often the forum meets",
    "mid_quarter": "The forum in mid-quarter, on",
    "usual_link": "How goals usually hang together",
}
#: What may be left open: a day can still be found, and how goals hang together is a question and no rule.
_MAY_WAIT = ("mid_quarter", "usual_link")
#: What is a number of hours, and the most that is one.
HOURS, _MOST_HOURS = ("raise_window", "answer_window"), 1_000
#: What a link can be.
LINKS = ("explicit", "directional", "shared")


def gaps_in_charter(record: Record) -> list[str]:
    """What of the four decisions and the forum nobody has settled (G1)."""
    return [part for part in CHARTER if part not in _MAY_WAIT and not record.brief.get(part)]


def as_part(part: str, words: str) -> str:
    """What a part of the charter says, from what somebody typed; refuses what it cannot be."""
    if part in HOURS and words:
        bare = words.split()[0]
        if not bare.isdecimal() or not 1 <= int(bare) <= _MOST_HOURS:
            raise Refused("not_a_number", "Write a number of hours, such as 24.", text=words)
        return str(int(bare))
    if part == "mid_quarter":
        return a_day(words)
    if part == "usual_link" and words not in ("", *LINKS):
        raise Refused("bad_value", "Choose taken over as it is, as a guide, shared, or nothing.")
    return words
