"""Dependencies as a file has them: taken in, and written out as they came with what has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sessions.record.dependencies.dependency import YES, Dependency, Taken
from sessions.record.dependencies.happening import FIELDS, touch

if TYPE_CHECKING:
    from sessions.record.history import Sign
    from sessions.record.record import Record

#: What a file may say of one, besides who needs it of whom.
WORDS = (*FIELDS, "state")
#: Other words that files have for a state.
_STATES = {"needs_decision": "undecided", "needs a decision": "undecided", "agreed": "accepted", "open": "proposed"}
STATES = ("proposed", "accepted", "conditional", "declined", "undecided", "done", "slipped", "withdrawn")


def take_in(record: Record, sign: Sign, rows: object) -> None:
    """The dependencies a file names: those named again are changed, new ones are added.

    Rows that do not say who needs something of whom are no dependencies; they stay in ``record.kept`` as they came.
    A yes in a file is one of both sides, unless it says ``confirmed: false``.
    """
    for row in rows if isinstance(rows, list) else []:
        key = key_of(row)
        if not key:
            continue
        known = record.dependencies.get(key)
        need = Dependency(key, row["consumer"], row["provider"], kept=row)
        for name, words in _words(row).items():
            setattr(need, name, words)
        need.order = known.order if known else len(record.dependencies)
        need.version = max(known.version + 1 if known else 1, 1)
        need.confirmed = need.version if need.state in YES and row.get("confirmed") is not False else 0
        need.steps = _steps(row) or (list(known.steps) if known else [])
        record.dependencies[key] = need
        if known and known.standing != need.standing:
            record.revise(sign, "", key, "dependency", known.standing, need.standing)
        touch(record, need)


def key_of(row: object) -> str:
    """The id of a file's row; without one, what it says has to do. Empty if the row is no dependency."""
    if not isinstance(row, dict):
        return ""
    ends = [end for name in ("consumer", "provider") if isinstance(end := row.get(name), str) and end]
    if len(ends) < 2 or ends[0] == ends[1]:
        return ""
    return str(row.get("id") or "") or ".".join((*ends, _words(row)["upstream_need"]))


def said(need: Dependency) -> dict[str, Any]:
    """As a file has it: what came in as it came, with what has changed since."""
    row = {**need.kept, "consumer": need.consumer, "provider": need.provider}
    if not need.kept:
        row = {"id": need.id, **row}
    now = {name: getattr(need, name) for name in WORDS}
    before = _words(need.kept)
    row |= {name: words for name, words in now.items() if words != before[name] or (not need.kept and name == "state")}
    counted = need.state not in YES or (need.kept.get("confirmed") is not False)
    if need.state in YES and counted != need.agreed:
        row["confirmed"] = need.agreed
    if need.steps:
        row["history"] = [_step(step) for step in need.steps]
    return row


def _words(row: dict[str, Any]) -> dict[str, str]:
    found = {name: row.get(name) for name in WORDS}
    words = {name: value if isinstance(value, str) else "" for name, value in found.items()}
    state = words["state"].strip().casefold()
    words["state"] = _STATES.get(state, state) if _STATES.get(state, state) in STATES else "proposed"
    return words


def _step(step: Taken) -> dict[str, Any]:
    told = {"step": step.step, "state": step.state, "team": step.team, "at": step.at, "why": step.why}
    return {name: value for name, value in told.items() if value}


def _steps(row: dict[str, Any]) -> list[Taken]:
    """The history a file has of one, as far as it can be read."""
    rows = row.get("history")
    found = [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    return [
        Taken(
            str(one.get("step") or ""),
            str(one.get("state") or ""),
            "",
            str(one.get("team") or ""),
            one["at"] if isinstance(one.get("at"), int) else 0,
            str(one.get("why") or "")[:200],
        )
        for one in found[:500]
    ]
