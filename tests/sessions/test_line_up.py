"""A line-up: every rule for any wish, a sentence where none exists, as few broken pairs as a search finds."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.rules.line_up.clock import clock, parts
from sessions.rules.line_up.fairness import fairer, first, on_stages
from sessions.rules.line_up.placing import Placed, clashes, is_met, times, unmet
from sessions.rules.line_up.wish import LEAD, Wish, must_be_possible
from sessions.rules.refusal import Refused
from workshop.plans.line_up import solve


@st.composite
def wishes(draw: st.DrawFn, most_teams: int = 9, most_slots: int = 5) -> Wish:
    """Any wish, possible or not."""
    teams = [f"T{n}" for n in range(draw(st.integers(1, most_teams)))]
    slots, stages = draw(st.integers(1, most_slots)), draw(st.integers(1, 4))
    stars = draw(st.lists(st.sampled_from([LEAD, *teams]), unique=True, max_size=3))
    headliners = {team: draw(st.integers(2, 3)) for team in stars}
    names = [*teams, *([LEAD] if LEAD in headliners else [])]
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda pair: pair[0] != pair[1])
    pairs = draw(st.lists(pair, max_size=12)) if len(names) > 1 else []
    people = {team: draw(st.integers(0, 12)) for team in teams}
    return Wish(people, stages, slots, headliners, pairs)


def is_possible(wish: Wish) -> bool:
    """Whether headliners fit one a slot, and everybody somewhere: said anew, apart from the rule."""
    acts = len(wish.teams) + sum(wish.headliners.values()) - sum(team in wish.teams for team in wish.headliners)
    return sum(wish.headliners.values()) <= wish.slots and acts <= wish.stages * wish.slots


def keeps_every_rule(wish: Wish, acts: list[Placed]) -> None:
    assert len({(act.slot, act.stage) for act in acts}) == len(acts)
    assert all(1 <= act.slot <= wish.slots and 1 <= act.stage <= wish.stages for act in acts)
    plays = times(acts)
    assert {team: len(slots) for team, slots in plays.items()} == wish.showings()
    assert all(len(set(slots)) == len(slots) for slots in plays.values())
    for slot in range(1, wish.slots + 1):
        assert sum(act.team in wish.headliners for act in acts if act.slot == slot) <= 1


@given(wishes())
@settings(max_examples=150, deadline=None)
def test_every_rule_holds_for_any_wish_that_can_be_met_and_else_there_is_a_sentence(wish: Wish) -> None:
    if not is_possible(wish):
        with pytest.raises(Refused, match=r"\d.*\.$"):
            must_be_possible(wish)
        return
    must_be_possible(wish)
    keeps_every_rule(wish, on_stages(wish, fairer(wish, first(wish))))
    found = solve(wish)
    keeps_every_rule(wish, found.acts)
    assert not [clash for clash in clashes(wish, found.acts) if clash.hard]
    assert found.unmet == unmet(wish, found.acts)
    assert found.proven


@given(wishes(most_teams=4, most_slots=3))
@settings(max_examples=60, deadline=None)
def test_no_line_up_breaks_fewer_pairs(wish: Wish) -> None:
    if is_possible(wish):
        assert len(solve(wish).unmet) == fewest_broken(wish)


def fewest_broken(wish: Wish) -> int:
    """By trying every line-up there is."""
    slots = range(1, wish.slots + 1)
    choices = [list(itertools.combinations(slots, times)) for times in wish.showings().values()]
    best = len(wish.must_see()) + 1
    for chosen in itertools.product(*choices):
        plays = {team: list(at) for team, at in zip(wish.showings(), chosen, strict=True)}
        crowded = any(sum(slot in at for at in plays.values()) > wish.stages for slot in slots)
        stars = any(sum(slot in plays[team] for team in wish.headliners) > 1 for slot in slots)
        if not crowded and not stars:
            best = min(best, sum(not is_met(pair, plays) for pair in wish.must_see()))
    return best


def test_the_order_in_which_a_wish_is_written_changes_nothing() -> None:
    chance = random.Random(4)
    teams = {f"T{n}": 4 + n % 7 for n in range(20)}
    pairs = [(a, b) for a, b in (chance.sample(sorted(teams), 2) for _ in range(40))]
    wish = Wish(teams, 6, 5, {LEAD: 2, "T3": 2}, pairs)
    for _ in range(3):
        mixed = dict(chance.sample(sorted(teams.items()), len(teams)))
        other = Wish(mixed, 6, 5, {"T3": 2, LEAD: 2}, chance.sample(pairs, len(pairs)))
        assert solve(other).acts == solve(wish).acts


def test_leadership_three_times_is_refused_in_numbers() -> None:
    teams = {f"T{n}": 9 for n in range(12)}
    with pytest.raises(Refused) as refusal:
        must_be_possible(Wish(teams, 4, 4, {LEAD: 3, "T1": 2}))
    assert refusal.value.say.startswith("5 headliner slots are asked for (Leadership 3, T1 2), but 4 slots exist")
    must_be_possible(Wish(teams, 3, 6, {LEAD: 3, "T1": 2}))


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish({}, 4, 4), "at least one team"),
        (Wish({"A": 3}, 0, 4), "from 1 to 26 stages"),
        (Wish({"A": 3}, 1, 1, {"B": 2}), "B is a headliner"),
        (Wish({"A": 3}, 1, 9, {"A": 4}), "two or three slots"),
        (Wish({"A": 3}, 1, 1, pairs=[("A", "A")]), "does not name two of the teams"),
        (Wish({f"T{n}": 3 for n in range(40)}, 4, 4), "40 acts do not fit: 4 stages × 4 slots hold 16"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(wish: Wish, said: str) -> None:
    with pytest.raises(Refused, match=said):
        must_be_possible(wish)


def test_one_team_has_a_line_up_and_forty_have_one() -> None:
    assert solve(Wish({"A": 3}, 1, 1)).acts == [Placed(1, 1, "A")]
    wish = Wish({f"T{n}": 3 for n in range(40)}, 8, 6, {LEAD: 3, "T1": 2})
    keeps_every_rule(wish, solve(wish).acts)


def test_a_pair_that_no_line_up_can_meet_is_named() -> None:
    wish = Wish({"A": 3, "B": 3}, 2, 1, pairs=[("A", "B")])
    assert solve(wish).unmet == [("A", "B")]


def test_what_the_same_people_want_is_kept_apart_and_repeats_are_spread() -> None:
    wish = Wish(dict.fromkeys("ABCD", 5), 2, 4, {"A": 2}, starred=[("B", "C", 9)])
    plays = times(solve(wish).acts)
    assert plays["B"] != plays["C"]
    assert plays["A"][1] - plays["A"][0] == 3


def test_the_clock_comes_first() -> None:
    assert clock(4, 20).minutes == 120
    assert clock(6, 20).minutes == 160
    late = clock(6, 20, 120)
    assert (late.fits, late.shorter) == (False, 13)
    assert sum(parts(20).values()) == 20
    assert sum(parts(12).values()) == pytest.approx(12, abs=0.1)
