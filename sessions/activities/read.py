"""Reading where things stand: a text everybody has in front of them, one line of it put up at a time."""

from typing import Any

from sessions.acts.activity import Activity
from sessions.room import Room, Session
from sessions.rules import text


class Read(Activity):
    """The context and what people said beforehand, as it was prepared."""

    name = "read"

    def everyone(self, room: Room, session: Session) -> dict[str, Any]:
        return {
            "context": text.split(session.prepared.get("context", "")),
            "themes": text.split(session.prepared.get("themes", "")),
        }
