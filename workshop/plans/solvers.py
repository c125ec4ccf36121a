"""Which problems there are, and what works each of them out: with a solver, or by hand where that was ended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sessions.rules.line_up import fairness
from sessions.rules.line_up.placing import LineUp, unmet
from sessions.rules.line_up.wish import Wish, must_be_possible
from sessions.rules.problem import Problem, Worked

#: Swaps that are tried by hand.
FEW_TRIES = 500


@dataclass(frozen=True)
class Solver:
    """``must_be_possible`` refuses in a sentence; ``by_hand`` is quick and need not be the best."""

    answer: type[Worked]
    must_be_possible: Callable[[Any], None]
    by_hand: Callable[[Any], Worked]


def solve(problem: Problem) -> Worked:
    """The best there is, or was found in time; only in a process that can be ended, for it loads the solver."""
    from workshop.plans.line_up import solve as solve_line_up

    assert isinstance(problem, Wish)
    return solve_line_up(problem)


def _line_up_by_hand(wish: Wish) -> LineUp:
    acts = fairness.on_stages(wish, fairness.fairer(wish, fairness.first(wish), FEW_TRIES))
    return LineUp(acts, unmet(wish, acts), False)


PROBLEMS: type[Wish] = Wish
SOLVERS: dict[type[Problem], Solver] = {Wish: Solver(LineUp, must_be_possible, _line_up_by_hand)}
