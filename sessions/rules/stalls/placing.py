"""Placing stalls: one after the other by hand, spread out so that nobody is asked for by two at once, looked at."""

from collections import Counter

from sessions.rules.stalls.wish import Mark, Stalls, StallsWish

#: How often everything is gone through to spread stalls out.
PASSES = 12


def by_hand(wish: StallsWish) -> Stalls:
    """Stalls without a solver: who waited longest and is asked most comes first. Quick, and not always the most."""
    asked = Counter(team for mark in wish.wanted() for team in mark)
    order = sorted(wish.wanted(), key=lambda m: (-wish.patience(m), -asked[m[0]] - asked[m[1]], m))
    rounds: list[list[Mark]] = [[] for _ in range(wish.rounds)]
    left: list[Mark] = []
    for mark in order:
        free = next((stalls for stalls in rounds if _fits(wish, stalls, mark)), None)
        (left if free is None else free).append(mark)
    return finished(wish, rounds, sorted(left), not left)


def finished(wish: StallsWish, rounds: list[list[Mark]], unmatched: list[Mark], proven: bool) -> Stalls:
    """Spread out, in order, and looked at by our own eyes, whoever placed them."""
    # Rounds are all alike, so those of the longest waiting come first.
    patient = sorted(rounds, key=lambda stalls: -sum(wish.patience(mark) for mark in stalls))
    spread = _spread(wish, patient)
    wrong = broken(wish, spread, unmatched)
    if wrong:
        raise RuntimeError(f"stalls break a rule: {wrong}")
    return Stalls([sorted(stalls) for stalls in spread], unmatched, proven)


def broken(wish: StallsWish, rounds: list[list[Mark]], unmatched: list[Mark]) -> list[str]:
    """What is wrong with stalls: a mark lost or met twice, a team with more stalls at once than people."""
    met = Counter([mark for stalls in rounds for mark in stalls] + unmatched)
    wrong = [f"{mark} {met[mark]} times" for mark in {*met, *wish.wanted()} if met[mark] != 1]
    for number, stalls in enumerate(rounds, 1):
        busy = Counter(team for mark in stalls for team in mark)
        wrong += [f"{team} at {n} stalls in round {number}" for team, n in busy.items() if n > wish.reps.get(team, 0)]
    return wrong


def _fits(wish: StallsWish, stalls: list[Mark], mark: Mark) -> bool:
    busy = Counter(team for other in stalls for team in other)
    return all(busy[team] < wish.reps.get(team, 0) for team in mark)


def _spread(wish: StallsWish, rounds: list[list[Mark]]) -> list[list[Mark]]:
    """Moved to other rounds while that costs less: first whoever is at several stalls at once, then the long wait."""
    rounds = [list(stalls) for stalls in rounds]
    busy = [Counter(team for mark in stalls for team in mark) for stalls in rounds]
    asked = Counter(team for stalls in rounds for mark in stalls for team in mark)
    for _ in range(PASSES):
        moved = False
        for mark in sorted(mark for stalls in rounds for mark in stalls):
            here = next(n for n, stalls in enumerate(rounds) if mark in stalls)
            rounds[here].remove(mark)
            busy[here].subtract(mark)
            best = min(range(len(rounds)), key=lambda n: (_cost(wish, busy[n], asked, mark, n), n != here, n))
            rounds[best].append(mark)
            busy[best].update(mark)
            moved = moved or best != here
        if not moved:
            break
    return rounds


def _cost(wish: StallsWish, busy: Counter[str], asked: Counter[str], mark: Mark, number: int) -> tuple[float, int]:
    """What it costs to stand in this round: nothing can where the team has nobody left."""
    if any(busy[team] >= wish.reps.get(team, 0) for team in mark):
        return (float("inf"), 0)
    return (sum(busy[team] * asked[team] for team in mark), number * (1 + wish.patience(mark)))
