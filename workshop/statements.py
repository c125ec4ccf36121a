"""Statements that are asked again and again: what the library makes of them is kept."""

from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, insert, select
from sqlalchemy.engine.interfaces import Compiled
from sqlmodel import SQLModel

Rows = list[dict[str, Any]]


def table(row: type[SQLModel]) -> Table:
    """The table behind a row class."""
    found: Table = row.__table__  # type: ignore[attr-defined]
    return found


class Statements:
    """What is made for one kind of database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._selects: dict[tuple[type[SQLModel], str], Compiled] = {}
        self._inserts: dict[tuple[type[SQLModel], tuple[str, ...]], Compiled] = {}

    def insert(self, connection: Connection, row: type[SQLModel], rows: Rows) -> None:
        """Add rows, all with the same columns."""
        names = tuple(rows[0])
        made = self._inserts.get((row, names))
        if made is None:
            statement = insert(table(row)).values({name: bindparam(name) for name in names})
            made = self._inserts[row, names] = statement.compile(dialect=self._engine.dialect)
        order = getattr(made, "positiontup", None)
        bound = [tuple(each[name] for name in order) for each in rows] if order else rows
        connection.exec_driver_sql(str(made), bound)

    def where(self, row: type[SQLModel], column: str, wanted: object) -> Rows:
        """Rows in which a column is this."""
        made = self._selects.get((row, column))
        if made is None:
            statement = select(table(row)).where(table(row).c[column] == bindparam("wanted"))
            made = self._selects[row, column] = statement.compile(dialect=self._engine.dialect)
        names = table(row).c.keys()
        bound = (wanted,) if getattr(made, "positiontup", None) else {"wanted": wanted}
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql(str(made), bound)
            return [dict(zip(names, each, strict=True)) for each in found]
