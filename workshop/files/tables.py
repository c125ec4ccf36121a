"""What ties goals together, what the record asks, and how results stood: each as one table for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sessions.record import checkins
from sessions.record.checks.findings import Findings
from sessions.room import Room
from workshop.export import cell

_KINDS = {"explicit": "taken over as it is", "directional": "as a guide", "shared": "shared", "": "not said yet"}


def links(room: Room) -> str:
    """Every link of a goal that is no draft."""
    record = room.record
    rows = (
        {
            "team": record.team_name(home.team),
            "goal": home.text,
            "serves": record.public(link.parent),
            "how": _KINDS.get(link.kind, link.kind),
            "reason": link.reason,
            "said by": room.name_of(link.by),
            "goal id": link.child,
            "line id": link.parent,
        }
        for link in record.alignments.values()
        if (home := record.objectives.get(link.child)) and home.status != "draft" and record.public(link.parent)
    )
    names = ("team", "goal", "serves", "how", "reason", "said by", "goal id", "line id")
    return _table(names, rows)


def findings(room: Room) -> str:
    """Everything the record asks, and what somebody said of it; nothing of drafts."""
    rows = (
        {
            "code": found.finding.code,
            "on": " ".join(found.finding.on),
            "says": found.finding.say,
            "fix": found.check.fix,
            "stops a lock": "yes" if found.blocks else "",
            "state": found.state,
            "by": found.name,
            "reason": found.reason,
        }
        for found in Findings.of(room).standing().values()
        if not found.draft
    )
    return _table(("code", "on", "says", "fix", "stops a lock", "state", "by", "reason"), rows)


def check_ins(room: Room) -> str:
    """Every check-in, the oldest of each result first; days in UTC."""
    rows = (
        {**row, "at": datetime.fromtimestamp(int(row["at"]) / 1000, UTC).isoformat(timespec="minutes")}
        for row in checkins.rows(room)
    )
    return _table(("team", "text", "at", "figure", "confidence", "line", "result"), rows)


def _table(names: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    columns = list(names)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row[name]) for name in columns])
    return "\ufeff" + out.getvalue()
