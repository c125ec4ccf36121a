"""A room's writer: whatever is asked or happens takes its turn, is decided, stored and cut. It knows no socket."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

from sessions.decide import decide, decide_record, problem, ring
from sessions.evolve import evolve, new_room
from sessions.news import news
from sessions.room import Asked, PenTaken, Room
from sessions.rules.bounds import must_have_space
from sessions.rules.event import Event
from sessions.rules.problem import Problem, Worked
from sessions.rules.refusal import Refused
from sessions.running.closing import Answered
from workshop import cutting, stream
from workshop.apart import Apart
from workshop.asking import DELETED, NOT_STORED, Asking, Row, Rule, asked, by, waiting
from workshop.audience import Audience
from workshop.changes import Change, following, opened
from workshop.clock import now_ms
from workshop.cut import Cut, Look
from workshop.hooks.kept import a_call, hooks_of
from workshop.log import Answer, Log
from workshop.plans.process import work_out
from workshop.reading import Reading, give_back, read, read_open
from workshop.tables import CallRow, EventRow, PenRow
from workshop.timers import Timers

logger = structlog.get_logger()

Found = TypeVar("Found")


class Turns:
    """One room in memory. ``tells`` gets each cut once it is stored; ``anew`` is told when all has to be told anew."""

    def __init__(self, id: str, log: Log, reading: Reading | None = None) -> None:
        self.id = id
        self.log = log
        self.room: Room = new_room(id)
        self.number = 0
        self.heard: set[bytes] = set()
        self.audience = Audience(self, self._presence_changed)
        self.timers = Timers(self._ring, self._pass_by)
        self.tells: Callable[[Cut], None] = lambda cut: None
        self.anew: Callable[[], None] = lambda: None
        #: Told that the room has to be let go of: it is another process's, or cannot be read.
        self.lost: Callable[[], None] = lambda: None
        self.commands = 0
        self._working: set[asyncio.Future[None]] = set()
        self.loaded: list[str] = []
        #: Bytes of everything that happened in it.
        self.size = 0
        #: It was deleted: whoever still holds on to it is told so.
        self.deleted = False
        #: Other programs that are told what happens here.
        self.hooks: list[str] = []
        self._apart = Apart(self.settled)
        self._begun = Cut()
        self._begin(reading or read_open(log.store, id))

    # Asking

    def take(
        self, session: str, person: str, command: Asked, reply: Callable[[bytes], None], look: Look | None = None
    ) -> None:
        """Give a command its turn; ``reply`` gets the answer once it is certain."""
        who = by(person, self.audience.here_in(session), look)
        first = problem(self.room, session, command, who)
        if first is None:
            self._take(session, who.entry, command, reply, lambda: decide(self.room, session, command, who))
            return

        def then(answer: Worked | Refused) -> None:
            again = by(person, self.audience.here_in(session), look)
            again.worked_out = answer if isinstance(answer, Worked) else None

            def rule() -> Iterable[Event]:
                if isinstance(answer, Refused):
                    raise answer
                return decide(self.room, session, command, again)

            self._take(session, again.entry, command, reply, rule)

        self._work_out(first, then)

    def _work_out(self, first: Problem, then: Callable[[Worked | Refused], None]) -> None:
        """Have a problem worked out beside the room, which goes on meanwhile."""

        async def work() -> None:
            try:
                then(await work_out(first))
            except Refused as refusal:
                then(refusal)

        task = asyncio.ensure_future(work())
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    def take_on_record(
        self, person: str, key: bool, team: str, command: Asked, reply: Callable[[bytes], None], who: str = ""
    ) -> None:
        """Give a command to the record its turn; ``who`` tells people without an entry here apart."""
        acts = by(person)
        self._take("", who or person, command, reply, lambda: decide_record(self.room, command, acts, key, team))

    async def ask(
        self,
        session: str,
        rule: Rule,
        rows: Iterable[Row] = (),
        changes: Iterable[Change] = (),
        done: bool = False,
    ) -> None:
        """Have something decided that comes over HTTP, and wait until it is stored.

        Raises ``Refused`` where the rule says no, and as ``not_stored``.
        """
        if not done:
            await self.settled()
        if self.deleted:
            raise Refused("no_such_code", DELETED)
        answer, answered = waiting()
        self._turn(Asking(session, rule, "ask", answer, rows, changes, needs_space=False, done=done))
        refusal = await answered
        if refusal is not None:
            raise refusal

    def happen(self, session: str, rule: Rule) -> None:
        """What nobody asked for and nobody waits for takes its turn."""
        self._turn(Asking(session, rule, "happen", Answer(b"", lambda refusal: None), needs_space=False))

    def _take(self, session: str, who: str, command: Asked, reply: Callable[[bytes], None], rule: Rule) -> None:
        self.commands += 1
        self._turn(asked(session, who, command, reply, rule))

    def _turn(self, asking: Asking) -> None:
        if self._apart.put_off(lambda: self._turn(asking)):
            return
        if self.deleted:
            asking.answer.reply(Refused("deleted", DELETED))
            return
        answer, batch = asking.answer, self.log.batch
        if answer.digest:
            batch.share(self).answers.append(answer)
        if answer.digest not in self.heard:
            try:
                if asking.needs_space:
                    must_have_space(self.size)
                if self._attempt(asking):
                    self.heard |= asking.store_with(self.log.batch, self.id)
            except Refused as refusal:
                answer.refusal = refusal
        self.log.soon()

    def _attempt(self, asking: Asking) -> bool:
        """Do what a rule says, and say whether that went well.

        A rule of ours that fails half-way is a fault of ours: what is not stored is forgotten, and the room
        begins again from the log. Raises ``Refused`` where the rule says no.
        """
        share = self.log.batch.share(self)
        try:
            self._do(asking.session, asking.rule(), asking.done)
            return True
        except Refused:
            raise
        except Exception:
            logger.exception("a rule broke", do=asking.what)
            del self.log.batch.shares[id(self)]
            self.log.catch_up()
            self.log.forget(self, self.log.batch)
            self.void(share.answers)
            return False

    # Taking effect

    def _do(self, session: str, events: Iterable[Event], done: bool) -> None:
        batch = self.log.batch
        for event in events:
            if not done:
                evolve(self.room, session, event)
            if isinstance(event, PenTaken):
                batch.add(PenRow, room=self.id, **_fields_of(event))
            elif isinstance(event, Answered):
                batch.forgets = True
            elif not event.passing:
                self._store(session, event)

    def _store(self, session: str, event: Event) -> None:
        batch = self.log.batch
        self.number += 1
        body = stream.write(event)
        self.size += len(body)
        at = None if event.unsigned else now_ms()
        of = "" if event.of_record else session
        batch.add(EventRow, room=self.id, number=self.number, session=of, at=at, body=body)
        if opened(batch, self.id, session, event):
            self.loaded.append(session)
        following(batch, self.room, session, event)
        if self.hooks:
            self._have_others_told(session, event)

    def _have_others_told(self, session: str, event: Event) -> None:
        """What happened waits for every program that is told; none of them is in the room's way."""
        try:
            told = news(self.room, session, event)
            calls = [a_call(self.id, session, hook, told) for hook in self.hooks if told]
        except Exception:
            logger.exception("news broke", do=type(event).__name__)
            return
        for call in calls:
            self.log.batch.add(CallRow, **call)

    # Long work

    async def fill(self, work: Callable[[Room], Event]) -> Event:
        """Take in much at once, apart from the loop. Raises ``Refused``, and ``not_stored``."""

        def fill() -> Event:
            event = work(self.room)
            evolve(self.room, "", event)
            self._begun = self._cut()
            return event

        try:
            event = await self.apart(fill)
        except Refused:
            raise
        except Exception:
            logger.exception("a rule broke", do="fill")
            self.void([])
            raise Refused("not_stored", NOT_STORED) from None
        await self.ask("", lambda: [event], done=True)
        return event

    async def apart(self, work: Callable[[], Found]) -> Found:
        """Do something long with the room in a thread: this room waits for it, and no other does."""
        return await self._apart.do(work)

    def busy(self) -> bool:
        """Whether something is being taken in, or decided and not stored yet."""
        return self._apart.busy() or self.log.busy(self)

    async def settled(self) -> None:
        """Wait until nothing is being taken in, and everything decided so far is stored or void."""
        await self._apart.over()
        await self.log.settled()

    # Cutting and telling

    def cut(self) -> Cut:
        """Render what changed since the last cut, each for whom it is."""
        return self._cut()

    def _cut(self) -> Cut:
        into, self._begun = self._begun, Cut()
        for code in self.audience.cut(self.room, into):
            self.timers.expect_bell(code, self.room.sessions[code])
            self.timers.expect_passing(code, self.room)
        return into

    def tell(self, rendered: Cut) -> None:
        """Tell what was cut, now that it is stored."""
        self.tells(rendered)

    def _presence_changed(self, session: str) -> None:
        """Somebody has come or gone: how many are here is told with the next cut."""
        if self._apart.put_off(lambda: self._presence_changed(session)):
            return
        if session in self.room.sessions:
            self.room.sessions[session].touch("presence")
            self._have_it_told()

    def _have_it_told(self) -> None:
        self.log.batch.share(self)
        self.log.soon()

    # Time

    def _ring(self, code: str, at: int) -> None:
        session = self.room.sessions.get(code)
        if session is not None and self.timers.is_time(code, session, at):
            self.happen(code, lambda: ring(self.room, session, by("")))

    def _pass_by(self, session: str) -> None:
        """What was only for a time is over, such as a card in somebody's hands."""
        found = self.room.sessions.get(session)
        if found is not None:
            for part in found.part.all():
                part.pass_by(found, now_ms())
            self.timers.expect_passing(session, self.room)
            self._have_it_told()

    def rests(self) -> int:
        """Let go of everything that keeps the room awake; when the next bell rings (Unix milliseconds), or 0."""
        return self.timers.rest(self.room)

    # Reading

    def void(self, answers: list[Answer]) -> None:
        """Nothing since the last batch was stored: read the room again, and answer by what the log says."""
        self.timers.rest(self.room)
        self.begin_again()
        for answer in answers:
            answer.reply(None if answer.digest in self.heard else Refused("not_stored", NOT_STORED))

    def lose(self, answers: list[Answer]) -> None:
        """The room is not ours any more: who asked on a connection comes back and asks again, others are told."""
        self.timers.rest(self.room)
        self.lost()
        for answer in answers:
            if not answer.again:
                answer.reply(Refused("not_stored", NOT_STORED))

    def begin_again(self) -> None:
        """What is stored has changed under the room: read it, and tell everybody everything anew."""
        self._begun = Cut()
        self._begin(read_open(self.log.store, self.id, self.loaded))
        self.audience.begin_again()
        self.anew()

    def load(self, session: str) -> bool:
        """Bring a closed session into memory beside what is there; false if this room has no such session."""
        if session in self.room.sessions:
            return True
        beside = read(self.log.store, self.id, [session]).room
        if session not in beside.sessions:
            return False
        self.loaded.append(session)
        self.room.sessions[session] = beside.sessions[session]
        self._give_back([session])
        return True

    def _give_back(self, sessions: list[str]) -> None:
        """What is kept apart from the stream comes back, and nothing counts as changed."""
        give_back(self.log.store, self.room, sessions, self.heard)
        for code in sessions:
            if code in self.room.sessions:
                self.timers.expect_bell(code, self.room.sessions[code])
        cutting.forget_what_was_touched(self.room)

    def _begin(self, reading: Reading) -> None:
        self.loaded, self.room, self.size = reading.sessions, reading.room, reading.size
        store = self.log.store
        self.heard = store.heard([self.id]) | {row["digest"] for row in self.log.apart}
        self.number = store.last_number(self.id)
        self.hooks = [row["id"] for row in hooks_of(store, self.id)] if self.log.tells_others else []
        self._give_back(reading.sessions)


def _fields_of(pen: PenTaken) -> dict[str, str]:
    return {name: getattr(pen, name) for name in ("session", "person", "pile", "pen", "hand")}
