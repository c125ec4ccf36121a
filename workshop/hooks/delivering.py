"""Delivering: what waits is told to each program, again and again for most of a day, also after a restart.

Of several processes on one database whichever comes first calls; a program may hear a thing twice, and tells it by
the call's id.
"""

import asyncio
import contextlib
import json
import time
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from workshop.clock import now_ms
from workshop.directory import Rooms
from workshop.hooks import kept, messages, reaching
from workshop.lasting import Lasting

#: Seconds until something is tried again, after each time it was not taken; afterwards it is given up.
AGAIN = (10, 60, 300, 1_800, 7_200, 21_600, 43_200)
#: Milliseconds for which nobody else tries what one process is calling.
CLAIM = 60_000
#: Calls at once, calls that are looked at, and seconds until somebody looks for what another process has left.
AT_ONCE, MOST, LOOK = 16, 100, 60.0

logger = structlog.get_logger()


class Delivering:
    """Calls what is due. ``address`` is where people reach this server, if that is known."""

    def __init__(self, rooms: Rooms, address: str, anywhere: bool) -> None:
        self._rooms, self._address, self._anywhere = rooms, address, anywhere
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        #: What is being called, by hook: one that does not answer keeps nobody else waiting.
        self._calling: dict[str, asyncio.Task[None]] = {}
        #: Calls that were taken, and those that were not.
        self.done = [0, 0]

    async def start(self) -> None:
        """Call what is due, now and from now on; or, where nobody is told anything, drop what waits."""
        tells = self._rooms.log.tells_others
        await self._rooms.log.in_turn(lambda: kept.sweep(self._rooms.store, all=not tells))
        if tells:
            self._rooms.log.calls_wait = self._wake.set
            self._task = asyncio.create_task(self._deliver())

    async def stop(self) -> None:
        """Call nobody any more; what waits, waits."""
        tasks = [task for task in (self._task, *self._calling.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self) -> None:
        looking = Lasting("could not look for what is to be told")
        while True:
            self._wake.clear()
            try:
                wait = await self._begin_what_is_due()
                looking.works()
            except SQLAlchemyError as fault:
                looking.fails(fault)
                wait = LOOK
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), wait)

    async def _begin_what_is_due(self) -> float:
        """Begin to call it; returns after how many seconds it has to be looked again, if nothing ends before."""
        for row in await asyncio.to_thread(kept.due, self._rooms.store, MOST):
            if row["hook"] not in self._calling and len(self._calling) < AT_ONCE:
                self._calling[row["hook"]] = asyncio.create_task(self._call_and_look_again(row))
        following = await asyncio.to_thread(kept.next_due, self._rooms.store)
        wait = (following - now_ms()) / 1000 if following else LOOK
        # What is due now waits for a hook that is being called, and is looked for when that has ended.
        return min(wait, LOOK) if wait > 0 else LOOK

    async def _call_and_look_again(self, row: dict[str, Any]) -> None:
        try:
            await self._call(row)
        except SQLAlchemyError as fault:
            logger.error("what became of a call could not be noted", reason=type(fault).__name__)
        finally:
            del self._calling[row["hook"]]
            self._wake.set()

    async def _call(self, row: dict[str, Any]) -> None:
        store, log = self._rooms.store, self._rooms.log
        if not await log.in_turn(lambda: kept.claim(store, row["id"], row["due"], now_ms() + CLAIM)):
            return
        why = await self._try(row)
        self.done[bool(why)] += 1
        if not why:
            await log.in_turn(lambda: kept.taken(store, row))
            return
        tries = row["tries"]
        again = now_ms() + AGAIN[tries] * 1000 if tries < len(AGAIN) else 0
        # The host is all that is said of an address: the rest of one may be a secret.
        logger.warning("a program was not told", why=why, tries=tries + 1, again=bool(again))
        await log.in_turn(lambda: kept.not_taken(store, row, again, why))

    async def _try(self, row: dict[str, Any]) -> str:
        """Call once; what went wrong, or nothing."""
        news = json.loads(row["body"])
        body = messages.message(row["kind"], news, self._page(row))
        seconds = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Waggle",
            "webhook-id": row["id"],
            "webhook-timestamp": str(seconds),
            "webhook-signature": messages.signature(row["secret"], row["id"], seconds, body),
        }
        try:
            await reaching.call(row["url"], body, headers, self._anywhere)
        except reaching.NotReached as why:
            return str(why)
        except Exception as fault:
            # Whatever it is, it is this program's alone.
            logger.exception("a call broke", kind=row["kind"])
            return type(fault).__name__
        return ""

    def _page(self, row: dict[str, Any]) -> str:
        if not self._address:
            return ""
        return f"{self._address}/s/{row['session']}/outcome" if row["session"] else f"{self._address}/r/{row['room']}"
