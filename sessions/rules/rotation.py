"""Who walks where: groups and their routes past the posters (``spec/formats.md``, C, rotation).

With T posters in a ring, group *l* stands in round *r* at poster (*l* + *r*) mod T. A member of team *t*
may be only in groups that never reach *t*. First people are placed so that every consumer meets its
provider; then the rest are dealt, largest team first, to the emptiest group they may be in.
"""

from collections import deque
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from sessions.rules.refusal import Refused

#: People who belong to no team and may go with any group.
GUESTS = "*"
#: The most posters, rounds and people one walk can be planned for.
MOST_POSTERS, MOST_PEOPLE = 60, 5_000
#: The most pairs that are looked at, and the most orders of posters that are tried for them.
MOST_PAIRS, _TRIES = 400, 1_000

Pair = tuple[str, str]


@dataclass(slots=True)
class Group:
    """People who walk together: ``route`` is a poster a round, ``people`` how many come of each team."""

    route: list[str]
    people: dict[str, int] = field(default_factory=dict)

    def size(self) -> int:
        """How many walk in it."""
        return sum(self.people.values())

    def may_take(self, team: str) -> bool:
        """Whether somebody of the team can walk along without standing before their own poster."""
        return team not in self.route


@dataclass(frozen=True)
class Rotation:
    """The groups, and pairs of consumer and provider for which nobody was left to send."""

    groups: list[Group]
    unmet: list[Pair]


def rotate(teams: dict[str, int], rounds: int, pairs: list[Pair], guests: int = 0) -> Rotation:
    """Groups for ``teams`` (visitors of each, without hosts) and ``guests`` over ``rounds``.

    Nobody visits their own team; every pair is met that can be in the order of posters found; groups are
    as even as that leaves them. Refuses ``no_rotation`` with a sentence where none can exist.
    """
    _must_exist(teams, rounds, pairs, guests)
    wanted = list(dict.fromkeys((c, p) for c, p in pairs if c != p))
    order = _order(list(teams), teams, rounds, wanted)
    groups = [Group(route(order, place, rounds)) for place in range(len(order))]
    unmet = _send_consumers(groups, order, teams, rounds, wanted)
    pinned = [dict(group.people) for group in groups]
    _deal(groups, teams, guests)
    _even_out(groups, pinned)
    return Rotation(groups, unmet)


def route(order: list[str], place: int, rounds: int) -> list[str]:
    """The posters the group at this place of the ring stands before, one a round."""
    return [order[(place + r) % len(order)] for r in range(1, rounds + 1)]


def propose_rounds(posters: int, visitors: int, minutes: float = 48, per_round: float = 12) -> int:
    """How many rounds to walk: what the time holds, and no more than anybody can without their own poster.

    Fewer where ``visitors`` are so many that twelve reviewers a poster are reached sooner.
    """
    if posters < 2:
        return 0
    plenty = max(4, -(-12 * posters // max(1, visitors)))
    return max(1, min(posters - 1, int(minutes // per_round), plenty))


def _must_exist(teams: dict[str, int], rounds: int, pairs: list[Pair], guests: int) -> None:
    count = len(teams)
    if count < 2:
        raise Refused("no_rotation", "A walk needs at least two posters.")
    if count > MOST_POSTERS or sum(teams.values()) + guests > MOST_PEOPLE:
        raise Refused(
            "no_rotation",
            "A walk can have at most {most_posters} posters and {most_people:,} people.",
            {"most_posters": MOST_POSTERS, "most_people": MOST_PEOPLE},
        )
    if len(pairs) > MOST_PAIRS:
        raise Refused("no_rotation", "At most {most_pairs} pairs can be looked after.", {"most_pairs": MOST_PAIRS})
    if rounds < 1:
        raise Refused("no_rotation", "A walk needs at least one round.")
    if rounds > count - 1:
        raise Refused(
            "no_rotation",
            "With {count} posters there can be at most {most} rounds: beyond that somebody would stand before "
            "their own.",
            {"count": count, "most": count - 1},
        )
    for team, size in teams.items():
        if size < 0:
            raise Refused("no_rotation", "{team} cannot have fewer people than it gives hosts.", {"team": team})
    if guests < 0:
        raise Refused("no_rotation", "There cannot be fewer than no guests.")
    for name in (name for pair in pairs for name in pair):
        if name not in teams:
            raise Refused("no_rotation", "“{name}” is in a pair, but has no poster.", {"name": name})


def _order(names: list[str], teams: dict[str, int], rounds: int, pairs: list[Pair]) -> list[str]:
    """The order of posters in the ring: as listed, or with two changed over while that meets more pairs."""
    best, missed = names, _missed(names, teams, rounds, pairs)
    tries = iter(range(_TRIES))
    while missed:
        for a, b in combinations(range(len(names)), 2):
            if next(tries, None) is None:
                return best
            order = _swapped(best, a, b)
            count = _missed(order, teams, rounds, pairs)
            if count < missed:
                best, missed = order, count
                break
        else:
            break
    return best


def _swapped(order: list[str], a: int, b: int) -> list[str]:
    changed = list(order)
    changed[a], changed[b] = changed[b], changed[a]
    return changed


def _missed(order: list[str], teams: dict[str, int], rounds: int, pairs: list[Pair]) -> int:
    missed = 0
    for consumer in {c for c, _ in pairs}:
        windows = _windows(order, rounds, consumer, [p for c, p in pairs if c == consumer])
        missed += sum(len(met) for _, met in windows[teams[consumer] :])
    return missed


def _windows(order: list[str], rounds: int, consumer: str, providers: list[str]) -> list[tuple[list[int], list[str]]]:
    """How few people of ``consumer`` can meet all ``providers``: for each, the places they may stand at.

    Without their own poster the ring is a line; a group sees ``rounds`` neighbours on it. Walking the line
    and sending one person as far along as still meets the first who is left is the fewest there can be.
    """
    count, own = len(order), order.index(consumer)
    left = sorted((order.index(p) - own) % count for p in providers)
    found: list[tuple[list[int], list[str]]] = []
    while left:
        first = left[0]
        met = [at for at in left if at < first + rounds and at - first < rounds]
        last = met[-1]
        starts = range(max(1, last - rounds + 1), min(first, count - rounds) + 1)
        places = [(own + start - 1) % count for start in starts]
        found.append((places, [order[(own + at) % count] for at in met]))
        left = left[len(met) :]
    return sorted(found, key=lambda window: -len(window[1]))


def _send_consumers(
    groups: list[Group], order: list[str], teams: dict[str, int], rounds: int, pairs: list[Pair]
) -> list[Pair]:
    """Put one person into a group for every provider to meet; returns the pairs there was nobody for."""
    unmet: list[Pair] = []
    for consumer in sorted({c for c, _ in pairs}, key=lambda team: (teams[team], order.index(team))):
        windows = _windows(order, rounds, consumer, [p for c, p in pairs if c == consumer])
        for places, _ in windows[: teams[consumer]]:
            group = min((groups[place] for place in places), key=Group.size)
            group.people[consumer] = group.people.get(consumer, 0) + 1
        unmet += [(consumer, p) for _, met in windows[teams[consumer] :] for p in met]
    return [pair for pair in pairs if pair in unmet]


def _deal(groups: list[Group], teams: dict[str, int], guests: int) -> None:
    placed = {team: sum(group.people.get(team, 0) for group in groups) for team in teams}
    for team in sorted(teams, key=lambda t: -teams[t]):
        for _ in range(teams[team] - placed[team]):
            emptiest = min((g for g in groups if g.may_take(team)), key=Group.size)
            emptiest.people[team] = emptiest.people.get(team, 0) + 1
    for _ in range(guests):
        emptiest = min(groups, key=Group.size)
        emptiest.people[GUESTS] = emptiest.people.get(GUESTS, 0) + 1


def _even_out(groups: list[Group], pinned: list[dict[str, int]]) -> None:
    """Move people along chains of groups from the fullest to an emptier one until no chain is left."""
    while chain := _chain(groups, pinned):
        for (source, team), (target, _) in pairwise(chain):
            groups[source].people[team] -= 1
            if not groups[source].people[team]:
                del groups[source].people[team]
            groups[target].people[team] = groups[target].people.get(team, 0) + 1


def _chain(groups: list[Group], pinned: list[dict[str, int]]) -> list[tuple[int, str]]:
    """Groups and whom each hands on to the next, ending at one smaller by two than the first."""
    for source in sorted(range(len(groups)), key=lambda g: -groups[g].size()):
        came: dict[int, tuple[int, str]] = {source: (-1, "")}
        queue = deque([source])
        while queue:
            at = queue.popleft()
            if groups[at].size() <= groups[source].size() - 2:
                return _walked_back(came, at)
            for team, count in groups[at].people.items():
                if count > pinned[at].get(team, 0):
                    for target, group in enumerate(groups):
                        if target not in came and group.may_take(team):
                            came[target] = (at, team)
                            queue.append(target)
    return []


def _walked_back(came: dict[int, tuple[int, str]], end: int) -> list[tuple[int, str]]:
    chain = [(end, "")]
    while came[chain[0][0]][0] >= 0:
        chain.insert(0, came[chain[0][0]])
    return chain
