"""Reading where things stand: a text everybody has in front of them, one line of it put up at a time."""

from collections.abc import Iterator
from typing import Annotated

from sessions.activities.activity import Activity
from sessions.record import themes
from sessions.record.objectives.seen import LineShown, goal_lines
from sessions.room import Room, Session
from sessions.room.kind import Shown
from sessions.room.section import Line, Section
from sessions.room.setting import Settings, switch
from sessions.rules import text


def context(room: Room, session: Session) -> Iterator[Section]:
    """Where things stood, as it was prepared."""
    said = session.prepared.get("context", "")
    lines = [Line(text=said)] if said else []
    yield Section(key="context", title="Where we stood", order=130, set="text", lines=lines, data={"context": said})


class ReadStep(Shown, frozen=True):
    """What is read: the lines of the goal, or those of the context and of what people said beforehand."""

    goal: list[LineShown]
    context: list[str]
    themes: list[str]


class ReadSettings(Settings, frozen=True):
    """What is read."""

    goal: Annotated[bool, switch("Put the top-level goal there instead of the context", "once")] = False


class Read(Activity):
    """The context and what people said beforehand, as it was prepared; with ``goal`` the top-level one."""

    name = "read"
    called = "Read"
    does = "Read where things stand"
    waits = True
    tells = (context,)
    watches = frozenset({"objective", "result", "theme"})
    settings = ReadSettings

    def everyone(self, room: Room, session: Session) -> ReadStep:
        goal = session.phase is not None and ReadSettings.of(session.phase).goal
        return ReadStep(
            goal=goal_lines(room, room.works_on(session)) if goal else [],
            context=text.split(session.prepared.get("context", "")),
            # What the last pulse found, where nobody has written down what people said.
            themes=text.split(session.prepared.get("themes", "")) or themes.told(room),
        )
