"""What kind of alignment: explicit, directional or shared, or none and why; that goes upward as feedback."""

from typing import Any, Literal

from sessions.activities.activity import Activity
from sessions.activities.playing import Chance, Plays, Seen
from sessions.record.alignment import Aligned, said_upward
from sessions.record.objectives.keeping import must_say_why
from sessions.record.objectives.seen import GoalStep, LineShown, goal_lines, of_goal
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.rules import text
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import NoteWords


class Align(Command, frozen=True, tag="align"):
    """Say which line of the top-level goal this goal serves, and how; no ``parent``: none, with a reason."""

    parent: Id = ""
    kind: Literal["explicit", "directional", "shared", ""] = ""
    reason: NoteWords = ""

    def decide(self, turn: Turn) -> list[Event]:
        objective = turn.room.works_on(turn.session)
        if objective is None:
            raise Refused("no_objective", "Write the objective first.")
        must_say_why(objective, self.reason)
        reason = text.optional(self.reason, text.NOTE, "The reason")
        # A team says this, and none of them by name.
        for_team: dict[str, Any] = {"at": turn.by.at, "session": turn.session.code}
        if not self.parent:
            if not reason:
                raise Refused("needs_reason", "Say why it serves none of them: that is feedback worth having.")
            return [
                Aligned(objective=objective.id, parent="", kind="", reason=reason, **for_team),
                *said_upward(turn, objective, reason),
            ]
        top = turn.record.objective_of(self.parent)
        if top is None or top.team or top.id == objective.id:
            raise Refused("no_such_line", "That line is not in the top-level goal.")
        if not self.kind:
            raise Refused("bad_value", "Choose how: taken over as it is, as a guide, or shared.")
        return [Aligned(objective=objective.id, parent=self.parent, kind=self.kind, reason=reason, **for_team)]


class AlignStep(Shown, frozen=True):
    """The lines of the goal above, which of them this one serves, how and why; or why none."""

    goal: list[LineShown]
    parent: str
    kind: str
    reason: str


class ChooseAlignment(Activity):
    """The top-level goal and this team's own side by side."""

    name = "align"
    called = "Alignment"
    does = "What the goal serves, and how"
    waits = True
    watches = frozenset({"objective", "result"})
    takes = (Align,)

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"goal": "There is no goal before this step: write one first, or open this session about one."}

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone. If it serves none, your reason goes to the leaders, with your team's name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if seen.step["goal"] and not seen.step["parent"]:
            yield "align", {"parent": chance.choice(seen.step["goal"])["id"], "kind": "directional"}

    def everyone(self, room: Room, session: Session) -> tuple[GoalStep, AlignStep]:
        objective = room.works_on(session)
        links = [link for link in room.record.alignments.values() if objective and link.child == objective.id]
        return of_goal(room, session), AlignStep(
            goal=goal_lines(room, objective),
            parent=links[0].parent if links else "",
            kind=links[0].kind if links else "",
            reason=links[0].reason if links else objective.unaligned if objective else "",
        )
