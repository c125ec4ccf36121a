"""Labels people put before goals and results: “Objective 1:”, “KR 1.2”, boxes, pictures; and words without them."""

import re
import unicodedata

_OBJECTIVE = re.compile(
    r"^(?:(?:objective|goal|ziel)\s*#?\s*\d*(?:\.\d+)*|o\s?\d+(?:\.\d+)*)\s*[:.)–—-]\s*(?=\S)|^o\s*:\s*(?=\S)",
    re.IGNORECASE,
)
#: “O1 Grow”: without a sign between, only a capital says that words begin.
_SHORT = re.compile(r"^O\d{1,2}\s+(?=[^\W\d_a-z])")
#: A label whose words stand in the next line.
_ALONE = re.compile(r"^(?:objective|goal|ziel|o)\s*#?\s*\d*\s*[:.]?$", re.IGNORECASE)
_KEY_RESULT = re.compile(
    r"^(?:o\s?\d+\s*[-.– ]\s*)?(?:(?:key\s*result|kr)\s*#?\s*\d*(?:[.\-]\d+)*)\s*(?:[:.)–—-]\s*|(?<=\d)\s+)(?=\S)",
    re.IGNORECASE,
)
_TEAM = re.compile(r"^(?:team|squad|department|abteilung|tribe|group)\s*:\s*(?=\S)", re.IGNORECASE)
_BOX = re.compile(r"^\[[ xX✓✔-]?\]\s+")
#: Words that make a heading a title and no team.
_TITLE = re.compile(
    r"\b(?:okrs?|objectives?|goals?|key results?|team|q[1-4]|h[12]|fy ?\d{2,4}|20\d{2}(?:[-/]\d{2,4})?|quarter(?:ly)?"
    r"|annual|year(?:ly)?|cycle|draft|final|v\d+|and|und|for|of|the|&)\b|[,:;|/()–—-]",
    re.IGNORECASE,
)


def is_objective(words: str) -> bool:
    """Whether these words say that they are an objective."""
    bare = bare_words(words)
    return any(label.match(bare) for label in (_OBJECTIVE, _SHORT))


def announces_objective(words: str) -> bool:
    """Whether these are a label alone: the objective stands in the next line."""
    return _ALONE.match(bare_words(words)) is not None


def is_key_result(words: str) -> bool:
    """Whether these words say that they are a key result."""
    return _KEY_RESULT.match(bare_words(words)) is not None


def is_team(words: str) -> bool:
    """Whether these words say that they are a team."""
    return _TEAM.match(bare_words(words)) is not None


def without_label(words: str) -> str:
    """What is said, without saying what it is."""
    bare = bare_words(words)
    for label in (_KEY_RESULT, _OBJECTIVE, _SHORT):
        found = label.match(bare)
        if found:
            return bare_words(bare[found.end() :])
    return bare


def team_in(heading: str) -> str:
    """The team a heading names, or nothing where it is a title: “Platform OKRs Q1” is Platform, “OKRs 2027” nobody."""
    bare = bare_words(heading)
    found = _TEAM.match(bare)
    if found:
        return bare[found.end() :].strip()
    if not re.search(r"\b(?:okrs?|objectives?|goals?|q[1-4]|20\d{2})\b", bare, re.IGNORECASE):
        return bare
    return " ".join(_TITLE.sub(" ", bare).split())


def bare_words(words: str) -> str:
    """Words without a task box or a picture before them."""
    bare = _BOX.sub("", words.strip())
    while bare and (unicodedata.category(bare[0]) in ("So", "Cn") or bare[0] in "\ufe0f\u200d") and bare[1:].strip():
        bare = bare[1:].lstrip(" \ufe0f\u200d")
    return bare.strip()
