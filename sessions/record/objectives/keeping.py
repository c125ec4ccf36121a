"""Keeping objectives on the record: add, revise, share, lock and reopen one."""

from __future__ import annotations

from sessions.record.checks.findings import in_the_way
from sessions.record.objectives.objective import DraftPublished, Objective, ObjectiveBegun, ObjectiveWorded, StatusSet
from sessions.room import Keeping, RecordCommand
from sessions.rules import bounds, text
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords


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
        return [begun, ObjectiveWorded(objective=id, text=words)]


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
        return [ObjectiveWorded(objective=objective.id, text=words, why=why)]


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
        _must_be_settled(turn, objective)
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
        return [StatusSet(objective=objective.id, status="final", why=why)]


def _must_be_settled(turn: Keeping, objective: Objective) -> None:
    """Refuse to lock what a blocking finding stands in the way of, and say which (``spec/checks.md``)."""
    found = in_the_way(turn.room, objective.id)
    if not found:
        return
    one = "Not yet: {first} Mend it, or waive it with a name and a reason."
    several = "Not yet: {left} things stand in the way. The first: {first} Mend them, or waive each by name."
    values = {"left": len(found), "first": found[0].finding.say}
    raise Refused("findings_open", one if len(found) == 1 else several, values)


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
