"""A seat: one open socket, the person it speaks as, and what it has been told."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from workshop import wire

#: Commands a seat may send at once, and per second after that.
BURST, RATE = 120.0, 40.0
#: Seconds between two echoes that cost nothing.
ECHOES = 0.1
#: Commands beyond its share before a seat is cut off.
PATIENCE = 200


class Port(Protocol):
    """A way to write to one socket. ``paused`` while its reader does not keep up."""

    paused: bool
    on_resume: Callable[[], None] | None

    def write(self, payloads: list[bytes], framed: bytes | None = None) -> None:
        """Write messages now, ``framed`` being the same as WebSocket frames; never waits."""

    def close(self, code: int, reason: str) -> None:
        """Close the socket."""


@dataclass(slots=True, eq=False)
class Seat:
    """One socket's place. ``topics`` is what it follows; ``number`` the last it was told."""

    port: Port
    session: str
    person: str
    screen: bool = False
    #: On the record: whether they hold the room's key, the team they were invited as, and what tells
    #: apart people who have no entry in the room.
    key: bool = False
    team: str = ""
    who: str = ""
    #: What it speaks with, where that is not the person's own key, and the entry it came as; whether it is a screen
    #: with a key of its own.
    hand: str = ""
    entry: str = ""
    #: The session its key is for; the same it sits in, except on the record.
    of: str = ""
    own_screen: bool = False
    topics: set[str] = field(default_factory=set)
    #: Places it stands at, those it asked to look at besides, and those it has yet to be told are gone.
    places: set[str] = field(default_factory=set)
    looks_at: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    number: int = 0
    echoed: int = 0
    echoed_at: float = 0.0
    ready: bool = False
    gone: bool = False
    behind_since: float = 0.0
    behind_me: bool = False
    owed: tuple[int, str] | None = None
    allowance: float = BURST
    allowance_at: float = 0.0
    excess: int = 0
    #: Since when it is known (monotonic seconds).
    since: float = field(default_factory=time.monotonic)
    #: The first word that is being worked on.
    first_word: tuple[int, str] | None = None

    @property
    def look(self) -> tuple[str, str]:
        """What it looks with: the entry it came as, and its hand."""
        return self.entry, self.hand

    def tell(self, payload: bytes) -> None:
        """Write one message to this seat alone."""
        self.port.write([payload])

    def tell_all(self, payloads: list[bytes]) -> None:
        """Write several messages in one go."""
        self.port.write(payloads)

    def dismiss(self, code: str, say: str) -> None:
        """Say why, and close."""
        self.ready = False
        self.port.write([wire.bye(code, say)])
        self.port.close(4000, code)

    def may_echo(self, now: float) -> bool:
        """Whether an echo costs nothing at this time (seconds): a frame each tenth of a second is what is sent."""
        free = now - self.echoed_at >= ECHOES
        if free:
            self.echoed_at = now
        return free

    def may_send(self, now: float) -> bool:
        """Whether a command fits the seat's share at ``now`` (seconds)."""
        self.allowance = min(BURST, self.allowance + (now - self.allowance_at) * RATE)
        self.allowance_at = now
        if self.allowance >= 1:
            self.allowance -= 1
            self.excess = max(0, self.excess - 1)
            return True
        self.excess += 1
        return False
