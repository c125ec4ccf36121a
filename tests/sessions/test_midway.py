"""What plans itself for the middle of a cycle: when, once, and along with the cycle's days."""

from itertools import count
from typing import Any

import pytest

from sessions import formats
from sessions.evolve import evolve, new_room
from sessions.record.brief import CycleSet
from sessions.record.cycles import ReadOnlySet
from sessions.room import Room
from sessions.running import midway
from sessions.running.opening import open_session
from sessions.running.planning import SessionPlanned

PULSE = formats.ALL["priority_pulse"]
Q4 = ("2026-10-01", "2026-12-31")
CODES = count(1)


def a_room(days: tuple[str, str] = Q4) -> Room:
    room = new_room("r")
    set_days(room, days)
    return room


def set_days(room: Room, days: tuple[str, str]) -> None:
    evolve(room, "", CycleSet(organisation="Kestrel", name="Q", start=days[0], end=days[1]))


def plan(room: Room, today: str = "2026-10-01") -> list[str]:
    """What is planned by itself on a day: tags of the facts."""
    code = f"S{next(CODES)}"
    facts = midway.plan(room, PULSE.key, today, lambda: opened(code))
    for fact in facts:
        evolve(room, code, fact)
    return [type(fact).__name__ for fact in facts]


def opened(code: str, format: str = PULSE.key) -> Any:
    return open_session(code, format, "What matters next?", 1, 20, list(PULSE.phases))


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        ("2026-07-01", "2026-09-30", "2026-08-05"),
        ("2026-07-06", "2026-08-09", "2026-07-13"),
        ("2026-07-06", "2026-07-12", "2026-07-06"),
        ("2026-07-06", "", ""),
        ("", "", ""),
        ("soon", "later", ""),
    ],
)
def test_the_middle_of_a_cycle_however_long(start: str, end: str, day: str) -> None:
    assert midway.middle(start, end) == day


def test_it_is_planned_once_and_on_the_first_day_of_its_week() -> None:
    room = a_room()
    assert plan(room) == ["SessionOpened", "SessionPlanned", "MidwayPlanned"]
    assert [(held.format, held.planned) for held in room.held.values()] == [("priority_pulse", "2026-11-05")]
    assert plan(room) == []


def test_it_goes_along_with_the_days_of_the_cycle() -> None:
    room = a_room()
    plan(room)
    set_days(room, ("2026-11-01", "2027-01-31"))
    assert plan(room) == ["SessionPlanned", "MidwayPlanned"]
    assert [held.planned for held in room.held.values()] == ["2026-12-06"]
    assert plan(room) == []


def test_what_somebody_did_themselves_is_left_alone() -> None:
    moved, deleted, theirs, begun = a_room(), a_room(), a_room(), a_room()
    for room in (moved, deleted, begun):
        plan(room)
    (session,) = moved.held
    evolve(moved, "", SessionPlanned(session=session, day="2026-11-09"))
    (session,) = deleted.held
    del deleted.held[session], deleted.sessions[session]
    evolve(theirs, "X", opened("X"))
    next(iter(begun.sessions.values())).state = "open"
    for room in (moved, deleted, theirs, begun):
        set_days(room, ("2026-11-01", "2027-01-31"))
        assert plan(room) == []


def test_nothing_is_planned_too_late_or_on_a_record_that_is_only_read() -> None:
    assert plan(a_room(), "2026-11-11") != []
    assert plan(a_room(), "2026-11-12") == []
    assert plan(a_room(("", ""))) == []
    closed = a_room()
    evolve(closed, "", ReadOnlySet(on=True))
    assert plan(closed) == []
