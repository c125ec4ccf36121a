"""A table as it stands in a file: rows with the line they begin in, cells as words; nobody knows yet what it says."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Row:
    """One row; ``line`` is where it stands in its file, counted from 1."""

    line: int
    cells: list[str]

    @property
    def filled(self) -> list[str]:
        """The cells that say something."""
        return [cell for cell in self.cells if cell.strip()]


@dataclass(slots=True)
class Grid:
    """The rows of one table or sheet. ``comma``: its figures are written with a decimal comma.

    ``carried``: blank cells that a file shows as one with the cell above already say what that says.
    """

    rows: list[Row] = field(default_factory=list)
    name: str = ""
    comma: bool = False
    carried: bool = False

    def trimmed(self) -> Grid:
        """Without the blank rows and cells behind the last words, which spreadsheets write by the thousand."""
        while self.rows and not self.rows[-1].filled:
            self.rows.pop()
        for row in self.rows:
            while row.cells and not row.cells[-1].strip():
                row.cells.pop()
        return self
