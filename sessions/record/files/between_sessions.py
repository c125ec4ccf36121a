"""What a file has of the time between sessions: check-ins, themes and decisions; what is here already stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sessions.record.checkins import MOST, CheckIn
from sessions.record.decisions import Decision
from sessions.record.judging import Judged
from sessions.record.themes import IN_WORDS, Theme
from sessions.rules.days import is_a_day

if TYPE_CHECKING:
    from sessions.record.record import Record

_LONG = 500


def take_in_between(record: Record, kept: dict[str, Any]) -> None:
    """Each list as far as it can be read; rows that say nothing we know stay as they came."""
    for row in _rows(kept, "check_ins"):
        _check_in(record, row)
    for row in _rows(kept, "themes"):
        _theme(record, row)
    for row in _rows(kept, "decisions"):
        _decision(record, row)
    for row in _rows(kept, "findings"):
        _settled(record, row)


def _settled(record: Record, row: dict[str, Any]) -> None:
    """What was waived or set aside there holds here, for as long as its cause is the same."""
    key, state = _words(row, "finding"), _words(row, "state")
    if key and state in ("waived", "dismissed") and _words(row, "by") and key not in record.judged:
        record.judged[key] = Judged(state, _words(row, "by"), _words(row, "reason"), _words(row, "cause"))
        record.touch("finding:" + key)


def _check_in(record: Record, row: dict[str, Any]) -> None:
    result, at, sure = row.get("result"), _number(row, "at"), _number(row, "confidence")
    if not isinstance(result, str) or result not in record.results or at is None or sure is None:
        return
    if not 1 <= sure <= MOST:
        return
    voices = row.get("voices")
    many = voices if isinstance(voices, int) and voices > 0 else 1
    said = CheckIn(result, int(at), _number(row, "figure"), sure, _words(row, "line"), many)
    known = record.checkins.setdefault(result, [])
    if not any((one.at, one.confidence) == (said.at, said.confidence) for one in known):
        known.append(said)
        known.sort(key=lambda one: one.at)
        record.touch("checkin:" + result)


def _theme(record: Record, row: dict[str, Any]) -> None:
    id, words, dots = _words(row, "id"), _words(row, "text"), row.get("dots")
    if not id or not words or id in record.themes or any(c in id for c in ":. "):
        return
    teams = [team for team in row.get("teams") or () if team in record.teams]
    state = row.get("state") if row.get("state") in IN_WORDS else "open"
    theme = Theme(id, words, "", dots if isinstance(dots, int) else 0, -1, -1, teams=teams, order=len(record.themes))
    theme.state, theme.reason = str(state), _words(row, "reason")
    record.themes[id] = theme
    record.touch("theme:" + id)


def _decision(record: Record, row: dict[str, Any]) -> None:
    question, outcome, decider = (_words(row, name) for name in ("question", "outcome", "decider"))
    known = {(made.question, made.text, made.by) for made in record.decisions}
    if not question or not outcome or not decider or (question, outcome, decider) in known:
        return
    due = _words(row, "due")
    more = (_words(row, "tie_breaker"), _words(row, "owner"), due if is_a_day(due) else "")
    record.decisions.append(Decision("", "", outcome, decider, question, *more))
    record.touch(f"decision:{len(record.decisions)}")


def _rows(kept: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    rows = kept.get(name)
    yield from (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def _words(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return value.strip()[:_LONG] if isinstance(value, str) else ""


def _number(row: dict[str, Any], name: str) -> float | None:
    value = row.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
