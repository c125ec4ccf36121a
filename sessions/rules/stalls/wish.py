"""What is asked of stalls: who wants to talk with whom, how many come for each team, how many rounds there are."""

from sessions.rules.problem import Problem, Worked
from sessions.rules.refusal import Refused

MOST_MARKS, MOST_ROUNDS, MOST_REPS = 400, 30, 9
#: Who wants to talk, and with whom: consumer and provider.
Mark = tuple[str, str]


class StallsWish(Problem, frozen=True, tag="stalls"):
    """Marks, people a team, and rounds. ``waited`` are rounds a team has stood without a partner."""

    marks: list[Mark]
    reps: dict[str, int]
    rounds: int
    waited: dict[str, int] = {}

    def wanted(self) -> list[Mark]:
        """Each mark once, sorted: the order in which they are written changes nothing."""
        return sorted({(consumer, provider) for consumer, provider in self.marks})

    def patience(self, mark: Mark) -> int:
        """How long the two have waited together."""
        return self.waited.get(mark[0], 0) + self.waited.get(mark[1], 0)


class Stalls(Worked, frozen=True):
    """The stalls of each round, and the marks that no round has room for. ``proven``: there are no fewer of those."""

    rounds: list[list[Mark]]
    unmatched: list[Mark]
    proven: bool = True


def must_be_sound(wish: StallsWish) -> None:
    """Refuse in a sentence what is no wish for stalls."""
    if not 1 <= wish.rounds <= MOST_ROUNDS:
        raise Refused("no_stalls", "Trade has from 1 to {most} rounds.", {"most": MOST_ROUNDS})
    if len(wish.wanted()) > MOST_MARKS:
        raise Refused("no_stalls", "More than {most} marks are too many for one trade.", {"most": MOST_MARKS})
    for consumer, provider in wish.wanted():
        if consumer == provider:
            raise Refused("no_stalls", "“{team}” cannot trade with itself.", {"team": consumer})
        for team in (consumer, provider):
            if team not in wish.reps:
                raise Refused("no_stalls", "“{team}” is in a mark, but nobody is said to come for it.", {"team": team})
    for team, people in wish.reps.items():
        if not 0 <= people <= MOST_REPS:
            raise Refused("no_stalls", "From 0 to {most} people trade for “{team}”.", {"most": MOST_REPS, "team": team})
