"""One room in memory: commands take their turn, changes are rendered, seats are told."""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, TypeVar

import structlog
from sqlmodel import SQLModel

from sessions import views
from sessions.decide import decide, decide_record, ring
from sessions.evolve import evolve, new_room
from sessions.room import Asked, By, PenTaken, Room, Session
from sessions.room.kind import ForAll, ForHelm, Sight
from sessions.room.speaking import SpokenSettled
from sessions.rules.bounds import must_have_space
from sessions.rules.event import Event
from sessions.rules.refusal import Refused
from sessions.running.closing import Answered, CloseSession, ExitPulse, PensEmptied, SessionClosed
from sessions.running.opening import RehearsalMarked, SessionOpened
from sessions.running.people import PersonRemoved
from workshop import changes, stream, wire
from workshop.changes import Change
from workshop.log import Answer, Log
from workshop.publishing import RECORD, Look, Publishing
from workshop.reading import Reading, read, read_open
from workshop.seats import Seat
from workshop.tables import EventRow, HeardRow, PenRow, SessionRow

logger = structlog.get_logger()

Found = TypeVar("Found")
#: A row to store beside events: its table and its fields.
Row = tuple[type[SQLModel], dict[str, Any]]

DELETED = "This was deleted by somebody who may. Nothing of it is kept."

#: Bytes of everything that happened in a room from which on what takes long is done apart from the loop.
LARGE = 256 * 1024
#: Under this word it is kept that somebody has answered the exit pulse.
_PULSE = "\0pulse"

NOT_STORED = "This could not be stored just now, so it does not count. Your words are kept; try again."


def new_id() -> str:
    """A random id that says nothing."""
    return secrets.token_urlsafe(6)


def shuffled(things: list[str]) -> list[str]:
    """The same things in an order nobody can guess."""
    mixed = list(things)
    secrets.SystemRandom().shuffle(mixed)
    return mixed


def now_ms() -> int:
    """Unix milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(slots=True)
class Rendered:
    """What one cut of a room has to tell, by session."""

    entities: dict[str, dict[str, bytes | None]] = field(default_factory=dict)
    helm: dict[str, dict[str, bytes | None]] = field(default_factory=dict)
    places: dict[str, dict[str, dict[str, bytes | None]]] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)
    #: By person, and what they look with.
    people: dict[str, dict[str, dict[Look, bytes]]] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)


class OpenRoom:
    """A room with its writer, its listeners and what they follow."""

    def __init__(self, id: str, log: Log, reading: Reading | None = None) -> None:
        self.id = id
        self.log = log
        self.room = new_room(id)
        self.number = 0
        self.heard: set[bytes] = set()
        self.here: dict[str, dict[str, int]] = {}
        self.publishing = Publishing(self)
        self.commands = 0
        self.loaded: list[str] = []
        #: When somebody last asked for it (monotonic seconds), and bytes of everything that happened in it.
        self.asked_for = time.monotonic()
        self.size = 0
        #: While a file is taken in apart from the loop, what else would happen here waits.
        self._filling: asyncio.Future[None] | None = None
        self._waiting: list[Callable[[], None]] = []
        self._one_at_a_time = asyncio.Lock()
        self._filled: Rendered | None = None
        #: It was deleted: whoever still holds on to it is told so.
        self.deleted = False
        self._held_timers: dict[str, asyncio.TimerHandle] = {}
        self._alarms: dict[str, asyncio.TimerHandle] = {}
        self._begin(reading or read_open(log.store, id))

    @property
    def title(self) -> str:
        """What people call the room: the organisation, or its first session."""
        held = next(iter(self.room.held.values()), None)
        return self.room.record.organisation or self.room.name or (held.title if held else "The record")

    # Turns

    def take(
        self, session: str, person: str, command: Asked, reply: Callable[[bytes], None], look: Look | None = None
    ) -> None:
        """Give a command its turn; ``reply`` gets the answer once it is certain."""
        by = self.by(person, frozenset(self.here.get(session, ())), look)
        self._turn(session, by.entry, command, reply, lambda: decide(self.room, session, command, by))

    def take_on_record(
        self, person: str, key: bool, team: str, command: Asked, reply: Callable[[bytes], None], who: str = ""
    ) -> None:
        """Give a command to the record its turn; ``who`` tells people without an entry here apart."""
        by = self.by(person)
        self._turn("", who or person, command, reply, lambda: decide_record(self.room, command, by, key, team))

    def _turn(
        self, session: str, who: str, command: Asked, reply: Callable[[bytes], None], rule: Callable[[], list[Event]]
    ) -> None:
        if self._filling is not None:
            self._waiting.append(lambda: self._turn(session, who, command, reply, rule))
            return
        if self.deleted:
            reply(wire.refused(command.id, Refused("deleted", DELETED)))
            return
        self.commands += 1
        answer = Answer(_digest(who, command.id), reply, wire.done(command.id), command.id)
        self.log.batch.share(self).answers.append(answer)
        if answer.digest not in self.heard:
            try:
                if not isinstance(command, CloseSession):
                    must_have_space(self.size)
                if self._attempt(session, rule, type(command).__name__):
                    self.heard.add(answer.digest)
                    heard = {"digest": answer.digest, "session": session or self.id}
                    if isinstance(command, ExitPulse):
                        self.log.batch.apart += [heard, {**heard, "digest": _digest(who, _PULSE)}]
                    else:
                        self.log.batch.add(HeardRow, **heard)
            except Refused as fault:
                answer.payload = wire.refused(command.id, fault)
        self.log.soon()

    def happen(self, session: str, events: Iterable[Event]) -> None:
        """Store events that nobody asked for and nobody waits for."""
        if self.deleted:
            return
        if self._filling is not None:
            self._waiting.append(lambda: self.happen(session, events))
            return
        self._attempt(session, lambda: events, "happen")
        self.log.soon()

    async def act(
        self,
        session: str,
        events: Iterable[Event],
        rows: Iterable[Row] = (),
        stored: Event | None = None,
        changed: Iterable[Change] = (),
    ) -> None:
        """Store events and rows that come from outside a command, and wait until they are.

        ``stored`` has taken effect already. Raises ``Refused`` as ``not_stored``.
        """
        if stored is None:
            await self.settled()
        if self.deleted:
            raise Refused("no_such_code", DELETED)
        answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        digest = secrets.token_bytes(12)
        if not self._attempt(session, lambda: events, "act"):
            raise Refused("not_stored", NOT_STORED)
        if stored is not None:
            self._store("", stored)
        self.log.batch.add(HeardRow, digest=digest, session=session or self.id)
        for table, fields in rows:
            self.log.batch.add(table, **fields)
        self.log.batch.changes += changed
        self.log.batch.share(self).answers.append(Answer(digest, _setting(answered), b"", ""))
        self.log.soon()
        if await answered:
            raise Refused("not_stored", NOT_STORED)

    async def fill(self, work: Callable[[Room], Event]) -> Event:
        """Take in much at once, apart from the loop. Raises ``Refused``, and ``not_stored``."""

        def fill() -> Event:
            event = work(self.room)
            evolve(self.room, "", event)
            self._filled = self.cut()
            return event

        try:
            event = await self.apart(fill)
        except Refused:
            raise
        except Exception:
            logger.exception("a rule broke", do="fill")
            self.void([])
            raise Refused("not_stored", NOT_STORED) from None
        await self.act("", [], stored=event)
        return event

    async def apart(self, work: Callable[[], Found]) -> Found:
        """Do something long with the room in a thread: this room waits for it, and no other does."""
        async with self._one_at_a_time:
            await self.settled()
            self._filling = asyncio.get_running_loop().create_future()
            try:
                return await asyncio.to_thread(work)
            finally:
                self._filling.set_result(None)
                self._filling = None
                waiting, self._waiting = self._waiting, []
                asyncio.get_running_loop().call_soon(lambda: [later() for later in waiting])

    async def shows(self, session: str) -> None:
        """Wait until all is settled and topics are there to be looked at; those of a large room are filled apart."""
        await self.settled()
        there = not self.deleted and (session == RECORD or session in self.room.sessions)
        if there and self.size > LARGE and not self.publishing.knows(session):
            filled = await self.apart(lambda: self.publishing.filled(session))
            self.publishing.channels.setdefault(session, filled)

    def busy(self) -> bool:
        """Whether something is being taken in."""
        return self._filling is not None

    async def settled(self) -> None:
        """Wait until nothing is being taken in, and everything decided so far is stored or void."""
        while self._filling is not None:
            await asyncio.shield(self._filling)
        await self.log.settled()

    def _attempt(self, session: str, rule: Callable[[], Iterable[Event]], what: str) -> bool:
        """Do what a rule says, and say whether that went well.

        A rule of ours that fails half-way is a fault of ours: what is not stored is forgotten, and the room
        begins again from the log. Raises ``Refused`` where the rule says no.
        """
        share = self.log.batch.share(self)
        try:
            self._do(session, rule())
            return True
        except Refused:
            raise
        except Exception:
            logger.exception("a rule broke", do=what)
            del self.log.batch.shares[id(self)]
            self.log.catch_up()
            self.log.forget(self, self.log.batch)
            self.void(share.answers)
            return False

    def by(self, person: str, here: frozenset[str] = frozenset(), look: Look | None = None) -> By:
        """Who acts now, the entry they came as, and with which hand."""
        entry, hand = look or (person, "")
        return By(person, now_ms(), new_id, shuffled, here, hand, entry)

    def _do(self, session: str, events: Iterable[Event]) -> None:
        batch = self.log.batch
        for event in events:
            evolve(self.room, session, event)
            if isinstance(event, PenTaken):
                batch.add(PenRow, room=self.id, **_fields_of(event))
            elif isinstance(event, Answered):
                batch.forgets = True
            elif event.passing:
                self._expire_holds(session)
            else:
                self._store(session, event)

    def begin_again(self) -> None:
        """What is stored has changed under the room: read it, and tell everybody everything anew."""
        self.read_again()
        self.publishing.begin_again()

    def _store(self, session: str, event: Event) -> None:
        batch = self.log.batch
        self.number += 1
        body = stream.write(event)
        self.size += len(body)
        batch.add(
            EventRow,
            room=self.id,
            number=self.number,
            session="" if event.of_record else session,
            at=None if event.unsigned else now_ms(),
            body=body,
        )
        match event:
            case SessionOpened():
                batch.add(SessionRow, code=session, room=self.id, opened=event.at, ended=0, rehearsal_of="")
                self.loaded.append(session)
            case SessionClosed():
                batch.changes.append(changes.ended(session, event.at))
            case SpokenSettled(state="refused" | "withdrawn"):
                batch.changes.append(changes.withdrawn(session, event.id))
            case RehearsalMarked():
                batch.changes.append(changes.rehearses(session, event.of))
            case PersonRemoved():
                for entry in self.room.entries(event.person):
                    batch.changes.append(changes.removed(self.id, session, entry))
            case PensEmptied():
                batch.changes.append(changes.pens_emptied(session))
                batch.forgets = True
                batch.rows[PenRow] = [r for r in batch.rows.get(PenRow, []) if r["session"] != session]

    def _expire_holds(self, session: str) -> None:
        """Put a card down by itself when its minute is over."""
        old = self._held_timers.pop(session, None)
        if old:
            old.cancel()
        holds = self.room.sessions[session].holds
        if holds:
            wait = (min(hold.until for hold in holds.values()) - now_ms()) / 1000
            loop = asyncio.get_running_loop()
            self._held_timers[session] = loop.call_later(max(0.0, wait) + 0.05, self._drop_holds, session)

    def _drop_holds(self, session: str) -> None:
        found = self.room.sessions.get(session)
        if found is None:
            return
        found.put_down([card for card, hold in found.holds.items() if hold.until <= now_ms()])
        self._expire_holds(session)
        self.log.batch.share(self)
        self.log.soon()

    # Presence

    def came(self, session: str, person: str) -> None:
        """One more seat of this person is here."""
        here = self.here.setdefault(session, {})
        here[person] = here.get(person, 0) + 1
        if here[person] == 1:
            self._presence_changed(session)

    def went(self, session: str, person: str) -> None:
        """One seat fewer."""
        here = self.here.get(session, {})
        if person in here:
            here[person] -= 1
            if not here[person]:
                del here[person]
                self._presence_changed(session)

    def here_in(self, session: str) -> set[str]:
        """Who has a seat open."""
        return set(self.here.get(session, ()))

    def _presence_changed(self, session: str) -> None:
        if self._filling is not None:
            self._waiting.append(lambda: self._presence_changed(session))
            return
        if session in self.room.sessions:
            self.room.sessions[session].touch("presence")
            self.log.batch.share(self)
            self.log.soon()

    # Cutting and telling

    def cut(self) -> Rendered:
        """Render what changed since the last cut, each for whom it is."""
        rendered, self._filled = self._filled or Rendered(), None
        room = self.room
        record, room.record.touched = room.record.touched, set()
        for code, session in room.sessions.items():
            if "session" in session.touched:
                record.add("session:" + code)
            touched = session.touched | session.board.touched | record
            sight, kinds = views.look(room, session, self.here_in(code)), views.sorted_out(touched)
            pens = session.board.touched_pens
            if not touched and not pens and not session.touched_people and self.publishing.knows(code):
                continue
            touched_people = session.touched_people | views.whose(sight, kinds)
            touched_people |= {room.holders[pen][1] for pen in pens if pen in room.holders}
            people = {room.whole(person) for person in touched_people}
            session.touched, session.board.touched = set(), set()
            session.board.touched_pens, session.touched_people = set(), set()
            for audience, told in ((ForAll, rendered.entities), (ForHelm, rendered.helm)):
                known = self.publishing.knows(code)
                news = views.changed(audience, sight, kinds) if known else views.everything(audience, sight)
                told[code] = {key: _bytes(entity) for key, entity in news}
            rendered.people[code] = {
                person: {look: self.render_me(code, person, look) for look in self.publishing.looks(code, person)}
                for person in people
            }
            if any(key.startswith("person:") or key == "spoken" for key in touched):
                rendered.roles.add(code)
            self._cut_places(rendered, code, sight, kinds)
            self._set_alarm(code, session)
        if record and self.publishing.knows(RECORD):
            rendered.entities[RECORD], rendered.helm[RECORD], rendered.people[RECORD] = {}, {}, {}
            for key, everyone, keepers in views.changed_record(room, views.sorted_out(record)):
                rendered.entities[RECORD][key], rendered.helm[RECORD][key] = _bytes(everyone), _bytes(keepers)
        return rendered

    def _cut_places(self, rendered: Rendered, code: str, sight: Sight, touched: dict[str, set[str]]) -> None:
        """What changed at each place; a thing that left is dropped wherever it stood."""
        if not sight.session.places:
            return
        if {"step", "walk"} & touched.keys():
            rendered.moved.add(code)
        told = rendered.places.setdefault(code, {})
        known = self.publishing.knows(code)
        for place, key, entity in views.changed_places(sight, touched) if known else views.everywhere(sight):
            told.setdefault(place, {})[key] = _bytes(entity)

    # The bell

    def _set_alarm(self, code: str, session: Session) -> None:
        """Have the phase move on by itself when its time comes; what was set before is void."""
        old = self._alarms.pop(code, None)
        if old:
            old.cancel()
        at = views.rings(session)
        if at:
            loop = asyncio.get_running_loop()
            self._alarms[code] = loop.call_later(max(0.0, (at - now_ms()) / 1000), self._ring, code, at)

    def _ring(self, code: str, at: int) -> None:
        session = self.room.sessions.get(code)
        if session is None or views.rings(session) != at:
            return
        if now_ms() < at:
            self._set_alarm(code, session)
            return
        self.happen(code, ring(self.room, session, self.by("")))

    def tell(self, rendered: Rendered) -> None:
        """Tell what was cut, now that it is stored."""
        self.publishing.take(rendered)

    def render_me(self, session: str, person: str, look: Look) -> bytes:
        """The entities of the topic ``me``, as JSON, as somebody sees them who came as this entry, with this hand."""
        entry, hand = look
        return wire.encode(views.for_person(self.room, self.room.sessions[session], person, hand, entry))

    # Rest

    def rests(self) -> int:
        """Let go of everything that keeps the room awake; when the next bell rings (Unix milliseconds), or 0."""
        for timer in (*self._held_timers.values(), *self._alarms.values()):
            timer.cancel()
        bells = [at for session in self.room.sessions.values() if (at := views.rings(session))]
        self.publishing.channels.clear()
        return min(bells, default=0)

    def say_goodbye(self, session: str = "") -> None:
        """Tell open pages of a session, or of everything here, that it was deleted; and close them."""
        for code, channel in list(self.publishing.channels.items()):
            if not session or code == session:
                for seat in list(channel.seats):
                    seat.dismiss("deleted", DELETED)
        self.deleted = self.deleted or not session

    # Faults

    def void(self, answers: list[Answer]) -> None:
        """Nothing since the last batch was stored: read the room again, and answer by what the log says."""
        for session in self._held_timers.values():
            session.cancel()
        self._held_timers.clear()
        for alarm in self._alarms.values():
            alarm.cancel()
        self._alarms.clear()
        self.read_again()
        self.publishing.begin_again()
        refusal = Refused("not_stored", NOT_STORED)
        for answer in answers:
            if answer.digest in self.heard:
                answer.reply(answer.payload)
            else:
                answer.reply(wire.refused(answer.id, refusal))

    def read_again(self) -> None:
        """Bring the room to what the log says."""
        self._begin(read_open(self.log.store, self.id, self.loaded))

    def _begin(self, reading: Reading) -> None:
        store, wanted = self.log.store, reading.sessions
        self.loaded, self.room, self.size = wanted, reading.room, reading.size
        self._give_pens_back(store.pens(wanted))
        self.room.record.touched = set()
        for code, session in self.room.sessions.items():
            self._nothing_touched(session)
            self._set_alarm(code, session)
        self.heard = store.heard([*wanted, self.id]) | {row["digest"] for row in self.log.apart}
        for code in wanted:
            self._remember_answered(code)
        self.number = store.last_number(self.id)

    def _give_pens_back(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            self.room.give_pen(row["session"], row["person"], row["pile"], row["pen"], row["hand"])

    def _remember_answered(self, session: str) -> None:
        """Who has answered the exit pulse, found by a digest that is kept in no order and beside no answer."""
        found = self.room.sessions.get(session)
        if found is not None:
            heard, entries = self.heard, self.room.entries
            found.answered = {p for p in found.roles if any(_digest(e, _PULSE) in heard for e in entries(p))}

    def _nothing_touched(self, session: Session) -> None:
        session.touched, session.board.touched = set(), set()
        session.board.touched_pens, session.touched_people = set(), set()

    def load(self, session: str) -> bool:
        """Bring a closed session into memory beside what is there; false if this room has no such session."""
        if session in self.room.sessions:
            return True
        beside = read(self.log.store, self.id, [session]).room
        if session not in beside.sessions:
            return False
        self.loaded.append(session)
        self.room.sessions[session] = beside.sessions[session]
        self._give_pens_back(self.log.store.pens([session]))
        self.heard |= self.log.store.heard([session])
        self._remember_answered(session)
        self._nothing_touched(self.room.sessions[session])
        return True

    # Seats

    async def sit(self, seat: Seat, since: int, epoch: str) -> None:
        """Give a socket its place: welcome it and tell it everything, or what changed since."""
        await self.shows(seat.session)
        if seat.gone:
            return
        if self.deleted:
            seat.dismiss("deleted", DELETED)
            return
        why = self.publishing.why_not(seat)
        if why:
            seat.dismiss(*why)
        else:
            self.publishing.welcome(seat, since, epoch)


def _digest(person: str, id: str) -> bytes:
    return blake2b(f"{person}\0{id}".encode(), digest_size=12).digest()


def _fields_of(pen: PenTaken) -> dict[str, str]:
    return {name: getattr(pen, name) for name in ("session", "person", "pile", "pen", "hand")}


def _bytes(entity: object) -> bytes | None:
    return None if entity is None else wire.encode(entity)


def _setting(future: "asyncio.Future[bytes]") -> Callable[[bytes], None]:
    def settle(payload: bytes) -> None:
        if not future.done():
            future.set_result(payload)

    return settle
