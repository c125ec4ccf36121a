"""What puzzle/okr gives as JSON: a list of teams with their objectives and key results, as a document of ours."""

from typing import Any

#: What it calls its units.
_UNITS = {"PERCENT": "%", "CHF": "CHF", "EUR": "€", "FTE": "FTE", "NUMBER": ""}


def is_one(found: Any) -> bool:
    """Whether this is such a list."""
    return isinstance(found, list) and bool(found) and all(isinstance(row, dict) and "team" in row for row in found)


def as_ours(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The same with our words."""
    teams, okrs = [], []
    for row in found:
        team = row.get("team") if isinstance(row.get("team"), dict) else {}
        name = str((team or {}).get("name") or "")
        teams.append({"name": name})
        for goal in row.get("objectives") or []:
            rows = [_result(result) for result in goal.get("keyResults") or [] if isinstance(result, dict)]
            okrs.append({"team": name, "objective": str(goal.get("title") or ""), "key_results": rows})
    return {"teams": teams, "okrs": okrs}


def _result(row: dict[str, Any]) -> dict[str, Any]:
    unit = str(row.get("unit") or "")
    found = {"text": str(row.get("title") or ""), "unit": _UNITS.get(unit, unit)}
    found |= {name: row[said] for name, said in (("baseline", "baseline"), ("target", "stretchGoal")) if said in row}
    checked = row.get("lastCheckIn")
    now = checked.get("value") if isinstance(checked, dict) else None
    return found | ({"current": now} if isinstance(now, int | float) else {})
