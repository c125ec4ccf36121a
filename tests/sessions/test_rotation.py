"""Rotation: the figures of the specification, and what holds for any teams, sizes, rounds and pairs."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.rules.refusal import Refused
from sessions.rules.rotation import GUESTS, Rotation, propose_rounds, rotate

_FOUND = json.loads((Path(__file__).parents[2] / "workshop" / "files" / "kestrel.json").read_text())
#: Kestrel Heat, a host of each team standing at its poster.
KESTREL = {team["id"]: team["size"] - 1 for team in _FOUND["teams"]}
PAIRS = [(need["consumer"], need["provider"]) for need in _FOUND["dependencies"]]


@st.composite
def walks(draw: st.DrawFn) -> tuple[dict[str, int], int, list[tuple[str, str]], int]:
    names = [f"T{n}" for n in range(draw(st.integers(2, 9)))]
    teams = {name: draw(st.integers(0, 12)) for name in names}
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=10))
    return teams, draw(st.integers(1, len(names) - 1)), pairs, draw(st.integers(0, 8))


def met(came: Rotation, consumer: str, provider: str) -> bool:
    return any(g.people.get(consumer) and provider in g.route for g in came.groups)


@pytest.mark.parametrize("rounds", [3, 4, 5, 6])
def test_twelve_teams_and_108_visitors_come_out_as_specified(rounds: int) -> None:
    came = rotate(KESTREL, rounds, PAIRS, guests=7)
    reviewers = {t: sum(g.size() for g in came.groups if t in g.route) for t in KESTREL}
    assert [group.size() for group in came.groups] == [9] * 12
    assert set(reviewers.values()) == {9 * rounds}
    assert all(group.may_take(team) for group in came.groups for team in group.people)
    assert came.unmet == []
    assert all(met(came, *pair) for pair in PAIRS)


@given(walks())
@settings(max_examples=300, deadline=None)
def test_everybody_walks_and_nobody_meets_their_own(
    walk: tuple[dict[str, int], int, list[tuple[str, str]], int],
) -> None:
    teams, rounds, pairs, guests = walk
    came = rotate(teams, rounds, pairs, guests)
    for group in came.groups:
        assert len(set(group.route)) == rounds
        assert all(team not in group.route for team in group.people)
    for team, size in {**teams, GUESTS: guests}.items():
        assert sum(group.people.get(team, 0) for group in came.groups) == size
    for r in range(rounds):
        assert sorted(group.route[r] for group in came.groups) == sorted(teams)


@given(walks())
@settings(max_examples=300, deadline=None)
def test_every_pair_is_met_or_named(walk: tuple[dict[str, int], int, list[tuple[str, str]], int]) -> None:
    teams, rounds, pairs, guests = walk
    came = rotate(teams, rounds, pairs, guests)
    wanted = {pair for pair in pairs if pair[0] != pair[1]}
    assert all(met(came, *pair) for pair in wanted - set(came.unmet))
    providers = {c: {p for x, p in wanted if x == c} for c in teams}
    assert all(len(providers[c]) > teams[c] for c, _ in came.unmet), "one person each would have been enough"


@given(st.integers(2, 10), st.integers(1, 12), st.data())
@settings(max_examples=150, deadline=None)
def test_groups_are_even_where_guests_alone_walk_or_one_round_is_walked(
    count: int, size: int, data: st.DataObject
) -> None:
    guests = data.draw(st.integers(0, 40))
    came = rotate(dict.fromkeys(map(str, range(count)), size), 1, [], guests)
    sizes = [group.size() for group in came.groups]
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize(
    ("teams", "rounds", "pairs", "guests", "words"),
    [
        ({"A": 3}, 1, [], 0, "at least two posters"),
        ({"A": 3, "B": 3, "C": 3}, 3, [], 0, "at most 2 rounds"),
        ({"A": 3, "B": 3}, 0, [], 0, "at least one round"),
        ({"A": 3, "B": -1}, 1, [], 0, "B cannot have fewer people than it gives hosts"),
        ({"A": 3, "B": 3}, 1, [("A", "Z")], 0, "“Z” is in a pair, but has no poster"),
        ({"A": 3, "B": 3}, 1, [], -1, "guests"),
        ({"A": 6000, "B": 3}, 1, [], 0, "at most 60 posters and 5,000 people"),
    ],
)
def test_a_rotation_that_cannot_exist_is_refused_with_a_sentence(
    teams: dict[str, int], rounds: int, pairs: list[tuple[str, str]], guests: int, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        rotate(teams, rounds, pairs, guests)
    assert refusal.value.code == "no_rotation"


def test_rounds_are_proposed_from_people_and_time() -> None:
    assert propose_rounds(12, 60) == 4
    assert propose_rounds(3, 20) == 2
    assert propose_rounds(12, 30, minutes=24) == 2
    assert propose_rounds(12, 6) == 4
    assert propose_rounds(1, 30) == 0
