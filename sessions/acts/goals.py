"""The top-level goal, as a team has it before its eyes."""

from typing import Any

from sessions.record import Objective
from sessions.room import Room


def goal_lines(room: Room, but: Objective | None = None) -> list[dict[str, Any]]:
    """The top-level goals that are shared, a line each, their objectives first."""
    found: list[dict[str, Any]] = []
    for top in room.record.top():
        if top.status == "draft" or top is but:
            continue
        found.append({"id": top.id, "text": top.text, "objective": True})
        found += [{"id": r.id, "text": r.line()} for r in room.record.results_of(top.id)]
    return found
