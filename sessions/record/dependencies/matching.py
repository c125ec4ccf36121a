"""Which dependency a file's row is: its teams found by id or name, and what is here already by its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sessions.record.dependencies.rows import DEPENDENCIES
from sessions.rules import text
from sessions.rules.days import is_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from sessions.record.files.incoming import Incoming
    from sessions.record.record import Record


def matched(
    came: Incoming, record: Record, known: set[str], by_name: Mapping[str, str], new_id: Callable[[], str]
) -> list[Any]:
    """The rows with teams by id; those of a table with an id, their own where they are here already.

    ``known`` are ids of teams, ``by_name`` finds one by what is alike in its name. What is no dependency stays as it
    came; what nobody may say is remembered by line.
    """
    found = []
    for number, row in enumerate(DEPENDENCIES.rows(came.kept)):
        if not isinstance(row, dict) or not isinstance(row.get("consumer"), str):
            found.append(row)
            continue
        line = came.need_lines[number] if came.need_lines else 1
        said, row = (
            row["consumer"],
            {**row, **{end: _team(row[end], known, by_name) for end in ("consumer", "provider") if end in row}},
        )
        for end in ("consumer", "provider"):
            if came.need_lines and row.get(end) not in known | set(by_name.values()):
                came.refuse(line, "“{team}” is no team that is listed.", team=row.get(end))
        _must_make_sense(came, line, row, said)
        if came.need_lines and not row.get("id"):
            row["id"] = _here(record, row) or new_id()
        found.append(row)
    return found


def _team(said: Any, known: set[str], by_name: Mapping[str, str]) -> Any:
    if not isinstance(said, str) or said in known:
        return said
    return by_name.get(text.alike(said), said)


def _must_make_sense(came: Incoming, line: int, row: Mapping[str, Any], consumer: str) -> None:
    """A team needs nothing of itself, and what is needed is decided before."""
    if row["consumer"] == row.get("provider"):
        came.refuse(line, "“{team}” cannot need something of itself.", team=consumer)
    by, decided = (value if isinstance(value := row.get(n), str) else "" for n in ("need_by", "decision_date"))
    if is_after(decided, by):
        sentence = "“{what}” would be decided on {decided}, after it is needed on {by}."
        came.refuse(line, sentence, what=row.get("upstream_need"), decided=decided, by=by)


def _here(record: Record, row: Mapping[str, Any]) -> str:
    """The id of the one that says the same, if there is one."""
    ends, words = (row["consumer"], row.get("provider")), text.alike(str(row.get("upstream_need") or ""))
    needs = record.dependencies.values()
    same = (n.id for n in needs if (n.consumer, n.provider) == ends and text.alike(n.upstream_need) == words)
    return next(same, "")
