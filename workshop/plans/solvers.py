"""Which problems there are, and what works each of them out: with a solver, or by hand where that was ended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sessions.rules.line_up import fairness
from sessions.rules.line_up.placing import LineUp, unmet
from sessions.rules.line_up.wish import Wish, must_be_possible
from sessions.rules.problem import Problem, Worked
from sessions.rules.stalls import placing
from sessions.rules.stalls.wish import Stalls, StallsWish, must_be_sound

#: Swaps that are tried by hand.
FEW_TRIES = 500


@dataclass(frozen=True)
class Solver:
    """``must_be_possible`` refuses in a sentence; ``by_hand`` is quick and need not be the best.

    ``solve`` gives the best there is, or was found in time; only in a process that can be ended, for it loads a solver.
    """

    answer: type[Worked]
    must_be_possible: Callable[[Any], None]
    by_hand: Callable[[Any], Worked]
    solve: Callable[[Any], Worked]


def solve(problem: Problem) -> Worked:
    """The best there is, or was found in time; only in a process that can be ended."""
    return SOLVERS[type(problem)].solve(problem)


def _line_up_by_hand(wish: Wish) -> LineUp:
    acts = fairness.on_stages(wish, fairness.fairer(wish, fairness.first(wish), FEW_TRIES))
    return LineUp(acts, unmet(wish, acts), False)


def _line_up(wish: Wish) -> LineUp:
    from workshop.plans.line_up import solve as solved

    return solved(wish)


def _stalls(wish: StallsWish) -> Stalls:
    from workshop.plans.stalls import solve as solved

    return solved(wish)


def _stalls_by_hand(wish: StallsWish) -> Stalls:
    found = placing.by_hand(wish)
    return Stalls(found.rounds, found.unmatched, not found.unmatched)


PROBLEMS = Wish | StallsWish
SOLVERS: dict[type[Problem], Solver] = {
    Wish: Solver(LineUp, must_be_possible, _line_up_by_hand, _line_up),
    StallsWish: Solver(Stalls, must_be_sound, _stalls_by_hand, _stalls),
}
