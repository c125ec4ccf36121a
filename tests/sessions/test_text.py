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


@pytest.mark.parametrize("typed", ["🫨", "🩷 first", "🫩", "𱁬", "\U000323b0", "\ue000"])
def test_what_this_python_does_not_know_yet_stays(typed: str) -> None:
    assert text.clean(typed, text.NAME) == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("61\t42", "61 42"), ("a\vb", "a b"), ("a\u2028b", "a\nb"), ("a\x00b\x9fc", "abc"), ("a\ufffeb\ufdd0", "ab")],
)
def test_a_tab_is_a_blank_and_only_control_characters_go(typed: str, kept: str) -> None:
    assert text.clean(typed) == kept


@pytest.mark.parametrize("typed", ["\u3164", "\uffa0", "\u200f", "\u2066\u2069", "\U000e0020", "\u0301", "\u115f"])
def test_a_name_can_be_seen(typed: str) -> None:
    with pytest.raises(Refused, match="is empty"):
        text.clean(typed, text.NAME)


@pytest.mark.parametrize("typed", ["Ann\u202e", "\u2067Ann", "An\u202cn", "Ann\u200f", "A\nnn"])
def test_a_name_does_not_turn_what_stands_beside_it(typed: str) -> None:
    kept = text.clean(typed, text.NAME)
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\n")


@pytest.mark.parametrize("typed", ["\u2067abc", "abc\u2069", "\u2066\u202babc\u2069", "a\u202eb"])
def test_words_turn_nothing_that_stands_after_them(typed: str) -> None:
    kept = text.clean(typed)
    opened = sum(kept.count(c) for c in "\u202a\u202b\u2066\u2067\u2068")
    assert opened == kept.count("\u202c") + kept.count("\u2069")
    assert "\u202e" not in kept


@pytest.mark.parametrize(("one", "other"), [("Care", "Саre"), ("Ann", "An\u200bn"), ("Ann", "Αnn"), ("Ann", "ＡＮＮ")])
def test_names_that_look_the_same_are_the_same(one: str, other: str) -> None:
    assert text.alike(one) == text.alike(other)
