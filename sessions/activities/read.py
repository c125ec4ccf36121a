"""Reading where things stand: a text everybody has in front of them, one line of it put up at a time."""

from typing import Any

from sessions.activities.activity import Activity
from sessions.record.objectives import goal_lines
from sessions.room import Room, Session
from sessions.rules import text


class Read(Activity):
    """The context and what people said beforehand, as it was prepared; with ``goal`` the top-level one."""

    name = "read"
    watches = frozenset({"objective", "result"})
    settings = {"goal": False}

    def everyone(self, room: Room, session: Session) -> dict[str, Any]:
        goal = session.phase is not None and session.phase.settings.get("goal")
        return {
            "goal": goal_lines(room, room.works_on(session)) if goal else [],
            "context": text.split(session.prepared.get("context", "")),
            "themes": text.split(session.prepared.get("themes", "")),
        }
