"""Facts about feedback: it is given on a line, and ends adopted, adapted or declined with a reason."""

from typing import Literal

from sessions.record.record import Feedback, Record
from sessions.rules.event import RecordEvent

Answer = Literal["adopted", "adapted", "declined"]


class FeedbackGiven(RecordEvent, frozen=True, tag="feedback_given"):
    """Somebody said something about an objective or a result; unsigned unless ``by`` or ``team`` is there."""

    feedback: str
    objective: str
    on: str
    kind: str
    text: str
    source: Literal["leader", "gallery", "team"]
    team: str = ""
    touches: str = ""
    by: str = ""
    version: int = 0
    session: str = ""
    late: bool = False

    def evolve(self, record: Record) -> None:
        record.feedback[self.feedback] = Feedback(
            self.feedback, self.objective, self.on, self.kind, self.text, self.source, self.team, self.touches,
            self.by, self.version, self.session, self.late,
        )  # fmt: skip
        record.touch("feedback:" + self.feedback, "objective:" + self.objective, "room")


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
        record.touch("feedback:" + self.feedback, "objective:" + given.objective, "room")
