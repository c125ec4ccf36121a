"""The clock: all processes on the same data go by one, whatever their machines say."""

import time

#: How far the clock of this machine is behind the one all go by, in milliseconds.
_behind = 0
#: Milliseconds by which two clocks may differ without anybody noticing.
_UNNOTICED = 40


def now_ms() -> int:
    """Unix milliseconds."""
    return time.time_ns() // 1_000_000 + _behind


def go_by(now: int) -> None:
    """The clock that all go by says this (Unix milliseconds)."""
    global _behind
    if abs(now - now_ms()) > _UNNOTICED:
        _behind += now - now_ms()
