"""A seat: one open socket, the person it speaks as, and what it has been told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

from workshop import wire
from workshop.cut import Visitor
from workshop.wire import Framed

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

    def write(self, payloads: list[bytes], framed: Framed | None = None) -> None:
        """Write messages now, ``framed`` being the same for everybody; never waits."""

    def close(self, code: int, reason: str) -> None:
        """Close the socket."""


@dataclass(slots=True, eq=False)
class Seat:
    """One socket's place; ``number`` is the last it was told."""

    port: Port
    visitor: Visitor
    #: Tells it from every other seat of this process.
    id: int = field(default_factory=count(1).__next__)
    #: What it follows, and what it has yet to be told is gone.
    follows: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
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
    #: The first word that is being worked on.
    first_word: tuple[int, str] | None = None
    #: What it has said behind it, to be heard once it has its place.
    early: list[str | bytes] = field(default_factory=list)

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
