"""The record as Markdown, to read and to paste."""

from typing import Any

from sessions.record.results.result import plain
from sessions.room import Room
from workshop.export import md

#: The heading of what belongs to nobody alone.
EVERYBODY = "Whole organisation"


def write(room: Room) -> str:
    """The record to read and to paste: what is exported is read again without a loss."""
    record = room.record
    title = " ".join(part for part in (record.organisation, record.cycle.get("name", "")) if part)
    parts = [f"# {md(title or 'Teams and OKRs')}"]
    for team, name in (("", EVERYBODY), *((t.id, t.name) for t in record.standing_teams())):
        objectives = [o for o in record.objectives.values() if o.team == team and o.text]
        leaders = team in record.teams and record.teams[team].kind == "leadership"
        if not objectives and (not team or leaders):
            continue
        parts.append(f"## {md(name)}")
        for objective in objectives:
            parts.append(f"### {md(objective.text)}")
            results = [_result(room, result) for result in record.results_of(objective.id)]
            parts += ["\n".join(results)] if results else []
    if len(parts) == 1:
        return ""
    return "\n\n".join(parts) + "\n"


def _result(room: Room, r: Any) -> str:
    lines = [f"- {md(r.text)}"]
    way = f", {r.direction}" if r.direction else ""
    if r.baseline is not None or r.target is not None:
        lines.append(f"  - figures: {plain(r.baseline)} → {plain(r.target)}{way}")
    elif r.direction:
        lines.append(f"  - direction: {r.direction}")
    lines += [f"  - {name}: {md(getattr(r, name))}" for name in ("metric", "unit") if getattr(r, name)]
    if r.current is not None:
        lines.append(f"  - current: {plain(r.current)}")
    if r.leads:
        lines.append(f"  - leads: {', '.join(md(room.name_of(p)) for p in r.leads)}")
    return "\n".join(lines)
