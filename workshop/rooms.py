"""The rooms this process holds: opened when somebody asks, found by code, kept alive while in use."""

import asyncio
import contextlib
import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import structlog
from sqlalchemy.exc import SQLAlchemyError

from sessions import formats
from sessions.decide import arrived
from sessions.record.brief import CycleSet
from sessions.record.importing import Imported
from sessions.record.incoming import Incoming, counts, settle, weigh
from sessions.record.teams import TeamListed
from sessions.room import PlanChanged, Room, Session
from sessions.room.speaking import SpokenFor
from sessions.rules.event import Event
from sessions.rules.refusal import Refused
from sessions.running import identity, people
from sessions.running.clock import ClockStarted
from sessions.running.opening import RehearsalMarked, open_session
from sessions.running.preparing import Prepared
from workshop import changes, deleting, keys, stream
from workshop.files import document
from workshop.keys import Ring, Voice
from workshop.log import Log
from workshop.open_room import DELETED, OpenRoom, Row, new_id, now_ms
from workshop.reading import Reading, read_open
from workshop.store import Store
from workshop.tables import RoomRow

logger = structlog.get_logger()

#: How often it is noted that rooms are held, in seconds.
HEARTBEAT = 10.0
#: After how long a room that nobody looks at leaves memory, in seconds.
IDLE = 120.0
#: A day in milliseconds, and how often it is looked for what may go, in seconds.
DAY, TIDYING = 86_400_000, 3600.0
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

    def __init__(self, folder: Path, keep_days: int = 0) -> None:
        self._keep_days, self._tidied = keep_days, 0.0
        self.store = Store(folder)
        self.log = Log(self.store)
        self._open: dict[str, OpenRoom] = {}
        self._process = self.store.begin_process(now_ms())
        #: Rooms that left memory and have to be woken for a bell.
        self._bells: dict[str, asyncio.TimerHandle] = {}
        #: Rooms that were deleted: nothing may open them again while that is under way, or later.
        self._deleted: set[str] = set()
        #: Whether rooms came into memory or left it since garbage was last looked for.
        self._moved = False
        #: Rooms are brought into memory one after the other.
        self._awaking = asyncio.Lock()
        self._heart: asyncio.Task[None] | None = None
        self._noting: asyncio.Future[None] | None = None
        self._waking: asyncio.Future[None] | None = None
        self._commands_seen = self._commands_tidied = 0

    def start(self) -> None:
        """Begin to note that rooms are held, and to let go of seats that do not read."""
        gc.set_threshold(*COLLECTING)
        gc.collect()
        gc.freeze()
        self._heart = asyncio.create_task(self._beat())

    async def stop(self) -> None:
        """Tell everybody, write what is left, and let go of the data."""
        if self._heart:
            self._heart.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._heart
        await asyncio.gather(*filter(None, (self._noting, self._waking)), return_exceptions=True)
        await self.log.settled()
        with contextlib.suppress(SQLAlchemyError):
            await self._note_held()
        for bell in self._bells.values():
            bell.cancel()
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
        if row is None or row["room"] in self._deleted:
            return None
        room = self.room(row["room"])
        return (room, room.room.sessions[code]) if room.load(code) else None

    async def awake(self, id: str) -> None:
        """Have a room in memory, read apart from the loop; one that is not there is left to whoever asks for it."""
        async with self._awaking:
            if id in self._open or id in self._deleted or self.store.room(id) is None:
                return
            reading = await asyncio.to_thread(read_open, self.store, id)
            if id not in self._open and id not in self._deleted:
                self.room(id, reading)

    def room(self, id: str, reading: Reading | None = None) -> OpenRoom:
        """The room in memory, opened from the log if need be. Raises ``Refused`` for one that was deleted."""
        if id in self._deleted:
            raise Refused("no_such_code", DELETED)
        found = self._open.get(id)
        if found is None:
            bell = self._bells.pop(id, None)
            if bell:
                bell.cancel()
            found = self._open[id] = OpenRoom(id, self.log, reading)
            self._give_time_back(found)
            self._noting = asyncio.ensure_future(self._note_held(id))
            # What was read stays; whatever is garbage beside it goes in a quiet moment.
            gc.freeze()
            self._moved = True
        found.asked_for = time.monotonic()
        return found

    async def open_session(
        self,
        format: str,
        title: str,
        room: str | None = None,
        ring: Ring | None = None,
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
        opening = open_session(code, format, title, now_ms(), chosen.minutes, list(chosen.phases))
        rows: list[Row] = []
        id = room or new_id() + new_id()
        held = self.room(id) if room else None
        if held is None:
            rows.append((RoomRow, self._new_row(id, title)))
            held = self._open[id] = OpenRoom(id, self.log)
        person = new_id()
        opened = Opened(code, id, person, *(keys.new_key() for _ in range(3)))
        voice = Voice(id, code, person, "facilitator")
        rows += [
            keys.key_row(opened.helm, voice),
            keys.key_row(opened.screen, Voice(id, code, "", "screen")),
            keys.key_row(opened.room_key, Voice(id, "", "", "room")),
        ]
        rows += keys.ring_rows(self.store, ring, voice)
        if ring:
            rows += keys.ring_rows(self.store, Ring(ring.name), Voice(id, "", "", "room"))
        came = people.PersonCame(person=person, name="Facilitator")
        role = people.RoleGiven(person=person, role="facilitator")
        about = about or (_last_goal(held) if chosen.asks == "goal" else "")
        wishes = {"team": team, "about": about}
        settled = [Prepared(what=what, text=id) for what, id in wishes.items() if _is_there(held, what, id)]
        await held.act(code, [opening, came, role, *settled], rows)
        return opened

    async def open_room(self, name: str, ring: Ring | None = None) -> tuple[str, str]:
        """A room without a session yet; returns its id and its key."""
        id, key = new_id() + new_id(), keys.new_key()
        voice = Voice(id, "", "", "room")
        self._open[id] = room = OpenRoom(id, self.log)
        rows: list[Row] = [(RoomRow, self._new_row(id, name))]
        rows += [keys.key_row(key, voice), *keys.ring_rows(self.store, ring, voice)]
        await room.act("", [CycleSet(organisation=name[:60], name="")], rows)
        return id, key

    async def take_in(self, room: OpenRoom, came: Incoming, by: str = "") -> dict[str, dict[str, int]]:
        """Take a file into the record, whole; returns how much of what it brought."""
        found: dict[str, dict[str, int]] = {}

        def settled(room: Room) -> Event:
            event = _as_kept(settle(room, came, now_ms(), by, new_id))
            found.update(counts(room, event))
            return event

        await room.fill(settled)
        return found

    async def would_bring(self, room: OpenRoom, came: Incoming) -> dict[str, dict[str, int]]:
        """How much a file would bring; nothing is taken in."""
        return await room.apart(lambda: counts(room.room, weigh(room.room, came, now_ms(), "", new_id)))

    async def invite(self, room: OpenRoom, team: str = "") -> str:
        """A key to look at a room's record, as one of a team or of nobody's."""
        if team and team not in room.room.record.teams:
            raise Refused("no_such_team", "That team is not on the list.")
        key = keys.new_key()
        await room.act("", [], [keys.key_row(key, Voice(room.id, "", "", f"member:{team}"))])
        return key

    async def uninvite(self, room: OpenRoom, team: str = "") -> None:
        """Every invitation for a team, or for everybody, is worth nothing any more; open pages are told."""
        await room.act("", [], changed=[changes.uninvited(room.id, team)])
        room.publishing.uninvite(team)

    async def join(
        self,
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
        room, session = self._must_find(code)
        key = keys.new_key()
        person = known or (people.expected(room.room, name) if vouched else "") or new_id()
        events = people.join(room.room, session, person, name, team, remote)
        voice = Voice(room.id, code, person, "lent" if lent else "person")
        rows = keys.ring_rows(self.store, ring, voice)
        await room.act(code, events, rows if lent else [keys.key_row(key, voice), *rows])
        placed = arrived(room.room, session, room.by(person)) if code in room.room.sessions else []
        if placed:
            await room.act(code, placed)
        return voice, key

    async def join_as_facilitator(self, code: str, ring: Ring | None = None) -> Voice:
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
        await room.act(code, events, keys.ring_rows(self.store, ring, voice))
        return voice

    async def link_for(self, code: str, role: str, maker: Voice, person: str = "", own: Voice | None = None) -> str:
        """A new key: for a ``person`` who is here, a ``co-facilitator``, or the big ``screen``.

        One that somebody makes for themselves (``own``) sees what they see. One that is made for others is sealed
        from what they wrote before, is told to them and to everybody, and can be taken back.
        """
        room, session = self._must_find(code)
        if role == "person" and person not in session.roles:
            raise Refused("no_such_person", "That person is not here.")
        key, hand = keys.new_key(), own.hand if own else new_id()
        how = {"person": "link", "co-facilitator": "cofacilitator"}.get(role, role)
        made = SpokenFor(id=hand, how=how, person=person, by=maker.person, at=now_ms())
        voice = Voice(room.id, code, own.look[0] if own else person, role, hand)
        await room.act(code, [] if own else [made], [keys.key_row(key, voice)])
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

    async def claimed(self, code: str, secret: str, ring: Ring) -> tuple[str, str]:
        """The answer to a claim (waiting, yes or no) and for whom; after a yes the ring speaks for them."""
        room, session = self._must_find(code)
        claim, _, proof = secret.partition(".")
        if session.proofs.get(claim) != keys.digest(proof).hex():
            raise Refused("no_such_claim", "This question is not open any more. Join again.")
        person, answer = session.claims[claim]
        if answer == "yes" and (session.took_back(claim) or room.room.whole(person) not in session.roles):
            return person, "no"
        if answer == "yes":
            voice = Voice(room.id, code, person, "person", claim)
            await room.act(code, [identity.ClaimRedeemed(claim=claim)], keys.ring_rows(self.store, ring, voice))
        return person, answer

    async def put_on_ring(self, ring: Ring, voice: Voice) -> None:
        """A browser can speak for this voice from now on."""
        await self.room(voice.room).act(voice.session, [], keys.ring_rows(self.store, ring, voice))

    def on_ring(self, ring: str) -> list[Voice]:
        """Everybody a browser can speak for; once it shows its new ring, the one before is worth nothing."""
        digest = keys.digest(ring)
        if self.store.renewed(digest):
            self.log.later(lambda: self.store.drop_before(digest))
        return keys.on_ring(self.store, ring)

    async def forget_ring(self, ring: str) -> None:
        """A browser gives up everything it could speak for."""
        await self.log.in_turn(lambda: self.store.drop_ring(keys.digest(ring)))

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
        await copy.act(opened.code, [*events, *_planned(session), *_teams(room, copy), RehearsalMarked(of=code)])
        return opened

    # Deleting

    async def delete_session(self, code: str) -> None:
        """A session goes, whole, with its rehearsals; with its room where the room was opened for it alone."""
        room, _ = self._must_find(code)
        for id in self.store.rehearsals(of=[code]):
            await self.delete_room(id)
        if set(room.room.held) == {code} and not room.room.record.organisation:
            await self.delete_room(room.id)
            return
        await room.apart(lambda: self._rewrite(room, lambda stored: deleting.without_session(stored, code), code))
        room.say_goodbye(code)
        room.loaded = [other for other in room.loaded if other != code]
        room.begin_again()
        self.log.forget_soon()

    async def delete_room(self, id: str) -> None:
        """A room goes, with everything in it and with the rehearsals of its sessions."""
        if id in self._deleted:
            return
        self._deleted.add(id)
        room = self._open.pop(id, None)
        if room is not None:
            room.say_goodbye()
            room.rests()
        bell = self._bells.pop(id, None)
        if bell is not None:
            bell.cancel()
        for rehearsal in self.store.rehearsals(of=[row["code"] for row in self.store.sessions_of(id)]):
            if rehearsal != id:
                await self.delete_room(rehearsal)
        if room is not None:
            await room.settled()
            self._moved = True
        await self.log.in_turn(lambda: self.store.drop_room(id))
        self.log.forget_soon()

    async def forget_person(self, room: OpenRoom, person: str) -> None:
        """An entry's name and words go from a room: notes say that they were removed, votes stay counted.

        What was merged into it by somebody else, or it into another, is asked for by its own key.
        """
        pens = {pen for pen, (_, who) in room.room.holders.items() if who == person}
        await room.apart(lambda: self._rewrite(room, lambda stored: deleting.without_person(stored, person, pens)))
        room.begin_again()
        self.log.forget_soon()

    def _rewrite(
        self, room: OpenRoom, work: Callable[[list[deleting.Stored]], deleting.Changes], code: str = ""
    ) -> None:
        stored = [(number, session, stream.read(body)) for number, session, body in self.store.all_of(room.id)]
        changes = work(stored)
        bodies = {number: stream.write(event) for number, event in changes.now.items()}
        self.log.now(lambda: self.store.rewrite(room.id, changes.gone, bodies, code))

    async def tidy(self, keep_days: int) -> None:
        """Rehearsals go after a day; closed rooms that nobody opens after ``keep_days`` (0: never)."""
        for id in self.store.rehearsals(before=now_ms() - DAY):
            await self.delete_room(id)
        for id in self.store.unused_rooms(now_ms() - keep_days * DAY) if keep_days else ():
            if id not in self._open:
                await self.delete_room(id)

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
        if row is None or row["keeper"] == self._process:
            return
        away = now_ms() - (self.store.alive_until(row["keeper"]) or row["held"])
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
            self._let_rest()
            self._tidy_when_quiet()
            if time.monotonic() - self._tidied > TIDYING:
                self._tidied = time.monotonic()
                await self._tidy_quietly()

    async def _tidy_quietly(self) -> None:
        try:
            await self.tidy(self._keep_days)
        except Exception as fault:
            logger.error("could not tidy", reason=type(fault).__name__)

    def _tidy_when_quiet(self) -> None:
        """A full collection stops 1,000 seats for a tenth of a second: do it in a quiet moment."""
        commands = sum(room.commands for room in self._open.values())
        if commands == self._commands_seen != self._commands_tidied:
            if self._moved:
                gc.unfreeze()
            gc.collect()
            if self._moved:
                gc.freeze()
            self._moved = False
            self._commands_tidied = commands
        self._commands_seen = commands

    async def _note_held(self, room: str = "") -> None:
        """Note that this process is alive, and that it holds ``room``."""
        await self.log.in_turn(lambda: self.store.beat(self._process, now_ms(), room))

    def _let_rest(self) -> None:
        """Rooms that nobody has looked at for a while leave memory; for a bell they are woken in time."""
        for id, room in list(self._open.items()):
            idle = time.monotonic() - room.asked_for > IDLE
            if idle and not room.publishing.seats() and not room.busy() and not self.log.busy(room):
                del self._open[id]
                self._moved = True
                at = room.rests()
                if at:
                    wait = max(0.0, (at - now_ms()) / 1000)
                    self._bells[id] = asyncio.get_running_loop().call_later(wait, self._wake, id)
            elif room.publishing.seats():
                room.asked_for = time.monotonic()

    def _wake(self, id: str) -> None:
        """The bell of a room that rests is about to ring."""
        self._waking = asyncio.ensure_future(self.awake(id))

    def _new_row(self, id: str, name: str) -> dict[str, Any]:
        return {"id": id, "name": name[:80], "opened": now_ms(), "held": now_ms(), "keeper": self._process}


def _as_kept(event: Imported) -> Imported:
    """The fact as it will be read again; refused as ``bad_file`` where something in it cannot be kept."""
    try:
        return cast("Imported", stream.read(stream.write(event)))
    except (ValueError, TypeError, OverflowError) as fault:
        raise Refused("bad_file", "Something in this file cannot be kept. Nothing was imported.") from fault


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
