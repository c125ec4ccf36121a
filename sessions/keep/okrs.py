"""Objectives and results on the record: written, shared, locked, and changed with a reason once they are."""

from typing import Any

import msgspec

from sessions.acts.cards import Field, figure_or_words, must_say_why
from sessions.record import KeyResult, Objective
from sessions.record.drafting import DraftPublished as Published
from sessions.record.drafting import LeadSet, ObjectiveBegun, ObjectiveWorded, ResultBegun, ResultChanged, ResultDropped
from sessions.record.standing import StatusSet
from sessions.room import Keeping, RecordCommand
from sessions.rules import bounds, text
from sessions.rules.event import Event
from sessions.rules.meanwhile import same_as_before, same_value_as_before
from sessions.rules.refusal import Refused

#: The most results an objective holds.
MOST = 12


class AddObjective(RecordCommand, frozen=True, tag="add_objective"):
    """Write down an objective of a team, or (no team) of the whole organisation; it is a draft at first."""

    text: str
    team: str = ""

    def decide(self, turn: Keeping) -> list[Event]:
        turn.must_keep()
        if self.team and (self.team not in turn.record.teams or turn.record.teams[self.team].gone):
            raise Refused("no_such_team", "That team is not on the list.")
        words = text.clean(self.text, text.LINE, "The objective")
        bounds.must_fit("objectives", len(turn.record.objectives) + 1)
        id = turn.by.new_id()
        begun = ObjectiveBegun(objective=id, session="", team=self.team)
        return [begun, ObjectiveWorded(objective=id, text=words, by=turn.by.person, at=turn.by.at)]


class AddKeyResult(RecordCommand, frozen=True, tag="add_key_result"):
    """Add a result to an objective."""

    objective: str
    text: str
    why: str = ""

    def decide(self, turn: Keeping) -> list[Event]:
        objective = _objective(turn, self.objective)
        why = _why(objective, self.why)
        standing = turn.record.results_of(objective.id)
        if len(standing) >= MOST:
            raise Refused("too_many", "Twelve results are more than anybody can keep in mind.")
        bounds.must_fit("key results", len(turn.record.results) + 1)
        place = 1 + max((r.place for r in standing), default=-1)
        words = text.clean(self.text, text.LINE, "The result")
        id = turn.by.new_id()
        begun = ResultBegun(result=id, objective=objective.id, text="", place=place)
        worded = ResultChanged(result=id, field="text", value=words, by=turn.by.person, at=turn.by.at, why=why)
        return [begun, worded]


class ReviseObjective(RecordCommand, frozen=True, tag="revise_objective"):
    """Change an objective's sentence. ``was`` is what it said; ``why`` is kept, and needed once it is locked."""

    objective: str
    text: str
    was: str | None = None
    why: str = ""

    def decide(self, turn: Keeping) -> list[Event]:
        objective = _objective(turn, self.objective)
        why = _why(objective, self.why)
        same_as_before(self.was, objective.text, self.text)
        words = text.clean(self.text, text.LINE, "The objective")
        if words == objective.text:
            return []
        return [ObjectiveWorded(objective=objective.id, text=words, by=turn.by.person, at=turn.by.at, why=why)]


class ReviseResult(RecordCommand, frozen=True, tag="revise_result"):
    """Change one field of a result. ``was`` is its value before; ``why`` is needed once it is locked.

    Where things stand today (``current``) never needs a reason.
    """

    result: str
    field: Field
    value: str | float | list[str] | None
    was: str | float | list[str] | msgspec.UnsetType | None = msgspec.UNSET
    why: str = ""

    def decide(self, turn: Keeping) -> list[Event]:
        result = _result(turn, self.result)
        objective = _objective(turn, result.objective)
        why = text.optional(self.why, text.LINE, "The reason")
        if self.field != "current":
            must_say_why(objective, why)
        now: Any = getattr(result, self.field)
        same_value_as_before(self.was, now, self.value)
        value = figure_or_words(self.field, self.value, list(turn.record.teams))
        if value == now:
            return []
        by, at = turn.by.person, turn.by.at
        return [ResultChanged(result=result.id, field=self.field, value=value, by=by, at=at, why=why)]


class DropKeyResult(RecordCommand, frozen=True, tag="drop_key_result"):
    """Take a result away, or bring it back."""

    result: str
    dropped: bool = True
    why: str = ""

    def decide(self, turn: Keeping) -> list[Event]:
        result = turn.record.results.get(self.result)
        if result is None:
            raise Refused("no_such_result", "That result is not there any more.")
        why = _why(_objective(turn, result.objective), self.why)
        if result.dropped == self.dropped:
            return []
        return [ResultDropped(result=result.id, dropped=self.dropped, by=turn.by.person, at=turn.by.at, why=why)]


class LeadResult(RecordCommand, frozen=True, tag="lead_result"):
    """Say who carries a result, or no longer does; two make a pair."""

    result: str
    person: str
    on: bool = True

    def decide(self, turn: Keeping) -> list[Event]:
        turn.must_keep()
        result = _result(turn, self.result)
        if self.person not in turn.room.people:
            raise Refused("no_such_person", "That person is not in this room.")
        if (self.person in result.leads) == self.on:
            return []
        if self.on and len(result.leads) >= 2:
            names = " and ".join(turn.room.name_of(p) for p in result.leads)
            raise Refused("pair_full", f"{names} carry this one already.")
        return [LeadSet(result=result.id, person=self.person, on=self.on)]


class ShareObjective(RecordCommand, frozen=True, tag="share_objective"):
    """Let everybody who may look at the record see a draft."""

    objective: str

    def decide(self, turn: Keeping) -> list[Event]:
        objective = _objective(turn, self.objective)
        if objective.status != "draft":
            return []
        if any(objective.session == held.code and not held.ended for held in turn.room.held.values()):
            raise Refused("in_session", "A session is drafting this right now. It is shared when that closes.")
        return [Published(objective=objective.id, version=objective.version + 1, status="shared")]


class LockObjective(RecordCommand, frozen=True, tag="lock_objective"):
    """Lock a final objective, as the sponsor or for them; from then on a change needs a reason."""

    objective: str

    def decide(self, turn: Keeping) -> list[Event]:
        objective = _found(turn, self.objective)
        sponsor = turn.record.sponsor
        if not sponsor:
            raise Refused("no_sponsor", "Name a sponsor first: the person who locks when the teams have spoken.")
        if not turn.key and turn.by.person != sponsor:
            raise Refused("not_yours", f"Only {turn.room.name_of(sponsor)}, the sponsor, can lock this.")
        if objective.status == "locked":
            return []
        if objective.status != "final":
            raise Refused("not_final", "Not yet: a goal is made final in a confidence vote before it is locked.")
        left = len(turn.record.open_feedback(objective.id))
        if left:
            pieces = "1 piece of feedback is" if left == 1 else f"{left} pieces of feedback are"
            raise Refused("feedback_open", f"Not yet: {pieces} still open. Answer first, with a reason.")
        return [StatusSet(objective=objective.id, status="locked", by=sponsor, at=turn.by.at)]


class ReopenObjective(RecordCommand, frozen=True, tag="reopen_objective"):
    """Unlock an objective, with a reason that everybody can read."""

    objective: str
    why: str

    def decide(self, turn: Keeping) -> list[Event]:
        objective = _objective(turn, self.objective)
        if objective.status != "locked":
            return []
        why = text.clean(self.why, text.LINE, "The reason")
        return [StatusSet(objective=objective.id, status="final", by=turn.by.person, at=turn.by.at, why=why)]


def _found(turn: Keeping, id: str) -> Objective:
    objective = turn.record.objectives.get(id)
    if objective is None:
        raise Refused("no_such_objective", "That objective is not there any more.")
    return objective


def _objective(turn: Keeping, id: str) -> Objective:
    """The objective, for whoever may change it here: the key's holder."""
    turn.must_keep()
    return _found(turn, id)


def _result(turn: Keeping, id: str) -> KeyResult:
    result = turn.record.results.get(id)
    if result is None or result.dropped:
        raise Refused("no_such_result", "That result is not there any more.")
    return result


def _why(objective: Objective, said: str) -> str:
    why = text.optional(said, text.LINE, "The reason")
    must_say_why(objective, why)
    return why
