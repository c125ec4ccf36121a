"""One file: what a server by itself keeps everything in, held by one process, synced before it counts as stored."""

import fcntl
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, case, create_engine, event, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from workshop.clock import now_ms
from workshop.operating import copies
from workshop.statements import table
from workshop.store import Holding, NoData, Store
from workshop.storing import versions
from workshop.tables import ProcessRow, RingRow


class DataInUse(NoData):
    """Another process holds the data."""


def hold(folder: Path) -> IO[str]:
    """Hold the data in a folder alone, until what is returned is closed; raises ``DataInUse``."""
    folder.mkdir(parents=True, exist_ok=True)
    copies.private(folder / "waggle.lock")
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


class OneFile(Store):
    """The data in a folder, brought up to this version. One that does not hold it only reads, beside who does."""

    def __init__(self, folder: Path, holds: bool = True) -> None:
        self.folder = folder
        self._lock = hold(folder) if holds else None
        if holds:
            copies.private(folder / "waggle.db")
        super().__init__(_engine(folder / "waggle.db"))
        try:
            if holds:
                with self.engine.begin() as connection:
                    versions.bring_up(connection, str(folder), lambda why: copies.keep_aside(folder, why))
        except versions.DataTooNew:
            self.close()
            raise
        except DBAPIError as fault:
            self.close()
            raise NoData(f"The data in {folder} cannot be used: {fault.orig}. Is there room on the disk?") from None

    def close(self) -> None:
        super().close()
        if self._lock is not None:
            self._lock.close()

    @property
    def place(self) -> str:
        return str(self.folder.resolve())

    @property
    def identity(self) -> str:
        return sha256(str(self.folder.resolve()).encode()).hexdigest()[:16]

    def now(self) -> int:
        return now_ms()

    def room_left(self) -> int | None:
        return shutil.disk_usage(self.folder).free

    def forget(self, sessions: set[str]) -> bool:
        """What SQLite keeps to repair the file is its write-ahead log; in the file itself nothing has an order."""
        busy = self._connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
        self._connection().rollback()
        return not busy

    def own(self, room: str, process: int, take: bool = True) -> Holding:
        """Whoever has the file has every room in it."""
        row = self.room(room)
        if row is None or row["keeper"] == process:
            return Holding(process)
        return Holding(process, max(0, self.now() - (self.alive_until(row["keeper"]) or row["held"])))

    def release(self, room: str, process: int) -> None:
        """There is nobody else."""

    def others(self, process: int) -> bool:
        return False

    def kept(self, rooms: Iterable[str], process: int) -> set[str]:
        return set(rooms)

    def must_hold(self, connection: Connection, rooms: Iterable[str]) -> None:
        """Whoever has the file has every room in it."""

    def lives(self, connection: Connection, process: int) -> int:
        t, now = table(ProcessRow), self.now()
        connection.execute(update(t).where(t.c.id == process).values(alive=now))
        return now

    def alone(self, connection: Connection) -> None:
        """Whoever has the file is alone with it."""

    def insert_ring(self) -> Any:
        statement = insert(table(RingRow))
        own = {"hand": case((statement.excluded.hand == "", ""), else_=table(RingRow).c.hand)}
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
