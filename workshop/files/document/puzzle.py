"""What puzzle/okr gives as JSON: a list of teams with their objectives and key results, as a document of ours."""

from typing import Any

#: What it calls its units.
_UNITS = {"PERCENT": "%", "CHF": "CHF", "EUR": "€", "FTE": "FTE", "NUMBER": ""}


def is_one(found: Any) -> bool:
    """Whether this is such a list."""
    return isinstance(found, list) and bool(found) and all(isinstance(row, dict) and "team" in row for row in found)


def as_ours(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The same with our words."""
    teams: list[dict[str, Any]] = []
    okrs: list[dict[str, Any]] = []
    links: list[dict[str, str]] = []
    named = any(goal.get("alignedEntity") for row in found for goal in row.get("objectives") or [])
    for row in found:
        team = row.get("team") if isinstance(row.get("team"), dict) else {}
        name = str((team or {}).get("name") or "")
        teams.append({"name": name})
        for goal in row.get("objectives") or []:
            rows = [_result(result, named) for result in goal.get("keyResults") or [] if isinstance(result, dict)]
            okr = {"team": name, "objective": str(goal.get("title") or ""), "key_results": rows}
            okrs.append({**okr, "id": f"objective{goal.get('id')}"} if named else okr)
            links += _aligned(goal)
    ids = {line.get("id") for okr in okrs for line in (okr, *okr["key_results"])}
    there = [link for link in links if link["parent"] in ids]
    return {"teams": teams, "okrs": okrs} | ({"alignments": there} if there else {})


def _aligned(goal: dict[str, Any]) -> list[dict[str, str]]:
    """What a goal is aligned to; it does not say how."""
    above = goal.get("alignedEntity")
    if not isinstance(above, dict) or not above.get("id"):
        return []
    kind = "result" if str(above.get("type", "")).casefold().replace("_", "") == "keyresult" else "objective"
    return [{"child": f"objective{goal.get('id')}", "parent": f"{kind}{above['id']}", "type": ""}]


def _result(row: dict[str, Any], named: bool) -> dict[str, Any]:
    unit = str(row.get("unit") or "")
    found: dict[str, Any] = {"id": f"result{row.get('id')}"} if named else {}
    found |= {"text": str(row.get("title") or ""), "unit": _UNITS.get(unit, unit)}
    found |= {name: row[said] for name, said in (("baseline", "baseline"), ("target", "stretchGoal")) if said in row}
    checked = row.get("lastCheckIn")
    now = checked.get("value") if isinstance(checked, dict) else None
    return found | ({"current": now} if isinstance(now, int | float) else {})
