"""What a file would bring, as the goals themselves would stand: new, changed or as they are, each with what it was."""

from __future__ import annotations

from typing import Any

from sessions.record.history import WHAT as FIELD_WORDS
from sessions.record.importing import Imported, ObjectiveRow, ResultRow
from sessions.record.record import Record
from sessions.record.results.result import plain
from sessions.room import Room

#: Fields whose words or figures a preview shows where they change.
_SHOWN = ("text", "metric", "unit", "baseline", "target", "current", "direction")


def goals(room: Room, event: Imported) -> list[dict[str, Any]]:
    """Every goal of the file, in its order, with its results; and which of the record's it does not name."""
    record, names = room.record, {row.id: row.name for row in event.teams}
    results: dict[str, list[ResultRow]] = {}
    for result in event.results:
        results.setdefault(result.objective, []).append(result)
    return [_goal(record, results.get(row.id, []), row, names) for row in event.objectives]


def changed(room: Room, event: Imported) -> list[dict[str, Any]]:
    """What is here already and would be another: a goal or a result, what it was, and field by field."""
    found = []
    for goal in goals(room, event):
        lines = [{"what": "objective", **goal}, *({"what": "result", **result} for result in goal["results"])]
        for line in lines:
            if line["state"] == "changed":
                found.append({name: line[name] for name in ("what", "id", "text", "was", "changes")})
    return found


def brings_anything(room: Room, event: Imported) -> bool:
    """Whether something would be new or another; what a document keeps besides counts as well."""
    lines = [line for goal in goals(room, event) for line in (goal, *goal["results"])]
    new_team = any(row.id not in room.record.teams or room.record.teams[row.id].gone for row in event.teams)
    besides = any((event.organisation, event.cycle, event.brief, event.narrative, event.alignments, event.feedback))
    return new_team or besides or bool(event.confidence or event.kept) or any(line["state"] != "same" for line in lines)


def _goal(record: Record, rows: list[ResultRow], row: ObjectiveRow, names: dict[str, str]) -> dict[str, Any]:
    known = record.objectives.get(row.id)
    results = [_result(record, result) for result in rows]
    there = {result["id"] for result in results}
    changes = [] if known is None or known.text == row.text else [_change("text", known.text, row.text)]
    return {
        "id": row.id,
        "team": names.get(row.team) or record.team_name(row.team),
        "text": row.text,
        "state": "new" if known is None else "changed" if changes else "same",
        "was": known.text if known and changes else "",
        "changes": changes,
        "results": results,
        "missing": [r.text for r in record.results_of(row.id) if r.id not in there] if known else [],
    }


def _result(record: Record, row: ResultRow) -> dict[str, Any]:
    known = record.results.get(row.id)
    now = {name: row.fields[name] for name in _SHOWN if name in row.fields}
    changes = [
        _change(name, getattr(known, name), value)
        for name, value in now.items()
        if known and getattr(known, name) != value
    ]
    moved = known is not None and known.objective != row.objective
    if known and known.dropped:
        changes.append(_change("result", "", row.fields["text"]))
    return {
        "id": row.id,
        "text": row.fields["text"],
        "state": "new" if known is None else "changed" if changes or moved else "same",
        "was": known.text if known and known.text != row.fields["text"] else "",
        "changes": changes,
        "figures": _figures(row.fields),
    }


def _figures(fields: dict[str, Any]) -> str:
    """From where to where, and now, as people read it; nothing where no figure is said."""
    first, last, now = (fields.get(name) for name in ("baseline", "target", "current"))
    if first is None and last is None and now is None:
        return ""
    unit = f" {fields['unit']}" if fields.get("unit") else ""
    span = "" if first is None and last is None else f"{_said(first)} → {_said(last)}{unit}"
    return ", ".join(part for part in (span, f"now {_said(now)}" if now is not None else "") if part)


def _change(name: str, was: Any, now: Any) -> dict[str, str]:
    return {"field": name, "called": FIELD_WORDS.get(name, name), "was": _said(was, ""), "now": _said(now, "")}


def _said(value: Any, open: str = "?") -> str:
    if value is None:
        return open
    return plain(value) if isinstance(value, int | float) else str(value)
