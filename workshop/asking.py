"""What waits for its turn in a room, and who asks: the time, ids and shuffles of one turn."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import SQLModel

from sessions.room import By
from sessions.rules.event import Event
from workshop.changes import Change
from workshop.cut import Look
from workshop.log import Answer
from workshop.timers import now_ms

#: A row to store beside events: its table and its fields.
Row = tuple[type[SQLModel], dict[str, Any]]
#: What is asked, once it is its turn: the facts that follow, or ``Refused``.
Rule = Callable[[], Iterable[Event]]

DELETED = "This was deleted by somebody who may. Nothing of it is kept."
NOT_STORED = "This could not be stored just now, so it does not count. Your words are kept; try again."


def new_id() -> str:
    """A random id that says nothing."""
    return secrets.token_urlsafe(6)


def shuffled(things: list[str]) -> list[str]:
    """The same things in an order nobody can guess."""
    mixed = list(things)
    secrets.SystemRandom().shuffle(mixed)
    return mixed


def by(person: str, here: frozenset[str] = frozenset(), look: Look | None = None) -> By:
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
