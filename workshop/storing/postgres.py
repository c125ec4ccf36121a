"""PostgreSQL: what several processes keep everything in; each room is written by the one that holds it."""

import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    case,
    create_engine,
    delete,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import SQLModel

from workshop import clock
from workshop.statements import Rows, table
from workshop.store import Fenced, Holding, NoData, Store
from workshop.storing import versions
from workshop.tables import HeardRow, PenRow, ProcessRow, RingRow, RoomRow

#: Milliseconds without a sign of life after which a process's rooms may be taken over.
ALIVE = 2500
#: Seconds for which storing is tried again while the database cannot be reached, and between two tries.
PATIENCE, AGAIN = 20.0, 0.2
#: Who is frozen inside a transaction holds nobody up for longer than this; what hangs is given up.
_OPTIONS = (
    "-c idle_in_transaction_session_timeout=2000 -c lock_timeout=4000 -c statement_timeout=20000 "
    "-c synchronous_commit=on"
)
#: The database's clock, in Unix milliseconds.
_NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint"


class Postgres(Store):
    """The data in a database of its own, brought up to this version. One that does not hold it only reads."""

    def __init__(self, address: str, holds: bool = True) -> None:
        self._address = make_url(address.replace("postgres://", "postgresql://", 1)).set(
            drivername="postgresql+psycopg"
        )
        super().__init__(_engine(self._address))
        self._process = 0
        try:
            with self.engine.begin() as connection:
                self._must_keep_every_letter(connection)
                if holds:
                    connection.execute(text("select pg_advisory_xact_lock(20617)"))
                    versions.bring_up(connection, self.place)
        except DBAPIError as fault:
            self.close()
            raise NoData(f"The database {self.place} cannot be used: {_reason(fault)}.") from None
        except NoData:
            self.close()
            raise

    def _must_keep_every_letter(self, connection: Connection) -> None:
        kept = connection.execute(text("show server_encoding")).scalar_one()
        if kept != "UTF8":
            raise NoData(
                f"The database {self.place} keeps text as {kept}, which has not every letter people write. "
                "Make one that keeps UTF8: createdb --encoding=UTF8 --template=template0 NAME."
            )

    @property
    def place(self) -> str:
        at = self._address
        return URL.create("postgresql", None, None, at.host, at.port, at.database).render_as_string()

    @property
    def identity(self) -> str:
        """The server the database was made on, and its number there."""
        which = "select system_identifier || '/' || (select oid from pg_database where datname = current_database())"
        with self.engine.connect() as connection:
            said = connection.execute(text(f"{which} from pg_control_system()")).scalar_one()
        return sha256(str(said).encode()).hexdigest()[:16]

    def now(self) -> int:
        with self.engine.connect() as connection:
            return _clock(connection)

    def room_left(self) -> int | None:
        return None

    # Writing

    def write(
        self,
        added: dict[type[SQLModel], Rows],
        changes: Iterable[Callable[[Connection], object]] = (),
        rooms: Iterable[str] = (),
    ) -> None:
        """Store rows and change others; while the database is away it is tried again, and what was stored is known."""
        changes, rooms, until, again = list(changes), list(rooms), time.monotonic() + PATIENCE, False
        while True:
            try:
                super().write(added, changes, rooms)
                return
            except IntegrityError:
                # Numbers that are taken: by another process, or by ourselves when we did not hear the end of it.
                with self.writing(rooms):
                    pass
                if again and self._is_there(added):
                    return
                raise
            except DBAPIError as fault:
                if not _is_away(fault) or time.monotonic() > until:
                    raise
            again = True
            time.sleep(AGAIN)

    def _is_there(self, added: dict[type[SQLModel], Rows]) -> bool:
        """Whether a transaction whose end we did not hear of was stored: all of it is, or none."""
        row, first = next((table(row), rows[0]) for row, rows in added.items() if rows and row is not RingRow)
        with self.engine.connect() as connection:
            found = select(row).where(*(row.c[name] == value for name, value in first.items()))
            return connection.execute(found).first() is not None

    def must_hold(self, connection: Connection, rooms: Iterable[str]) -> None:
        """The rows of the rooms stay as they are until all is stored, so that nobody takes a room over meanwhile."""
        t, wanted = table(RoomRow), set(rooms)
        if not wanted:
            return
        kept = select(t.c.id).where(t.c.id.in_(wanted), t.c.keeper == self._process).with_for_update(read=True)
        if set(connection.execute(kept).scalars()) != wanted:
            raise Fenced("Another process holds a room now.")

    def insert_ring(self) -> Any:
        statement = postgres_insert(table(RingRow))
        own = {"hand": case((statement.excluded.hand == "", ""), else_=table(RingRow).c.hand)}
        return statement.on_conflict_do_update(index_elements=["ring", "room", "session", "person", "role"], set_=own)

    def forget(self, sessions: set[str]) -> bool:
        """Rows lie in the order they came in and carry their transaction: they are written anew, in none."""
        t = table(HeardRow)
        with self.writing() as connection:
            mine = t.c.session.in_(sessions)
            rows = [dict(row) for row in connection.execute(select(t).where(mine)).mappings()]
            if rows:
                connection.execute(delete(t).where(mine))
                connection.execute(insert(t), sorted(rows, key=lambda row: bytes(row["digest"])))
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for row in (HeardRow, PenRow):
                connection.execute(text(f"vacuum {table(row).name}"))
        return True

    # Holding rooms

    def begin_process(self) -> int:
        clock.go_by(self.now())
        self._process = super().begin_process()
        return self._process

    def alone(self, connection: Connection) -> None:
        connection.execute(text("lock table process in exclusive mode"))

    def lives(self, connection: Connection, process: int) -> int:
        """The clock all go by is looked at as well."""
        said = text(f"update process set alive = {_NOW} where id = :process returning alive")
        now = int(connection.execute(said, {"process": process}).scalar_one())
        clock.go_by(now)
        return now

    def own(self, room: str, process: int, take: bool = True) -> Holding:
        """One statement decides; whoever held the room and is still inside of writing is waited for."""
        rooms, processes = table(RoomRow), table(ProcessRow)
        with self.engine.begin() as connection:
            row = connection.execute(select(rooms).where(rooms.c.id == room)).mappings().first()
            if row is None or row["keeper"] == process:
                return Holding(process)
            if not take:
                return Holding(row["keeper"])
            now = _clock(connection)
            alive = select(processes.c.id).where(
                processes.c.id == rooms.c.keeper, ~processes.c.ended, processes.c.alive > now - ALIVE
            )
            taken = (
                update(rooms)
                .where(rooms.c.id == room, rooms.c.keeper == row["keeper"], ~alive.exists())
                .values(keeper=process, held=now)
            )
            if connection.execute(taken).rowcount:
                before = connection.execute(select(processes.c.alive).where(processes.c.id == row["keeper"])).scalar()
                return Holding(process, max(0, now - (before or row["held"])))
            keeper = connection.execute(select(rooms.c.keeper).where(rooms.c.id == room)).scalar()
            return Holding(keeper or process)

    def release(self, room: str, process: int) -> None:
        t = table(RoomRow)
        with self.writing() as connection:
            mine = update(t).where(t.c.id == room, t.c.keeper == process)
            connection.execute(mine.values(keeper=0, held=_clock(connection)))

    def others(self, process: int) -> bool:
        t = table(ProcessRow)
        with self.engine.connect() as connection:
            alive = select(t.c.id).where(t.c.id != process, ~t.c.ended, t.c.alive > _clock(connection) - ALIVE)
            return connection.execute(alive.limit(1)).first() is not None

    def kept(self, rooms: Iterable[str], process: int) -> set[str]:
        t = table(RoomRow)
        with self.engine.connect() as connection:
            return set(
                connection.execute(select(t.c.id).where(t.c.id.in_(list(rooms)), t.c.keeper == process)).scalars()
            )


def _clock(connection: Connection) -> int:
    """The database's own clock, which all processes go by."""
    return int(connection.execute(text(f"select {_NOW}")).scalar_one())


def _is_away(fault: DBAPIError) -> bool:
    """Whether a fault says that the database cannot be reached, or is only just coming or going."""
    state = str(getattr(fault.orig, "sqlstate", "") or "")
    return fault.connection_invalidated or state[:2] in ("08", "57") or state == ""


def _reason(fault: DBAPIError) -> str:
    return str(fault.orig).strip().splitlines()[0].rstrip(".") if str(fault.orig).strip() else type(fault).__name__


def _engine(address: Any) -> Engine:
    return create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=8,
        connect_args={"connect_timeout": 2, "tcp_user_timeout": 4000, "client_encoding": "utf8", "options": _OPTIONS},
    )
