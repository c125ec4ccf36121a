"""A line-up by a solver: the fewest must-see pairs broken, proven unless time ran out; then made fairer by swaps."""

import highspy

from sessions.rules.line_up.fairness import Grid, fairer, first, on_stages
from sessions.rules.line_up.placing import LineUp, clashes, is_met, unmet
from sessions.rules.line_up.wish import Wish

#: Seconds the solver may take, and how many swaps are tried before it.
SOLVING, FIRST_TRIES = 4.0, 3_000


def solve(wish: Wish, solving: float = SOLVING) -> LineUp:
    """The line-up for a wish that counting has allowed; the same wish has the same one."""
    grid, proven = _fewest_broken(wish, first(wish), solving)
    acts = on_stages(wish, fairer(wish, grid))
    wrong = [clash for clash in clashes(wish, acts) if clash.hard]
    if wrong:
        raise RuntimeError(f"a solved line-up breaks a rule: {wrong}")
    return LineUp(acts, unmet(wish, acts), proven)


def _fewest_broken(wish: Wish, start: Grid, seconds: float) -> tuple[Grid, bool]:
    """A line-up with the fewest broken pairs, and whether that is certain."""
    start = fairer(wish, start, FIRST_TRIES)
    if _broken(wish, start) == 0:
        return start, True
    model = _Model(wish)
    found, proven = model.run(seconds)
    if found is None or _broken(wish, found) > _broken(wish, start):
        return start, False
    return found, proven


def _broken(wish: Wish, grid: Grid) -> int:
    plays = {team: sorted(slots) for team, slots in grid.items()}
    return sum(not is_met(pair, plays) for pair in wish.must_see())


class _Model:
    """Who plays in which slot as a program with whole numbers; stages are all alike, so they are given out later."""

    def __init__(self, wish: Wish) -> None:
        self.wish, self.solver = wish, highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in {"output_flag": False, "log_to_console": False, "threads": 1, "random_seed": 1}.items():
            self.solver.setOptionValue(name, value)
        self.plays: dict[tuple[str, int], int] = {}
        self.count = 0
        self.teams, self.slots = wish.showings(), range(1, wish.slots + 1)
        for team in self.teams:
            for slot in self.slots:
                self.plays[team, slot] = self._choice()
        self._hard_rules()
        for pair in wish.must_see():
            self._must_see(*pair)

    def run(self, seconds: float) -> tuple[Grid | None, bool]:
        """The best line-up found in that time, and whether it is the best there is."""
        self.solver.setOptionValue("time_limit", seconds)
        self.solver.run()
        proven = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        value = self.solver.getSolution().col_value
        if len(value) < self.count or self.solver.getInfo().primal_solution_status != 2:
            return None, False
        return {team: {s for s in self.slots if value[self.plays[team, s]] > 0.5} for team in self.teams}, proven

    def _hard_rules(self) -> None:
        for team, wanted in self.teams.items():
            self._row(wanted, wanted, {self.plays[team, slot]: 1 for slot in self.slots})
        for slot in self.slots:
            self._row(0, self.wish.stages, {self.plays[team, slot]: 1 for team in self.teams})
            stars = {self.plays[team, slot]: 1 for team in sorted(self.wish.headliners)}
            if stars:
                self._row(0, 1, stars)

    def _must_see(self, consumer: str, provider: str) -> None:
        """The pair is broken, or in one slot the provider plays while the consumer does not."""
        broken = self._choice(cost=1)
        if provider not in self.teams:
            self._row(1, 1, {broken: 1})
            return
        seen = [self._choice() for _ in self.slots]
        for slot, there in zip(self.slots, seen, strict=True):
            self._row(-1, 0, {there: 1, self.plays[provider, slot]: -1})
            if consumer in self.teams:
                self._row(0, 1, {there: 1, self.plays[consumer, slot]: 1})
        self._row(1, highspy.kHighsInf, {broken: 1, **dict.fromkeys(seen, 1)})

    def _choice(self, cost: float = 0) -> int:
        """A further variable that is 0 or 1."""
        self.solver.addVar(0, 1)
        if cost:
            self.solver.changeColCost(self.count, cost)
        self.solver.changeColIntegrality(self.count, highspy.HighsVarType.kInteger)
        self.count += 1
        return self.count - 1

    def _row(self, least: float, most: float, parts: dict[int, int]) -> None:
        self.solver.addRow(least, most, len(parts), list(parts), [float(n) for n in parts.values()])
