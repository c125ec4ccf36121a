"""Copies of all data: one taken while the server runs, one put back while it does not."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

DATA = "waggle.db"


class NoCopy(Exception):
    """A copy that cannot be made or used; its message is a sentence for whoever asked for it."""


def take(folder: Path, file: Path) -> int:
    """Copy the data in ``folder`` into a file that is not there yet, whole and checked; its size in bytes.

    Whoever writes meanwhile waits for nothing. Raises ``NoCopy``.
    """
    data = folder / DATA
    if not data.exists():
        raise NoCopy(f"There is no data in {folder}. Set WAGGLE_DATA as for the server.")
    if file.exists():
        raise NoCopy(f"{file} is there already. Name {'a file in it' if file.is_dir() else 'another file'}.")
    try:
        file.touch(mode=0o600, exist_ok=False)
        _copy(data, file)
    except (OSError, sqlite3.Error) as fault:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
        raise NoCopy(f"The copy could not be written to {file}: {fault}.") from None
    return file.stat().st_size


def put_back(file: Path, folder: Path) -> Path | None:
    """Put a copy in the place of the data in ``folder``, which the caller holds; where what was there is kept now.

    Raises ``NoCopy`` for a file that is no copy of Waggle's data, or a broken one; nothing is changed then.
    """
    must_be_whole(file)
    data, coming = folder / DATA, folder / f"{DATA}.coming"
    coming.unlink(missing_ok=True)
    private(coming)
    _copy(file, coming)
    before = keep_aside(folder, "before-restore") if data.exists() and data.stat().st_size else None
    for part in (f"{DATA}-wal", f"{DATA}-shm"):
        (folder / part).unlink(missing_ok=True)
    os.replace(coming, data)
    _sync(folder)
    return before


def keep_aside(folder: Path, why: str) -> Path:
    """A copy of the data beside it, named after when and why it was made."""
    at = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    aside = folder / f"waggle-{at}-{why}.db"
    private(aside)
    _copy(folder / DATA, aside)
    return aside


def must_be_whole(file: Path) -> None:
    """Refuse what is no copy of Waggle's data, or a broken one."""
    if not file.is_file():
        raise NoCopy(f"There is no file {file}.")
    try:
        with _opened(file) as read:
            tables = {row[0] for row in read.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            sound = read.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error:
        tables, sound = set(), ""
    if not {"event", "room", "alembic_version"} <= tables:
        raise NoCopy(f"{file} is no copy of Waggle’s data.")
    if sound != "ok":
        raise NoCopy(f"{file} is broken: {sound}.")


def private(file: Path) -> None:
    """Make a file in the data folder that its owner alone can read, also where root runs the command; what SQLite puts
    beside it is made alike.
    """
    file.touch(mode=0o600)
    owner = file.parent.stat()
    for part in (file, *file.parent.glob(f"{file.name}-*")):
        part.chmod(0o600)
        if os.geteuid() == 0:
            os.chown(part, owner.st_uid, owner.st_gid)


def _copy(source: Path, into: Path) -> None:
    with _opened(source) as read, contextlib.closing(sqlite3.connect(into)) as written:
        read.backup(written)
        written.execute("PRAGMA journal_mode=DELETE")
    with into.open("rb") as file:
        os.fsync(file.fileno())


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=10)) as found:
        yield found


def _sync(folder: Path) -> None:
    at = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)
