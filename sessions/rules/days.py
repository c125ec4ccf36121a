"""Days as the record keeps them: ISO dates; what a file writes otherwise stands as it came, before and after none."""

from datetime import date

from sessions.rules.refusal import Refused


def a_day(said: str) -> str:
    """The day as 2026-10-01, or nothing where nothing was said. Refuses what is no day."""
    if not said.strip():
        return ""
    found = _read(said)
    if found is None:
        raise Refused("bad_day", "Write the day as 2026-10-01.")
    return found.isoformat()


def is_after(day: str, other: str) -> bool:
    """Whether one day is after another; never, where one of the two is none."""
    first, second = _read(day), _read(other)
    return first is not None and second is not None and first > second


def is_a_day(said: str) -> bool:
    """Whether this is a day as the record keeps it."""
    return _read(said) is not None


def _read(said: str) -> date | None:
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        return None
