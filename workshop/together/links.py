"""Links: what one process tells another is numbered; where a number is missing or nothing comes, all of it falls.

Of two processes the one with the lower number names a link when it begins, and gives it another name when it begins
anew: so both agree which one they talk on, however late something arrives. A link that falls takes with it whatever
was built on it: questions are answered as lost, seats of the other process leave, and seats here come back by
themselves. Nobody has to know which message it was.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Protocol

import msgspec
import structlog

from workshop.together.bus import Bus

logger = structlog.get_logger()

#: Seconds between two signs of life, and of silence after which a link falls.
BEAT, SILENCE = 0.5, 2.5
#: Bytes an envelope adds to what is in it.
_ENVELOPE = 256


class Unreachable(Exception):
    """The other process cannot be reached, or was lost before it answered."""


class Answer(Protocol):
    """The way back to whoever asked."""

    @property
    def stands(self) -> bool:
        """Whether somebody still waits."""

    def __call__(self, body: bytes) -> None:
        """Answer."""


class _Envelope(msgspec.Struct, array_like=True):
    """One message, or a part of one: the ``number``-th since the link began, by the name it has since then."""

    sender: int
    link: int
    number: int
    kind: str = ""
    #: The question it is, or (negative) is an answer to.
    question: int = 0
    more: bool = False
    body: bytes = b""


#: What stands in the place of a number: for all, whatever links there are; a link begins; it is to begin anew; it ends.
_FOR_ALL, _BEGIN, _ANEW, _END = -1, -2, -3, -4


class _Link:
    """What is known of the link to one other process."""

    def __init__(self, other: int) -> None:
        self.other = other
        #: Its name, 0 while there is none.
        self.name = 0
        self.sent, self.expected = 0, 1
        self.heard = time.monotonic()
        self.parts: list[bytes] = []
        #: What waits until it begins.
        self.waiting: list[tuple[str, int, bytes]] = []

    def begin(self, name: int) -> None:
        """It is called this now, and nothing was said on it yet."""
        self.name, self.sent, self.expected, self.parts = name, 0, 1, []
        self.heard = time.monotonic()


class Links:
    """This process's links to all others."""

    def __init__(self, me: int, bus: Bus) -> None:
        self.me = me
        self._bus = bus
        #: What is done with what others tell, by its kind.
        self.told: dict[str, Callable[[int, bytes], None]] = {}
        #: What is done with what others ask, by its kind.
        self.asked: dict[str, Callable[[int, bytes, Answer], None]] = {}
        #: Told of every process whose link has fallen.
        self.fallen: list[Callable[[int], None]] = []
        self._links: dict[int, _Link] = {}
        self._waiting: dict[int, tuple[int, Callable[[bytes], None], Callable[[], None]]] = {}
        self._names, self._questions = count(time.time_ns()), count(1)
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(_Envelope).decode
        self._beating: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Be reached from now on."""
        await self._bus.open(self.me, self._take)
        self._beating = asyncio.create_task(self._beat())

    async def close(self) -> None:
        """Tell all that this process is gone, so that nobody has to wait for silence."""
        if self._beating is None:
            return
        self._beating.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._beating
        for link in self._links.values():
            self._sign(link, _END)
        await self._bus.close()

    # Saying

    def tell(self, to: int, kind: str, body: bytes) -> None:
        """Tell another process something."""
        self._send(to, kind, 0, body)

    def tell_all(self, kind: str, body: bytes) -> None:
        """Tell every process something that is right whenever it comes, and whether it comes or not."""
        self._bus.send_all(self._encode(_Envelope(self.me, 0, _FOR_ALL, kind, body=body)))

    def ask(self, to: int, kind: str, body: bytes, then: Callable[[bytes], None], lost: Callable[[], None]) -> None:
        """Ask another process; ``then`` gets its answer before anything else of it is heard."""
        question = next(self._questions)
        self._waiting[question] = (to, then, lost)
        self._send(to, kind, question, body)

    def answered(self, to: int, kind: str, body: bytes) -> Awaitable[bytes]:
        """Ask another process and wait for its answer; raises ``Unreachable``."""
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

        def then(answer: bytes) -> None:
            if not future.done():
                future.set_result(answer)

        def lost() -> None:
            if not future.done():
                future.set_exception(Unreachable())

        self.ask(to, kind, body, then, lost)
        return future

    def stands(self, to: int, link: object) -> bool:
        """Whether this is still the link to another process."""
        return self._links.get(to) is link

    def answer(self, to: int, question: int, body: bytes) -> None:
        """Answer what another process asked."""
        self._send(to, "", -question, body)

    def _send(self, to: int, kind: str, question: int, body: bytes) -> None:
        link = self._links.get(to)
        if link is None:
            link = self._links[to] = _Link(to)
            self._begin(link)
        if not link.name:
            link.waiting.append((kind, question, body))
            return
        size = self._bus.largest - _ENVELOPE
        parts = [body[at : at + size] for at in range(0, len(body), size)] or [b""]
        for at, part in enumerate(parts):
            link.sent += 1
            more = at + 1 < len(parts)
            envelope = _Envelope(self.me, link.name, link.sent, kind, question, more, part)
            self._bus.send(to, self._encode(envelope))

    def _begin(self, link: _Link) -> None:
        """Have the link begin: name it, or have it named."""
        if self.me > link.other:
            self._sign(link, _ANEW)
            return
        if not link.name:
            link.begin(next(self._names))
        self._sign(link, _BEGIN)

    def _sign(self, link: _Link, sign: int) -> None:
        self._bus.send(link.other, self._encode(_Envelope(self.me, link.name, sign)))

    # Hearing

    def _take(self, message: bytes) -> None:
        try:
            envelope = self._decode(message)
        except msgspec.DecodeError:
            logger.error("the bus carried something else")
            return
        signs = {_BEGIN: self._begun, _ANEW: self._anew, _END: self._ended}
        if envelope.number == _FOR_ALL:
            self._do(envelope, envelope.body)
        elif envelope.number in signs:
            signs[envelope.number](envelope.sender, envelope.link)
        elif self._is_next(envelope):
            self._put_together(envelope)

    def _begun(self, other: int, name: int) -> None:
        """The other process has named a link."""
        link = self._links.get(other)
        if link is not None and link.name == name:
            return
        if link is not None and link.name:
            self._fall(other)
            link = None
        link = link or self._links.setdefault(other, _Link(other))
        link.begin(name)
        waiting, link.waiting = link.waiting, []
        for kind, question, body in waiting:
            self._send(other, kind, question, body)

    def _anew(self, other: int, name: int) -> None:
        """The other process has no link, or misses something on this one; it is ours to name."""
        link = self._links.get(other)
        if link is not None and link.name and name not in (0, link.name):
            return
        if link is not None and link.name and (name == link.name or link.expected > 1):
            self._fall(other)
            link = None
        self._begin(link or self._links.setdefault(other, _Link(other)))

    def _ended(self, other: int, name: int) -> None:
        """The other process is gone."""
        link = self._links.get(other)
        if link is not None and link.name == name:
            self._fall(other)

    def _is_next(self, envelope: _Envelope) -> bool:
        other, link = envelope.sender, self._links.get(envelope.sender)
        if link is not None and (link.name, link.expected) == (envelope.link, envelope.number):
            link.expected += 1
            link.heard = time.monotonic()
            return True
        if link is not None and link.name != envelope.link:
            # Something late, of a link that is no more; or early, of one that is about to begin.
            return False
        if link is not None:
            # Something is missing.
            self._fall(other)
        unknown = _Link(other)
        unknown.name = envelope.link
        self._sign(unknown, _ANEW if self.me > other else _END)
        return False

    def _put_together(self, envelope: _Envelope) -> None:
        link = self._links[envelope.sender]
        link.parts.append(envelope.body)
        if envelope.more:
            return
        parts, link.parts = link.parts, []
        self._do(envelope, parts[0] if len(parts) == 1 else b"".join(parts))

    def _do(self, envelope: _Envelope, body: bytes) -> None:
        try:
            if envelope.question < 0:
                waiting = self._waiting.pop(-envelope.question, None)
                if waiting is not None:
                    waiting[1](body)
            elif envelope.question:
                back = _Back(self, envelope.sender, envelope.question, self._links[envelope.sender])
                self.asked[envelope.kind](envelope.sender, body, back)
            elif envelope.kind:
                self.told[envelope.kind](envelope.sender, body)
        except Exception:
            logger.exception("what another process said was not understood", kind=envelope.kind)

    # Falling

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            limit = time.monotonic() - SILENCE
            for link in [link for link in self._links.values() if link.heard < limit]:
                self._fall(link.other)
            for link in list(self._links.values()):
                if link.name:
                    self._send(link.other, "", 0, b"")
                else:
                    self._begin(link)

    def _fall(self, other: int) -> None:
        self._links.pop(other, None)
        lost = [question for question, (to, _, _) in self._waiting.items() if to == other]
        for question in lost:
            self._waiting.pop(question)[2]()
        for told in self.fallen:
            try:
                told(other)
            except Exception:
                logger.exception("what a link held could not be let go of")


class _Back:
    """The way back to whoever asked, while the link stands that the question came by."""

    def __init__(self, links: Links, to: int, question: int, link: _Link) -> None:
        self._links, self._to, self._question, self._link = links, to, question, link

    @property
    def stands(self) -> bool:
        """Whether somebody still waits."""
        return self._links.stands(self._to, self._link)

    def __call__(self, body: bytes) -> None:
        """Answer."""
        if self.stands:
            self._links.answer(self._to, self._question, body)
