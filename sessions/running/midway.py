"""What has its place in the middle of a cycle is planned by itself, once; as long as nobody moves it, it goes along.

Source: ``spec/formats.md`` (A: week 6), ``spec/practices.md`` (“about 6 weeks into the cycle”).
"""

from collections.abc import Callable
from datetime import date, timedelta

from sessions.record.record import Record
from sessions.room import Room
from sessions.rules.days import is_a_day
from sessions.rules.event import Event, RecordEvent
from sessions.running.opening import SessionOpened
from sessions.running.planning import SessionPlanned


class MidwayPlanned(RecordEvent, frozen=True, tag="midway_planned"):
    """A session of this format was planned for the week in the middle of the cycle, from this day (ISO).

    It outlives the session it ``planned``: what somebody has deleted is not planned once more.
    """

    format: str
    planned: str
    day: str

    def evolve(self, record: Record) -> None:
        record.midway[self.format] = (self.planned, self.day)


def middle(start: str, end: str) -> str:
    """The first day (ISO) of the week in the middle of a cycle; empty without both its days."""
    if not (is_a_day(start) and is_a_day(end)):
        return ""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    # A day beyond thirteen weeks makes no fourteenth.
    weeks = max(1, round(((last - first).days + 1) / 7) // 2)
    return (first + timedelta(weeks=weeks - 1)).isoformat()


def is_due(room: Room, format: str, today: str) -> bool:
    """Whether a session of this format has its place still ahead in this cycle and is not planned there (ISO day).

    What somebody has planned, moved, opened or deleted themselves is left alone.
    """
    record = room.record
    day = middle(record.cycle.get("start", ""), record.cycle.get("end", ""))
    rehearsed = any(session.rehearsal for session in room.sessions.values())
    if not day or rehearsed or record.read_only or _week_after(day) <= today:
        return False
    session, planned = record.midway.get(format, ("", ""))
    if planned:
        return day != planned and _stays(room, session, planned)
    return not any(held.format == format for held in room.held.values())


def plan(room: Room, format: str, today: str, opening: Callable[[], SessionOpened]) -> list[Event]:
    """The facts that plan it, or move it along with the cycle's days; none where it is not due."""
    if not is_due(room, format, today):
        return []
    cycle = room.record.cycle
    day = middle(cycle["start"], cycle["end"])
    if format in room.record.midway:
        code, _ = room.record.midway[format]
        return _on(format, code, day, room.held[code].teams)
    opened = opening()
    return [opened, *_on(format, opened.code, day, [])]


def was_left(room: Room, session: str, today: str) -> bool:
    """Whether a session planned itself and its week passed without anybody (ISO day): it keeps no room from going."""
    planned = dict(room.record.midway.values())
    return session in planned and _stays(room, session, planned[session]) and _week_after(planned[session]) <= today


def _on(format: str, session: str, day: str, teams: list[str]) -> list[Event]:
    planned = SessionPlanned(session=session, day=day, teams=teams)
    return [planned, MidwayPlanned(format=format, planned=session, day=day)]


def _stays(room: Room, session: str, day: str) -> bool:
    there = room.sessions.get(session)
    return there is not None and there.state == "lobby" and room.held[session].planned == day


def _week_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(weeks=1)).isoformat()
