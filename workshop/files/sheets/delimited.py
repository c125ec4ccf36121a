"""A table as text: commas, semicolons or tabs, with or without a line that says which, whatever its line ends."""

import csv
import io
import re
from collections.abc import Iterator

from sessions.record.files.incoming import Incoming
from workshop.files.sheets.grid import Grid, Row

MOST_ROWS = 20_000
_MARKS = ";\t,|"


def read(came: Incoming, body: str) -> Grid | None:
    """The table in this text, or nothing and the reason by line."""
    bare, said, skipped = _without_mark(body.removeprefix("\ufeff"))
    mark = said or _mark(bare)
    try:
        rows = list(_rows(bare, mark, skipped))
    except csv.Error:
        came.refuse(
            _open_quote(bare, mark, skipped),
            "A quote opens here and does not end, so nobody can tell where the cell ends.",
        )
        return None
    if not any(row.filled for row in rows):
        came.refuse(1, "The table is empty.")
        return None
    if len(rows) > MOST_ROWS:
        sentence = "The table has {rows} rows; {most_rows} is the most that fits."
        came.refuse(1, sentence, rows=f"{len(rows) - 1:,}", most_rows=f"{MOST_ROWS:,}")
        return None
    return Grid(rows, comma=mark != ",").trimmed()


def is_one(body: str) -> bool:
    """Whether several lines of a text have the same marks between cells."""
    bare, said, _ = _without_mark(body.removeprefix("\ufeff"))
    lines = [line for line in bare.splitlines()[:40] if line.strip()]
    mark = said or _mark(bare)
    return bool(said) or (len(lines) > 1 and sum(mark in line for line in lines) * 2 > len(lines))


def first(body: str) -> Grid:
    """The first rows of a text as they would be a table, whatever is wrong with them."""
    bare, said, _ = _without_mark(body.removeprefix("\ufeff"))
    mark = said or _mark(bare)
    lines = [line for line in bare.splitlines()[:40] if line.strip()]
    return Grid([Row(number, line.split(mark)) for number, line in enumerate(lines, 1)])


def _without_mark(body: str) -> tuple[str, str, int]:
    """The text without Excel's first line that says how cells are parted, that mark, and how many lines went."""
    found = re.match(r"\s*[\"']?sep=(.)[\"']?[ ;,\t]*\r?\n", body, re.IGNORECASE)
    return (body[found.end() :], found[1], 1) if found else (body, "", 0)


def _mark(bare: str) -> str:
    """What parts the cells: what most lines have alike."""
    lines = [line for line in bare.splitlines()[:40] if line.strip()]
    outside = [re.sub(r'"[^"]*"', "", line) for line in lines]
    return max(
        _MARKS, key=lambda mark: (sum(mark in line for line in outside), sum(line.count(mark) for line in outside))
    )


def _rows(bare: str, mark: str, skipped: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(bare, newline=""), delimiter=mark, strict=True)
    before = 0
    for cells in reader:
        line, before = before + 1, reader.line_num
        yield Row(line + skipped, cells)


def _open_quote(bare: str, mark: str, skipped: int) -> int:
    """The line in which a quote opens that never ends, or ends before something else."""
    lines = bare.splitlines(keepends=True)
    for number in range(len(lines)):
        try:
            for _ in csv.reader(io.StringIO("".join(lines[: number + 1]), newline=""), delimiter=mark, strict=True):
                pass
        except csv.Error as fault:
            if "unexpected end" not in str(fault):
                return skipped + number + 1
    count = 0
    opens = 1
    for number, line in enumerate(lines, 1):
        if count % 2 == 0 and line.count('"') % 2:
            opens = number
        count += line.count('"')
    return skipped + opens
