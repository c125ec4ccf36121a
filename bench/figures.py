"""Figures: said with their goal, as they were measured.

What is compared is measured in turn and always in the same order: what ran just before is quicker when it runs again,
so an order that turns around gives two ratios, and their median is the one or the other.
"""

import statistics

PAIRS = 9


def ratio(what: str, ours: list[float], theirs: list[float], goal: float) -> None:
    """The median ratio, its interval (second to eighth of nine pairs: 96 %), and whether the median meets the goal."""
    ratios = sorted(a / b for a, b in zip(ours, theirs, strict=True))
    low, high, middle = ratios[1], ratios[-2], statistics.median(ratios)
    met = "met" if middle <= goal else "NOT met"
    print(f"{what}: {middle:.2f} x [{low:.2f} to {high:.2f}], goal {goal}: {met}")


def report(what: str, value: float, goal: float, more: bool = False) -> None:
    """One figure and the goal."""
    met = "met" if (value >= goal if more else value <= goal) else "NOT met"
    print(f"{what}: {value:,.2f}, goal {goal:,}: {met}", flush=True)


def percentile(values: list[float], part: float) -> float:
    """The value below which ``part`` percent lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part / 100))] if values else float("nan")
