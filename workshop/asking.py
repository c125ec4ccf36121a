"""What waits for its turn in a room, and who asks: the time, ids and shuffles of one turn."""

import asyncio
import secrets
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from typing import Any

from sqlmodel import SQLModel

from sessions.room import Asked, By
from sessions.rules.event import Event
from sessions.rules.refusal import Refused
from sessions.running.closing import CloseSession, ExitPulse
from workshop import wire
from workshop.changes import Change
from workshop.clock import now_ms
from workshop.cut import Look
from workshop.digests import PULSE, digest
from workshop.log import Answer, Batch
from workshop.tables import HeardRow

#: A row to store beside events: its table and its fields.
Row = tuple[type[SQLModel], dict[str, Any]]
#: What is asked, once it is its turn: the facts that follow, or ``Refused``.
Rule = Callable[[], Iterable[Event]]

DELETED = "This was deleted by somebody who may. Nothing of it is kept."
NOT_STORED = "This could not be stored just now, so it does not count. Your words are kept; try again."


def new_id() -> str:
    """A random id that says nothing, and that no command line takes for an option."""
    while (id := secrets.token_urlsafe(6)).startswith("-"):
        pass
    return id


def shuffled(things: list[str]) -> list[str]:
    """The same things in an order nobody can guess."""
    mixed = list(things)
    secrets.SystemRandom().shuffle(mixed)
    return mixed


def by(person: str, here: Set[str] = frozenset(), look: Look | None = None) -> By:
    """Who acts now, the entry they came as, and with which hand."""
    entry, hand = look or (person, "")
    return By(person, now_ms(), new_id, shuffled, here, hand, entry)


@dataclass(slots=True)
class Asking:
    """Something that waits for its turn, in a session or (none) on the record."""

    session: str
    rule: Rule
    what: str
    #: Whoever waits for word on it, and what tells it from everything that was asked before.
    answer: Answer
    #: What is stored with it beside events.
    rows: Iterable[Row] = ()
    changes: Iterable[Change] = ()
    #: Whether it takes space that a full room has not got.
    needs_space: bool = True
    #: Whether what follows has taken effect already, apart from the loop.
    done: bool = False
    #: What is unsigned is remembered apart from what was said, and later.
    apart: tuple[bytes, ...] = ()

    def store_with(self, batch: Batch, room: str) -> set[bytes]:
        """What goes with it is stored with it; returns what it is known by if it is sent again."""
        for table, fields in self.rows:
            batch.add(table, **fields)
        batch.changes += self.changes
        if not self.answer.digest:
            return set()
        heard = {"digest": self.answer.digest, "session": self.session or room}
        if self.apart:
            batch.apart += [heard, *({**heard, "digest": other} for other in self.apart)]
        else:
            batch.add(HeardRow, **heard)
        return {self.answer.digest}


def asked(session: str, who: str, command: Asked, reply: Callable[[bytes], None], rule: Rule) -> Asking:
    """A command that waits for its turn; ``reply`` gets its answer as it goes over the wire."""

    def said(refusal: Refused | None) -> None:
        reply(wire.done(command.id) if refusal is None else wire.refused(command.id, refusal))

    asking = Asking(session, rule, type(command).__name__, Answer(digest(who, command.id), said, again=True))
    asking.needs_space = not isinstance(command, CloseSession)
    if isinstance(command, ExitPulse):
        asking.apart = (digest(who, PULSE),)
    return asking


def waiting() -> tuple[Answer, "asyncio.Future[Refused | None]"]:
    """An answer that nobody asked for before, and the future that gets it."""
    future: asyncio.Future[Refused | None] = asyncio.get_running_loop().create_future()

    def settle(refusal: Refused | None) -> None:
        if not future.done():
            future.set_result(refusal)

    return Answer(secrets.token_bytes(12), settle), future
