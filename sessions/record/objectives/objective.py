"""Objectives: begun, worded, shared, locked, and changed with a reason once they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sessions.rules.event import RecordEvent, SignedEvent

if TYPE_CHECKING:
    from sessions.record.record import Record


@dataclass(slots=True)
class Objective:
    """One objective; an empty text is a sentence still to be written. ``session`` drafted it.

    ``status`` is draft, shared, final or locked. ``versions`` holds, by number, its sentence and each
    result's line as they were shown then.
    """

    id: str
    session: str
    team: str = ""
    text: str = ""
    polisher: str = ""
    status: str = "draft"
    version: int = 0
    unaligned: str = ""
    locked_by: str = ""
    versions: dict[int, dict[str, str]] = field(default_factory=dict)
    #: Whether anything on its shortlist builds for later; nothing where none was made, or nobody was asked.
    later: bool | None = None
    kept: dict[str, Any] = field(default_factory=dict)


class ObjectiveBegun(RecordEvent, frozen=True, tag="objective_begun"):
    """Somebody began to draft an objective, in a session or on the record; its sentence comes last."""

    objective: str
    session: str
    team: str = ""

    def evolve(self, record: Record) -> None:
        record.objectives[self.objective] = Objective(self.objective, self.session, self.team)
        record.touch("objective:" + self.objective)


class ObjectiveWorded(SignedEvent, frozen=True, tag="objective_worded"):
    """The objective says this now."""

    objective: str
    text: str

    def evolve(self, record: Record) -> None:
        objective = record.objectives[self.objective]
        record.revise(self, objective.id, objective.id, "text", objective.text, self.text)
        objective.text = self.text
        record.touch("objective:" + self.objective)


class ShortlistWeighed(RecordEvent, frozen=True, tag="shortlist_weighed"):
    """What an objective was drafted from was chosen; whether anything of it is called *building for later*."""

    objective: str
    later: bool

    def evolve(self, record: Record) -> None:
        record.objectives[self.objective].later = self.later
        record.touch("objective:" + self.objective)


class PolisherNamed(SignedEvent, frozen=True, tag="polisher_named"):
    """One person will polish the sentence tomorrow."""

    objective: str
    person: str

    def evolve(self, record: Record) -> None:
        objective = record.objectives[self.objective]
        record.revise(self, objective.id, objective.id, "polisher", objective.polisher, self.person)
        objective.polisher = self.person
        record.touch("objective:" + self.objective)


class DraftPublished(SignedEvent, frozen=True, tag="draft_published"):
    """The draft got its number and can be shown; with ``status`` it is also shared, or final."""

    objective: str
    version: int
    status: str = ""

    def evolve(self, record: Record) -> None:
        objective = record.objectives[self.objective]
        record.revise(self, objective.id, objective.id, "version", objective.version or "", self.version)
        objective.version = self.version
        if self.status:
            record.revise(self, objective.id, objective.id, "status", objective.status, self.status)
            objective.status = self.status
        objective.versions[self.version] = record.lines_of(objective)
        record.touch("objective:" + self.objective, *("result:" + r.id for r in record.results_of(objective.id)))


class StatusSet(SignedEvent, frozen=True, tag="status_set"):
    """An objective is shared, final or locked now; ``by`` is who said so."""

    objective: str
    status: Literal["draft", "shared", "final", "locked"]

    def evolve(self, record: Record) -> None:
        objective = record.objectives[self.objective]
        record.revise(self, objective.id, objective.id, "status", objective.status, self.status)
        objective.status = self.status
        objective.locked_by = self.by if self.status == "locked" else ""
        record.touch("objective:" + objective.id, *("result:" + r.id for r in record.results_of(objective.id)))
