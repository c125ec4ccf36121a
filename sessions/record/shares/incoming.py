"""What a file may say of shared results: one lead each, the whole target everywhere, and none that carries itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.record.results.result import plain
from sessions.record.shares.share import in_full, share_of

if TYPE_CHECKING:
    from sessions.record.files.importing import ObjectiveRow, ResultRow
    from sessions.record.files.incoming import Incoming
    from sessions.record.record import Record


def must_keep_shares(record: Record, came: Incoming, objectives: list[ObjectiveRow], results: list[ResultRow]) -> None:
    """Remember what in a file breaks a law of shared results; before a lead is named, what it says is a claim."""
    there = _There(record, {row.id: row for row in objectives}, {row.id: row for row in results})
    named = _leads(came, there)
    for row in results:
        top = there.carried(row.id)
        if top and there.carried(top):
            came.refuse(1, "“{text}” cannot carry a result that carries another one.", text=there.text(row.id))
        elif top in named and there.knows(top):
            _must_be_in_full(came, there, row.id, top)
            if row.kept.get("role") == "lead" and there.team(row.id) != named[top]:
                _is_led(came, there, top, named[top])
    for top in named:
        for part in there.parts(top):
            if part not in there.rows and there.rows.get(top) is None:
                _must_be_in_full(came, there, part, top)


def _leads(came: Incoming, there: _There) -> dict[str, str]:
    """Result → the team that leads it, as the record has it and as the file says."""
    named = {share.result: share.lead for share in there.record.shares.values() if share.named}
    said: set[str] = set()
    rows = came.kept.get("shared_results")
    for row in rows if isinstance(rows, list) else []:
        top, lead = (row.get("result"), row.get("lead")) if isinstance(row, dict) else (None, None)
        if not isinstance(top, str) or not isinstance(lead, str):
            came.refuse(1, "A shared result names the result and the team that leads it, each by its id.")
        elif top in said:
            came.refuse(1, "“{text}” has two leads. One team leads a shared result.", text=there.text(top))
        elif named.setdefault(top, lead) != lead:
            _is_led(came, there, top, named[top])
        said.update([top] if isinstance(top, str) else [])
    return named


def _must_be_in_full(came: Incoming, there: _There, own: str, top: str) -> None:
    whole, target = there.target(top), there.target(own)
    if not in_full(whole, target):
        sentence = "“{text}” carries a shared result and has its target in full: {target}."
        came.refuse(1, sentence, text=there.text(own), target=plain(whole))


def _is_led(came: Incoming, there: _There, top: str, lead: str) -> None:
    sentence = "“{text}” is led by {name}. One team leads a shared result."
    came.refuse(1, sentence, text=there.text(top), name=there.record.team_name(lead) or lead)


@dataclass(slots=True)
class _There:
    """Results as they will be once the file is taken in."""

    record: Record
    goals: Mapping[str, ObjectiveRow]
    rows: Mapping[str, ResultRow]

    def knows(self, id: str) -> bool:
        return id in self.rows or id in self.record.results

    def target(self, id: str) -> float | None:
        row, known = self.rows.get(id), self.record.results.get(id)
        if row and "target" in row.fields:
            found: float | None = row.fields["target"]
            return found
        return known.target if known else None

    def text(self, id: str) -> str:
        return str(self.rows[id].fields["text"]) if id in self.rows else self.record.wording(id)

    def team(self, id: str) -> str:
        if id in self.rows and self.rows[id].objective in self.goals:
            return self.goals[self.rows[id].objective].team
        home = self.record.objective_of(id)
        return home.team if home else ""

    def carried(self, id: str) -> str:
        """The shared result that this one carries, or none."""
        said = self.rows[id].kept.get("shared") if id in self.rows else None
        share = share_of(self.record, id)
        return said if isinstance(said, str) and self.knows(said) else share.result if share else ""

    def parts(self, top: str) -> Iterator[str]:
        """The results that carry it already."""
        share = self.record.shares.get(top)
        yield from (part.result for part in share.parts.values()) if share else ()
