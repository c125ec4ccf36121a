"""The history of the record: every change in words, newest first, with who, when and why."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sessions.room import Room
from sessions.rules.differences import Piece, differences


@dataclass(slots=True)
class Revision:
    """One change: who, what, when (Unix milliseconds) and why. ``on`` is an objective's or result's id."""

    objective: str
    on: str
    what: str
    was: str
    now: str
    by: str
    at: int
    why: str = ""
    session: str = ""


@dataclass(slots=True)
class Change:
    """A change as people read it: names instead of ids, and the words in pieces."""

    when: str
    who: str
    what: str
    why: str
    imported: bool
    on: str
    was: str
    now: str
    pieces: list[Piece]


_WHAT = {
    "text": "wording",
    "metric": "what is counted",
    "baseline": "where it was",
    "target": "target",
    "current": "where it is now",
    "direction": "direction",
    "unit": "unit",
    "status": "status",
    "finder": "who finds out",
    "find_by": "by when",
    "continuity": "continuity",
    "teams": "teams it touches",
    "result": "result",
}


#: The most changes a page shows.
MOST = 400


def history(room: Room, of: str = "", session: str = "", drafts: bool = False, but: str = "") -> list[Change]:
    """Changes of one objective, of one session, or all, ``but`` one objective's.

    Those of drafts are there only where ``drafts`` may be seen.
    """
    record = room.record
    found: list[Change] = []
    for revision in reversed(record.revisions):
        objective = record.objectives.get(revision.objective)
        hidden = objective is None or (objective.status == "draft" and not drafts)
        hidden = hidden or revision.objective == but or (revision.what == "status" and not revision.why)
        hidden = hidden or (revision.why == "import" and not revision.was)
        if hidden or (of and revision.objective != of) or (session and revision.session != session):
            continue
        found.append(_change(room, revision))
        if len(found) >= MOST:
            break
    return found


def _change(room: Room, revision: Revision) -> Change:
    return Change(
        when=day(revision.at),
        who=room.name_of(revision.by) or "whoever keeps the record",
        what=_WHAT.get(revision.what, revision.what),
        why="" if revision.why == "import" else revision.why,
        imported=revision.why == "import",
        on=room.record.wording(revision.on),
        was=revision.was,
        now=revision.now,
        pieces=differences(revision.was, revision.now),
    )


def day(at: int) -> str:
    """Unix milliseconds as a day and an hour, in UTC; empty where none was kept."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%d %b %Y, %H:%M UTC") if at else ""
