"""What people type, made safe to keep: trimmed, bounded, and refused with a sentence where it cannot be."""

import re
from typing import Annotated

import msgspec

from sessions.rules.characters import as_name, looks, what_may_stay
from sessions.rules.refusal import Refused

NOTE, LINE, NAME, PAGE, FIGURE = 500, 200, 60, 8_000, 30

#: What people type, by how long it may be once it is trimmed; whoever takes it in says so in a sentence.
NoteWords = Annotated[str, msgspec.Meta(extra_json_schema={"maxLength": NOTE})]
LineWords = Annotated[str, msgspec.Meta(extra_json_schema={"maxLength": LINE})]
NameWords = Annotated[str, msgspec.Meta(extra_json_schema={"maxLength": NAME})]
PageWords = Annotated[str, msgspec.Meta(extra_json_schema={"maxLength": PAGE})]
FigureWords = Annotated[str, msgspec.Meta(extra_json_schema={"maxLength": FIGURE})]


def clean(text: str, limit: int = NOTE, what: str = "This") -> str:
    """Return ``text`` trimmed and in one Unicode form, keeping line breaks, emoji and any script; names are one line.

    Refuses ``blank`` when nothing visible is left and ``too_long`` beyond ``limit`` characters.
    """
    kept = optional(text, limit, what)
    if not kept:
        raise Refused("blank", "{what} is empty. Write a few words first.", {"what": what})
    return kept


def optional(text: str, limit: int = NOTE, what: str = "This") -> str:
    """Like ``clean``, but nothing at all is fine and comes back as an empty string."""
    if len(text) > limit * 4:
        raise _too_long(what, len(text), limit)
    kept = text.strip() if text.isascii() and text.isprintable() else what_may_stay(text)
    if limit == NAME:
        kept = as_name(kept)
    if len(kept) > limit:
        raise _too_long(what, len(kept), limit)
    return kept


def lines(text: str, limit: int = LINE, most: int = 60) -> list[str]:
    """The non-empty lines of a pasted text without list marks, each at most ``limit`` characters."""
    found = [optional(re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", line), limit) for line in text.splitlines()]
    kept = [line for line in found if line]
    if len(kept) > most:
        raise Refused(
            "too_many", "That is {count} lines; {most} is the most that fits.", {"count": len(kept), "most": most}
        )
    return kept


def alike(name: str) -> str:
    """What two names have in common that look the same."""
    return looks(name)


def split(text: str) -> list[str]:
    """The non-empty lines of a kept text without list marks; never refuses, so that views can use it."""
    bare = (re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", line).strip() for line in text.splitlines())
    return [line for line in bare if line]


def number(text: str | float | None, what: str) -> float | None:
    """A figure as people write it (``61``, ``4,5``, ``85 %``, ``1 200``); blank or ``?`` is not known yet."""
    if text is None:
        return None
    if isinstance(text, (int, float)):
        return _finite(float(text) if abs(text) <= 1e15 else float("nan"), what)
    if len(text) > 60:
        raise Refused("not_a_number", "{what} has to be a number, or empty if it is not known yet.", {"what": what})
    bare = re.sub(r"[\s\u00a0\u202f'’]|[%€$£]", "", text)
    if bare in ("", "?", "–", "-"):
        return None
    if re.fullmatch(r"[+-]?\d+,\d+", bare):
        bare = bare.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,9})?", bare):
        raise Refused("not_a_number", "{what} has to be a number, or empty if it is not known yet.", {"what": what})
    return _finite(float(bare), what)


def _finite(value: float, what: str) -> float:
    if value != value or abs(value) > 1e15:
        raise Refused("not_a_number", "{what} has to be a number, or empty if it is not known yet.", {"what": what})
    return value


def _too_long(what: str, length: int, limit: int) -> Refused:
    return Refused(
        "too_long",
        "{what} has {length} characters; {limit} is the most that fits.",
        {"what": what, "length": length, "limit": limit},
    )
