"""What a process does again and again for its rooms: notes that it lives, lets rooms rest, tidies, collects garbage."""

import asyncio
import contextlib
import gc
import time
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

from workshop.lasting import Lasting
from workshop.log import Log

logger = structlog.get_logger()

#: How often it is noted that rooms are held, in seconds.
HEARTBEAT = 10.0
#: How often it is looked for what may go, in seconds.
TIDYING = 3600.0
#: When Python collects by itself: young objects often, everything hardly ever.
COLLECTING = (10_000, 20, 1_000)


class Body(Protocol):
    """What a heart beats for."""

    log: Log

    async def note_held(self, room: str = "") -> None:
        """Note that this process is alive, and that it holds ``room``."""

    def let_rest(self) -> None:
        """Let go of what nobody has looked at for a while, and of seats that do not read."""

    def commands_in_memory(self) -> int:
        """Commands that the rooms in memory took."""


class Heart:
    """Beats every ten seconds from ``start`` until ``stop``."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._task: asyncio.Task[None] | None = None
        #: What lets go of what need not be kept any longer.
        self._tidying: Callable[[], Awaitable[None]] | None = None
        self._tidied = 0.0
        self._noting = Lasting("could not note that rooms are held")
        #: Whether rooms came into memory or left it since garbage was last looked for.
        self._moved = False
        self._commands_seen = self._commands_tidied = 0

    def start(self, tidying: Callable[[], Awaitable[None]] | None) -> None:
        """Begin; ``tidying`` is done every hour."""
        self._tidying = tidying
        gc.set_threshold(*COLLECTING)
        gc.collect()
        gc.freeze()
        self._task = asyncio.create_task(self._beat())

    async def stop(self) -> None:
        """Beat no more."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def came(self) -> None:
        """A room came into memory: what was read stays, and whatever is garbage beside it goes in a quiet moment."""
        gc.freeze()
        self._moved = True

    def left(self) -> None:
        """A room left memory."""
        self._moved = True

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            await self._note()
            self._body.let_rest()
            self._collect_when_quiet()
            if time.monotonic() - self._tidied > TIDYING:
                self._tidied = time.monotonic()
                await self._tidy()

    async def _note(self) -> None:
        log = self._body.log
        try:
            await self._body.note_held()
            log.fails = False
            self._noting.works()
        except Exception as fault:
            log.fails = True
            self._noting.fails(fault)

    async def _tidy(self) -> None:
        try:
            if self._tidying is not None:
                await self._tidying()
        except Exception as fault:
            logger.error("could not tidy", reason=type(fault).__name__)

    def _collect_when_quiet(self) -> None:
        """A full collection stops 1,000 seats for a tenth of a second: do it in a quiet moment."""
        commands = self._body.commands_in_memory()
        if commands == self._commands_seen != self._commands_tidied:
            if self._moved:
                gc.unfreeze()
            gc.collect()
            if self._moved:
                gc.freeze()
            self._moved = False
            self._commands_tidied = commands
        self._commands_seen = commands
