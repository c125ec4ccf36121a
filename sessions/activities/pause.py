"""A break: nothing to do, really."""

from sessions.activities.activity import Activity, Main
from sessions.room import PhasePlan, Room, Session


class Pause(Activity):
    """Coffee."""

    name = "pause"
    called = "Break"
    does = "Nothing to do"

    def main(self, room: Room, session: Session) -> Main | None:
        return Main("We're back", "next_phase")

    def quiet(self, session: Session, phase: PhasePlan) -> bool:
        return True
