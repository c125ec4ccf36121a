"""What people say of what the record asks: it is all right so, or it is known and waived; by name, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sessions.rules.event import SignedEvent

if TYPE_CHECKING:
    from sessions.record.record import Record

#: ``dismissed``: it does not apply here. ``waived``: it does, and we go on all the same. Nothing: it is open again.
Verdict = Literal["dismissed", "waived", ""]
_SAID = {"dismissed": "set aside by {name}: {reason}", "waived": "waived by {name}: {reason}"}


@dataclass(slots=True)
class Judged:
    """What was said of a finding, by whom (by name), and why; it holds for as long as its ``cause`` is the same."""

    state: str
    name: str
    reason: str
    cause: str
    at: int = 0


class FindingJudged(SignedEvent, frozen=True, tag="finding_judged"):
    """Somebody said of a finding that it does not apply, or that it is waived, and why; or it is open again."""

    finding: str
    on: str
    state: Verdict
    cause: str
    name: str = ""
    reason: str = ""

    def evolve(self, record: Record) -> None:
        was = record.judged.pop(self.finding, None)
        if self.state:
            record.judged[self.finding] = Judged(self.state, self.name, self.reason, self.cause, self.at)
        home = record.objective_of(self.on)
        before, now = _said(was), _said(record.judged.get(self.finding))
        record.revise(self, home.id if home else "", self.on if home else "", "finding", before, now)
        record.touch("finding:" + self.finding)


def _said(judged: Judged | None) -> str:
    return _SAID[judged.state].format(name=judged.name, reason=judged.reason) if judged else ""
