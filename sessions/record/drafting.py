"""Facts about objectives and key results, from their first word on."""

from typing import Any

from sessions.record.record import KeyResult, Objective, Record, Remark
from sessions.rules.event import RecordEvent


class ObjectiveBegun(RecordEvent, frozen=True, tag="objective_begun"):
    """Somebody began to draft an objective, in a session or on the record; its sentence comes last."""

    objective: str
    session: str
    team: str = ""

    def evolve(self, record: Record) -> None:
        record.objectives[self.objective] = Objective(self.objective, self.session, self.team)
        record.touch("objective:" + self.objective)


class ObjectiveWorded(RecordEvent, frozen=True, tag="objective_worded"):
    """The objective says this now."""

    objective: str
    text: str
    by: str = ""
    at: int = 0
    why: str = ""
    session: str = ""

    def evolve(self, record: Record) -> None:
        objective = record.objectives[self.objective]
        record.revise(
            objective.id,
            objective.id,
            "text",
            objective.text,
            self.text,
            self.by,
            self.at,
            self.why,
            self.session,
        )
        objective.text = self.text
        record.touch("objective:" + self.objective)


class PolisherNamed(RecordEvent, frozen=True, tag="polisher_named"):
    """One person will polish the sentence tomorrow."""

    objective: str
    person: str

    def evolve(self, record: Record) -> None:
        record.objectives[self.objective].polisher = self.person
        record.touch("objective:" + self.objective)


class ResultBegun(RecordEvent, frozen=True, tag="result_begun"):
    """A key result grew out of an item on the wall."""

    result: str
    objective: str
    text: str
    place: int
    item: str = ""
    baseline: float | None = None
    target: float | None = None

    def evolve(self, record: Record) -> None:
        begun = KeyResult(self.result, self.objective, self.text, self.item, self.place)
        begun.baseline, begun.target = self.baseline, self.target
        record.add_result(begun)
        record.touch("result:" + self.result, "objective:" + self.objective)


class ResultChanged(RecordEvent, frozen=True, tag="result_changed"):
    """One field of a key result changed."""

    result: str
    field: str
    value: Any
    by: str = ""
    at: int = 0
    why: str = ""
    session: str = ""

    def evolve(self, record: Record) -> None:
        result = record.results[self.result]
        was = getattr(result, self.field)
        record.revise(
            result.objective, result.id, self.field, was, self.value, self.by, self.at, self.why, self.session
        )
        setattr(result, self.field, self.value)
        result.edits += 1
        record.touch("result:" + self.result)


class ResultDropped(RecordEvent, frozen=True, tag="result_dropped"):
    """A key result left the draft, or came back."""

    result: str
    dropped: bool = True
    by: str = ""
    at: int = 0
    why: str = ""
    session: str = ""

    def evolve(self, record: Record) -> None:
        result = record.results[self.result]
        was, now = (result.text, "") if self.dropped else ("", result.text)
        record.revise(result.objective, result.id, "result", was, now, self.by, self.at, self.why, self.session)
        result.dropped = self.dropped
        record.touch("result:" + self.result, "objective:" + result.objective)


class Remarked(RecordEvent, frozen=True, tag="remarked"):
    """Somebody commented on a key result, with their name."""

    remark: str
    result: str
    by: str
    text: str

    def evolve(self, record: Record) -> None:
        record.results[self.result].remarks.append(Remark(self.remark, self.by, self.text))
        record.touch("result:" + self.result)


class LeadSet(RecordEvent, frozen=True, tag="lead_set"):
    """A person carries a key result, or no longer does. Two make a pair."""

    result: str
    person: str
    on: bool = True

    def evolve(self, record: Record) -> None:
        leads = record.results[self.result].leads
        if self.on and self.person not in leads:
            leads.append(self.person)
        if not self.on and self.person in leads:
            leads.remove(self.person)
        record.touch("result:" + self.result)


class DraftPublished(RecordEvent, frozen=True, tag="draft_published"):
    """The draft got its number and can be shown; with ``status`` it is also shared, or final."""

    objective: str
    version: int
    status: str = ""

    def evolve(self, record: Record) -> None:
        objective = record.objectives[self.objective]
        objective.version = self.version
        if self.status:
            objective.status = self.status
        objective.versions[self.version] = record.lines_of(objective)
        record.touch("objective:" + self.objective, *("result:" + r.id for r in record.results_of(objective.id)))
