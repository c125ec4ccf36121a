"""Rooms as whoever runs the server sees them: how large, when last seen, how many people; never what they say."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import LargeBinary, case, func, select

from sessions.decide import decide
from sessions.record.cycles import ReadOnlySet
from sessions.rules.refusal import Refused
from sessions.running.closing import CloseSession
from sessions.running.people import PersonCame
from workshop import files, joining, keys, removing, stream
from workshop.asking import by
from workshop.directory import Rooms
from workshop.keys import Voice
from workshop.open_room import OpenRoom
from workshop.statements import table
from workshop.store import Store
from workshop.tables import EventRow, RoomRow, SessionRow

#: How the fact that somebody came begins, as it is stored.
_CAME = b'{"e":"person_came"'


@dataclass(frozen=True)
class RoomSeen:
    """A room from outside: times in Unix milliseconds, its size in bytes of what happened in it."""

    id: str
    name: str
    opened: int
    seen: int
    size: int
    people: int
    sessions: int
    not_over: int


def listed(store: Store) -> list[RoomSeen]:
    """Every room, the one that was seen last first."""
    rooms, events, sessions = table(RoomRow), table(EventRow), table(SessionRow)
    sizes = select(events.c.room, func.sum(func.length(events.c.body)), func.max(events.c.at)).group_by(events.c.room)
    held = select(sessions.c.room, func.count(), func.sum(case((sessions.c.ended == 0, 1), else_=0))).group_by(
        sessions.c.room
    )
    with store.reading() as reading:
        size = {row[0]: (row[1], row[2] or 0) for row in reading.execute(sizes)}
        holds = {row[0]: (row[1], row[2]) for row in reading.execute(held)}
        rows = reading.execute(select(rooms)).mappings().all()
    found = [
        RoomSeen(
            row["id"],
            row["name"],
            row["opened"],
            max(row["held"], size.get(row["id"], (0, 0))[1]),
            size.get(row["id"], (0, 0))[0],
            _people(store, row["id"]),
            *holds.get(row["id"], (0, 0)),
        )
        for row in rows
    ]
    return sorted(found, key=lambda room: -room.seen)


def _people(store: Store, room: str) -> int:
    """How many entries there are in a room."""
    events = table(EventRow)
    came = select(events.c.body).where(
        events.c.room == room, func.substr(events.c.body, 1, len(_CAME), type_=LargeBinary) == _CAME
    )
    with store.reading() as reading:
        said = [stream.read(body) for body in reading.execute(came).scalars()]
    return len({event.person for event in said if isinstance(event, PersonCame)})


def named(store: Store, wanted: str) -> str:
    """The room of this id, with a session of this code, or alone of this name; raises ``Refused``."""
    session = store.session(keys.tidy_code(wanted))
    if store.room(wanted):
        return wanted
    if session:
        return str(session["room"])
    rooms = table(RoomRow)
    with store.reading() as reading:
        alike = reading.execute(select(rooms.c.id).where(func.lower(rooms.c.name) == wanted.strip().lower())).scalars()
        found = list(alike)
    if len(found) == 1:
        return str(found[0])
    if found:
        raise Refused("several", "Several rooms are called “{name}”. Name it by its id.", {"name": wanted})
    raise Refused(
        "no_such_room", "There is no room “{name}”: no id, no code, no name. See: waggle rooms", {"name": wanted}
    )


async def delete(rooms: Rooms, room: str, wish: dict[str, Any]) -> dict[str, Any]:
    """A room goes, with everything in it."""
    name = rooms.room(room).title
    await removing.delete_room(rooms, room)
    return {"room": room, "name": name}


async def close(rooms: Rooms, room: str, wish: dict[str, Any]) -> dict[str, Any]:
    """Every session of a room ends as its facilitator would end it, and its record can only be read."""
    held = rooms.room(room)
    await held.settled()
    # One that has not begun as well: nobody shall join what can never begin.
    running = [session.code for session in held.room.sessions.values() if session.state != "closed"]
    for code in running:
        await _end(rooms, held, code)
    if not held.room.record.read_only:
        await held.turns.ask("", lambda: [ReadOnlySet(on=True)])
    return {"room": room, "name": held.title, "ended": len(running)}


async def _end(rooms: Rooms, held: OpenRoom, code: str) -> None:
    session = held.room.sessions[code]
    steering = [person for person in session.roles if session.is_facilitator(person)]
    person = steering[0] if steering else (await joining.join_as_facilitator(rooms, code)).person
    await held.turns.ask(code, lambda: decide(held.room, code, CloseSession(), by(person)))


async def export(rooms: Rooms, room: str, wish: dict[str, Any]) -> dict[str, Any]:
    """The record of a room as text, in one of the kinds that its keeper takes along."""
    held, kind = rooms.room(room), str(wish.get("as", "json"))
    written = files.WRITTEN.get(kind)
    if written is None or kind == "xlsx":
        raise Refused("no_such_kind", "Choose json, csv, md, needs, links, findings or check-ins.")
    body = await held.turns.apart(lambda: written.write(held.room))
    return {"room": room, "name": written.name, "text": body if isinstance(body, str) else body.decode()}


async def new_key(rooms: Rooms, room: str, wish: dict[str, Any]) -> dict[str, Any]:
    """A new key to a room, for whoever lost theirs; those before it open it too."""
    held, key = rooms.room(room), keys.new_key()
    await held.turns.ask("", list, [keys.key_row(key, Voice(room, "", "", "room"))])
    return {"room": room, "name": held.title, "key": key}


def facts(store: Store) -> list[dict[str, Any]]:
    """The same as ``listed``, to be written."""
    return [asdict(room) for room in listed(store)]


#: What is done with one room, by its word on the command line.
ACTS: dict[str, Callable[[Rooms, str, dict[str, Any]], Awaitable[dict[str, Any]]]] = {
    "delete": delete,
    "close": close,
    "export": export,
    "key": new_key,
}


async def act(rooms: Rooms, what: str, wanted: str, wish: dict[str, Any]) -> dict[str, Any]:
    """Do one of these with the room that is meant by its id, a code in it or its name; raises ``Refused``."""
    room = named(rooms.store, wanted)
    await rooms.awake(room)
    return await ACTS[what](rooms, room, wish)
