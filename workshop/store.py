"""The store: one writing thread, everything synced before it counts as stored; where it is, its kinds say."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlmodel import SQLModel

from workshop.statements import Rows, Statements, table
from workshop.tables import (
    CallRow,
    EventRow,
    HeardRow,
    HookRow,
    KeyRow,
    PenRow,
    ProcessRow,
    RenewedRow,
    RingRow,
    RoomRow,
    SessionRow,
)


class NoData(Exception):
    """The data cannot be had; its message is a sentence for whoever starts the server."""


class Fenced(Exception):
    """Another process may write one of these rooms now; nothing was stored."""


class HeldElsewhere(Exception):
    """Another process holds the room."""

    def __init__(self, room: str, process: int) -> None:
        super().__init__(room)
        self.room, self.process = room, process


@dataclass(frozen=True)
class Holding:
    """The process that may write a room, and for how many milliseconds no process held it before."""

    process: int
    away: int = 0


class Store(ABC):
    """Reads and writes. What writes is called from one thread only, and raises if nothing was stored."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer: Connection | None = None
        self._made = Statements(engine)

    # What differs by where it is kept

    @property
    @abstractmethod
    def place(self) -> str:
        """Where the data is, to be put into sentences; without passwords."""

    @property
    @abstractmethod
    def identity(self) -> str:
        """What tells this data from any other, in letters and figures."""

    @abstractmethod
    def now(self) -> int:
        """The time all processes on this data go by, in Unix milliseconds."""

    @abstractmethod
    def room_left(self) -> int | None:
        """Bytes that can still be stored; none where that is not ours to know."""

    @abstractmethod
    def forget(self, sessions: set[str]) -> bool:
        """What was deleted, and in which order these sessions' digests came, leaves what is kept to repair the data.

        In the writing thread; false while a reader holds on to it.
        """

    @abstractmethod
    def own(self, room: str, process: int, take: bool = True) -> Holding:
        """Have a process write a room from now on, unless another one that is alive does; who holds it then.

        Without ``take`` it is not taken from anybody, alive or not.
        """

    @abstractmethod
    def release(self, room: str, process: int) -> None:
        """A process lets another one write a room from now on; in the writing thread."""

    @abstractmethod
    def others(self, process: int) -> bool:
        """Whether another process is alive that could."""

    @abstractmethod
    def kept(self, rooms: Iterable[str], process: int) -> set[str]:
        """Those of these rooms that a process may still write."""

    @abstractmethod
    def must_hold(self, connection: Connection, rooms: Iterable[str]) -> None:
        """Inside what is being written: raises ``Fenced`` where another process may write one of these rooms."""

    @abstractmethod
    def alone(self, connection: Connection) -> None:
        """Let no other process begin until this transaction is over."""

    @abstractmethod
    def insert_ring(self) -> Any:
        """The statement that puts keys on rings, where the same key may come twice and one's own counts more."""

    def close(self) -> None:
        """Let go of the data."""
        if self._writer is not None:
            self._writer.close()
        self.engine.dispose()

    # Writing

    @contextmanager
    def writing(self, rooms: Iterable[str] = ()) -> Iterator[Connection]:
        """One transaction that these rooms are written in; after a fault the next one begins on a new connection."""
        connection = self._connection()
        try:
            with connection.begin():
                yield connection
                self.must_hold(connection, rooms)
        except BaseException:
            self._writer = None
            connection.invalidate()
            connection.close()
            raise

    def write(
        self,
        added: dict[type[SQLModel], Rows],
        changes: Iterable[Callable[[Connection], object]] = (),
        rooms: Iterable[str] = (),
    ) -> None:
        """Store rows of these rooms and change others, in one transaction."""
        with self.writing(rooms) as connection:
            for row, rows in added.items():
                if row is RingRow and rows:
                    connection.execute(self.insert_ring(), rows)
                elif rows:
                    self._made.insert(connection, row, rows)
            for make in changes:
                make(connection)

    def begin_process(self) -> int:
        """A process works with the data from now on; its number, which no other has or had."""
        t = table(ProcessRow)
        with self.engine.begin() as connection:
            self.alone(connection)
            last = connection.execute(select(t.c.id).order_by(t.c.id.desc()).limit(1)).scalar() or 0
            connection.execute(insert(t).values(id=last + 1, alive=self.now()))
        return last + 1

    def beat(self, process: int, room: str = "") -> None:
        """The process is alive, and holds this room; in the writing thread."""
        rooms = table(RoomRow)
        with self.writing([room] if room else ()) as connection:
            now = self.lives(connection, process)
            if room:
                connection.execute(update(rooms).where(rooms.c.id == room).values(held=now, keeper=process))

    @abstractmethod
    def lives(self, connection: Connection, process: int) -> int:
        """Note that a process is alive now; returns when that is."""

    def end_process(self, process: int) -> None:
        """The process lets go of everything it held; in the writing thread."""
        processes = table(ProcessRow)
        with self.writing() as connection:
            ended = update(processes).where(processes.c.id == process).values(alive=self.now(), ended=True)
            connection.execute(ended)

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
        return next(iter(self._made.where(RoomRow, "id", id)), None)

    def session(self, code: str) -> dict[str, Any] | None:
        """The row of the session with this code."""
        return next(iter(self._made.where(SessionRow, "code", code)), None)

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
        return next(iter(self._made.where(KeyRow, "digest", digest)), None)

    def ring(self, ring: bytes) -> Rows:
        """Everything on a browser's ring."""
        return self._made.where(RingRow, "ring", ring)

    def all_of(self, room: str) -> list[tuple[int, str, bytes]]:
        """Every event of a room, whatever session it is of: number, session and body."""
        t = table(EventRow)
        with self.engine.connect() as connection:
            query = select(t.c.number, t.c.session, t.c.body).where(t.c.room == room).order_by(t.c.number)
            return [(row[0], row[1], row[2]) for row in connection.execute(query)]

    def rewrite(self, room: str, gone: list[int], now: dict[int, bytes], session: str = "") -> None:
        """Take events out of a room's stream and change others, and let go of a session; in the writing thread."""
        t = table(EventRow)
        with self.writing([room]) as connection:
            for numbers in (gone[at : at + 500] for at in range(0, len(gone), 500)):
                connection.execute(delete(t).where(t.c.room == room, t.c.number.in_(numbers)))
            for number, body in now.items():
                connection.execute(update(t).where(t.c.room == room, t.c.number == number).values(body=body))
            # What waits to be told may say what is gone now.
            connection.execute(delete(table(CallRow)).where(table(CallRow).c.room == room))
            if session:
                _drop_sessions(connection, [session])

    def drop_room(self, room: str) -> None:
        """Let go of a room with everything in it; in the writing thread."""
        sessions = [row["code"] for row in self.sessions_of(room)]
        with self.writing() as connection:
            _drop_sessions(connection, sessions)
            heard, rooms = table(HeardRow), table(RoomRow)
            connection.execute(delete(heard).where(heard.c.session == room))
            for row in (EventRow, KeyRow, RingRow, HookRow, CallRow):
                connection.execute(delete(table(row)).where(table(row).c.room == room))
            connection.execute(delete(rooms).where(rooms.c.id == room))

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
        return bool(self._made.where(RenewedRow, "ring", ring))

    def drop_before(self, ring: bytes) -> None:
        """The ring that this one took the place of speaks for nobody any more; in the writing thread."""
        renewed, rings = table(RenewedRow), table(RingRow)
        with self.writing() as connection:
            before = connection.execute(select(renewed.c.before).where(renewed.c.ring == ring)).scalar()
            if before is not None:
                connection.execute(delete(rings).where(rings.c.ring == before))
                connection.execute(delete(renewed).where(renewed.c.ring == ring))

    def drop_ring(self, ring: bytes) -> None:
        """Forget everything on a ring and on those it was renewed from or to; in the writing thread."""
        with self.writing() as connection:
            for one in _kin(connection, ring):
                for row in (RingRow, RenewedRow):
                    connection.execute(delete(table(row)).where(table(row).c.ring == one))

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
