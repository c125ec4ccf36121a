"""The record as one JSON document: what came in as it came, with what has changed since."""

import json
from collections.abc import Container
from typing import Any

from sessions.record.brief import BRIEF
from sessions.record.checkins import CheckIn
from sessions.record.checks.findings import Findings, cause_of
from sessions.record.checks.ground import author_team
from sessions.record.conflicts.rows import CONFLICTS, conflict_said
from sessions.record.decisions import Decision
from sessions.record.dependencies.rows import DEPENDENCIES, said
from sessions.record.feedback import Feedback
from sessions.record.files.importing import LEADERSHIP, of_leaders
from sessions.record.objectives.objective import Objective
from sessions.record.raid.rows import RAID, raid_said
from sessions.record.record import Record
from sessions.record.results.result import KeyResult
from sessions.record.shares.share import share_of
from sessions.record.themes import Theme
from sessions.room import Room
from workshop.files.document import charter
from workshop.files.document.reading import CARD, FIGURES, LISTS, WORDS, figure, lines


def write(room: Room, whole: bool = True) -> str:
    """The record as a document: what came in as it came, with what has changed since.

    Not ``whole``: without drafts, and without what people said.
    """
    record = room.record
    kept = {k: v for k, v in record.kept.items() if k != "leaders"}
    found: dict[str, Any] = {}
    _over(found, "organisation", kept, {"name": record.organisation})
    _over(found, "cycle", kept, record.cycle)
    _over(found, "brief", kept, _brief(record))
    leaders = {row["id"]: row for row in record.kept.get("leaders", [])}
    carry = sorted(record.carriers() - {*record.leaders})
    found["leaders"] = [
        {**leaders.get(id, {"id": id}), "name": room.name_of(id)}
        for id in (*record.leaders, *carry)
        if room.name_of(id)
    ]
    for name, value in kept.items():
        found.setdefault(name, value)
    found["dependencies"] = DEPENDENCIES.written(kept, record.dependencies, said)
    found["conflicts"] = CONFLICTS.written(kept, record.conflicts, conflict_said)
    found["raid"] = RAID.written(kept, record.raid, raid_said)
    led = any(o.team == LEADERSHIP for o in record.objectives.values())
    found["teams"] = [_team(team) for team in record.teams.values() if led or team != of_leaders()]
    tops = [_objective(room, o) for o in record.objectives.values() if not o.team and _stands(o, whole)]
    found["top"] = tops[0] if len(tops) == 1 else tops or None
    found["okrs"] = [
        {"team": o.team, **_objective(room, o)} for o in record.objectives.values() if o.team and _stands(o, whole)
    ]
    standing = {
        line for goal in (*tops, *found["okrs"]) for line in (goal["id"], *(r["id"] for r in goal["key_results"]))
    }
    found["shared_results"] = [
        {"result": s.result, "lead": s.lead, "person": s.person}
        for s in record.shares.values()
        if s.named and s.result in standing
    ]
    found["alignments"] = [
        {**link.kept, "child": link.child, "parent": link.parent, "type": link.kind}
        | ({"reason": link.reason} if link.reason else {})
        for link in record.alignments.values()
        if {link.child, link.parent} <= standing
    ]
    found["feedback_open"] = [
        _feedback(f, standing) for f in record.feedback.values() if whole and f.objective in standing
    ]
    found["confidence"] = [
        c.kept
        or {"round": c.round, "on": c.objective, "voters": c.voters}
        | ({"votes": c.votes, "mean": c.mean} if c.tells() else {"votes": []})
        | ({"result": "pass"} if c.passed and c.tells() else {})
        for c in record.confidence
        if c.objective in standing
    ]
    _over(found, "narrative", kept, record.narrative)
    found["findings"] = [*_settled(room, whole), *_foreign(kept, "findings", "finding", record.judged)]
    check_ins = [_check_in(said) for all in record.checkins.values() for said in all if said.result in standing]
    found["check_ins"] = [*check_ins, *_foreign(kept, "check_ins", "result", record.checkins)]
    found["themes"] = [*map(_theme, record.themes.values()), *_foreign(kept, "themes", "id", record.themes)]
    made = [_decision(decision) for decision in record.decisions if decision.question]
    found["decisions"] = [*made, *_foreign(kept, "decisions", "question", {d.question for d in record.decisions})]
    ids = {room.name_of(person): person for person in record.leaders}
    found |= charter.write(kept, record.brief, ids)
    return json.dumps({k: v for k, v in found.items() if v or k in kept}, indent=1, ensure_ascii=False) + "\n"


def _foreign(kept: dict[str, Any], name: str, field: str, ours: Container[str]) -> list[Any]:
    """Rows of a list that came and are none of ours, by this field: as they came."""
    rows = kept.get(name)
    return [row for row in rows if not _is_ours(row, field, ours)] if isinstance(rows, list) else []


def _is_ours(row: object, field: str, ours: Container[str]) -> bool:
    value = row.get(field) if isinstance(row, dict) else None
    return isinstance(value, str) and value in ours


def _settled(room: Room, whole: bool) -> list[dict[str, Any]]:
    """What somebody has settled of what the record asks; the rest it asks again by itself."""
    return [
        {
            "finding": s.finding.key,
            "code": s.finding.code,
            "on": list(s.finding.on),
            "state": s.state,
            "by": s.name,
            "reason": s.reason,
            "cause": cause_of(room.record, s.finding),
        }
        for s in Findings.of(room).standing().values()
        if s.name and (whole or not s.draft)
    ]


def _check_in(said: CheckIn) -> dict[str, Any]:
    row = {"result": said.result, "at": said.at, "figure": said.figure, "confidence": said.confidence}
    return row | ({"line": said.line} if said.line else {}) | ({"voices": said.voices} if said.voices > 1 else {})


def _theme(theme: Theme) -> dict[str, Any]:
    row = {"id": theme.id, "text": theme.words, "dots": theme.dots, "teams": theme.teams, "state": theme.state}
    return row | ({"reason": theme.reason} if theme.reason else {})


def _decision(made: Decision) -> dict[str, Any]:
    row = {"question": made.question, "outcome": made.text, "decider": made.by}
    more = {"tie_breaker": made.tie_breaker, "owner": made.owner, "due": made.due}
    return row | {name: words for name, words in more.items() if words}


def _stands(objective: Objective, drafts: bool) -> bool:
    return bool(objective.text) and (drafts or objective.status != "draft")


def _over(found: dict[str, Any], name: str, kept: dict[str, Any], said: dict[str, Any]) -> None:
    """Lay what is said now over what came; what says nothing adds nothing."""
    before = kept.get(name) if isinstance(kept.get(name), dict) else {}
    found[name] = {**(before or {}), **{k: v for k, v in said.items() if v}}


def _brief(record: Record) -> dict[str, Any]:
    kept = record.kept.get("brief")
    before = kept if isinstance(kept, dict) else {}
    said: dict[str, Any] = {}
    for part, words in record.brief.items():
        if part not in (*BRIEF, "tie_breaker"):
            continue
        unchanged = part in before and lines(before[part]) == words
        said[part] = before[part] if unchanged else words.split("\n") if part in LISTS else words
    return said


def _team(team: Any) -> dict[str, Any]:
    row = {k: v for k, v in team.kept.items() if k != "gone"} | {"id": team.id, "name": team.name}
    if team.gone:
        row["gone"] = True
    if team.size:
        row["size"] = team.size
    if team.capacity >= 0:
        row["capacity_inbound"] = team.capacity
    if team.kind != "functional" or "kind" in row:
        row["kind"] = team.kind
    return row


def _objective(room: Room, objective: Objective) -> dict[str, Any]:
    row = {**{k: v for k, v in objective.kept.items() if k != "team"}, "id": objective.id}
    row["objective"] = objective.text
    if objective.status != "shared" or "status" in row:
        row["status"] = objective.status
    if objective.unaligned:
        row["unaligned_reason"] = objective.unaligned
    row["key_results"] = [_result(room, result, objective.team) for result in room.record.results_of(objective.id)]
    return row


def _result(room: Room, result: KeyResult, team: str) -> dict[str, Any]:
    record = room.record
    row = {**result.kept, "id": result.id, "text": result.text}
    for name in WORDS:
        said = getattr(result, name)
        if said != (row.get(name) or "") or (name not in row and not result.kept):
            row[name] = said or None
    for name in FIGURES:
        now = getattr(result, name)
        if name in row and figure(row[name], name) == now:
            continue
        if now is not None or name in row or (name != "current" and not result.kept):
            row[name] = int(now) if now is not None and now == int(now) else now
    row |= {name: getattr(result, name) for name in CARD if getattr(result, name)}
    if result.teams:
        row["touches"] = list(result.teams)
    theirs = author_team(room, result)
    # Where it is read, leaders are of their own team, and nobody knows the others.
    if theirs and theirs != (LEADERSHIP if result.author in (*record.leaders, *record.carriers()) else team):
        row["author_team"] = theirs
    row = _shared(record, result.id, row)
    if result.leads or "lead_pair" in row:
        row["lead_pair"] = list(result.leads)
    return row


def _shared(record: Record, id: str, row: dict[str, Any]) -> dict[str, Any]:
    """What a result carries for all: who leads it, or says so, and what it adds."""
    share = share_of(record, id)
    if share is None:
        known = isinstance(row.get("shared"), str) and row["shared"] in record.results
        return {k: v for k, v in row.items() if k not in ("shared", "role", "contribution")} if known else row
    team, part = next((team, part) for team, part in share.parts.items() if part.result == id)
    leads = team == share.lead if share.named else team in share.claims
    row |= {"shared": share.result, "role": "lead" if leads else row.get("role") or "support"}
    if share.named and not leads:
        row["role"] = "support"
    return row | ({"contribution": part.note} if part.note or row.get("contribution") else {})


def _feedback(given: Feedback, standing: set[str]) -> dict[str, Any]:
    """What was said of a line that is gone is said of its goal."""
    on = given.on if given.on in standing else given.objective
    row = {**given.kept, "id": given.id, "on": on, "text": given.text, "state": given.state}
    said = {"from_team": given.team, "kind": given.kind, "reason": given.reason}
    return row | {k: v for k, v in said.items() if v and (k in row or not given.kept or k == "reason")}
