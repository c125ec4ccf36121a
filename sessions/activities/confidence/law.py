"""When a confidence vote passes, and what only the facilitator is told about it (``spec/formats.md``, G)."""

from sessions.rules.voting import FIGURES_FROM, MEAN, enough_voted

#: The most rounds; after the last it is a decision with a name.
MOST_ROUNDS = 3


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
