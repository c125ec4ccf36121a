"""Reading a goal once more: what changed since the draft is marked, what is open stands at the end."""

from typing import Any

from sessions.activities.activity import Activity
from sessions.record.objectives import Objective
from sessions.record.results_seen import missing
from sessions.room import PhasePlan, Room, Session
from sessions.rules.differences import differences


class Reread(Activity):
    """Three boxes first (S0): feedback built in, the objective moves us, every result can be measured."""

    name = "reread"
    called = "Re-read"
    does = "A goal with what changed since its draft"
    watches = frozenset({"objective", "result", "feedback"})

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"goal": "There is no goal before this step: write one first, or open this session about one."}

    def everyone(self, room: Room, session: Session) -> dict[str, Any]:
        objective = room.works_on(session)
        if objective is None:
            return {"objective": "", "results": [], "lines": [], "changed": False, "open": [], "boxes": []}
        lines = marked(room, objective)
        return {
            "objective": objective.id,
            "results": [r.id for r in room.record.results_of(objective.id)],
            "lines": lines,
            "changed": any(line["changed"] for line in lines),
            "open": [_open(room, given.id) for given in room.record.open_feedback(objective.id)][:30],
            "boxes": boxes(room, objective),
        }


def marked(room: Room, objective: Objective) -> list[dict[str, Any]]:
    """Every line with what came and went since the draft was first shown."""
    first = objective.versions.get(min(objective.versions, default=0), {})
    now = room.record.lines_of(objective)
    found = []
    for id, words in now.items():
        pieces = differences(first.get(id, "" if first else words), words)
        changed = any(piece.how != "same" for piece in pieces)
        found.append({"id": id, "pieces": [list(piece) for piece in pieces], "changed": changed})
    gone = [{"id": id, "pieces": [["gone", words]], "changed": True} for id, words in first.items() if id not in now]
    return found + gone


def boxes(room: Room, objective: Objective) -> list[dict[str, Any]]:
    """Feedback built in, the objective inspires, every result measurable; only people can tick the second."""
    record = room.record
    left = len(record.open_feedback(objective.id))
    bare = [r for r in record.results_of(objective.id) if missing(r)]
    said = sum(1 for f in record.feedback.values() if f.objective == objective.id)
    return [
        {
            "words": "Feedback is built in",
            "holds": left == 0,
            "why": f"{left} still open" if left else f"{said} answered" if said else "Was anybody asked?",
        },
        {"words": "The objective moves us", "holds": None, "why": "Say it aloud once."},
        {
            "words": "Every result can be measured",
            "holds": not bare,
            "why": f"{len(bare)} with something still to say" if bare else "Everything is there.",
        },
    ]


def _open(room: Room, id: str) -> dict[str, str]:
    given = room.record.feedback[id]
    team = room.record.teams.get(given.team)
    return {"text": given.text, "kind": given.kind, "team": team.name if team else ""}
