"""What every step of a marketplace shows of the record, and what the marketplace says of itself."""

from typing import ClassVar

from sessions.activities.activity import Activity
from sessions.activities.marketplace.telling import told
from sessions.record.dependencies.telling import needs_told
from sessions.room.section import Teller


class MarketStep(Activity):
    """A step of a marketplace. Subclasses state only their difference."""

    shows = frozenset({"dependency", "duplicate"})
    tells: ClassVar[tuple[Teller, ...]] = (needs_told, told)
