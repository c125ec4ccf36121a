"""Facts about where the record stands: its brief, and what is final, locked, aligned, voted and decided."""

from typing import Literal

from sessions.record.record import Alignment, Confidence, Decision, Record
from sessions.rules.event import RecordEvent


class BriefSet(RecordEvent, frozen=True, tag="brief_set"):
    """One part of the strategic brief says this now."""

    part: str
    text: str

    def evolve(self, record: Record) -> None:
        record.brief[self.part] = self.text
        record.touch("room")


class CycleSet(RecordEvent, frozen=True, tag="cycle_set"):
    """The organisation and the cycle this room is for; days are ISO dates, or empty."""

    organisation: str
    name: str
    start: str = ""
    end: str = ""

    def evolve(self, record: Record) -> None:
        record.organisation = self.organisation
        record.cycle = {"name": self.name, "start": self.start, "end": self.end}
        record.touch("room")


class SponsorNamed(RecordEvent, frozen=True, tag="sponsor_named"):
    """The person who locks objectives when the teams have spoken."""

    person: str

    def evolve(self, record: Record) -> None:
        record.sponsor = self.person
        record.touch("room")


class StatusSet(RecordEvent, frozen=True, tag="status_set"):
    """An objective is shared, final or locked now; ``by`` is who said so."""

    objective: str
    status: Literal["draft", "shared", "final", "locked"]
    by: str = ""
    at: int = 0
    why: str = ""
    session: str = ""

    def evolve(self, record: Record) -> None:
        objective = record.objectives[self.objective]
        record.revise(
            objective.id, objective.id, "status", objective.status, self.status, self.by, self.at, self.why,
            self.session,
        )  # fmt: skip
        objective.status = self.status
        objective.locked_by = self.by if self.status == "locked" else ""
        record.touch("objective:" + objective.id, *("result:" + r.id for r in record.results_of(objective.id)))


class Aligned(RecordEvent, frozen=True, tag="aligned"):
    """An objective serves a parent in one of three ways, or (no parent) says why it serves none."""

    objective: str
    parent: str
    kind: Literal["explicit", "directional", "shared", ""]
    reason: str = ""

    def evolve(self, record: Record) -> None:
        for key in [k for k, link in record.alignments.items() if link.child == self.objective]:
            del record.alignments[key]
        record.objectives[self.objective].unaligned = "" if self.parent else self.reason
        if self.parent:
            link = Alignment(self.objective, self.parent, self.kind, self.reason)
            record.alignments[f"{self.objective}.{self.parent}"] = link
        record.touch("objective:" + self.objective)


class NarrativeSet(RecordEvent, frozen=True, tag="narrative_set"):
    """What people shall think, feel and do."""

    think: str
    feel: str
    do: str

    def evolve(self, record: Record) -> None:
        record.narrative = {"think": self.think, "feel": self.feel, "do": self.do}
        record.touch("room")


class ConfidenceTaken(RecordEvent, frozen=True, tag="confidence_taken"):
    """A round of the confidence vote was shown; ``votes`` are sorted, and left out where few voted."""

    objective: str
    session: str
    round: int
    mean: float
    voters: int
    votes: list[int] = []
    #: The words that were voted on, by line.
    lines: dict[str, str] = {}
    #: Rounds of the same session that this one stands in the place of.
    withholds: list[int] = []

    def evolve(self, record: Record) -> None:
        for older in record.confidence:
            beside = (older.objective, older.session) == (self.objective, self.session)
            older.withheld = older.withheld or (beside and older.round in self.withholds)
        taken = Confidence(self.objective, self.round, self.mean, self.voters, list(self.votes), False, self.session)
        taken.lines = dict(self.lines)
        record.confidence.append(taken)
        record.touch("objective:" + self.objective)


class ConfidencePassed(RecordEvent, frozen=True, tag="confidence_passed"):
    """The last round on an objective passed."""

    objective: str
    session: str

    def evolve(self, record: Record) -> None:
        rounds = [c for c in record.confidence if (c.objective, c.session) == (self.objective, self.session)]
        rounds[-1].passed = True
        record.touch("objective:" + self.objective)


class Decided(RecordEvent, frozen=True, tag="decided"):
    """Somebody settled what a vote did not, and is named for it."""

    session: str
    objective: str
    text: str
    by: str

    def evolve(self, record: Record) -> None:
        record.decisions.append(Decision(self.session, self.objective, self.text, self.by))
        record.touch("objective:" + self.objective)


class TeamSaid(RecordEvent, frozen=True, tag="team_said"):
    """A team says in one sentence what it changed because of the others."""

    session: str
    team: str
    text: str

    def evolve(self, record: Record) -> None:
        record.sentences[(self.session, self.team)] = self.text
        record.touch("said:" + self.team)
