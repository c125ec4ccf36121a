"""The store: one file, one writing thread, everything synced before it counts as stored."""

import fcntl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, Table, case, create_engine, delete, event, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import SQLModel

from workshop.operating import versions
from workshop.tables import EventRow, HeardRow, KeyRow, PenRow, ProcessRow, RenewedRow, RingRow, RoomRow, SessionRow

Rows = list[dict[str, Any]]


class DataInUse(Exception):
    """Another process holds the data; its message is a sentence for whoever starts the server."""


def private(file: Path) -> None:
    """Make a file that only the server's own user can read; what SQLite puts beside it is made alike."""
    file.touch(mode=0o600)
    for part in (file, *file.parent.glob(f"{file.name}-*")):
        part.chmod(0o600)


def hold(folder: Path) -> IO[str]:
    """Hold the data in a folder alone, until what is returned is closed; raises ``DataInUse``."""
    folder.mkdir(parents=True, exist_ok=True)
    private(folder / "waggle.lock")
    lock = (folder / "waggle.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise DataInUse(
            f"Another Waggle is already running on the data in {folder}. "
            "Stop it first, or set WAGGLE_DATA to another folder."
        ) from None
    return lock


def table(row: type[SQLModel]) -> Table:
    """The table behind a row class."""
    found: Table = row.__table__  # type: ignore[attr-defined]
    return found


class Store:
    """Reads and writes. ``write`` is called from one thread only and raises if nothing was stored."""

    def __init__(self, folder: Path, holds: bool = True) -> None:
        """The data in a folder, brought up to this version. One that does not hold it only reads, beside who does."""
        self.folder = folder
        self._lock = hold(folder) if holds else None
        self._writer: Connection | None = None
        if holds:
            private(folder / "waggle.db")
        self.engine = _engine(folder / "waggle.db")
        try:
            if holds:
                with self.engine.begin() as connection:
                    versions.bring_up(connection, folder)
        except versions.DataTooNew:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the data."""
        if self._writer is not None:
            self._writer.close()
        self.engine.dispose()
        if self._lock is not None:
            self._lock.close()

    def write(self, added: dict[type[SQLModel], Rows], changes: Iterable[Callable[[Connection], object]] = ()) -> None:
        """Store rows and change others, in one transaction."""
        connection = self._connection()
        try:
            with connection.begin():
                for row, rows in added.items():
                    if rows:
                        connection.execute(_insert(row), rows)
                for make in changes:
                    make(connection)
        except BaseException:
            self._writer = None
            connection.invalidate()
            connection.close()
            raise

    def empty_log(self) -> bool:
        """Bring what was deleted out of the write-ahead log too; false while a reader holds on to it."""
        busy = self._connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
        self._connection().rollback()
        return not busy

    def begin_process(self, at: int) -> int:
        """A process holds the data from now on (Unix milliseconds); its number."""
        t = table(ProcessRow)
        with self.engine.begin() as connection:
            last = connection.execute(select(t.c.id).order_by(t.c.id.desc()).limit(1)).scalar() or 0
            connection.execute(insert(t).values(id=last + 1, alive=at))
        return last + 1

    def beat(self, process: int, at: int, room: str = "") -> None:
        """The process is alive, and holds this room; in the writing thread."""
        processes, rooms = table(ProcessRow), table(RoomRow)
        with self._connection().begin():
            self._connection().execute(update(processes).where(processes.c.id == process).values(alive=at))
            if room:
                holds = update(rooms).where(rooms.c.id == room).values(held=at, keeper=process)
                self._connection().execute(holds)

    def alive_until(self, process: int) -> int:
        """Until when a process was alive, 0 for one that nobody knows."""
        t = table(ProcessRow)
        found = self._one(select(t).where(t.c.id == process))
        return found["alive"] if found else 0

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

    def all_of(self, room: str) -> list[tuple[int, str, bytes]]:
        """Every event of a room, whatever session it is of: number, session and body."""
        t = table(EventRow)
        with self.engine.connect() as connection:
            query = select(t.c.number, t.c.session, t.c.body).where(t.c.room == room).order_by(t.c.number)
            return [(row[0], row[1], row[2]) for row in connection.execute(query)]

    def rewrite(self, room: str, gone: list[int], now: dict[int, bytes], session: str = "") -> None:
        """Take events out of a room's stream and change others, and let go of a session; in the writing thread."""
        t = table(EventRow)
        with self._connection().begin():
            for numbers in (gone[at : at + 500] for at in range(0, len(gone), 500)):
                self._connection().execute(delete(t).where(t.c.room == room, t.c.number.in_(numbers)))
            for number, body in now.items():
                changed = update(t).where(t.c.room == room, t.c.number == number).values(body=body)
                self._connection().execute(changed)
            if session:
                _drop_sessions(self._connection(), [session])

    def drop_room(self, room: str) -> None:
        """Let go of a room with everything in it; in the writing thread."""
        sessions = [row["code"] for row in self.sessions_of(room)]
        with self._connection().begin():
            _drop_sessions(self._connection(), sessions)
            heard, rooms = table(HeardRow), table(RoomRow)
            self._connection().execute(delete(heard).where(heard.c.session == room))
            for row in (EventRow, KeyRow, RingRow):
                self._connection().execute(delete(table(row)).where(table(row).c.room == room))
            self._connection().execute(delete(rooms).where(rooms.c.id == room))

    def rehearsals(self, of: list[str] | None = None, before: int = 0) -> list[str]:
        """Rooms of rehearsals: of these sessions, or all that were opened before then (Unix milliseconds)."""
        t = table(SessionRow)
        which = t.c.rehearsal_of.in_(of) if of is not None else (t.c.rehearsal_of != "") & (t.c.opened < before)
        return sorted({row["room"] for row in self._all(select(t).where(which))})

    def unused_rooms(self, before: int) -> list[str]:
        """Rooms that nobody has opened since then (Unix milliseconds)."""
        rooms = table(RoomRow)
        return [row["id"] for row in self._all(select(rooms.c.id).where(rooms.c.held < before))]

    def renewed(self, ring: bytes) -> bool:
        """Whether this ring took the place of another that still speaks."""
        t = table(RenewedRow)
        return self._one(select(t).where(t.c.ring == ring)) is not None

    def drop_before(self, ring: bytes) -> None:
        """The ring that this one took the place of speaks for nobody any more; in the writing thread."""
        renewed, rings = table(RenewedRow), table(RingRow)
        with self._connection().begin():
            before = self._connection().execute(select(renewed.c.before).where(renewed.c.ring == ring)).scalar()
            if before is not None:
                self._connection().execute(delete(rings).where(rings.c.ring == before))
                self._connection().execute(delete(renewed).where(renewed.c.ring == ring))

    def drop_ring(self, ring: bytes) -> None:
        """Forget everything on a ring and on those it was renewed from or to; in the writing thread."""
        with self._connection().begin():
            for one in _kin(self._connection(), ring):
                for row in (RingRow, RenewedRow):
                    self._connection().execute(delete(table(row)).where(table(row).c.ring == one))

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


def _drop_sessions(connection: Connection, sessions: list[str]) -> None:
    events, codes = table(EventRow), table(SessionRow)
    connection.execute(delete(events).where(events.c.session.in_(sessions)))
    connection.execute(delete(codes).where(codes.c.code.in_(sessions)))
    for row in (PenRow, HeardRow, KeyRow, RingRow):
        connection.execute(delete(table(row)).where(table(row).c.session.in_(sessions)))


def _kin(connection: Connection, ring: bytes) -> set[bytes]:
    """A browser's rings: the one it shows, those before it, and those that were made in its place."""
    t = table(RenewedRow)
    found, looked = {ring}, set[bytes]()
    while found - looked:
        one = (found - looked).pop()
        looked.add(one)
        found.update(connection.execute(select(t.c.before).where(t.c.ring == one)).scalars())
        found.update(connection.execute(select(t.c.ring).where(t.c.before == one)).scalars())
    return found


def _insert(row: type[SQLModel]) -> Any:
    """A ring may get the same key twice, and a key of one's own counts more; everything else is new or a fault."""
    if row is not RingRow:
        return insert(table(row))
    statement = sqlite_insert(table(row))
    own = {"hand": case((statement.excluded.hand == "", ""), else_=table(row).c.hand)}
    return statement.on_conflict_do_update(index_elements=["ring", "room", "session", "person", "role"], set_=own)


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
