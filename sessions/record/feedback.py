"""Feedback: given on a line of a shared goal, and answered with a reason (``spec/formats.md``, after B)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from sessions.record.objectives.seen import is_kept
from sessions.room import Keeping, RecordCommand
from sessions.room.kind import InRecord, RecordSight, Shown, Touched
from sessions.rules import text
from sessions.rules.event import Event, RecordEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import NoteWords

if TYPE_CHECKING:
    from sessions.record.record import Record


@dataclass(slots=True)
class Feedback:
    """What somebody said about an objective or one of its results, and what became of it.

    ``on`` is the id of either; ``by`` a leader who logged it with their name, or nobody; ``state`` is
    open, adopted, adapted or declined, with its reason; ``due`` a day for what stays open.
    """

    id: str
    objective: str
    on: str
    kind: str
    text: str
    source: str = "leader"
    team: str = ""
    touches: str = ""
    by: str = ""
    version: int = 0
    session: str = ""
    late: bool = False
    place: str = ""
    state: str = "open"
    reason: str = ""
    answered_by: str = ""
    due: str = ""
    kept: dict[str, Any] = field(default_factory=dict)


Answer = Literal["adopted", "adapted", "declined"]
#: Where feedback was given.
Source = Literal["leader", "gallery", "festival", "marketplace", "team", "chat"]


class FeedbackGiven(RecordEvent, frozen=True, tag="feedback_given"):
    """Somebody said something about an objective or a result; unsigned unless ``by`` or ``team`` is there."""

    own_words: ClassVar[tuple[str, ...]] = ("text",)
    feedback: str
    objective: str
    on: str
    kind: str
    text: str
    source: Source
    team: str = ""
    touches: str = ""
    by: str = ""
    version: int = 0
    session: str = ""
    late: bool = False
    #: Where in a session it was said, such as *stage B, slot 2*.
    place: str = ""

    def evolve(self, record: Record) -> None:
        record.feedback[self.feedback] = Feedback(
            self.feedback, self.objective, self.on, self.kind, self.text, self.source, self.team, self.touches,
            self.by, self.version, self.session, self.late, self.place,
        )  # fmt: skip
        record.touch("feedback:" + self.feedback, "objective:" + self.objective)


class FeedbackAnswered(RecordEvent, frozen=True, tag="feedback_answered"):
    """What became of a piece of feedback, why, and who says so; an empty answer opens it again."""

    feedback: str
    answer: str
    reason: str
    by: str = ""
    due: str = ""

    def evolve(self, record: Record) -> None:
        given = record.feedback[self.feedback]
        given.state = self.answer or "open"
        given.reason, given.answered_by, given.due = self.reason, self.by, self.due
        record.touch("feedback:" + self.feedback, "objective:" + given.objective)


class GiveFeedback(RecordCommand, frozen=True, tag="give_feedback"):
    """Log what a team said of a shared goal or one of its results; with the name of whoever logs it."""

    on: Id
    kind: Literal["like", "concern", "change", "cannot_align"]
    text: NoteWords
    team: Id = ""

    def decide(self, turn: Keeping) -> list[Event]:
        objective = turn.record.objective_of(self.on)
        if objective is None or (objective.status == "draft" and not turn.key):
            raise Refused("no_such_objective", "That goal is not there any more.")
        if not turn.by.person and not turn.key and not turn.team:
            raise Refused("not_yours", "Join a session of this room first, so that people know who heard it.")
        team = turn.team or self.team
        if team and team not in turn.record.teams:
            raise Refused("no_such_team", "That team is not on the list.")
        return [
            FeedbackGiven(
                feedback=turn.by.new_id(),
                objective=objective.id,
                on=self.on,
                kind=self.kind,
                text=text.clean(self.text, what="What you heard"),
                source="leader" if turn.by.person or turn.key else "team",
                team=team,
                by=turn.by.person,
                version=objective.version,
            )
        ]


class AnswerFeedback(RecordCommand, frozen=True, tag="answer_feedback"):
    """Say what became of a piece of feedback, with a reason; an empty answer opens it again."""

    feedback: Id
    answer: Answer | Literal[""]
    reason: NoteWords = ""

    def decide(self, turn: Keeping) -> list[Event]:
        given = turn.record.feedback.get(self.feedback)
        if given is None:
            raise Refused("no_such_feedback", "That piece of feedback is not there any more.")
        if not _may_answer(turn, given):
            raise Refused("not_yours", "Only the people who lead this goal answer what was said of it.")
        reason = text.optional(self.reason, what="The reason")
        if self.answer and not reason:
            raise Refused("needs_reason", "Whoever said this wants to know why. Add a reason of one line.")
        return [FeedbackAnswered(feedback=given.id, answer=self.answer, reason=reason, by=turn.by.person)]


class FeedbackShown(Shown, frozen=True):
    """Feedback on a line of a goal, as it was said on that version, and how it was answered."""

    objective: str
    on: str
    line: str
    kind: str
    text: str
    source: str
    team: str
    team_name: str
    touches: str
    by: str
    by_name: str
    version: int
    late: bool
    place: str
    state: str
    reason: str
    due: str


class FeedbackKept(InRecord):
    """A piece of feedback, on a goal that whoever looks may see."""

    name = "feedback"
    shape = FeedbackShown

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.record.feedback

    def stale(self, sight: RecordSight, touched: Touched) -> Iterable[str]:
        """Those touched themselves, or by a line, a team or a person they name."""
        lines = {*touched.get("objective", ()), *touched.get("result", ())}
        teams, people = touched.get("team", set()), touched.get("person", set())
        found = set(touched.get(self.name, ()))
        for given in sight.room.record.feedback.values() if lines or teams or people else ():
            if lines & {given.objective, given.on} or teams & {given.team, given.touches} or given.by in people:
                found.add(given.id)
        return found

    def look(self, sight: RecordSight, id: str) -> FeedbackShown | None:
        room, given = sight.room, sight.room.record.feedback.get(id)
        home = room.record.objectives.get(given.objective) if given else None
        if given is None or home is None or not is_kept(home, sight.drafts):
            return None
        team, touches = room.record.teams.get(given.team), room.record.teams.get(given.touches)
        return FeedbackShown(
            objective=given.objective,
            on=given.on,
            line=room.record.wording(given.on),
            kind=given.kind,
            text=given.text,
            source=given.source,
            team=given.team,
            team_name=team.name if team else "",
            touches=touches.name if touches else "",
            by=given.by,
            by_name=room.name_of(given.by),
            version=given.version,
            late=given.late,
            place=given.place,
            state=given.state,
            reason=given.reason,
            due=given.due,
        )


def _may_answer(turn: Keeping, given: Feedback) -> bool:
    objective = turn.record.objectives[given.objective]
    own = bool(objective.team) and turn.own_team == objective.team
    carries = any(turn.by.person in r.leads for r in turn.record.results_of(objective.id)) and bool(turn.by.person)
    return turn.may_answer() or own or carries
