"""The life of a dependency: which side may take which step from which standing. A table, and nothing besides.

Source: ``spec/formats.md``, E; “who may take which step”. Without both sides it is no yes, and nobody's silence is one.
"""

from dataclasses import dataclass
from typing import Literal

from sessions.record.dependencies.dependency import Dependency
from sessions.rules.refusal import Refused

Step = Literal[
    "change",
    "fill",
    "accept",
    "accept_if",
    "decline",
    "ask_decision",
    "decide",
    "confirm",
    "ask_again",
    "reflect",
    "finish",
    "slip",
    "withdraw",
    "take_up",
]
#: Who acts: one of the two teams, whoever the decision was given to, or whoever keeps the record or facilitates.
Side = Literal["consumer", "provider", "decider", "keeper"]
STANDINGS = ("proposed", "accepted", "conditional", "agreed", "declined", "undecided", "slipped", "done", "withdrawn")


@dataclass(frozen=True)
class Way:
    """Who may take a step, and from where."""

    sides: frozenset[str]
    standings: frozenset[str]


def _way(sides: str, standings: str) -> Way:
    return Way(frozenset(sides.split()), frozenset(standings.split()))


_OPEN = "proposed accepted conditional agreed declined undecided slipped"
LIFE: dict[str, Way] = {
    "change": _way("consumer keeper", _OPEN),
    "fill": _way("consumer provider keeper", _OPEN),
    "accept": _way("provider", _OPEN),
    "accept_if": _way("provider", _OPEN),
    "decline": _way("provider", "proposed accepted conditional agreed undecided slipped"),
    "ask_decision": _way("consumer provider keeper", "proposed accepted conditional declined undecided slipped"),
    "decide": _way("decider keeper", "undecided"),
    "confirm": _way("consumer", "accepted conditional"),
    "ask_again": _way("consumer", "accepted conditional declined"),
    "reflect": _way("provider keeper", "accepted conditional agreed"),
    "finish": _way("consumer keeper", "agreed slipped"),
    "slip": _way("consumer provider keeper", "agreed"),
    "withdraw": _way("consumer keeper", _OPEN),
    "take_up": _way("consumer keeper", "withdrawn done"),
}

#: Where each of the answers leads.
ANSWERS = {"accepted": "accept", "conditional": "accept_if", "declined": "decline"}

_WHO = {
    "change": "Only {consumer} changes what it needs.",
    "fill": "Only {consumer} and {provider} fill this in.",
    "accept": "Only {provider} can say yes to this. Nobody accepts for a team that is not here.",
    "accept_if": "Only {provider} can say yes to this. Nobody accepts for a team that is not here.",
    "decline": "Only {provider} can decline this.",
    "ask_decision": "Only {consumer} and {provider} pass this on for a decision.",
    "decide": "{decider} decides this.",
    "confirm": "Only {consumer} can confirm that this is what it needs.",
    "ask_again": "Only {consumer} can say that this is not quite it.",
    "reflect": "Only {provider} says where it carries this.",
    "finish": "Only {consumer} can say that it has come.",
    "slip": "Only {consumer} and {provider} can say that this slips.",
    "withdraw": "Only {consumer} can withdraw what it asked for.",
    "take_up": "Only {consumer} can take this up again.",
}
_WHEN = {
    "decide": "Nobody has asked for a decision on this.",
    "confirm": "There is no yes of {provider} that you could confirm.",
    "ask_again": "There is no answer of {provider} that could be not quite it.",
    "reflect": "Say yes first: then you can say which result carries it.",
    "finish": "Both sides have to agree on it before it can be done.",
    "slip": "Only what both sides have agreed on can slip.",
    "take_up": "This is not withdrawn.",
    "decline": "This is declined already.",
    "ask_decision": "Both sides have agreed on this already.",
}
_IS_OVER = {
    "done": "This is done. Take it up again to change it.",
    "withdrawn": "{consumer} has withdrawn this. It can be taken up again.",
}


def must_be_next(need: Dependency, step: str, sides: frozenset[str], names: dict[str, str]) -> None:
    """Refuse a step that is not this side's, or not possible from where it stands; ``names`` are the teams'."""
    way = LIFE[step]
    if not way.sides & sides:
        raise Refused("not_yours", _WHO[step], _named(_WHO[step], names))
    if need.standing not in way.standings:
        sentence = _IS_OVER.get(need.standing) or _WHEN[step]
        raise Refused("not_from_here", sentence, _named(sentence, names))


def _named(sentence: str, names: dict[str, str]) -> dict[str, str]:
    """The names a sentence has places for."""
    return {place: name for place, name in names.items() if "{" + place + "}" in sentence}
