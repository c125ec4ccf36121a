"""What kind of file some bytes are, by what is in them; and what it brings."""

import codecs
import json
import re
from collections.abc import Mapping

from sessions.record.files.incoming import Incoming
from sessions.rules.refusal import Refused
from workshop.files import document, outline, table
from workshop.files.sheets import books, delimited, heads

#: What a body can be said to be, by its type.
TYPES = {
    "application/json": "json",
    "text/csv": "csv",
    "application/csv": "csv",
    "text/tab-separated-values": "csv",
    "application/vnd.ms-excel": "",
    "text/markdown": "md",
    "text/x-markdown": "md",
    "text/plain": "",
    "application/octet-stream": "",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "",
    "application/vnd.oasis.opendocument.spreadsheet": "",
    "application/zip": "",
    "": "",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read(body: bytes, kind: str = "", columns: Mapping[str, str] | None = None) -> Incoming:
    """What a file brings; ``kind`` is what it is said to be, which its content may know better.

    ``columns`` says by its words what a column is that nobody knows.
    """
    if books.is_one(body):
        return _book(body, columns)
    words = _as_words(body)
    if words is None:
        came = Incoming()
        came.refuse(1, "This is no text, and no sheet of Excel or LibreOffice either.")
        return came
    return _text(words, kind, columns)


def _text(words: str, kind: str, columns: Mapping[str, str] | None) -> Incoming:
    begins = words.lstrip("\ufeff \t\r\n")[:1]
    if kind == "json" or (kind != "csv" and begins in ("{", "[") and _is_json(words)):
        return document.read(words)
    as_table = kind == "csv" or (kind != "md" and _is_table(words, columns))
    if as_table and not _is_markdown_table(words):
        return table.read(words, columns)
    return outline.read(words)


def _book(body: bytes, columns: Mapping[str, str] | None) -> Incoming:
    """The first sheet with goals in it; what stands on others is said."""
    came = Incoming()
    try:
        grids = books.read(body)
    except Refused as fault:
        came.refuse(1, fault.sentence, **fault.values)
        return came
    chosen = next((grid for grid in grids if heads.find(grid, dict(columns or {}))), grids[0] if grids else None)
    if chosen is None:
        came.refuse(1, "The table is empty.")
        return came
    table.read_grid(came, chosen, columns)
    for grid in grids:
        if grid is not chosen:
            came.leave(1, grid.name, "The sheet “{name}” is not used.", name=grid.name)
    return came


def _as_words(body: bytes) -> str | None:
    """The text of a file: UTF-8, UTF-16, or as Windows wrote it; none where it is no text."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, errors="replace").removeprefix("\ufeff")
    zeros = body[:400].count(0)
    if zeros > len(body[:400]) // 4:
        even = body[1:400:2].count(0) > body[0:400:2].count(0)
        return body.decode("utf-16-le" if even else "utf-16-be", errors="replace")
    if zeros:
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _is_json(words: str) -> bool:
    """Whether a text that begins like JSON goes on like it; a task box begins with a bracket too."""
    try:
        json.loads(words)
    except (ValueError, RecursionError):
        return words.lstrip("\ufeff \t\r\n").startswith("{") or re.match(r"\s*\[\s*[\[{\"]", words) is not None
    return True


def _is_table(words: str, columns: Mapping[str, str] | None) -> bool:
    if re.search(r"^ {0,3}#{1,6}[ \t]", words, re.MULTILINE) or _is_markdown_table(words):
        return False
    return delimited.is_one(words) and heads.find(delimited.first(words), dict(columns or {})) is not None


def _is_markdown_table(words: str) -> bool:
    return re.search(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$", words, re.MULTILINE) is not None
