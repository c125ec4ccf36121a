"""How many dots, and where the line is drawn."""

import pytest

from sessions.rules import dots


@pytest.mark.parametrize(
    ("items", "each"), [(0, 3), (4, 3), (9, 3), (10, 3), (11, 4), (13, 4), (14, 5), (18, 6), (60, 6)]
)
def test_a_third_of_the_items_between_three_and_six(items: int, each: int) -> None:
    assert dots.budget(items) == each


def test_a_wish_goes_before_the_rule() -> None:
    assert dots.budget(18, 5) == 5


@pytest.mark.parametrize(
    ("totals", "line"),
    [
        ([9, 8, 7, 5, 2], (4, False)),
        ([9, 8, 7, 5, 5, 1], (5, False)),
        ([9, 8, 7, 5, 5, 5], (3, False)),
        ([5, 5, 5, 5, 5, 5], (4, True)),
        ([3, 1, 0, 0], (2, False)),
        ([], (0, False)),
    ],
)
def test_the_line_parts_no_tie(totals: list[int], line: tuple[int, bool]) -> None:
    assert dots.cut(totals) == line
