"""Which goal or result a reworded one is: by its place and how alike the words are, where it has no id."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

#: How alike words have to be, of a hundred: at the same place, and anywhere else.
_AT_PLACE, _ANYWHERE = 55, 82


def most_alike(words: str, place: int, others: Sequence[tuple[str, str]]) -> str:
    """The id among ``others`` (id and words, in their order) that this is a rewording of, or nothing."""
    best, found = 0.0, ""
    for at, (id, said) in enumerate(others):
        alike = fuzz.token_sort_ratio(words.casefold(), said.casefold())
        if alike >= (_AT_PLACE if at == place else _ANYWHERE) and alike + (at == place) > best:
            best, found = alike + (at == place), id
    return found


def same_goal(words: str, results: set[str], others: Mapping[str, tuple[str, set[str]]]) -> str:
    """The id of the goal that this is a rewording of: alike in its words, or with the same results; or nothing."""
    best, found = 0.0, ""
    for id, (said, own) in others.items():
        alike = fuzz.token_sort_ratio(words.casefold(), said.casefold())
        shared = 100 * len(results & own) / max(len(results | own), 1)
        score = max(alike, (alike + shared) / 2 if shared >= 50 else 0, shared if shared >= 75 else 0)
        if score >= _AT_PLACE + 5 and score > best:
            best, found = score, id
    return found
