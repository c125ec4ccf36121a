"""What is changed beside the rows that are added: sessions end, pens are emptied, keys are taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select, update

from sessions.room import Room
from sessions.room.speaking import SpokenSettled
from sessions.rules.event import Event
from sessions.running.closing import PensEmptied, SessionClosed
from sessions.running.opening import RehearsalMarked, SessionOpened
from sessions.running.removing import PersonRemoved
from workshop.statements import table
from workshop.tables import READER, KeyRow, PenRow, RingRow, SessionRow

if TYPE_CHECKING:
    from workshop.log import Batch


@dataclass(frozen=True)
class Change:
    """One change to what is stored of a session, made with what was decided.

    One that withdraws keys says whose, and in which room.
    """

    session: str
    make: Callable[[Connection], object]
    withdraws: str = ""
    room: str = ""


def opened(batch: "Batch", room: str, session: str, event: Event) -> bool:
    """Whether a session was opened: then its code is kept beside the events."""
    if not isinstance(event, SessionOpened):
        return False
    batch.add(SessionRow, code=session, room=room, opened=event.at, ended=0, rehearsal_of="")
    return True


def following(batch: "Batch", room: Room, session: str, event: Event) -> None:
    """What a fact changes of what is kept beside the stream."""
    match event:
        case SessionClosed():
            batch.changes.append(ended(session, event.at))
        case SpokenSettled(state="refused" | "withdrawn"):
            batch.changes.append(withdrawn(room.id, session, event.id))
        case RehearsalMarked():
            batch.changes.append(rehearses(session, event.of))
        case PersonRemoved():
            batch.changes += [removed(room.id, session, entry) for entry in room.entries(event.person)]
        case PensEmptied():
            batch.changes.append(pens_emptied(session))
            batch.forgets = True
            batch.rows[PenRow] = [r for r in batch.rows.get(PenRow, []) if r["session"] != session]


def ended(session: str, at: int) -> Change:
    """The session is over (Unix milliseconds)."""
    t = table(SessionRow)
    return Change(session, lambda stored: stored.execute(update(t).where(t.c.code == session).values(ended=at)))


def rehearses(session: str, other: str) -> Change:
    """The session is a rehearsal of another."""
    t = table(SessionRow)
    changed = update(t).where(t.c.code == session).values(rehearsal_of=other)
    return Change(session, lambda stored: stored.execute(changed))


def pens_emptied(session: str) -> Change:
    """Nobody holds a pen of the session any more."""
    t = table(PenRow)
    return Change(session, lambda stored: stored.execute(delete(t).where(t.c.session == session)))


def withdrawn(room: str, session: str, hand: str) -> Change:
    """A key that was made for somebody opens nothing any more, wherever it was put."""

    def make(stored: Connection) -> None:
        for t in (table(KeyRow), table(RingRow)):
            stored.execute(delete(t).where(t.c.session == session, t.c.hand == hand))

    return Change(session, make, "hand", room)


def unpublished(room: str, session: str) -> Change:
    """No link for everybody opens the session's read-out any more."""
    t = table(KeyRow)
    gone = delete(t).where(t.c.session == session, t.c.role == READER)
    return Change(session, lambda stored: stored.execute(gone), READER, room)


def uninvited(room: str, team: str) -> Change:
    """No invitation to the room's record for this team (empty: for everybody) opens it any more."""

    def make(stored: Connection) -> None:
        for t in (table(KeyRow), table(RingRow)):
            stored.execute(delete(t).where(t.c.room == room, t.c.session == "", t.c.role == f"member:{team}"))

    return Change("", make, "member", room)


def removed(room: str, session: str, person: str) -> Change:
    """Somebody who was removed keeps no key, and no invitation on a browser that spoke as them."""

    def make(stored: Connection) -> None:
        keys, rings = table(KeyRow), table(RingRow)
        theirs = select(rings.c.ring).where(rings.c.session == session, rings.c.person == person)
        found = list(stored.execute(theirs).scalars())
        stored.execute(delete(keys).where(keys.c.session == session, keys.c.person == person))
        invited = rings.c.role.startswith("member:")
        stored.execute(delete(rings).where(rings.c.ring.in_(found), rings.c.room == room, invited))
        stored.execute(delete(rings).where(rings.c.session == session, rings.c.person == person))

    return Change(session, make, "person", room)
