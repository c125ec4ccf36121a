"""Store, then tell: what was decided is gathered into batches, written by one thread, and only then told."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from sessions.rules.refusal import Refused
from workshop import auditing
from workshop.changes import Change
from workshop.lasting import Lasting
from workshop.store import Fenced, Store
from workshop.tables import CallRow, HeardRow

#: How long a batch may wait for company while commands come quickly, in seconds.
COMPANY = 0.02
#: How soon the write-ahead log is emptied again where a reader held on to it, in seconds.
RETRY = 0.5
#: Commands a second from which batches wait.
QUICK = 100

logger = structlog.get_logger()


class Writer(Protocol):
    """A room whose changes travel with a batch."""

    id: str

    def cut(self) -> Any:
        """Render what changed, before anything else is decided."""

    def tell(self, rendered: Any) -> None:
        """Tell what was rendered, now that it is stored."""

    def void(self, answers: "list[Answer]") -> None:
        """Nothing of it was stored: read the room again and answer by what the log says."""

    def lose(self, answers: "list[Answer]") -> None:
        """Nothing of it was stored, and the room cannot be read or is another process's: let go of it."""


@dataclass(slots=True)
class Answer:
    """Somebody waits for word on what they asked: that it was refused, or (none) done and stored."""

    digest: bytes
    reply: Callable[[Refused | None], None]
    refusal: Refused | None = None
    #: Whether whoever asked asks again by itself, under the same name, when its connection ends before an answer.
    again: bool = False


@dataclass(slots=True)
class Share:
    """One room's part of a batch."""

    room: Writer
    answers: list[Answer] = field(default_factory=list)
    rendered: Any = None


@dataclass(slots=True)
class Batch:
    """Everything decided since the last cut."""

    rows: dict[type[SQLModel], list[dict[str, Any]]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    #: Who has answered what is unsigned; they are stored apart, once the answers have left the write-ahead log.
    apart: list[dict[str, Any]] = field(default_factory=list)
    #: Whether something was stored that must not stay in the write-ahead log beside what it would give away.
    forgets: bool = False
    shares: dict[int, Share] = field(default_factory=dict)
    waiting: list[asyncio.Future[None]] = field(default_factory=list)

    def share(self, room: Writer) -> Share:
        """The room's part, begun if need be."""
        return self.shares.setdefault(id(room), Share(room))

    def add(self, row: type[SQLModel], **fields: Any) -> None:
        """One more row to store."""
        self.rows.setdefault(row, []).append(fields)


class Log:
    """Gathers batches and has them written one after the other."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.batch = Batch()
        self._writing: Batch | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="waggle-writer")
        self._timer: asyncio.TimerHandle | asyncio.Handle | None = None
        self._cut_at = 0.0
        self._recent = 0.0
        #: Who has answered what is unsigned: stored once the answers are out of the write-ahead log, not before.
        self.apart: list[dict[str, Any]] = []
        self._forgetting = False
        self._again: asyncio.TimerHandle | None = None
        self.stored = 0
        self.failed = 0
        #: Told how long each batch took to store, in seconds.
        self.took: Callable[[float], None] = lambda seconds: None
        #: Whether the last batch could not be stored.
        self.fails = False
        self._storing = Lasting("not stored")
        #: Whether other programs are told what happens at all; and told that something waits for them.
        self.tells_others = True
        self.calls_wait: Callable[[], None] = lambda: None

    def busy(self, room: Writer) -> bool:
        """Whether something of this room is decided but not stored yet."""
        return id(room) in self.batch.shares or bool(self._writing and id(room) in self._writing.shares)

    def soon(self) -> None:
        """Have what is gathered written as soon as the thread is free."""
        if self._timer is not None or self._writing is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._cut_at + COMPANY - loop.time() if self._recent > QUICK else 0.0
        self._timer = loop.call_later(wait, self._cut) if wait > 0 else loop.call_soon(self._cut)

    async def settled(self) -> None:
        """Wait until everything decided so far is stored, or void."""
        batch = self.batch if self.batch.shares else self._writing
        if batch is None:
            return
        waiting = asyncio.get_running_loop().create_future()
        batch.waiting.append(waiting)
        self.soon()
        await waiting

    def catch_up(self) -> None:
        """Hold everything until the thread has written what it was given; for when a room is broken."""
        self._thread.submit(lambda: None).result()

    def later(self, work: Callable[[], Any]) -> None:
        """Have the writing thread do something that nobody waits for."""
        self._thread.submit(work)

    def now(self, work: Callable[[], Any]) -> Any:
        """From another thread than the loop's: have the writing thread do something, and wait for it."""
        return self._thread.submit(work).result()

    async def in_turn(self, work: Callable[[], Any]) -> Any:
        """Have the writing thread do something of its own between two batches."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        """Stop the thread once it has written what it has, and forgotten what it must."""
        if self._again is not None:
            self._again.cancel()
        if self._forgetting or self.apart:
            self._thread.submit(self._forget).result()
        self._thread.shutdown(wait=True)

    # Forgetting

    def forget_soon(self) -> None:
        """Have what was deleted leave the write-ahead log too, however long a reader holds on to it."""
        if self._forgetting:
            return
        self._forgetting = True
        work = asyncio.get_running_loop().run_in_executor(self._thread, self._forget)
        work.add_done_callback(self._forgotten)

    def _forget(self) -> bool:
        """In the writing thread: true once the log is empty and everything kept apart is stored."""
        if not self.store.forget(set()):
            return False
        rows = list(self.apart)
        if not rows:
            return True
        self.store.write({HeardRow: sorted(rows, key=lambda row: bytes(row["digest"]))})
        # More may have come meanwhile, and nothing goes before it is stored.
        del self.apart[: len(rows)]
        return self.store.forget({row["session"] for row in rows})

    def _forgotten(self, work: "asyncio.Future[bool]") -> None:
        self._forgetting = False
        if work.cancelled() or work.exception() is not None or not work.result():
            self._again = asyncio.get_running_loop().call_later(RETRY, self.forget_soon)

    def _cut(self) -> None:
        self._timer = None
        if self._writing is not None or not self.batch.shares:
            return
        batch, self.batch = self.batch, Batch()
        for share in list(batch.shares.values()):
            self._render(batch, share)
        self._measure(sum(len(share.answers) for share in batch.shares.values()))
        self._writing = batch
        if not (batch.rows or batch.changes):
            self._written(batch, None)
            return
        loop = asyncio.get_running_loop()
        changes = [change.make for change in batch.changes]
        rooms = [share.room.id for share in batch.shares.values()]
        began = loop.time()
        work = loop.run_in_executor(self._thread, self.store.write, batch.rows, changes, rooms)
        work.add_done_callback(lambda future: self.took(loop.time() - began))
        work.add_done_callback(lambda future: self._written(batch, future.exception()))

    def _render(self, batch: Batch, share: Share) -> None:
        """Have a room render its part; one that cannot is taken out, and begins again from the log."""
        try:
            share.rendered = share.room.cut()
        except Exception:
            logger.exception("a view broke")
            del batch.shares[id(share.room)]
            self.forget(share.room, batch)
            share.room.void(share.answers)

    def _written(self, batch: Batch, fault: BaseException | None) -> None:
        self._writing = None
        if fault is None:
            self.stored += sum(map(len, batch.rows.values()))
            self.apart += batch.apart
            self.fails = False
            self._storing.works()
            auditing.say(batch)
            if batch.forgets:
                self.forget_soon()
            if CallRow in batch.rows:
                self.calls_wait()
            for share in batch.shares.values():
                share.room.tell(share.rendered)
                for answer in share.answers:
                    answer.reply(answer.refusal)
        else:
            self.failed += 1
            self.fails = True
            self._storing.fails(fault)
            for share in batch.shares.values():
                later = self.batch.shares.pop(id(share.room), None)
                self.forget(share.room, self.batch)
                self._void(share.room, share.answers + (later.answers if later else []), fault)
        for waiting in batch.waiting:
            if not waiting.done():
                waiting.set_result(None)
        if self.batch.shares:
            self.soon()

    def _void(self, room: Writer, answers: list[Answer], fault: BaseException) -> None:
        if isinstance(fault, Fenced):
            room.lose(answers)
            return
        try:
            room.void(answers)
        except SQLAlchemyError as again:
            logger.error("a room cannot be read", reason=type(again).__name__)
            room.lose(answers)

    def forget(self, room: Any, batch: Batch) -> None:
        """Take a void room's rows out of a batch."""
        codes = {*room.room.sessions, room.id}
        for rows in batch.rows.values():
            rows[:] = [r for r in rows if r.get("room") != room.id and r.get("session") not in codes]
        batch.changes = [change for change in batch.changes if change.session not in codes]
        batch.apart = [row for row in batch.apart if row["session"] not in codes]

    def _measure(self, commands: int) -> None:
        now = time.monotonic()
        passed = max(now - self._cut_at, 0.001)
        self._cut_at = now
        self._recent = 0.8 * self._recent + 0.2 * (commands / passed)
