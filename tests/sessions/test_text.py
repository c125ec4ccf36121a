"""What people type is kept as they meant it, or refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.rules import text
from sessions.rules.refusal import Refused


@pytest.mark.parametrize("typed", ["", "   ", "\n\t ", "\u200b\u200b", "\u2800"])
def test_a_note_of_only_blanks_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        text.clean(typed, what="Your note")
    assert refusal.value.code == "blank"
    assert "Your note" in refusal.value.say


@pytest.mark.parametrize("typed", ["שלום עולם", "👩🏽‍🚀 lift off", "<script>alert(1)</script>", "a\nb"])
def test_any_script_emoji_and_markup_stays_as_it_was(typed: str) -> None:
    assert text.clean(typed) == typed


def test_ten_thousand_characters_are_refused_with_both_figures() -> None:
    with pytest.raises(Refused, match="10000 characters; 500"):
        text.clean("x" * 10_000)


@given(st.text(max_size=600))
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    try:
        once = text.optional(typed)
    except Refused:
        return
    assert text.optional(once) == once
    assert "\x00" not in once


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("61", 61), ("4,5", 4.5), ("85 %", 85), ("1 200", 1200), ("?", None), ("", None), ("-3", -3), (0, 0)],
)
def test_figures_are_read_as_people_write_them(typed: str | float, meant: float | None) -> None:
    assert text.number(typed, "It") == meant


@pytest.mark.parametrize("typed", ["about ten", "1e99", "=1+1", "1.2.3", "nan", float("nan"), float("inf")])
def test_what_is_not_a_figure_is_refused(typed: str | float) -> None:
    with pytest.raises(Refused, match="has to be a number"):
        text.number(typed, "It")


def test_pasted_lines_lose_their_list_marks() -> None:
    assert text.lines("- Growth\n* Supply\n\n1. Care\n  2) Quality ") == [
        "Growth",
        "Supply",
        "Care",
        "Quality",
    ]
