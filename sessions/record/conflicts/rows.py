"""Conflicts as a file has them: taken in, and written out as they came with what has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sessions.record.conflicts.conflict import Conflict
from sessions.rules import text

if TYPE_CHECKING:
    from sessions.record.record import Record


def take_in_conflicts(record: Record, rows: object) -> None:
    """The conflicts a file names; rows that name no two lines stay as they came."""
    for row in rows if isinstance(rows, list) else []:
        key = conflict_key(row)
        if not key:
            continue
        known = record.conflicts.get(key)
        order = known.order if known else len(record.conflicts)
        found = known or Conflict(key, row["a"], row["b"], order=order)
        found.why, found.kept = str(row.get("why") or "")[: text.LINE], row
        raised = row.get("raised_by")
        found.raised_by = [str(team) for team in raised] if isinstance(raised, list) else found.raised_by
        for name in ("outcome", "decider", "due", "tie_breaker"):
            if isinstance(row.get(name), str):
                setattr(found, name, row[name][: text.NOTE])
        for side, needs in (("a", row.get("a_needs")), ("b", row.get("b_needs"))):
            if isinstance(needs, str):
                found.needs[side] = needs[: text.NOTE]
        record.conflicts[key] = found
        record.touch("conflict:" + key)


def conflict_key(row: object) -> str:
    """The id of a file's row, or its two lines; empty where it is no conflict."""
    if not isinstance(row, dict) or not all(isinstance(row.get(end), str) and row[end] for end in ("a", "b")):
        return ""
    return str(row.get("id") or "") or f"{row['a']}-{row['b']}"


def conflict_said(conflict: Conflict) -> dict[str, Any]:
    """As a file has it: what came in as it came, with what has changed since."""
    row = {**conflict.kept, "a": conflict.a, "b": conflict.b}
    if not conflict.kept:
        row = {"id": conflict.id, **row}
    said: dict[str, Any] = {
        "why": conflict.why,
        "raised_by": conflict.raised_by,
        "a_needs": conflict.needs.get("a", ""),
        "b_needs": conflict.needs.get("b", ""),
        "outcome": conflict.outcome,
        "decider": conflict.decider,
        "due": conflict.due,
        "tie_breaker": conflict.tie_breaker,
    }
    return row | {name: value for name, value in said.items() if value and value != row.get(name)}
