"""A table as it stands in a file: rows with the line they begin in, cells as words; nobody knows yet what it says."""

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
