"""Circles: who waits for whom, round and round. Teams that each wait for another of them, directly or not."""

from collections.abc import Iterable


def circles(waits: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Groups of more than one who wait for each other in a circle, each as a round where there is one.

    ``waits`` are pairs: the first waits for the second. What is sorted out does not depend on their order.
    Source: ``spec/checks.md``, N7 (strongly connected components); Tarjan's algorithm, without recursion.
    """
    after: dict[str, list[str]] = {}
    for first, second in sorted(set(waits)):
        after.setdefault(first, []).append(second)
        after.setdefault(second, [])
    found = [group for group in _components(after) if len(group) > 1]
    return sorted((_round(group, after) for group in found), key=lambda group: group[0])


def _components(after: dict[str, list[str]]) -> list[set[str]]:
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []
    for start in after:
        work = [(start, iter(after[start]))] if start not in number else []
        while work:
            node, rest = work[-1]
            if node not in number:
                number[node] = low[node] = len(number)
                stack.append(node)
            follow = next((n for n in rest if n not in number or n in stack), None)
            if follow is not None and follow not in number:
                work.append((follow, iter(after[follow])))
                continue
            if follow is not None:
                low[node] = min(low[node], number[follow])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[node])
            if low[node] == number[node]:
                at = stack.index(node)
                found.append(set(stack[at:]))
                del stack[at:]
    return found


def _round(group: set[str], after: dict[str, list[str]]) -> list[str]:
    """The group as a way through all of it from its first name on, where a simple one is found; else sorted."""
    start = min(group)
    way = [start]
    while len(way) < len(group):
        follow = next((n for n in after[way[-1]] if n in group and n not in way), None)
        if follow is None:
            return sorted(group)
        way.append(follow)
    return way if start in after[way[-1]] else sorted(group)
