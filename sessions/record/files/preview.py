"""What a file would bring, as the goals themselves would stand: new, changed or as they are, each with what it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sessions.record.files.importing import Imported, ObjectiveRow, ResultRow
from sessions.record.history import WHAT as FIELD_WORDS
from sessions.record.record import Record
from sessions.record.results.result import plain
from sessions.room import Room

#: Fields whose words or figures a preview shows where they change.
_SHOWN = ("text", "metric", "unit", "baseline", "target", "current", "direction")


@dataclass(slots=True)
class Preview:
    """Every goal of the file, in its order; what of the record would be another; whether anything would."""

    goals: list[dict[str, Any]]
    changed: list[dict[str, Any]]
    anything: bool


def preview(room: Room, event: Imported) -> Preview:
    """What a file would bring, looked at once."""
    record, names = room.record, {row.id: row.name for row in event.teams}
    results: dict[str, list[ResultRow]] = {}
    for result in event.results:
        results.setdefault(result.objective, []).append(result)
    goals = [_goal(record, results.get(row.id, []), row, names) for row in event.objectives]
    lines = [
        line
        for goal in goals
        for line in ({"what": "objective", **goal}, *({"what": "result", **result} for result in goal["results"]))
    ]
    named = ("what", "id", "text", "was", "changes")
    changed = [{name: line[name] for name in named} for line in lines if line["state"] == "changed"]
    new = any(line["state"] == "new" for line in lines)
    return Preview(goals, changed, bool(new or changed or _brings_more(record, event)))


def _brings_more(record: Record, event: Imported) -> bool:
    """Whether something beside goals and results would be new or another."""
    said = ((event.cycle, record.cycle), (event.brief, record.brief), (event.narrative, record.narrative))
    here = {(link.child, link.parent, link.kind) for link in record.alignments.values()}
    there = {(link["child"], link["parent"], link["type"]) for link in event.alignments}
    given = {(item.id, item.state or "open") for item in event.feedback}
    voted = {(vote["on"], vote["round"]) for vote in event.confidence}
    return bool(
        event.organisation not in ("", record.organisation)
        or any(now | before != before for now, before in said)
        or any(row.id not in record.teams or record.teams[row.id].name != row.name for row in event.teams)
        or there - here
        or given - {(item.id, item.state) for item in record.feedback.values()}
        or voted - {(vote.objective, vote.round) for vote in record.confidence}
        or any(value and record.kept.get(name) != value for name, value in event.kept.items())
    )


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
