"""Notes on the lines of a goal, wherever they were gathered: told as lines of the outcome, and filed on the record."""

import msgspec

from sessions.board.notes.note import Note
from sessions.record.feedback import FeedbackGiven, Source
from sessions.room import Turn
from sessions.room.kind import Shown
from sessions.room.section import Line

#: What a note begins with, and what an answer is called.
KINDS = {"like": "I like", "wish": "I wish", "what_if": "What if", "offer": "We can help", "request": "We need help"}
ANSWERS = {"adopted": "Adopted", "adapted": "Adapted", "declined": "Not now"}


class NoteTold(Shown, frozen=True):
    """A note: on which line, of what kind, from which team where that is shown, and how it was answered."""

    text: str
    on: str
    kind: str
    whose: str = msgspec.field(name="from")
    touches: str
    late: bool
    answer: str
    reason: str


def line_of(note: NoteTold, team: str, below: list[str]) -> Line:
    """A note as a line of the outcome, among those that were left for this team; ``below`` it what it holds."""
    tags = [KINDS.get(note.kind, ""), f"from {note.whose}" if note.whose else ""]
    tags += [f"touches {note.touches}" if note.touches else "", "came late" if note.late else ""]
    said = " · ".join(part for part in (note.answer, note.reason) if part)
    return Line(
        text=note.text,
        row="feedback",
        who=team,
        on=note.on,
        tags=[tag for tag in tags if tag],
        answer=ANSWERS.get(note.answer, ""),
        reason=note.reason,
        below=below,
        cells={"note": said or "open"},
    )


def filed(turn: Turn, note: Note, source: Source, place: str = "") -> FeedbackGiven | None:
    """A note as feedback on its line, open until the team answers it; none where it was put aside or its line is gone.

    ``place`` is where it was left, in words.
    """
    objective = turn.record.objective_of(note.on)
    if note.aside or note.hidden or objective is None:
        return None
    return FeedbackGiven(
        feedback=note.id,
        objective=objective.id,
        on=note.on,
        kind=note.kind or "like",
        text=note.text,
        source=source,
        team=note.team,
        touches=note.touches,
        version=objective.version,
        session=turn.session.code,
        late=note.late,
        place=place,
    )
