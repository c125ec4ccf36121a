"""What every step of a horizontal session shows of the record, and what the session says of itself."""

from typing import ClassVar

from sessions.activities.activity import Activity
from sessions.activities.horizontal.telling import told
from sessions.record.dependencies.telling import needs_told
from sessions.room.section import Teller


class HorizontalStep(Activity):
    """A step of a horizontal session. Subclasses state only their difference."""

    shows = frozenset({"dependency", "share", "conflict", "raid", "duplicate", "finding"})
    tells: ClassVar[tuple[Teller, ...]] = (needs_told, told)
