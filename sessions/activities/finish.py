"""Ready to share: a goal that passed, or was decided, becomes final."""

from sessions.activities.activity import Activity, Main
from sessions.record.objectives.objective import DraftPublished, StatusSet
from sessions.record.objectives.seen import GoalStep, of_goal
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.rules.event import Event
from sessions.rules.refusal import Refused


class MakeFinal(Command, frozen=True, tag="make_final"):
    """Make the goal final; refused while its vote has not passed and nobody has taken the decision."""

    who = "facilitators"

    def decide(self, turn: Turn) -> list[Event]:
        objective = turn.room.works_on(turn.session)
        if objective is None:
            raise Refused("no_objective", "There is no goal to make final.")
        if objective.status in ("final", "locked"):
            return []
        if not ready(turn.room, turn.session):
            raise Refused(
                "not_passed",
                "Not yet: these words have not passed a vote. Go back and vote again, or name who decides.",
            )
        events: list[Event] = []
        if turn.record.lines_of(objective) != objective.versions.get(objective.version):
            events.append(DraftPublished(objective=objective.id, version=objective.version + 1))
        return [*events, StatusSet(objective=objective.id, status="final")]


class FinishStep(Shown, frozen=True):
    """Whether the goal is final, or could be now; what people shall think, feel and do; and who locks."""

    final: bool
    ready: bool
    narrative: dict[str, str]
    sponsor: str


class Finish(Activity):
    """The last step: final, then closed. Locking comes after the teams have spoken."""

    name = "finish"
    called = "Finish"
    does = "Make the goal final"
    waits = True
    watches = frozenset({"objective", "result", "room", "person"})
    takes = (MakeFinal,)

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"goal": "There is no goal before this step: write one first, or open this session about one."}

    def main(self, room: Room, session: Session) -> Main | None:
        objective = room.works_on(session)
        if objective is None or objective.status in ("final", "locked"):
            return None
        return Main("Make it final", "make_final")

    def words(self, room: Room, session: Session) -> dict[str, str]:
        objective = room.works_on(session)
        if objective is not None and objective.status in ("final", "locked"):
            return {}
        if objective is not None and ready(room, session):
            return {"prompt": "It becomes final with the next press. Locking comes after the teams have spoken."}
        return {
            "title": "Not ready to share yet",
            "prompt": "These words have not passed a vote. Go back and vote again, or name who decides.",
        }

    def quiet(self, session: Session, phase: PhasePlan) -> bool:
        return True

    def everyone(self, room: Room, session: Session) -> tuple[GoalStep, FinishStep]:
        objective = room.works_on(session)
        return of_goal(room, session), FinishStep(
            final=bool(objective and objective.status in ("final", "locked")),
            ready=ready(room, session),
            narrative=room.record.narrative,
            sponsor=room.name_of(room.record.sponsor),
        )


def ready(room: Room, session: Session) -> bool:
    """Whether the last vote of this session passed, or somebody took the decision."""
    objective = room.works_on(session)
    votes = [
        c for c in room.record.confidence if objective and (c.objective, c.session) == (objective.id, session.code)
    ]
    decided = any(d.session == session.code for d in room.record.decisions)
    same = bool(votes) and objective is not None and votes[-1].lines == room.record.lines_of(objective)
    return decided or (same and votes[-1].passed)
