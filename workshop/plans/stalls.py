"""Stalls by a solver: as many marks met as can be, proven unless time ran out; then spread out."""

import highspy

from sessions.rules.stalls.placing import by_hand, finished
from sessions.rules.stalls.wish import Mark, Stalls, StallsWish

#: Seconds the solver may take.
SOLVING = 4.0
#: What meeting one more mark is worth beside how long the two have waited.
_ONE_MORE, _MOST_PATIENT = 1_000, 50


def solve(wish: StallsWish, solving: float = SOLVING) -> Stalls:
    """The stalls for a wish; the same wish has the same ones."""
    quick = by_hand(wish)
    if not quick.unmatched:
        return quick
    rounds, proven = _as_many_as_can_be(wish, solving)
    met = {mark for stalls in rounds for mark in stalls}
    if len(met) < len(wish.wanted()) - len(quick.unmatched):
        return Stalls(quick.rounds, quick.unmatched, False)
    return finished(wish, rounds, [mark for mark in wish.wanted() if mark not in met], proven)


def _as_many_as_can_be(wish: StallsWish, seconds: float) -> tuple[list[list[Mark]], bool]:
    """Which mark is met in which round, as a program with whole numbers."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    options = {"output_flag": False, "log_to_console": False, "threads": 1, "random_seed": 1, "time_limit": seconds}
    for name, wanted in options.items():
        solver.setOptionValue(name, wanted)
    marks = wish.wanted()
    places = [(mark, number) for mark in marks for number in range(wish.rounds)]
    for place, (mark, _) in enumerate(places):
        solver.addVar(0, 1)
        solver.changeColCost(place, -(_ONE_MORE + min(_MOST_PATIENT, wish.patience(mark))))
        solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    for mark in marks:
        once = [place for place, (other, _) in enumerate(places) if other == mark]
        solver.addRow(0, 1, len(once), once, [1.0] * len(once))
    for team in sorted(wish.reps):
        for number in range(wish.rounds):
            busy = [place for place, (mark, n) in enumerate(places) if n == number and team in mark]
            if busy:
                solver.addRow(0, wish.reps[team], len(busy), busy, [1.0] * len(busy))
    solver.run()
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value = solver.getSolution().col_value
    rounds: list[list[Mark]] = [[] for _ in range(wish.rounds)]
    if len(value) == len(places) and solver.getInfo().primal_solution_status == 2:
        for chosen, (mark, number) in zip(value, places, strict=True):
            if chosen > 0.5:
                rounds[number].append(mark)
    return rounds, proven
