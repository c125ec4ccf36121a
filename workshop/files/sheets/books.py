"""Excel's and LibreOffice's files: every sheet as a table of words, as somebody who opens it reads it."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from odfdo import Document
from openpyxl import load_workbook

from sessions.rules.refusal import Refused
from workshop.files.sheets.grid import Grid, Row

#: The most that a file may grow to when it is unpacked, in bytes, and the most cells of one sheet.
_LARGEST, _MOST_ROWS, _MOST_COLUMNS = 60_000_000, 20_000, 120


def is_one(body: bytes) -> bool:
    """Whether these bytes are a packed file, as Excel and LibreOffice write them."""
    return body[:4] == b"PK\x03\x04"


def read(body: bytes) -> list[Grid]:
    """Every sheet with something in it. Refuses what is no such file, or would grow beyond all bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            names = set(packed.namelist())
            if sum(part.file_size for part in packed.infolist()) > _LARGEST:
                raise Refused("too_large", "This file is too large once it is unpacked.")
            if any(b"<!ENTITY" in packed.read(name)[:4096] for name in names if name.endswith(".xml")):
                raise Refused("bad_file", "This file asks for others. Save it again, or send a table as CSV.")
        if "xl/workbook.xml" in names:
            return [grid for grid in _excel(body) if grid.rows]
        if "content.xml" in names:
            return [grid for grid in _calc(body) if grid.rows]
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        SyntaxError,
    ) as fault:
        raise Refused("bad_file", "This file cannot be opened. Save it again, or send a table as CSV.") from fault
    raise Refused("no_such_kind", "This is no file of goals: send a sheet (.xlsx, .ods), CSV, Markdown, text or JSON.")


def _excel(body: bytes) -> Iterator[Grid]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(body), data_only=True)
    for sheet in book.worksheets:
        _must_fit(sheet.max_row)
        merged = {
            (row, column): (area.min_row, area.min_col)
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, min(area.max_row, _MOST_ROWS) + 1)
            for column in range(area.min_col, min(area.max_col, _MOST_COLUMNS) + 1)
        }
        grid = Grid(name=sheet.title, carried=bool(merged))
        last, width = min(sheet.max_row, _MOST_ROWS), min(sheet.max_column, _MOST_COLUMNS)
        for number, row in enumerate(sheet.iter_rows(max_row=last, max_col=width), 1):
            cells = []
            for column, cell in enumerate(row, 1):
                at = merged.get((number, column))
                # Across columns a title is one cell; down a column it says the same of every row.
                own = sheet.cell(*at) if at and at[1] == column else cell
                cells.append(_said(own.value, own.number_format or ""))
            grid.rows.append(Row(number, cells))
        yield grid.trimmed()


def _must_fit(rows: int) -> None:
    if rows > _MOST_ROWS:
        values = {"rows": f"{rows:,}", "most_rows": f"{_MOST_ROWS:,}"}
        raise Refused("too_large", "The table has {rows} rows; {most_rows} is the most that fits.", values)


def _calc(body: bytes) -> Iterator[Grid]:
    document = Document(io.BytesIO(body))
    for table in document.body.tables:
        grid = Grid(name=table.name or "", carried=True)
        below: dict[int, tuple[int, str]] = {}
        for number, row in enumerate(table.iter_rows(), 1):
            if number > _MOST_ROWS and not any(cell.value for cell in row.iter_cells()):
                break
            _must_fit(number)
            cells = []
            for place, cell in enumerate(row.iter_cells()):
                if place >= _MOST_COLUMNS:
                    break
                left, words = below.get(place, (0, ""))
                if left:
                    below[place] = (left - 1, words)
                else:
                    percent = "0%" if cell.type == "percentage" else ""
                    words = _said(cell.value, percent)
                    down = int(cell.get_attribute("table:number-rows-spanned") or 1)
                    if down > 1:
                        below[place] = (down - 1, words)
                cells.append(words)
            grid.rows.append(Row(number, cells))
        yield grid.trimmed()


def _said(value: Any, format: str) -> str:
    """A value as somebody reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float) or type(value).__name__ == "Decimal":
        return _figure(float(value), format)
    return str(value).strip()


def _figure(value: float, format: str) -> str:
    shown = round(value * 100, 6) if "%" in format else round(value, 9)
    words = str(int(shown)) if shown == int(shown) else repr(shown)
    currency = next((sign for sign in "$€£¥" if sign in format), "")
    return f"{words}%" if "%" in format else f"{currency}{words}"
