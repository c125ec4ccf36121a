"""The rooms this process holds: opened when somebody asks, found by code, kept alive while in use."""

import asyncio
import contextlib
import gc
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import structlog
from sqlalchemy.exc import SQLAlchemyError

from sessions import formats
from sessions.acts.plan import PlanChanged
from sessions.decide import arrived
from sessions.facilitate import identity, people
from sessions.facilitate.opening import Prepared, RehearsalMarked, open_session
from sessions.facilitate.phases import ClockStarted
from sessions.keep.imported import Imported
from sessions.keep.incoming import Incoming, counts, settle
from sessions.record.standing import CycleSet
from sessions.record.teams import TeamListed
from sessions.room import Session
from sessions.rules.refusal import Refused
from workshop import keys, stream
from workshop.files import document
from workshop.keys import Voice
from workshop.log import Log
from workshop.open_room import OpenRoom, Row, new_id, now_ms
from workshop.store import Store
from workshop.tables import RoomRow

logger = structlog.get_logger()

#: How often it is noted that rooms are held, in seconds.
HEARTBEAT = 10.0
#: When Python collects by itself: young objects often, everything hardly ever.
COLLECTING = (10_000, 20, 1_000)


@dataclass(frozen=True)
class Opened:
    """A session just opened, and the keys to it; a key is not kept anywhere else."""

    code: str
    room: str
    person: str
    helm: str
    screen: str
    room_key: str


class Rooms:
    """Every room on this server."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder)
        self.log = Log(self.store)
        self._open: dict[str, OpenRoom] = {}
        self._heart: asyncio.Task[None] | None = None
        self._noting: asyncio.Future[None] | None = None
        self._commands_seen = self._commands_tidied = 0

    def start(self) -> None:
        """Begin to note that rooms are held, and to let go of seats that do not read."""
        gc.set_threshold(*COLLECTING)
        self._heart = asyncio.create_task(self._beat())

    async def stop(self) -> None:
        """Tell everybody, write what is left, and let go of the data."""
        if self._heart:
            self._heart.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._heart
        if self._noting:
            await asyncio.gather(self._noting, return_exceptions=True)
        await self.log.settled()
        with contextlib.suppress(SQLAlchemyError):
            await self._note_held()
        for room in self._open.values():
            for channel in room.publishing.channels.values():
                for seat in list(channel.seats):
                    seat.dismiss("restart", "The server is restarting. You will be back in a moment.")
        self.log.close()
        self.store.close()

    def in_memory(self) -> list[OpenRoom]:
        """Rooms that are open now."""
        return list(self._open.values())

    def find(self, code: str) -> tuple[OpenRoom, Session] | None:
        """The session with this code, and its room."""
        row = self.store.session(code)
        if row is None:
            return None
        room = self.room(row["room"])
        return (room, room.room.sessions[code]) if room.load(code) else None

    def room(self, id: str) -> OpenRoom:
        """The room in memory, opened from the log if need be."""
        found = self._open.get(id)
        if found is None:
            found = self._open[id] = OpenRoom(id, self.log)
            self._give_time_back(found)
            self._noting = asyncio.ensure_future(self._note_held())
            gc.collect()
            gc.freeze()
        return found

    async def open_session(
        self,
        format: str,
        title: str,
        room: str | None = None,
        ring: str | None = None,
        team: str = "",
        about: str = "",
    ) -> Opened:
        """Open a session, in a room of its own unless one is named; raises ``Refused``.

        ``team`` is the one it drafts for, ``about`` the goal it is about; without one a vote is about the
        last top-level goal that is shared.
        """
        chosen = formats.ALL.get(format)
        if chosen is None:
            raise Refused("no_such_format", f"There is no format called “{format[:60]}”.")
        code = self._free_code()
        opening = open_session(code, chosen, title, now_ms())
        rows: list[Row] = []
        id = room or new_id() + new_id()
        held = self.room(id) if room else None
        if held is None:
            rows.append((RoomRow, {"id": id, "name": title[:80], "opened": now_ms(), "held": now_ms()}))
            held = self._open[id] = OpenRoom(id, self.log)
        person = new_id()
        opened = Opened(code, id, person, *(keys.new_key() for _ in range(3)))
        voice = Voice(id, code, person, "facilitator")
        rows += [
            keys.key_row(opened.helm, voice),
            keys.key_row(opened.screen, Voice(id, code, "", "screen")),
            keys.key_row(opened.room_key, Voice(id, "", "", "room")),
        ]
        if ring:
            rows.append(keys.ring_row(ring, voice))
        came = people.PersonCame(person=person, name="Facilitator")
        role = people.RoleGiven(person=person, role="facilitator")
        about = about or (_last_goal(held) if chosen.asks == "goal" else "")
        wishes = {"team": team, "about": about}
        settled = [Prepared(what=what, text=id) for what, id in wishes.items() if _is_there(held, what, id)]
        await held.act(code, [opening, came, role, *settled], rows)
        return opened

    async def open_room(self, name: str, ring: str | None = None) -> tuple[str, str]:
        """A room without a session yet; returns its id and its key."""
        id, key = new_id() + new_id(), keys.new_key()
        voice = Voice(id, "", "", "room")
        self._open[id] = room = OpenRoom(id, self.log)
        rows: list[Row] = [(RoomRow, {"id": id, "name": name[:80], "opened": now_ms(), "held": now_ms()})]
        rows += [keys.key_row(key, voice), *([keys.ring_row(ring, voice)] if ring else [])]
        await room.act("", [CycleSet(organisation=name[:60], name="")], rows)
        return id, key

    async def take_in(self, room: OpenRoom, came: Incoming, by: str = "") -> dict[str, dict[str, int]]:
        """Take a file into the record, whole; returns how much of what it brought."""
        event = settle(room.room, came, now_ms(), by, new_id)
        try:
            event = cast("Imported", stream.read(stream.write(event)))
        except (ValueError, TypeError, OverflowError) as fault:
            raise Refused("bad_file", "Something in this file cannot be kept. Nothing was imported.") from fault
        found = counts(room.room, event)
        await room.act("", [event])
        return found

    async def invite(self, room: OpenRoom, team: str = "") -> str:
        """A key to look at a room's record, as one of a team or of nobody's."""
        if team and team not in room.room.record.teams:
            raise Refused("no_such_team", "That team is not on the list.")
        key = keys.new_key()
        await room.act("", [], [keys.key_row(key, Voice(room.id, "", "", f"member:{team}"))])
        return key

    async def join(
        self,
        code: str,
        name: str,
        team: str = "",
        remote: bool = False,
        ring: str | None = None,
        known: str = "",
        vouched: bool = False,
    ) -> tuple[Voice, str]:
        """Somebody takes part; returns whom they speak as, and the key to it. Raises ``Refused``.

        ``known`` is who they are in this room already, if they are; ``vouched`` for is who holds the room's key
        or the leaders' invitation: under the name of somebody a file has named, they are that person.
        """
        room, session = self._must_find(code)
        key = keys.new_key()
        person = known or (people.expected(room.room, name) if vouched else "") or new_id()
        events = people.join(room.room, session, person, name, team, remote)
        voice = Voice(room.id, code, person, "person")
        rows = [keys.key_row(key, voice), *([keys.ring_row(ring, voice)] if ring else [])]
        await room.act(code, events, rows)
        placed = arrived(room.room, session, room.by(person)) if code in room.room.sessions else []
        if placed:
            await room.act(code, placed)
        return voice, key

    async def join_as_facilitator(self, code: str, ring: str | None = None) -> Voice:
        """Somebody with the co-facilitator's link comes in."""
        room, session = self._must_find(code)
        count = sum(session.is_facilitator(p) for p in session.roles)
        person = new_id()
        name = "Co-facilitator" if count < 2 else f"Co-facilitator {count}"
        voice = Voice(room.id, code, person, "facilitator")
        events = [
            people.PersonCame(person=person, name=name),
            people.RoleGiven(person=person, role="facilitator"),
        ]
        await room.act(code, events, [keys.ring_row(ring, voice)] if ring else [])
        return voice

    async def link_for(self, code: str, role: str, person: str = "") -> str:
        """A new key: for a ``person`` who is here, a ``co-facilitator``, or the big ``screen``."""
        room, session = self._must_find(code)
        if role == "person" and person not in session.roles:
            raise Refused("no_such_person", "That person is not here.")
        key = keys.new_key()
        await room.act(code, [], [keys.key_row(key, Voice(room.id, code, person, role))])
        return key

    async def claim(self, code: str, person: str) -> str:
        """A device says it belongs to somebody here; returns the secret it will ask for the answer with."""
        room, session = self._must_find(code)
        if person not in session.roles or session.is_facilitator(person):
            raise Refused("no_such_person", "Ask your facilitator for your personal link.")
        if sum(state == "waiting" for _, state in session.claims.values()) >= 50:
            raise Refused("too_many", "Many people are waiting to be recognised. Ask your facilitator.")
        claim, secret = new_id(), keys.new_key()
        made = identity.ClaimMade(claim=claim, person=person, proof=keys.digest(secret).hex())
        await room.act(code, [made])
        return f"{claim}.{secret}"

    async def claimed(self, code: str, secret: str, ring: str) -> tuple[str, str]:
        """The answer to a claim (waiting, yes or no) and for whom; after a yes the ring speaks for them."""
        room, session = self._must_find(code)
        claim, _, proof = secret.partition(".")
        if session.proofs.get(claim) != keys.digest(proof).hex():
            raise Refused("no_such_claim", "This question is not open any more. Join again.")
        person, answer = session.claims[claim]
        if answer == "yes":
            voice = Voice(room.id, code, person, "person")
            await room.act(code, [identity.ClaimRedeemed(claim=claim)], [keys.ring_row(ring, voice)])
        return person, answer

    async def put_on_ring(self, ring: str, voice: Voice) -> None:
        """A browser can speak for this voice from now on."""
        await self.room(voice.room).act(voice.session, [], [keys.ring_row(ring, voice)])

    async def copy_for_rehearsal(self, code: str) -> Opened:
        """A copy of a session, in a room of its own, with nothing anybody wrote."""
        room, session = self._must_find(code)
        opened = await self.open_session(session.format, f"Rehearsal: {session.title}"[:80])
        copy = self.room(opened.room)
        events = [
            Prepared(what=what, text=text)
            for what, text in session.prepared.items()
            if what not in ("call_link", "team", "about") and text
        ]
        await self.take_in(copy, document.read(document.write(room.room, whole=False)))
        events += [
            Prepared(what=what, text=session.prepared[what])
            for what in ("team", "about")
            if _is_there(copy, what, session.prepared.get(what, ""))
        ]
        await copy.act(opened.code, [*events, *_planned(session), *_teams(room, copy), RehearsalMarked()])
        return opened

    def _must_find(self, code: str) -> tuple[OpenRoom, Session]:
        found = self.find(code)
        if found is None:
            raise Refused("no_such_code", "There is no session with this code. Check it and try again.")
        return found

    def _free_code(self) -> str:
        while True:
            code = keys.new_code()
            if self.store.session(code) is None:
                return code

    def _give_time_back(self, room: OpenRoom) -> None:
        """Clocks that ran while no process held the room get that time back."""
        row = self.store.room(room.id)
        away = now_ms() - row["held"] if row else 0
        if away <= 0:
            return
        for code, session in room.room.sessions.items():
            if session.state == "open" and session.run and session.run.left is None:
                room.happen(code, [ClockStarted(deadline=session.run.deadline + away)])

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            try:
                await self._note_held()
            except Exception as fault:
                logger.error("could not note that rooms are held", reason=type(fault).__name__)
            for room in self._open.values():
                room.publishing.let_go_of_the_slow()
            self._tidy_when_quiet()

    def _tidy_when_quiet(self) -> None:
        """A full collection stops 1,000 seats for a tenth of a second: do it in a quiet moment."""
        commands = sum(room.commands for room in self._open.values())
        if commands == self._commands_seen != self._commands_tidied:
            gc.collect()
            self._commands_tidied = commands
        self._commands_seen = commands

    async def _note_held(self) -> None:
        held = list(self._open)
        if held:
            await self.log.in_turn(lambda: self.store.hold(held, now_ms()))


def _last_goal(room: OpenRoom) -> str:
    shared = [o for o in room.room.record.top() if o.status in ("shared", "final")]
    return shared[-1].id if shared else ""


def _is_there(room: OpenRoom, what: str, id: str) -> bool:
    record = room.room.record
    if what == "team":
        return id in record.teams and not record.teams[id].gone
    return id in record.objectives and record.objectives[id].status != "draft"


def _planned(session: Session) -> list[PlanChanged]:
    return [PlanChanged(phase=phase) for phase in session.plan.values()]


def _teams(room: OpenRoom, copy: OpenRoom) -> list[TeamListed]:
    there = copy.room.record.teams
    return [TeamListed(team=t.id, name=t.name) for t in room.room.record.standing_teams() if t.id not in there]
