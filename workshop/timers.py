"""What a room has to do at a time: ring a session's bell, and let go of what was only for a while."""

import asyncio
from collections.abc import Callable

from sessions import views
from sessions.room import Room, Session
from workshop.clock import now_ms


class Timers:
    """One bell a session, and one look at what is only for a while; what was set before is void."""

    def __init__(self, ring: Callable[[str, int], None], passing: Callable[[str], None]) -> None:
        self._on_ring, self._on_passing = ring, passing
        self._bells: dict[str, asyncio.TimerHandle] = {}
        self._passing: dict[str, asyncio.TimerHandle] = {}

    def expect_bell(self, code: str, session: Session) -> None:
        """Have the phase move on by itself when its time comes."""
        _cancel(self._bells, code)
        at = views.rings(session)
        if at:
            wait = max(0.0, (at - now_ms()) / 1000)
            self._bells[code] = asyncio.get_running_loop().call_later(wait, self._on_ring, code, at)

    def is_time(self, code: str, session: Session, at: int) -> bool:
        """Whether the bell set for this time is still meant, and it is time; if it is early, it rings later."""
        if views.rings(session) != at:
            return False
        if now_ms() < at:
            self.expect_bell(code, session)
            return False
        return True

    def expect_passing(self, code: str, room: Room) -> None:
        """Have what is only for a time go by itself when that is over."""
        _cancel(self._passing, code)
        at = min((until for part in room.sessions[code].part.all() if (until := part.until())), default=0)
        if at:
            wait = max(0.0, (at - now_ms()) / 1000)
            loop = asyncio.get_running_loop()
            self._passing[code] = loop.call_later(wait + 0.05, self._on_passing, code)

    def rest(self, room: Room) -> int:
        """Nothing rings any more; when the next bell would have rung (Unix milliseconds), or 0."""
        for timers in (self._bells, self._passing):
            for code in list(timers):
                _cancel(timers, code)
        return min((at for session in room.sessions.values() if (at := views.rings(session))), default=0)


def _cancel(timers: dict[str, asyncio.TimerHandle], code: str) -> None:
    old = timers.pop(code, None)
    if old:
        old.cancel()
