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

#: Seconds until something is tried again, after each time it was not taken; afterwards it is given up.
AGAIN = (10, 60, 300, 1_800, 7_200, 21_600, 43_200)
#: Milliseconds for which nobody else tries what one process is calling.
CLAIM = 60_000
#: Calls at once, and seconds until somebody looks for what another process has left.
AT_ONCE, LOOK = 8, 60.0

logger = structlog.get_logger()


class Delivering:
    """Calls what is due. ``address`` is where people reach this server, if that is known."""

    def __init__(self, rooms: Rooms, address: str, anywhere: bool) -> None:
        self._rooms, self._address, self._anywhere = rooms, address, anywhere
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        #: Calls that were taken, and those that were not.
        self.done = [0, 0]

    def start(self) -> None:
        """Call what is due, now and from now on."""
        self._rooms.log.calls_wait = self._wake.set
        self._task = asyncio.create_task(self._deliver())

    async def stop(self) -> None:
        """Call nobody any more; what waits, waits."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _deliver(self) -> None:
        while True:
            self._wake.clear()
            try:
                wait = await self._call_what_is_due()
            except SQLAlchemyError as fault:
                logger.error("could not look for what is to be told", reason=type(fault).__name__)
                wait = LOOK
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), min(wait, LOOK))

    async def _call_what_is_due(self) -> float:
        """Call it; returns after how many seconds the next is due."""
        due = await asyncio.to_thread(kept.due, self._rooms.store, AT_ONCE)
        await asyncio.gather(*map(self._call, due))
        if len(due) == AT_ONCE:
            return 0.0
        following = await asyncio.to_thread(kept.next_due, self._rooms.store)
        return max(0.0, (following - now_ms()) / 1000) if following else LOOK

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
        return ""

    def _page(self, row: dict[str, Any]) -> str:
        if not self._address:
            return ""
        return f"{self._address}/s/{row['session']}/outcome" if row["session"] else f"{self._address}/r/{row['room']}"
