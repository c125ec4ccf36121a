"""A line-up made fairer: acts change their slots as long as that makes it better; a first one made by hand.

Better, in this order (``spec/formats.md``, D): fewer must-see pairs broken; in no slot more must-sees of a team than
it has people; acts of one team not back to back; what the same people starred not at the same time; repeats apart.
"""

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

import msgspec

from sessions.rules.line_up.placing import Placed
from sessions.rules.line_up.wish import Wish

#: Team → the slots it plays in.
Grid = dict[str, set[int]]
Cost = tuple[int, int, int, int, int]
#: How many changes are tried at most, and fewer where each takes long: tries times teams and pairs.
MOST_TRIES, MOST_WORK = 12_000, 1_000_000


def first(wish: Wish) -> Grid:
    """A line-up by the hard rules alone: headliners one a slot and apart, then everybody where fewest play."""
    grid: Grid = {}
    free = list(range(1, wish.slots + 1))
    rounds = sorted(wish.headliners.items(), key=lambda star: (-star[1], star[0]))
    order = [team for nth in range(max(wish.headliners.values(), default=0)) for team, n in rounds if nth < n]
    for team in order:
        grid.setdefault(team, set()).add(free.pop(0))
    count = {slot: sum(slot in slots for slots in grid.values()) for slot in range(1, wish.slots + 1)}
    for team in wish.showings():
        if team not in grid:
            slot = min(count, key=lambda slot: (count[slot], slot))
            grid[team] = {slot}
            count[slot] += 1
    return grid


class Tries:
    """How many changes may be tried: counted, not timed, so that the same wish has the same line-up on any machine."""

    def __init__(self, most: int) -> None:
        self.left = most

    def __call__(self) -> bool:
        self.left -= 1
        return self.left >= 0


def fairer(wish: Wish, grid: Grid, most: int = MOST_TRIES) -> Grid:
    """The same line-up after every change of two acts' slots, or of one, that makes it better; at a limit, so far."""
    goes_on = Tries(min(most, MOST_WORK // (1 + len(wish.pairs) + len(grid))))
    wish = msgspec.structs.replace(wish, pairs=wish.must_see())
    best, cost = {team: set(slots) for team, slots in grid.items()}, _cost(wish, grid)
    changed = True
    while changed and goes_on():
        changed = False
        for team in sorted(best):
            for slot in sorted(best[team]):
                if not any(cost):
                    return best
                found = _better(wish, best, cost, team, slot, goes_on)
                if found is not None:
                    best, cost = found
                    changed = True
                    break
    return best


def on_stages(wish: Wish, grid: Grid) -> list[Placed]:
    """Stages for a line-up's slots: headliners on the first, a team that plays again where it played before."""
    acts: list[Placed] = []
    where: dict[str, int] = {}
    for slot in range(1, wish.slots + 1):
        teams = sorted(team for team, slots in grid.items() if slot in slots)
        taken: dict[int, str] = {}
        for team in sorted(teams, key=lambda team: (team not in wish.headliners, team not in where, team)):
            wanted = 1 if team in wish.headliners else where.get(team, 0)
            stage = wanted if wanted and wanted not in taken else _free(wish, taken, bool(wish.headliners))
            taken[stage], where[team] = team, stage
        acts += [Placed(slot, stage, taken[stage]) for stage in sorted(taken)]
    return acts


def _free(wish: Wish, taken: dict[int, str], keeps_first: bool) -> int:
    """The next free stage; the first is the headliners' as long as there is another."""
    stages = range(1, wish.stages + 1)
    order = [*stages[1:], stages[0]] if keeps_first else stages
    return next(stage for stage in order if stage not in taken)


def _better(
    wish: Wish, grid: Grid, cost: Cost, team: str, slot: int, goes_on: Callable[[], bool]
) -> tuple[Grid, Cost] | None:
    count: dict[int, int] = defaultdict(int)
    for slots in grid.values():
        for other in slots:
            count[other] += 1
    for other in range(1, wish.slots + 1):
        if other in grid[team] or not goes_on():
            continue
        partners = [None] if count[other] < wish.stages else []
        swaps = [mate for mate in sorted(grid) if other in grid[mate] and slot not in grid[mate]]
        for mate in [*partners, *swaps]:
            moved = _moved(grid, team, mate, slot, other)
            if _hold(wish, moved, (slot, other)) and (fresh := _cost(wish, moved)) < cost:
                return moved, fresh
    return None


def _moved(grid: Grid, team: str, mate: str | None, slot: int, other: int) -> Grid:
    moved = dict(grid)
    moved[team] = grid[team] - {slot} | {other}
    if mate is not None:
        moved[mate] = grid[mate] - {other} | {slot}
    return moved


def _hold(wish: Wish, grid: Grid, slots: tuple[int, int]) -> bool:
    """Whether the hard rules hold in these slots: one headliner at most."""
    return all(sum(slot in grid[team] for team in wish.headliners) <= 1 for slot in slots)


def _cost(wish: Wish, grid: Grid) -> Cost:
    broken, seen, nowhere = 0, dict[tuple[str, int], int](), set[int]()
    for consumer, provider in wish.pairs:
        only = grid.get(provider, nowhere) - grid.get(consumer, nowhere)
        if not only:
            broken += 1
        elif len(only) == 1:
            where = consumer, next(iter(only))
            seen[where] = seen.get(where, 0) + 1
    crowded = sum(max(0, count - wish.teams.get(team, count)) for (team, _), count in seen.items() if count > 1)
    repeats = [sorted(grid[team]) for team in wish.headliners]
    gaps = [after - before for slots in repeats for before, after in pairwise(slots)]
    together = sum(n for a, b, n in wish.starred if grid.get(a, nowhere) & grid.get(b, nowhere))
    return broken, crowded, sum(gap == 1 for gap in gaps), together, sum(wish.slots - gap for gap in gaps)
