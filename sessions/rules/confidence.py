"""When a confidence vote passes, and what only the facilitator is told about it (``spec/formats.md``, G)."""

from sessions.rules.dots import FIGURES_FROM

#: The share of those present that has to have voted, the mean it takes, and up to which vote one is low.
TURNOUT, MEAN, LOW = 0.8, 3.0, 2
#: The most rounds; after the last it is a decision with a name.
MOST_ROUNDS = 3


def enough_voted(votes: int, present: int) -> bool:
    """Whether at least four fifths of those present when it opened have voted [SPOC]."""
    return votes > 0 and votes >= TURNOUT * present


def lacks(values: list[int], counted: int, present: int, unsettled: int, silent: int, asked: bool) -> str:
    """What a shown round still lacks to pass: ``few``, ``turnout``, ``mean``, ``concerns``, ``asking``, or nothing.

    ``counted`` of the ``present`` have voted; ``unsettled`` are concerns without an answer; ``silent``
    low votes without a concern, for which the facilitator has ``asked`` the room or not.
    """
    if 0 < len(values) < FIGURES_FROM:
        return "few"
    if not values or not enough_voted(counted, present):
        return "turnout"
    if sum(values) < MEAN * len(values):
        return "mean"
    if unsettled:
        return "concerns"
    return "asking" if silent and not asked else ""


def remark(values: list[int]) -> str:
    """What to tell the facilitator alone where all chose the same: fives or threes [STR][SM]."""
    if len(values) >= 4 and set(values) in ({5}, {3}):
        return "Everyone chose the same. Ask: “What would have to go wrong for this to fail?”"
    return ""
