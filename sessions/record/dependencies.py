"""What one team needs of another, by when, and what happens if it does not come."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sessions.record.record import Record


@dataclass(slots=True)
class Dependency:
    """The consumer, a team, needs something of the provider, another; dates are as the file writes them.

    Source: ``spec/terms.md``, the dependency.
    """

    id: str
    consumer: str
    provider: str
    upstream_need: str = ""
    downstream_impact: str = ""
    need_by: str = ""
    decision_date: str = ""
    failure_trigger: str = ""
    state: str = "proposed"
    reflected_in: str = ""
    consumer_kr: str = ""
    mode: str = ""
    kept: dict[str, Any] = field(default_factory=dict)

    def said(self) -> dict[str, Any]:
        """As a file has it: what came in as it came, with what has changed since."""
        row = {**self.kept, "consumer": self.consumer, "provider": self.provider}
        now = {name: getattr(self, name) for name in WORDS}
        before = _words(self.kept)
        return row | {name: words for name, words in now.items() if words != before[name]}


#: What a file may say of one, besides who needs it of whom.
WORDS = tuple(f.name for f in fields(Dependency) if f.name not in ("id", "consumer", "provider", "kept"))


def take_in(record: Record, rows: object) -> None:
    """The dependencies a file names: those named again are changed, new ones are added.

    Rows that do not say who needs something of whom are no dependencies; they stay in ``record.kept`` as they came.
    """
    for row in rows if isinstance(rows, list) else []:
        key = key_of(row)
        if key:
            said = _words(row)
            record.dependencies[key] = Dependency(key, row["consumer"], row["provider"], **said, kept=row)


def key_of(row: object) -> str:
    """The id of a file's row; without one, what it says has to do. Empty if the row is no dependency."""
    if not isinstance(row, dict):
        return ""
    ends = [end for name in ("consumer", "provider") if isinstance(end := row.get(name), str) and end]
    if len(ends) < 2:
        return ""
    return str(row.get("id") or "") or ".".join((*ends, _words(row)["upstream_need"]))


def _words(row: dict[str, Any]) -> dict[str, str]:
    found = {name: row.get(name) for name in WORDS}
    return {name: value if isinstance(value, str) else _STANDING.get(name, "") for name, value in found.items()}


_STANDING = {"state": "proposed"}
