"""Which characters of what people type stay: all that can be read, in any script, however new; none that deceive."""

import unicodedata
from functools import lru_cache

#: Characters that begin a run of another direction, and those that end one.
_OPEN = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_CLOSE = {"\u202c", "\u2069"}
#: Characters that turn letters round whatever they are: nobody writes with them.
_TURN = {"\u202d", "\u202e"}
#: Marks of a direction, which have no place in a name.
_MARKS = {"\u200e", "\u200f", "\u061c"}
#: What takes room or none, and is never seen; beside format characters, blanks and marks on other letters.
_UNSEEN = {"\u2800", "\u3164", "\uffa0", "\u115f", "\u1160", "\u17b4", "\u17b5"}
#: Letters of other scripts that look like Latin ones.
_LOOKS = str.maketrans(
    "аеорсухіјѕԁһӏкмтвнгαοντυρκιχ",
    "aeopcyxijsdhlkmtbhraovtupkix",
)


def what_may_stay(text: str) -> str:
    """The text in one Unicode form, without control characters; a tab is a blank, and every line break is one kind.

    Nothing that can be seen is empty.
    """
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    kept = "".join("\n" if c in "\r\x85\u2028\u2029" else " " if c in "\t\v\f" else c for c in kept if _may_stay(c))
    kept = _closed("".join(c for c in kept if c not in _TURN)).strip()
    return kept if any(map(_visible, kept)) else ""


def as_name(text: str) -> str:
    """A name is one line, and does not turn the direction of what stands beside it."""
    return " ".join("".join(c for c in text if c not in _OPEN and c not in _CLOSE and c not in _MARKS).split())


@lru_cache(65_536)  # Whoever comes is compared with all who are there: of several halls, each name is looked at once.
def looks(name: str) -> str:
    """What names that look the same have in common: no capitals, blanks, unseen characters, or letters that pass."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_LOOKS)
    return " ".join("".join(c for c in folded if unicodedata.category(c) != "Cf" and c not in _UNSEEN).split())


def _may_stay(char: str) -> bool:
    """Only what is no character at all goes: what this Python does not know yet may be an emoji of this year."""
    code = ord(char)
    if code < 0x20 or 0x7F <= code < 0xA0:
        return char in "\n\r\t\v\f\x85"
    return not (0xD800 <= code < 0xE000 or 0xFDD0 <= code < 0xFDF0 or code & 0xFFFE == 0xFFFE)


def _visible(char: str) -> bool:
    unseen = char.isspace() or char in _UNSEEN or 0xE0000 <= ord(char) < 0xE1000
    return not unseen and unicodedata.category(char) not in ("Cf", "Mn", "Me")


def _closed(text: str) -> str:
    """Every run of another direction ends where its words end."""
    waiting: list[str] = []
    found: list[str] = []
    for char in text:
        if char in _OPEN:
            waiting.append(_OPEN[char])
        elif char in _CLOSE:
            if char not in waiting:
                continue
            while (last := waiting.pop()) != char:
                found.append(last)
        found.append(char)
    return "".join(found) + "".join(reversed(waiting))
