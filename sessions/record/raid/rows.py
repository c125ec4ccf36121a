"""What is watched as a file has it: taken in, and written out as it came with what has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sessions.record.files.rows import Listed
from sessions.record.raid.item import SORTS, RaidItem

if TYPE_CHECKING:
    from sessions.record.history import Sign
    from sessions.record.record import Record

#: Other words that files have for something that nobody has to watch any more.
_CLOSED = ("closed", "resolved", "mitigated", "done")


def take_in_raid(record: Record, sign: Sign, kept: dict[str, Any]) -> None:
    """What a file says is watched; rows without words stay as they came."""
    for row in RAID.rows(kept):
        key = RAID.key(row)
        if not key:
            continue
        known, said = record.raid.get(key), RAID.said(row)
        item = known or RaidItem(key, "risk", "", order=len(record.raid))
        record.revise(sign, "", key, "raid", item.statement, said.get("statement", item.statement))
        for name, words in said.items():
            if name == "status":
                item.closed = words in _CLOSED
            else:
                setattr(item, "sort" if name == "type" else name, words)
        item.kept, item.changed = {**item.kept, **row}, sign.at
        record.raid[key] = item
        record.touch("raid:" + key)


def raid_said(item: RaidItem) -> dict[str, Any]:
    """As a file has it."""
    row = {**({} if item.kept else {"id": item.id}), **item.kept}
    before = RAID.said(row)
    now = {"type": item.sort, **{name: getattr(item, name) for name in RAID.words if name not in ("type", "status")}}
    row |= {name: words for name, words in now.items() if words != before.get(name, "")}
    if item.closed != (before.get("status", "") in _CLOSED) or not item.kept:
        row["status"] = "closed" if item.closed else "open"
    return row


def _key(row: object) -> str:
    if not isinstance(row, dict) or not isinstance(row.get("statement"), str):
        return ""
    return str(row.get("id") or row["statement"].strip())


RAID = Listed(
    "raid",
    "row of the RAID log",
    ("type", "statement", "owner", "impact", "response", "due", "status"),
    _key,
    {"type": tuple(SORTS), "status": ("open", *_CLOSED)},
)
