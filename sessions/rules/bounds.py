"""How much one room holds: far more than any organisation needs, and little enough that nobody waits for it."""

from sessions.rules.refusal import Refused

#: The most of each in one room.
TEAMS, OBJECTIVES, RESULTS, PEOPLE, SESSIONS, DEPENDENCIES = 500, 3_000, 5_000, 20_000, 500, 2_000
#: Bytes of everything that ever happened in it.
BYTES = 64 * 1024 * 1024

_MANY = {
    "teams": TEAMS,
    "objectives": OBJECTIVES,
    "key results": RESULTS,
    "people": PEOPLE,
    "sessions": SESSIONS,
    "dependencies": DEPENDENCIES,
    "things to watch": DEPENDENCIES,
}


def must_fit(what: str, count: int) -> None:
    """Refuse as ``room_full`` what would be more than a room holds."""
    most = _MANY[what]
    if count > most:
        raise Refused(
            "room_full",
            "That would be {count:,} {what}; one room holds {most:,}. Open another room.",
            {"count": count, "what": what, "most": most},
        )


def must_have_space(size: int) -> None:
    """Refuse as ``room_full`` once everything in a room has grown to this many bytes."""
    if size > BYTES:
        raise Refused("room_full", "This room is full. Close its session, take along what came out, and open another.")
