"""Working days from a moment on: at the same time of day, Saturdays and Sundays left out."""

from datetime import UTC, datetime, timedelta


def working_days_after(at: int, days: int) -> int:
    """The moment (Unix milliseconds) so many working days after another one, by the calendar of UTC."""
    moment = datetime.fromtimestamp(at / 1000, UTC)
    while days > 0:
        moment += timedelta(days=1)
        days -= moment.weekday() < 5
    return round(moment.timestamp() * 1000)
