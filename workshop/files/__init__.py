"""Teams and OKRs as files: read in whatever form people have them, and written in forms that others read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sessions.room import Room
from workshop.files import document, needs, outline, table, tables
from workshop.files.sheets import writing as book


@dataclass(frozen=True)
class Written:
    """One form the record is written in: the name of the file, its type, and how."""

    name: str
    media: str
    write: Callable[[Room], str | bytes]


_TEXT = "; charset=utf-8"
#: By the word in an address: how the record is written.
WRITTEN = {
    "json": Written("waggle-record.json", "application/json" + _TEXT, document.write),
    "csv": Written("waggle-record.csv", "text/csv" + _TEXT, table.write),
    "csv;": Written("waggle-record.csv", "text/csv" + _TEXT, partial(table.write, mark=";")),
    "md": Written("waggle-record.md", "text/markdown" + _TEXT, outline.write),
    "needs": Written("waggle-needs.csv", "text/csv" + _TEXT, needs.write),
    "links": Written("waggle-links.csv", "text/csv" + _TEXT, tables.links),
    "findings": Written("waggle-findings.csv", "text/csv" + _TEXT, tables.findings),
    "check-ins": Written("waggle-check-ins.csv", "text/csv" + _TEXT, tables.check_ins),
    "xlsx": Written(
        "waggle-record.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", book.write
    ),
}

#: The largest file that is read, in bytes.
LARGEST = 4_000_000

#: The organisation demonstrations and tests are made with.
DEMO = Path(__file__).with_name("kestrel.json")

__all__ = ["DEMO", "LARGEST", "WRITTEN", "Written", "document"]
