"""Objectives: begun, worded, shared, locked, and changed with a reason once they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sessions.room import Keeping, RecordCommand, Room
from sessions.room.kind import ForAll, InRecord, RecordSight, Shown, Sight
from sessions.rules import bounds, text
from sessions.rules.event import Event, RecordEvent
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords

if TYPE_CHECKING:
    from sessions.record.alignment import Alignment
    from sessions.record.confidence import Confidence
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
    kept: dict[str, Any] = field(default_factory=dict)


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


class AddObjective(RecordCommand, frozen=True, tag="add_objective"):
    """Write down an objective of a team, or (no team) of the whole organisation; it is a draft at first."""

    who = "key"
    text: LineWords
    team: Id = ""

    def decide(self, turn: Keeping) -> list[Event]:
        if self.team and (self.team not in turn.record.teams or turn.record.teams[self.team].gone):
            raise Refused("no_such_team", "That team is not on the list.")
        words = text.clean(self.text, text.LINE, "The objective")
        bounds.must_fit("objectives", len(turn.record.objectives) + 1)
        id = turn.by.new_id()
        begun = ObjectiveBegun(objective=id, session="", team=self.team)
        return [begun, ObjectiveWorded(objective=id, text=words, by=turn.by.person, at=turn.by.at)]


class ReviseObjective(RecordCommand, frozen=True, tag="revise_objective"):
    """Change an objective's sentence. ``was`` is what it said; ``why`` is kept, and needed once it is locked."""

    who = "key"
    objective: Id
    text: LineWords
    was: str | None = None
    why: LineWords = ""

    def decide(self, turn: Keeping) -> list[Event]:
        objective = objective_named(turn, self.objective)
        why = reason_for(objective, self.why)
        same_as_before(self.was, objective.text, self.text)
        words = text.clean(self.text, text.LINE, "The objective")
        if words == objective.text:
            return []
        return [ObjectiveWorded(objective=objective.id, text=words, by=turn.by.person, at=turn.by.at, why=why)]


class ShareObjective(RecordCommand, frozen=True, tag="share_objective"):
    """Let everybody who may look at the record see a draft."""

    who = "key"
    objective: Id

    def decide(self, turn: Keeping) -> list[Event]:
        objective = objective_named(turn, self.objective)
        if objective.status != "draft":
            return []
        if any(objective.session == held.code and not held.ended for held in turn.room.held.values()):
            raise Refused("in_session", "A session is drafting this right now. It is shared when that closes.")
        return [DraftPublished(objective=objective.id, version=objective.version + 1, status="shared")]


class LockObjective(RecordCommand, frozen=True, tag="lock_objective"):
    """Lock a final objective, as the sponsor or for them; from then on a change needs a reason."""

    who = "sponsor"
    objective: Id

    def decide(self, turn: Keeping) -> list[Event]:
        objective = objective_named(turn, self.objective)
        sponsor = turn.record.sponsor
        if not sponsor:
            raise Refused("no_sponsor", "Name a sponsor first: the person who locks when the teams have spoken.")
        if not turn.key and turn.by.person != sponsor:
            raise Refused("not_yours", "Only {name}, the sponsor, can lock this.", {"name": turn.room.name_of(sponsor)})
        if objective.status == "locked":
            return []
        if objective.status != "final":
            raise Refused("not_final", "Not yet: a goal is made final in a confidence vote before it is locked.")
        left = len(turn.record.open_feedback(objective.id))
        if left:
            one = "Not yet: 1 piece of feedback is still open. Answer first, with a reason."
            several = "Not yet: {left} pieces of feedback are still open. Answer first, with a reason."
            raise Refused("feedback_open", one if left == 1 else several, {"left": left})
        return [StatusSet(objective=objective.id, status="locked", by=sponsor, at=turn.by.at)]


class ReopenObjective(RecordCommand, frozen=True, tag="reopen_objective"):
    """Unlock an objective, with a reason that everybody can read."""

    who = "key"
    objective: Id
    why: LineWords

    def decide(self, turn: Keeping) -> list[Event]:
        objective = objective_named(turn, self.objective)
        if objective.status != "locked":
            return []
        why = text.clean(self.why, text.LINE, "The reason")
        return [StatusSet(objective=objective.id, status="final", by=turn.by.person, at=turn.by.at, why=why)]


def objective_named(turn: Keeping, id: str) -> Objective:
    """The objective of this id; refused where it is gone."""
    objective = turn.record.objectives.get(id)
    if objective is None:
        raise Refused("no_such_objective", "That objective is not there any more.")
    return objective


def reason_for(objective: Objective, said: str) -> str:
    why = text.optional(said, text.LINE, "The reason")
    must_say_why(objective, why)
    return why


def must_say_why(objective: Objective, why: str) -> None:
    """Refuse to change what is locked without a reason (S0: “only minor tweaks… new material information”)."""
    if objective.status == "locked" and not why:
        raise Refused("needs_reason", "This is locked. A change needs a reason that everybody can read.")


def goal_lines(room: Room, but: Objective | None = None) -> list[dict[str, Any]]:
    """The top-level goals that are shared, a line each, their objectives first."""
    found: list[dict[str, Any]] = []
    for top in room.record.top():
        if top.status == "draft" or top is but:
            continue
        found.append({"id": top.id, "text": top.text, "objective": True})
        found += [{"id": r.id, "text": r.line()} for r in room.record.results_of(top.id)]
    return found


class ObjectiveShown(Shown, frozen=True):
    """The objective a session is about; ``polisher`` words it after the session."""

    text: str
    polisher: str
    status: str
    version: int


class LinkShown(Shown, frozen=True):
    """A line that an objective serves, in which way and why."""

    parent: str
    words: str
    kind: str
    reason: str


class ConfidenceShown(Shown, frozen=True):
    """A confidence vote that was shown."""

    round: int
    mean: float
    voters: int


class ObjectiveOfRecord(Shown, frozen=True):
    """An objective on the record; ``unaligned`` is why it serves nothing, ``open`` how much feedback waits."""

    team: str
    text: str
    status: str
    version: int
    unaligned: str
    locked_by: str
    serves: list[LinkShown]
    confidence: list[ConfidenceShown]
    open: int
    order: int


class ObjectiveOfSession(ForAll):
    """The objective a session is about."""

    name = "objective"
    shape = ObjectiveShown

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.room.record.objectives

    def look(self, sight: Sight, id: str) -> ObjectiveShown | None:
        objective = sight.room.record.objectives.get(id)
        if objective is None or not is_about(sight, objective):
            return None
        return ObjectiveShown(
            text=objective.text, polisher=objective.polisher, status=objective.status, version=objective.version
        )


class ObjectiveKept(InRecord):
    """An objective on the record: its words, what it serves, its confidence votes, and what is open."""

    name = "objective"
    shape = ObjectiveOfRecord

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.record.objectives

    def look(self, sight: RecordSight, id: str) -> ObjectiveOfRecord | None:
        room, objective = sight.room, sight.room.record.objectives.get(id)
        if objective is None or not is_kept(objective, sight.drafts):
            return None
        return ObjectiveOfRecord(
            team=objective.team,
            text=objective.text,
            status=objective.status,
            version=objective.version,
            unaligned=objective.unaligned,
            locked_by=room.name_of(objective.locked_by),
            serves=[
                LinkShown(link.parent, _shown_line(room, link.parent), link.kind, link.reason)
                for link in sight.once(_links).get(id, ())
            ],
            confidence=[
                ConfidenceShown(vote.round, round(vote.mean, 2), vote.voters) for vote in sight.once(_votes).get(id, ())
            ],
            open=sight.once(_open).get(id, 0),
            order=sight.once(_order)[id],
        )


def is_about(sight: Sight, objective: Objective) -> bool:
    """Whether this is the goal of the session."""
    session = sight.session
    may_be = objective.session == session.code or objective.id == session.prepared.get("about", "")
    return may_be and objective is sight.room.works_on(session)


def is_kept(objective: Objective, drafts: bool) -> bool:
    """Whether whoever looks at the record sees it."""
    return bool(objective.text) and (drafts or objective.status != "draft")


def _shown_line(room: Room, id: str) -> str:
    """What a line says, unless it is a draft's."""
    objective = room.record.objective_of(id)
    return room.record.wording(id) if objective and is_kept(objective, drafts=False) else ""


def _order(room: Room) -> dict[str, int]:
    """Objective → where it stands in the list."""
    return {id: order for order, id in enumerate(room.record.objectives)}


def _links(room: Room) -> dict[str, list[Alignment]]:
    """Objective → what it serves."""
    found: dict[str, list[Alignment]] = {}
    for link in room.record.alignments.values():
        found.setdefault(link.child, []).append(link)
    return found


def _votes(room: Room) -> dict[str, list[Confidence]]:
    """Objective → rounds of confidence votes that may be told."""
    found: dict[str, list[Confidence]] = {}
    for vote in room.record.confidence:
        if vote.tells():
            found.setdefault(vote.objective, []).append(vote)
    return found


def _open(room: Room) -> dict[str, int]:
    """Objective → how much feedback nobody has answered."""
    return Counter(given.objective for given in room.record.open_feedback())
