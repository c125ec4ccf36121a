"""Acts on stages in slots, and what is the matter with them: every line-up is looked at here, whoever made it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

import msgspec

from sessions.rules.line_up.wish import LEAD, Wish
from sessions.rules.problem import Worked

#: Team → the slots it plays in, the first first.
Times = dict[str, list[int]]


class Placed(msgspec.Struct, frozen=True):
    """An act: a slot and a stage, both from 1 on, and the team that plays."""

    slot: int
    stage: int
    team: str


class LineUp(Worked, frozen=True):
    """Acts, the must-see pairs that are broken, and whether fewer cannot be (else it is the best so far)."""

    acts: list[Placed]
    unmet: list[tuple[str, str]]
    proven: bool


class Clash(msgspec.Struct, frozen=True):
    """Something the matter with a line-up: what, whom it concerns, and in which slots.

    ``hard``: it cannot be published like that. ``stage`` is the one it is about, or 0.
    """

    what: str
    hard: bool
    teams: tuple[str, ...]
    slots: tuple[int, ...] = ()
    stage: int = 0


def times(acts: Iterable[Placed]) -> Times:
    """When each team plays."""
    found: Times = defaultdict(list)
    for act in acts:
        found[act.team].append(act.slot)
    return {team: sorted(slots) for team, slots in sorted(found.items())}


def is_met(pair: tuple[str, str], plays: Mapping[str, list[int]]) -> bool:
    """Whether some act of the provider falls when the consumer is off stage; who plays nowhere is never seen."""
    consumer, provider = pair
    return bool(set(plays.get(provider, ())) - set(plays.get(consumer, ())))


def unmet(wish: Wish, acts: Iterable[Placed]) -> list[tuple[str, str]]:
    """Must-see pairs whose consumer is on stage whenever the provider is."""
    plays = times(acts)
    return [pair for pair in wish.must_see() if not is_met(pair, plays)]


def clashes(wish: Wish, acts: list[Placed]) -> list[Clash]:
    """Everything that is the matter with a line-up, what cannot be published first."""
    plays = times(acts)
    hard = [*_in_one_place(acts), *_beyond(wish, acts), *_twice_at_once(plays)]
    hard += [*_headliners_at_once(wish, acts), *_too_seldom(wish, plays)]
    soft = [Clash("unmet", False, pair, tuple(plays.get(pair[1], ()))) for pair in unmet(wish, acts)]
    return [*hard, *soft, *_too_many_at_once(wish, acts), *_back_to_back(plays)]


def _in_one_place(acts: list[Placed]) -> list[Clash]:
    there: dict[tuple[int, int], list[str]] = defaultdict(list)
    for act in acts:
        there[act.slot, act.stage].append(act.team)
    return [
        Clash("one_place", True, tuple(sorted(teams)), (slot,), stage)
        for (slot, stage), teams in sorted(there.items())
        if len(teams) > 1
    ]


def _beyond(wish: Wish, acts: list[Placed]) -> list[Clash]:
    return [
        Clash("beyond", True, (act.team,), (act.slot,), act.stage)
        for act in acts
        if not (1 <= act.slot <= wish.slots and 1 <= act.stage <= wish.stages)
    ]


def _twice_at_once(plays: Times) -> list[Clash]:
    return [
        Clash("twice_at_once", True, (team,), (slot,))
        for team, slots in plays.items()
        for slot in sorted({slot for slot in slots if slots.count(slot) > 1})
    ]


def _headliners_at_once(wish: Wish, acts: list[Placed]) -> list[Clash]:
    stars: dict[int, set[str]] = defaultdict(set)
    for act in acts:
        if act.team in wish.headliners:
            stars[act.slot].add(act.team)
    return [Clash("headliners", True, tuple(sorted(t)), (s,)) for s, t in sorted(stars.items()) if len(t) > 1]


def _too_seldom(wish: Wish, plays: Times) -> list[Clash]:
    return [
        Clash("missing", True, (team,), tuple(plays.get(team, ())))
        for team, wanted in wish.showings().items()
        if len(plays.get(team, ())) < wanted
    ]


def _too_many_at_once(wish: Wish, acts: list[Placed]) -> list[Clash]:
    """In no slot more must-sees of a team than it has people free; a team on stage has nobody free."""
    found = []
    for (consumer, slot), providers in sorted(must_sees_at(wish, acts).items()):
        if len(providers) > wish.teams.get(consumer, 0) and consumer != LEAD:
            found.append(Clash("too_many", False, (consumer, *sorted(providers)), (slot,)))
    return found


def must_sees_at(wish: Wish, acts: Iterable[Placed]) -> dict[tuple[str, int], set[str]]:
    """Consumer and slot → the providers it must see there and nowhere else when it is off stage."""
    plays = times(acts)
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for consumer, provider in wish.must_see():
        seen = sorted(set(plays.get(provider, ())) - set(plays.get(consumer, ())))
        if len(seen) == 1:
            found[consumer, seen[0]].add(provider)
    return found


def _back_to_back(plays: Times) -> list[Clash]:
    return [
        Clash("back_to_back", False, (team,), (before, after))
        for team, slots in plays.items()
        for before, after in pairwise(slots)
        if after == before + 1
    ]
