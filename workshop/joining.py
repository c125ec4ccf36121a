"""Coming in: joining with a name, by a link, as somebody recognised, or as the one who opens it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import SQLModel

from sessions import formats
from sessions.activities import ALL
from sessions.decide import arrived, decide
from sessions.record.brief import CycleSet
from sessions.record.cycles import must_be_written
from sessions.room import Command, PhasePlan, speaking
from sessions.rules.event import Event
from sessions.rules.refusal import Refused
from sessions.running import agenda_files, agendas, identity, people
from sessions.running.agendas import Agendas
from sessions.running.beginning import begin_session
from workshop import changes, keys
from workshop.asking import Row, by, new_id
from workshop.clock import now_ms
from workshop.directory import Rooms
from workshop.keys import Ring, Voice
from workshop.open_room import OpenRoom
from workshop.statements import Rows
from workshop.tables import CALENDAR, READER, RoomRow


@dataclass(frozen=True)
class Opened:
    """A session just opened, and the keys to it; a key is not kept anywhere else."""

    code: str
    room: str
    person: str
    helm: str
    screen: str
    room_key: str


async def open_session(
    rooms: Rooms,
    format: str,
    title: str,
    room: str | None = None,
    ring: Ring | None = None,
    team: str = "",
    about: str = "",
    name: str = "",
) -> Opened:
    """Open a session, in a room of its own unless one is named; raises ``Refused``.

    ``team`` is the one it drafts for, ``about`` the goal it is about, ``name`` what its facilitator is called.
    """
    chosen = _chosen(rooms, format, room)
    code, id, at = rooms.free_code(), room or new_id() + new_id(), now_ms()
    opened = Opened(code, id, new_id(), *(keys.new_key() for _ in range(3)))
    rows = [*_keys_of(opened), *_rings_of(rooms, opened, ring)]

    def begin() -> list[Event]:
        return begin_session(
            held.room,
            code,
            chosen.key,
            title,
            at,
            chosen.minutes,
            chosen.plan,
            chosen.asks,
            opened.person,
            team,
            about,
            name,
        )

    if room:
        held = rooms.room(id)
        must_be_written(held.room.record)
    else:
        rows.insert(0, (RoomRow, rooms.new_row(id, title)))
        held = rooms.begin(id)
    await held.turns.ask(code, begin, rows)
    return opened


async def open_prepared(
    rooms: Rooms, room: str, format: str, title: str, commands: Iterable[Command], ring: Ring | None = None
) -> Opened:
    """Open a session in a room, and do in it what its facilitator would before it begins."""
    opened = await open_session(rooms, format, title, room, ring)
    held = rooms.room(room)
    for command in commands:
        acts = by(opened.person)
        await held.turns.ask(opened.code, lambda c=command, a=acts: decide(held.room, opened.code, c, a))  # type: ignore[misc]
    return opened


async def keep_agenda(room: OpenRoom, file: object) -> str:
    """Keep an agenda that comes as a file; returns what a session is opened with it by. Raises ``Refused``."""
    name, asks, steps = agenda_files.read(ALL, file)
    made: list[agendas.AgendaKept] = []

    def keep() -> list[Event]:
        made.append(agendas.kept(room.room, name, asks, steps, new_id()))
        return [*made]

    await room.turns.ask("", keep)
    return f"agenda:{made[0].agenda.id}"


async def open_room(rooms: Rooms, name: str, ring: Ring | None = None) -> tuple[str, str]:
    """A room without a session yet; returns its id and its key."""
    id, key = new_id() + new_id(), keys.new_key()
    voice = Voice(id, "", "", "room")
    rows: list[Row] = [(RoomRow, rooms.new_row(id, name))]
    rows += [keys.key_row(key, voice), *keys.ring_rows(rooms.store, ring, voice)]
    await rooms.begin(id).turns.ask("", lambda: [CycleSet(organisation=name[:60], name="", at=now_ms())], rows)
    return id, key


async def join(
    rooms: Rooms,
    code: str,
    name: str,
    team: str = "",
    remote: bool = False,
    ring: Ring | None = None,
    known: str = "",
    vouched: bool = False,
    lent: bool = False,
) -> tuple[Voice, str]:
    """Somebody takes part; returns whom they speak as, and the key to it. Raises ``Refused``.

    ``known`` is who they are in this room already, if they are; ``vouched`` for is who holds the room's key
    or the leaders' invitation: under the name of somebody a file has named, they are that person.
    """
    room, _ = rooms.must_find(code)
    key = keys.new_key()
    person = known or (people.expected(room.room, name) if vouched else "") or new_id()
    voice = Voice(room.id, code, person, "lent" if lent else "person")
    rows = keys.ring_rows(rooms.store, ring, voice)
    rows = rows if lent else [keys.key_row(key, voice), *rows]

    def come_in() -> list[Event]:
        return people.join(room.room, room.room.sessions[code], person, name, team, remote)

    await room.turns.ask(code, come_in, rows)
    # Somebody may have closed and let go of it meanwhile.
    if code in room.room.sessions:
        await room.turns.ask(code, lambda: arrived(room.room, room.room.sessions[code], by(person)))
    return voice, key


async def join_as_facilitator(rooms: Rooms, code: str, ring: Ring | None = None, key: str = "") -> Voice:
    """Somebody comes in to facilitate, by the co-facilitator's link or as keeper of the room; ``key`` is theirs."""
    room, session = rooms.must_find(code)
    voice = Voice(room.id, code, new_id(), "facilitator")
    rows = keys.ring_rows(rooms.store, ring, voice)
    rows = [keys.key_row(key, voice), *rows] if key else rows
    await room.turns.ask(code, lambda: people.co_facilitate(session, voice.person), rows)
    return voice


async def link_for(rooms: Rooms, code: str, role: str, maker: Voice, person: str = "", own: Voice | None = None) -> str:
    """A new key: for a ``person`` who is here, a ``co-facilitator``, or the big ``screen``.

    One that somebody makes for themselves (``own``) sees what they see. One that is made for others is sealed
    from what they wrote before, is told to them and to everybody, and can be taken back.
    """
    room, session = rooms.must_find(code)
    key, hand = keys.new_key(), own.hand if own else new_id()
    made = speaking.link_made(session, role, person, hand, maker.person, now_ms())
    voice = Voice(room.id, code, own.look[0] if own else person, role, hand)
    await room.turns.ask(code, lambda: [] if own else made, [keys.key_row(key, voice)])
    return key


async def claim(rooms: Rooms, code: str, person: str) -> str:
    """A device says it belongs to somebody here; returns the secret it will ask for the answer with."""
    room, session = rooms.must_find(code)
    claim, secret = new_id(), keys.new_key()
    await room.turns.ask(code, lambda: identity.claim(session, person, claim, keys.digest(secret).hex()))
    return f"{claim}.{secret}"


async def claimed(rooms: Rooms, code: str, secret: str, ring: Ring) -> tuple[str, str]:
    """The answer to a claim (waiting, yes or no) and for whom; after a yes the ring speaks for them."""
    room, session = rooms.must_find(code)
    claim, _, proof = secret.partition(".")
    person, answer = identity.claimed(room.room, session, claim, keys.digest(proof).hex())
    if answer == "yes":
        voice = Voice(room.id, code, person, "person", claim)
        rows = keys.ring_rows(rooms.store, ring, voice)
        await room.turns.ask(code, lambda: [identity.ClaimRedeemed(claim=claim)], rows)
    return person, answer


async def invite(room: OpenRoom, team: str = "") -> str:
    """A key to look at a room's record, as one of a team or of nobody's."""
    if team and team not in room.room.record.teams:
        raise Refused("no_such_team", "That team is not on the list.")
    key = keys.new_key()
    await room.turns.ask("", list, [keys.key_row(key, Voice(room.id, "", "", f"member:{team}"))])
    return key


async def uninvite(room: OpenRoom, team: str = "") -> None:
    """Every invitation for a team, or for everybody, is worth nothing any more; open pages are told."""
    await room.turns.ask("", list, changes=[changes.uninvited(room.id, team)])
    room.turns.audience.uninvite(team)


async def publish(room: OpenRoom, session: str) -> str:
    """A key to read what came out of a session, and nothing else."""
    key = keys.new_key()
    await room.turns.ask(session, list, [keys.key_row(key, Voice(room.id, session, "", READER))])
    return key


async def unpublish(room: OpenRoom, session: str) -> None:
    """Every such key is worth nothing any more."""
    await room.turns.ask(session, list, changes=[changes.unpublished(room.id, session)])


async def calendar(room: OpenRoom, session: str, person: str) -> str:
    """A key that reads somebody's own calendar of a session, and nothing else."""
    key = keys.new_key()
    await room.turns.ask(session, list, [keys.key_row(key, Voice(room.id, session, person, CALENDAR))])
    return key


async def put_on_ring(rooms: Rooms, ring: Ring, voice: Voice) -> None:
    """A browser can speak for this voice from now on."""
    rows = keys.ring_rows(rooms.store, ring, voice)
    if voice.room:
        await rooms.room(voice.room).turns.ask(voice.session, list, rows)
        return
    # It speaks for no room: for whoever runs the server.
    by_table: dict[type[SQLModel], Rows] = {}
    for kind, row in rows:
        by_table.setdefault(kind, []).append(row)
    await rooms.log.in_turn(lambda: rooms.store.write(by_table))


def on_ring(rooms: Rooms, ring: str) -> list[Voice]:
    """Everybody a browser can speak for; once it shows its new ring, the one before is worth nothing."""
    digest = keys.digest(ring)
    if rooms.store.renewed(digest):
        rooms.log.later(lambda: rooms.store.drop_before(digest))
    return keys.on_ring(rooms.store, ring)


async def forget_ring(rooms: Rooms, ring: str) -> None:
    """A browser gives up everything it could speak for."""
    await rooms.log.in_turn(lambda: rooms.store.drop_ring(keys.digest(ring)))


@dataclass(frozen=True)
class _Chosen:
    """What a session is opened with: a format, an agenda the room keeps, or the plan of another session."""

    key: str
    minutes: int
    plan: list[PhasePlan]
    asks: str


def _chosen(rooms: Rooms, format: str, room: str | None) -> _Chosen:
    kind, _, id = format.partition(":")
    if kind == "agenda" and room:
        agenda = rooms.room(room).room.part(Agendas).kept.get(id)
        if agenda is not None:
            return _Chosen(format, agenda.minutes, agenda.steps, agenda.asks)
    elif kind == "copy" and room and (found := rooms.find(id)) and found[0].id == room:
        session = found[1]
        return _Chosen(session.format, session.minutes, list(session.plan.values()), session.asks)
    elif format in formats.ALL:
        made = formats.ALL[format]
        return _Chosen(made.key, made.minutes, list(made.phases), made.asks)
    near = difflib.get_close_matches(format, formats.ALL, 1)
    if near:
        say = "There is no format called “{format}”. Is it “{near}”?"
        raise Refused("no_such_format", say, {"format": format[:60], "near": near[0]})
    say = "There is no format called “{format}”: “waggle formats” lists what there is."
    raise Refused("no_such_format", say, {"format": format[:60]})


def _keys_of(opened: Opened) -> list[Row]:
    room, code = opened.room, opened.code
    return [
        keys.key_row(opened.helm, Voice(room, code, opened.person, "facilitator")),
        keys.key_row(opened.screen, Voice(room, code, "", "screen")),
        keys.key_row(opened.room_key, Voice(room, "", "", "room")),
    ]


def _rings_of(rooms: Rooms, opened: Opened, ring: Ring | None) -> list[Row]:
    rows = keys.ring_rows(rooms.store, ring, Voice(opened.room, opened.code, opened.person, "facilitator"))
    if ring:
        rows += keys.ring_rows(rooms.store, Ring(ring.name), Voice(opened.room, "", "", "room"))
    return rows
