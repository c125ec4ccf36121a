"""The clock of a festival: what so many slots take, and what would fit where that is too long (``spec``, D)."""

import msgspec

#: Minutes of what is around the slots.
OPENING, BREAK, THREE_THINGS, CLOSE = 10, 10, 15, 5
#: Minutes of a slot: pitch, questions, written feedback, move; and the least it works in.
SLOT = {"pitch": 3.0, "questions": 10.0, "feedback": 4.0, "move": 3.0}
SHORTEST, LONGEST = 10, 60
#: From so many slots on there is a break in the middle.
BREAK_FROM = 3


class Clock(msgspec.Struct, frozen=True):
    """How long a festival is, in minutes: as asked for, its slots with their break, and which would fit (0: none)."""

    minutes: int
    slots_minutes: int
    fits: bool
    shorter: int


def clock(slots: int, each: int, available: int = 0) -> Clock:
    """How long so many slots of so many minutes take; ``available`` 0 is whatever it takes."""
    minutes = around(slots) + slots * each
    running = slots * each + (BREAK if slots >= BREAK_FROM else 0)
    if not available or minutes <= available:
        return Clock(minutes, running, True, 0)
    shorter = (available - around(slots)) // slots
    return Clock(minutes, running, False, shorter if shorter >= SHORTEST else 0)


def around(slots: int) -> int:
    """Minutes beside the slots."""
    return OPENING + (BREAK if slots >= BREAK_FROM else 0) + THREE_THINGS + CLOSE


def break_after(slots: int) -> int:
    """The slot after which there is a break; 0: none."""
    return slots // 2 if slots >= BREAK_FROM else 0


def parts(each: int) -> dict[str, float]:
    """Minutes of each part of a slot: a longer or shorter one changes its questions, and below that all of it."""
    rest = sum(SLOT.values()) - SLOT["questions"]
    if each - rest >= 3:
        return {**SLOT, "questions": each - rest}
    return {name: round(minutes * each / sum(SLOT.values()), 2) for name, minutes in SLOT.items()}
