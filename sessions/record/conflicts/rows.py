"""Conflicts as a file has them: taken in, and written out as they came with what has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sessions.record.conflicts.conflict import Conflict
from sessions.record.files.rows import Listed

if TYPE_CHECKING:
    from sessions.record.history import Sign
    from sessions.record.record import Record

#: What each side needs, as a file calls it.
_NEEDS = {"a_needs": "a", "b_needs": "b"}


def take_in_conflicts(record: Record, sign: Sign, kept: dict[str, Any]) -> None:
    """The conflicts a file names; rows that name no two lines stay as they came."""
    for row in CONFLICTS.rows(kept):
        key = CONFLICTS.key(row)
        if not key:
            continue
        found = record.conflicts.get(key)
        if found is None:
            found = record.conflicts[key] = Conflict(key, row["a"], row["b"], order=len(record.conflicts))
            record.revise(sign, "", key, "conflict", "", row.get("why") or "")
        found.a, found.b, found.kept = row["a"], row["b"], {**found.kept, **row}
        raised = row.get("raised_by")
        found.raised_by = [str(team) for team in raised] if isinstance(raised, list) else found.raised_by
        said = CONFLICTS.said(row)
        record.revise(sign, "", key, "conflict.outcome", found.outcome, said.get("outcome", found.outcome))
        for name, words in said.items():
            if name in _NEEDS:
                found.needs[_NEEDS[name]] = words
            else:
                setattr(found, name, words)
        record.touch("conflict:" + key)


def conflict_said(conflict: Conflict) -> dict[str, Any]:
    """As a file has it: what came in as it came, with what has changed since."""
    row = {**({} if conflict.kept else {"id": conflict.id}), **conflict.kept, "a": conflict.a, "b": conflict.b}
    now = {name: getattr(conflict, name) for name in CONFLICTS.words if name not in _NEEDS}
    now |= {name: conflict.needs.get(side, "") for name, side in _NEEDS.items()}
    before = CONFLICTS.said(row)
    row |= {name: words for name, words in now.items() if words != before.get(name, "")}
    return row | ({"raised_by": conflict.raised_by} if conflict.raised_by != row.get("raised_by", []) else {})


def _key(row: object) -> str:
    """The id of a file's row, or its two lines; empty where it is no conflict."""
    if not isinstance(row, dict) or not all(isinstance(row.get(end), str) and row[end] for end in ("a", "b")):
        return ""
    return str(row.get("id") or "") or f"{row['a']}-{row['b']}"


CONFLICTS = Listed("conflicts", "conflict", ("why", "outcome", "decider", "due", "tie_breaker", *_NEEDS), _key)
