"""NATS as the bus: one subject for each process, and one for all."""

import asyncio
import contextlib
from collections.abc import Callable

import nats
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg

from workshop.store import NoData

logger = structlog.get_logger()

#: Bytes that may wait for the bus before what is sent is lost.
_MOST = 32 * 1024 * 1024
#: Seconds until a connection has to stand, and between two tries to have it again.
_CONNECT, _AGAIN = 2, 0.2


class OverNats:
    """A connection to NATS that comes back by itself."""

    largest = 512 * 1024

    def __init__(self, address: str, name: str = "waggle") -> None:
        self._address, self._name = address, name
        self._client: Client | None = None
        self._sending: asyncio.Task[None] | None = None
        self._waiting: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()
        self._bytes = 0
        #: Whether the bus can be reached now.
        self.there = False

    async def open(self, me: int, take: Callable[[bytes], None]) -> None:
        """Connect; raises ``NoData`` where nothing answers."""

        async def taken(message: Msg) -> None:
            take(message.data)

        try:
            self._client = await nats.connect(
                self._address,
                name=f"{self._name} {me}",
                connect_timeout=_CONNECT,
                allow_reconnect=True,
                reconnect_time_wait=_AGAIN,
                max_reconnect_attempts=-1,
                ping_interval=2,
                max_outstanding_pings=2,
                pending_size=_MOST,
                disconnected_cb=self._lost,
                reconnected_cb=self._back,
                error_cb=self._failed,
            )
            for subject in (f"{self._name}.{me}", f"{self._name}.all"):
                await self._client.subscribe(subject, cb=taken, pending_bytes_limit=_MOST)
            await self._client.flush()
        except Exception as fault:
            raise NoData(f"The bus cannot be reached: {type(fault).__name__}. Is NATS running at WAGGLE_BUS?") from None
        self.there = True
        self._sending = asyncio.create_task(self._send())

    def send(self, to: int, message: bytes) -> None:
        self._put(f"{self._name}.{to}", message)

    def send_all(self, message: bytes) -> None:
        self._put(f"{self._name}.all", message)

    async def close(self) -> None:
        if self._client is None or self._sending is None:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CONNECT):
                await self._waiting.join()
        self._sending.cancel()
        there, self.there = self.there, False
        with contextlib.suppress(Exception):
            if there:
                await self._client.flush(_CONNECT)
            await self._client.close()

    def _put(self, subject: str, message: bytes) -> None:
        if self._bytes + len(message) < _MOST:
            self._bytes += len(message)
            self._waiting.put_nowait((subject, message))

    async def _send(self) -> None:
        assert self._client is not None
        while True:
            subject, message = await self._waiting.get()
            self._bytes -= len(message)
            # What is lost is missed by whoever it was for.
            with contextlib.suppress(Exception):
                await self._client.publish(subject, message)
            self._waiting.task_done()

    async def _lost(self) -> None:
        if self.there:
            self.there = False
            logger.error("the bus is away")

    async def _back(self) -> None:
        self.there = True
        logger.info("the bus is back")

    async def _failed(self, fault: Exception) -> None:
        # While it is away it is tried five times a second: that was said once.
        if self.there:
            logger.warning("the bus said", reason=type(fault).__name__)
