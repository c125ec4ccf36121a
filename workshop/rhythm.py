"""What a room plans by itself when its cycle has its days: what has its place in the middle of every cycle."""

from collections.abc import Callable
from datetime import UTC, datetime

from sessions import formats
from sessions.formats import Format
from sessions.rules.event import Event
from sessions.running import midway
from sessions.running.opening import SessionOpened, open_session
from workshop.clock import now_ms
from workshop.open_room import OpenRoom


def keep(held: OpenRoom, free_code: Callable[[], str]) -> None:
    """Plan what is due, or move it along with the cycle's days; ``free_code`` says one that nobody has."""
    for format in formats.ALL.values():
        if format.midway and midway.is_due(held.room, format.key, today()):
            _plan(held, format, free_code())


def _plan(held: OpenRoom, format: Format, code: str) -> None:
    def opening() -> SessionOpened:
        plan = list(format.phases)
        return open_session(code, format.key, format.example, now_ms(), format.minutes, plan, format.asks)

    def rule() -> list[Event]:
        return midway.plan(held.room, format.key, today(), opening)

    held.turns.happen(code, rule)


def today() -> str:
    """The day of today (ISO), by UTC."""
    return datetime.fromtimestamp(now_ms() / 1000, UTC).date().isoformat()
