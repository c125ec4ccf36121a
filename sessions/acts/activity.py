"""What an activity states: the commands it takes, what it opens and shows, and what each audience sees."""

from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec

from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.rules.event import Event


class Main(msgspec.Struct, frozen=True):
    """The facilitator's one main button: its words, and the command it sends."""

    label: str
    do: str
    fields: dict[str, Any] = {}


class Activity:
    """One thing people do together. Subclasses state only their difference."""

    #: The word the plan and the templates know it by.
    name: ClassVar[str]
    #: Commands that belong to it, beside what is possible in every step.
    takes: ClassVar[tuple[type[Command], ...]] = ()
    #: Settings it understands, each with what it is when a format does not say.
    settings: ClassVar[Mapping[str, Any]] = {}
    #: Commands that may be sent again later for a past run and are then filed there.
    files_late: ClassVar[tuple[type[Command], ...]] = ()

    #: Whether its screens change with every note on the wall.
    watches_notes: ClassVar[bool] = False
    #: Whether even facilitators see only how many are done, never who.
    count_only: ClassVar[bool] = False

    def enter(self, turn: Turn, phase: PhasePlan, run: str) -> list[Event]:
        """What a new run of this phase opens."""
        return []

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        """Whether something was written or voted here that has not been shown."""
        return False

    def reveal(self, turn: Turn) -> list[Event]:
        """Show to everybody what was collected."""
        return []

    def set_aside(self, turn: Turn) -> list[Event]:
        """Leave what was collected unseen."""
        return []

    def leave(self, turn: Turn) -> list[Event]:
        """What follows from going on to the next phase."""
        return []

    def main(self, room: Room, session: Session) -> Main | None:
        """The main button while this phase has something to do; none means: go on."""
        return None

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        """Who will see what people put in now, and when; empty where they put nothing in."""
        return ""

    def quiet(self, session: Session, phase: PhasePlan) -> bool:
        """Whether this is a time to talk, when the phones go quiet."""
        return False

    def everyone(self, room: Room, session: Session) -> dict[str, Any]:
        """What the step shows to all, beside the board and the record."""
        return {}

    def facilitators(self, room: Room, session: Session) -> dict[str, Any]:
        """What the step shows to facilitators besides."""
        return {}

    def mine(self, room: Room, session: Session, person: str) -> dict[str, Any]:
        """What the step shows to one person alone."""
        return {}
