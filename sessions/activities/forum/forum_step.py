"""What every step of a forum shows of the record, and what the forum says of itself."""

from typing import ClassVar

from sessions.activities.activity import Activity
from sessions.activities.forum.telling import told
from sessions.room.section import Teller


class ForumStep(Activity):
    """A step of a forum. Subclasses state only their difference."""

    shows = frozenset({"dependency", "share", "conflict", "decision", "finding"})
    tells: ClassVar[tuple[Teller, ...]] = (told,)
