"""Reading a goal once more: what changed since the draft is marked, what is open stands at the end."""

import msgspec

from sessions.activities.activity import Activity
from sessions.record.objectives.objective import Objective
from sessions.record.objectives.seen import GoalStep, of_goal
from sessions.record.results.seen import missing
from sessions.room import PhasePlan, Room, Session
from sessions.room.kind import Shown
from sessions.rules.differences import differences


class MarkedLine(Shown, frozen=True):
    """A line in pieces, each with how it stands there (``same``, ``new`` or ``gone``) and its words."""

    id: str
    pieces: list[list[str]]
    changed: bool


class StillOpen(Shown, frozen=True):
    """Feedback that has no answer yet."""

    text: str
    kind: str
    team: str


class Box(Shown, frozen=True):
    """What has to hold, whether it does (none: only people can tell), and why; also with its values apart."""

    words: str
    holds: bool | None
    why: str
    sentence: str | msgspec.UnsetType = msgspec.UNSET
    values: dict[str, int] | msgspec.UnsetType = msgspec.UNSET


class RereadStep(Shown, frozen=True):
    """The goal with what came and went since its draft, what is open, and three boxes."""

    lines: list[MarkedLine]
    changed: bool
    open: list[StillOpen]
    boxes: list[Box]


class Reread(Activity):
    """Three boxes first (S0): feedback built in, the objective moves us, every result can be measured."""

    name = "reread"
    called = "Re-read"
    does = "A goal with what changed since its draft"
    waits = True
    watches = frozenset({"objective", "result", "feedback"})

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"goal": "There is no goal before this step: write one first, or open this session about one."}

    def everyone(self, room: Room, session: Session) -> tuple[GoalStep, RereadStep]:
        objective = room.works_on(session)
        if objective is None:
            return of_goal(room, session), RereadStep(lines=[], changed=False, open=[], boxes=[])
        lines = marked(room, objective)
        return of_goal(room, session), RereadStep(
            lines=lines,
            changed=any(line.changed for line in lines),
            open=[_open(room, given.id) for given in room.record.open_feedback(objective.id)][:30],
            boxes=boxes(room, objective),
        )


def marked(room: Room, objective: Objective) -> list[MarkedLine]:
    """Every line with what came and went since the draft was first shown."""
    first = objective.versions.get(min(objective.versions, default=0), {})
    now = room.record.lines_of(objective)
    found = []
    for id, words in now.items():
        pieces = differences(first.get(id, "" if first else words), words)
        changed = any(piece.how != "same" for piece in pieces)
        found.append(MarkedLine(id, [list(piece) for piece in pieces], changed))
    gone = [MarkedLine(id, [["gone", words]], changed=True) for id, words in first.items() if id not in now]
    return found + gone


def boxes(room: Room, objective: Objective) -> list[Box]:
    """Feedback built in, the objective inspires, every result measurable; only people can tick the second."""
    record = room.record
    left = len(record.open_feedback(objective.id))
    bare = [r for r in record.results_of(objective.id) if missing(r)]
    said = sum(1 for f in record.feedback.values() if f.objective == objective.id)
    answered = "{count} still open" if left else "{count} answered" if said else "Was anybody asked?"
    measured = "{count} with something still to say" if bare else "Everything is there."
    return [
        _box("Feedback is built in", left == 0, answered, left or said),
        _box("The objective moves us", None, "Say it aloud once."),
        _box("Every result can be measured", not bare, measured, len(bare)),
    ]


def _box(words: str, holds: bool | None, sentence: str, count: int = 0) -> Box:
    if not count:
        return Box(words, holds, sentence)
    return Box(words, holds, sentence.format(count=count), sentence, {"count": count})


def _open(room: Room, id: str) -> StillOpen:
    given = room.record.feedback[id]
    team = room.record.teams.get(given.team)
    return StillOpen(given.text, given.kind, team.name if team else "")
