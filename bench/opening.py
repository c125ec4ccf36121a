"""Opening a room with a cycle's history: 200,000 events in 40 sessions, two of them open."""

import asyncio
import gc
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from sessions import formats
from sessions.board.notes.note import NoteAdded
from sessions.board.piles import PileOpened, PileShown
from sessions.rules.event import Event
from sessions.running.closing import SessionClosed
from sessions.running.opening import SessionListed, open_session
from sessions.running.people import PersonCame, RoleGiven
from sessions.running.phases import PhaseBegun
from workshop import stream
from workshop.log import Log
from workshop.open_room import OpenRoom
from workshop.statements import Rows, table
from workshop.storing.one_file import OneFile
from workshop.tables import EventRow, RoomRow, SessionRow

EVENTS, SESSIONS, OPEN, PAIRS = 200_000, 40, 2, 9


def fill(store: OneFile) -> None:
    """A room's record and sessions as they would have been stored."""
    rows: Rows = []
    listed: Rows = []
    for number in range(SESSIONS):
        code, still = f"S{number:05d}", number >= SESSIONS - OPEN
        for event in _session(code, EVENTS // SESSIONS, still):
            session = "" if event.of_record else code
            body = stream.write(event)
            rows.append({"room": "r", "number": len(rows) + 1, "session": session, "at": 1, "body": body})
        listed.append({"code": code, "room": "r", "opened": number, "ended": 0 if still else 1, "rehearsal_of": ""})
    room = RoomRow(id="r", name="Cycle", opened=1, held=1).model_dump()
    store.write({RoomRow: [room], SessionRow: listed, EventRow: rows})


def measure() -> None:
    """Seconds to open, and the ratio to fetching the same rows and nothing else; medians of nine pairs."""
    with tempfile.TemporaryDirectory() as folder:
        store = OneFile(Path(folder))
        fill(store)
        opening, reading = [], []
        for _ in range(PAIRS):
            gc.collect()
            began = time.perf_counter()
            room = OpenRoom("r", Log(store))
            opening.append(time.perf_counter() - began)
            room.turns.log.close()
            began = time.perf_counter()
            count = _read_plainly(store)
            reading.append(time.perf_counter() - began)
        assert len(room.room.sessions) == OPEN
        opening.sort()
        reading.sort()
        ratios = sorted(a / b for a, b in zip(opening, reading, strict=True))
        middle = PAIRS // 2
        met = "met" if opening[middle] <= 1 else "NOT met"
        which = f"{EVENTS:,} events, {OPEN} of {SESSIONS} sessions open"
        print(f"opening a room of {which}: {opening[middle]:.2f} s, goal 1: {met}")
        print(f"  {ratios[middle]:.1f} x fetching its {count:,} rows and nothing else", flush=True)
        store.close()


def _read_plainly(store: OneFile) -> int:
    t = table(EventRow)
    codes = ["", *(f"S{number:05d}" for number in range(SESSIONS - OPEN, SESSIONS))]
    query = select(t.c.number, t.c.session, t.c.body).where(t.c.room == "r", t.c.session.in_(codes))
    with store.engine.connect() as connection:
        return sum(1 for _ in connection.execute(query.order_by(t.c.number)))


def _session(code: str, count: int, still: bool) -> Iterator[Event]:
    plan = list(formats.ALL["ideas_and_dots"].phases)
    yield open_session(code, "ideas_and_dots", "Ideas", 1, 30, plan)
    for number in range(50):
        yield PersonCame(person=f"{code}.{number}", name=f"Person {number}")
        yield RoleGiven(person=f"{code}.{number}", role="participant")
    yield PhaseBegun(run=f"{code}r", phase="ideas", at=1, deadline=2)
    yield PileOpened(pile="ideas", limit=0)
    ids = [os.urandom(6).hex() for _ in range(count - 106)]
    for place, id in enumerate(ids):
        text = f"Something somebody wrote in this session, number {place}"
        yield NoteAdded(note=id, pile="ideas", pen=f"{code}p{place % 50}", text=text)
    yield PileShown(pile="ideas", order=ids)
    if not still:
        yield SessionClosed(at=3)
        yield SessionListed(session=code, ended=3)


async def main() -> None:
    """For ``bin/bench opening``."""
    measure()


if __name__ == "__main__":
    asyncio.run(main())
