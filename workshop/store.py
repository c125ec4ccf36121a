"""The store: one file, one writing thread, everything synced before it counts as stored."""

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, Table, create_engine, delete, event, insert, select, update
from sqlmodel import SQLModel

from workshop.tables import EventRow, HeardRow, KeyRow, PenRow, RingRow, RoomRow, SessionRow

Rows = list[dict[str, Any]]


class DataInUse(Exception):
    """Another process holds the data; its message is a sentence for whoever starts the server."""


def table(row: type[SQLModel]) -> Table:
    """The table behind a row class."""
    found: Table = row.__table__  # type: ignore[attr-defined]
    return found


class Store:
    """Reads and writes. ``write`` is called from one thread only and raises if nothing was stored."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._lock = (folder / "waggle.lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise DataInUse(
                f"Another Waggle is already running on the data in {folder}. "
                "Stop it first, or set WAGGLE_DATA to another folder."
            ) from None
        self.engine = _engine(folder / "waggle.db")
        self._migrate()
        self._writer: Connection | None = None

    def close(self) -> None:
        """Let go of the data."""
        if self._writer is not None:
            self._writer.close()
        self.engine.dispose()
        self._lock.close()

    def write(
        self,
        added: dict[type[SQLModel], Rows],
        emptied: Iterable[str] = (),
        ended: dict[str, int] | None = None,
    ) -> None:
        """Store rows in one transaction; empty the pens of sessions; mark sessions as ended."""
        connection = self._connection()
        try:
            with connection.begin():
                for row, rows in added.items():
                    if rows:
                        connection.execute(_insert(row), rows)
                for session in emptied:
                    connection.execute(delete(table(PenRow)).where(table(PenRow).c.session == session))
                for code, at in (ended or {}).items():
                    t = table(SessionRow)
                    connection.execute(update(t).where(t.c.code == code).values(ended=at))
        except BaseException:
            self._writer = None
            connection.invalidate()
            connection.close()
            raise
        if emptied:
            self._forget_pages()

    def hold(self, rooms: list[str], at: int) -> None:
        """Remember that these rooms were held at this time (Unix milliseconds)."""
        t = table(RoomRow)
        with self._connection().begin():
            self._connection().execute(update(t).where(t.c.id.in_(rooms)).values(held=at))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read from."""
        with self.engine.connect() as connection:
            yield connection

    def room(self, id: str) -> dict[str, Any] | None:
        """The room's row."""
        t = table(RoomRow)
        return self._one(select(t).where(t.c.id == id))

    def session(self, code: str) -> dict[str, Any] | None:
        """The row of the session with this code."""
        t = table(SessionRow)
        return self._one(select(t).where(t.c.code == code))

    def sessions_of(self, room: str) -> Rows:
        """The rows of a room's sessions."""
        t = table(SessionRow)
        return self._all(select(t).where(t.c.room == room).order_by(t.c.opened))

    def events(self, room: str, sessions: list[str]) -> Iterator[tuple[int, str, bytes]]:
        """Number, session and body of a room's record and of these sessions, in order."""
        t = table(EventRow)
        query = select(t.c.number, t.c.session, t.c.body).where(t.c.room == room, t.c.session.in_(["", *sessions]))
        with self.engine.connect() as connection:
            yield from ((row[0], row[1], row[2]) for row in connection.execute(query.order_by(t.c.number)))

    def last_number(self, room: str) -> int:
        """The number of the room's last event, 0 for none."""
        t = table(EventRow)
        with self.engine.connect() as connection:
            query = select(t.c.number).where(t.c.room == room).order_by(t.c.number.desc()).limit(1)
            return connection.execute(query).scalar() or 0

    def pens(self, sessions: list[str]) -> Rows:
        """Who holds which pen in these sessions."""
        t = table(PenRow)
        return self._all(select(t).where(t.c.session.in_(sessions)).order_by(t.c.pen))

    def heard(self, sessions: list[str]) -> set[bytes]:
        """Digests of the commands these sessions have done."""
        t = table(HeardRow)
        with self.engine.connect() as connection:
            return set(connection.execute(select(t.c.digest).where(t.c.session.in_(sessions))).scalars())

    def key(self, digest: bytes) -> dict[str, Any] | None:
        """Whom a key speaks for."""
        t = table(KeyRow)
        return self._one(select(t).where(t.c.digest == digest))

    def ring(self, ring: bytes) -> Rows:
        """Everything on a browser's ring."""
        t = table(RingRow)
        return self._all(select(t).where(t.c.ring == ring))

    def _one(self, query: Any) -> dict[str, Any] | None:
        with self.engine.connect() as connection:
            row = connection.execute(query).mappings().first()
            return dict(row) if row else None

    def _all(self, query: Any) -> Rows:
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def _connection(self) -> Connection:
        if self._writer is None:
            self._writer = self.engine.connect()
        return self._writer

    def _forget_pages(self) -> None:
        """Bring emptied pens out of the write-ahead log too; best effort while readers are busy."""
        self._connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection().rollback()

    def _migrate(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _insert(row: type[SQLModel]) -> Any:
    """A ring may get the same key twice; everything else is new or a fault."""
    statement = insert(table(row))
    return statement.prefix_with("OR IGNORE") if row is RingRow else statement


def _engine(file: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{file}",
        hide_parameters=True,
        connect_args={"timeout": 2, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            "foreign_keys=ON",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine
