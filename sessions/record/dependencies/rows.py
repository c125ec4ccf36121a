"""Dependencies as a file has them: taken in, and written out as they came with what has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sessions.record.dependencies.dependency import AGREED_ON, YES, Dependency, Taken
from sessions.record.dependencies.happening import FIELDS, touch
from sessions.record.files.rows import Listed

if TYPE_CHECKING:
    from sessions.record.history import Sign
    from sessions.record.record import Record

#: Other words that files have for a state.
_STATES = {"needs_decision": "undecided", "needs a decision": "undecided", "agreed": "accepted", "open": "proposed"}
STATES = ("proposed", "accepted", "conditional", "declined", "undecided", "done", "slipped", "withdrawn")


def take_in(record: Record, sign: Sign, kept: dict[str, Any]) -> None:
    """The dependencies a file names: of those that are here already what it says is changed, new ones are added.

    Rows that do not say who needs something of whom are no dependencies; they stay in ``record.kept`` as they came.
    A yes in a file is one of both sides, unless it says ``confirmed: false``.
    """
    for row in DEPENDENCIES.rows(kept):
        key = DEPENDENCIES.key(row)
        if not key:
            continue
        need = record.dependencies.get(key)
        if need is None:
            need = Dependency(key, row["consumer"], row["provider"], version=0, order=len(record.dependencies))
            record.dependencies[key] = need
        _say(record, sign, need, row)
        touch(record, need)


def said(need: Dependency) -> dict[str, Any]:
    """As a file has it: what came in as it came, with what has changed since."""
    row = {**({} if need.kept else {"id": need.id}), **need.kept, "consumer": need.consumer, "provider": need.provider}
    now = {name: getattr(need, name) for name in DEPENDENCIES.words}
    before = ({"state": "proposed"} if need.kept else {}) | DEPENDENCIES.said(need.kept)
    row |= {name: words for name, words in now.items() if words != before.get(name, "")}
    row.pop("confirmed", None)
    if (need.state in YES and not need.agreed) or "confirmed" in need.kept:
        row["confirmed"] = need.agreed
    if need.steps:
        row["history"] = [_step(step) for step in need.steps]
    return row


def _say(record: Record, sign: Sign, need: Dependency, row: dict[str, Any]) -> None:
    """What a row says of one; an agreement stands unless its words, its day or its answer are others now."""
    new, was = not need.version, need.standing
    before = [getattr(need, name) for name in (*AGREED_ON, "state")]
    for name, words in DEPENDENCIES.said(row).items():
        if not new and name != "state":
            record.revise(sign, "", need.id, f"dependency.{name}", getattr(need, name), words)
        setattr(need, name, words)
    need.consumer, need.provider, need.kept = row["consumer"], row["provider"], {**need.kept, **row}
    changed = new or before != [getattr(need, name) for name in (*AGREED_ON, "state")]
    confirmed = row.get("confirmed", True if changed and need.state in YES else None)
    if changed or (confirmed is not None and bool(confirmed) != need.agreed and need.state in YES):
        need.version += 1
        need.confirmed = need.version if need.state in YES and confirmed else 0
        need.answered_by = ""
    need.steps = _steps(row, need.steps)
    if not new and was != need.standing:
        record.revise(sign, "", need.id, "dependency", was, need.standing)
        need.steps.append(Taken("file", need.standing, sign.by, "", sign.at, ""))


def _key(row: object) -> str:
    """The id of a file's row; without one, what it says has to do. Empty if the row is no dependency."""
    if not isinstance(row, dict):
        return ""
    ends = [end for name in ("consumer", "provider") if isinstance(end := row.get(name), str) and end]
    if len(ends) < 2 or ends[0] == ends[1]:
        return ""
    words = row.get("upstream_need")
    return str(row.get("id") or "") or ".".join((*ends, words if isinstance(words, str) else ""))


def _folded(state: str) -> str:
    found = state.strip().casefold()
    return _STATES.get(found, found)


DEPENDENCIES = Listed("dependencies", "dependency", (*FIELDS, "state"), _key, {"state": STATES}, _folded)


def _step(step: Taken) -> dict[str, Any]:
    told = {"step": step.step, "state": step.state, "team": step.team, "at": step.at, "why": step.why}
    return {name: value for name, value in told.items() if value}


def _steps(row: dict[str, Any], known: list[Taken]) -> list[Taken]:
    """The history a file has of one, as far as it can be read; steps that are known stay as they are known."""
    rows = row.get("history")
    found = [_read(one) for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    here = {(step.step, step.at): step for step in known}
    if len(found) < len(known) or not here.keys() <= {(step.step, step.at) for step in found}:
        return known
    return [here.get((step.step, step.at), step) for step in found[:500]]


def _read(one: dict[str, Any]) -> Taken:
    at = one.get("at")
    words = {
        name: value if isinstance(value := one.get(name), str) else "" for name in ("step", "state", "team", "why")
    }
    when = at if isinstance(at, int) and not isinstance(at, bool) else 0
    return Taken(words["step"], words["state"], "", words["team"], when, words["why"][:200])
