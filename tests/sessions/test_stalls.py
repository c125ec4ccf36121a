"""Stalls: every rule for any marks, as many met as a search through all of them finds, the most asked spread out."""

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.rules.circles import circles
from sessions.rules.refusal import Refused
from sessions.rules.stalls.placing import broken, by_hand
from sessions.rules.stalls.wish import Mark, Stalls, StallsWish, must_be_sound
from workshop.plans.stalls import solve


@st.composite
def wishes(draw: st.DrawFn, most_teams: int = 7, most_marks: int = 14, most_rounds: int = 5) -> StallsWish:
    teams = [f"T{n}" for n in range(draw(st.integers(2, most_teams)))]
    mark = st.tuples(st.sampled_from(teams), st.sampled_from(teams)).filter(lambda m: m[0] != m[1])
    marks = draw(st.lists(mark, max_size=most_marks))
    reps = {team: draw(st.integers(0, 3)) for team in teams}
    waited = draw(st.dictionaries(st.sampled_from(teams), st.integers(0, 3)))
    return StallsWish(marks, reps, draw(st.integers(1, most_rounds)), waited)


def keeps_every_rule(wish: StallsWish, found: Stalls) -> None:
    assert len(found.rounds) == wish.rounds
    told = [mark for stalls in found.rounds for mark in stalls] + found.unmatched
    assert sorted(told) == sorted(set(wish.marks))
    for stalls in found.rounds:
        busy = Counter(team for mark in stalls for team in mark)
        assert all(busy[team] <= wish.reps[team] for team in busy)


@given(wishes())
@settings(max_examples=120, deadline=None)
def test_nobody_is_twice_in_a_round_and_every_mark_is_met_or_named(wish: StallsWish) -> None:
    must_be_sound(wish)
    quick, best = by_hand(wish), solve(wish)
    keeps_every_rule(wish, quick)
    keeps_every_rule(wish, best)
    assert len(best.unmatched) <= len(quick.unmatched)
    mixed = StallsWish(list(reversed(wish.marks)), dict(reversed(wish.reps.items())), wish.rounds, wish.waited)
    assert solve(mixed) == best


@given(wishes(most_teams=4, most_marks=5, most_rounds=2))
@settings(max_examples=60, deadline=None)
def test_as_many_are_met_as_a_search_through_everything_finds(wish: StallsWish) -> None:
    marks = sorted(set(wish.marks))
    best = 0
    for choice in itertools.product(range(wish.rounds + 1), repeat=len(marks)):
        busy = Counter((n, team) for n, mark in zip(choice, marks, strict=True) if n for team in mark)
        if all(count <= wish.reps[team] for (_, team), count in busy.items()):
            best = max(best, sum(n > 0 for n in choice))
    found = solve(wish)
    assert sum(map(len, found.rounds)) == best
    assert found.proven


@given(st.integers(2, 6), st.data())
@settings(max_examples=60, deadline=None)
def test_with_two_people_each_all_marks_fit_unless_a_team_has_more_than_twice_the_rounds(
    rounds: int, data: st.DataObject
) -> None:
    """An oracle that was measured, not ours: ``field-festival.md``, solvers."""
    wish = data.draw(wishes(most_marks=18))
    even = StallsWish(wish.marks, dict.fromkeys(wish.reps, 2), rounds)
    most = max(Counter(team for mark in even.wanted() for team in mark).values(), default=0)
    assert bool(solve(even).unmatched) == (most > 2 * rounds)


def test_whoever_is_asked_most_is_asked_by_one_at_a_time_where_that_can_be() -> None:
    teams = ["INS", "INW", "HOM", "APP", "CAR", "QUA"]
    marks: list[Mark] = [(team, "PLA") for team in teams]
    reps = dict.fromkeys([*teams, "PLA"], 2)
    asked = [len(stalls) for stalls in solve(StallsWish(marks, reps, 6)).rounds]
    assert asked == [1] * 6
    assert sorted(len(stalls) for stalls in solve(StallsWish(marks, reps, 5)).rounds) == [1, 1, 1, 1, 2]


def test_who_waited_longest_comes_first() -> None:
    marks: list[Mark] = [("A", "P"), ("B", "P"), ("C", "P")]
    found = solve(StallsWish(marks, dict.fromkeys("ABCP", 1), 2, {"C": 2, "B": 1}))
    assert (found.rounds, found.unmatched) == ([[("C", "P")], [("B", "P")]], [("A", "P")])


def test_what_is_no_wish_is_a_sentence() -> None:
    for wish in (
        StallsWish([("A", "A")], {"A": 2}, 3),
        StallsWish([("A", "B")], {"A": 2}, 3),
        StallsWish([("A", "B")], {"A": 2, "B": 99}, 3),
        StallsWish([], {}, 0),
    ):
        with pytest.raises(Refused, match=r"\.$"):
            must_be_sound(wish)


def test_what_breaks_a_rule_is_seen_whoever_placed_it() -> None:
    wish = StallsWish([("A", "B"), ("C", "B")], {"A": 1, "B": 1, "C": 1}, 1)
    assert broken(wish, [[("A", "B"), ("C", "B")]], []) == ["B at 2 stalls in round 1"]
    assert broken(wish, [[("A", "B")]], []) == ["('C', 'B') 0 times"]


def test_circles_are_found_and_told_as_a_round() -> None:
    kestrel = "INS SUP, INW SUP, INS PLA, INW PLA, HOM PLA, APP PLA, CAR PLA, QUA PLA, PLA SUR, SUR QUA, SUR PEO"
    pairs = [(first, second) for first, second in (pair.split() for pair in kestrel.split(", "))]
    assert circles(pairs) == [["PLA", "SUR", "QUA"]]
    assert circles([("A", "B"), ("B", "A"), ("C", "D")]) == [["A", "B"]]
    assert circles([(f"T{n}", f"T{n + 1}") for n in range(3_000)]) == []


@given(st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF")), max_size=14))
@settings(max_examples=200, deadline=None)
def test_two_are_in_a_circle_when_each_can_be_reached_from_the_other(pairs: list[tuple[str, str]]) -> None:
    reach = {a: {b for x, b in pairs if x == a} for a in "ABCDEF"}
    for middle in "ABCDEF":
        for first in "ABCDEF":
            if middle in reach[first]:
                reach[first] |= reach[middle]
    found = {frozenset(circle) for circle in circles(pairs)}
    wanted = {frozenset({a} | {b for b in "ABCDEF" if b in reach[a] and a in reach[b]}) for a in "ABCDEF"}
    assert found == {circle for circle in wanted if len(circle) > 1}
