"""Answering what the record asks: it does not apply here, or it is waived; with a name and a reason, which are kept."""

from sessions.record.checks.findings import Findings, Standing, cause_of
from sessions.record.judging import FindingJudged, Verdict
from sessions.room import AnywhereCommand, Keeping, Turn
from sessions.rules import text
from sessions.rules.event import Event
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords, NameWords


class DismissFinding(AnywhereCommand, frozen=True, tag="dismiss_finding"):
    """Say that a finding does not apply here, with a name and a reason; it comes back when its cause changes.

    For the teams it is about, for leaders, for whoever facilitates or keeps the record. One that blocks a lock goes on
    blocking it.
    """

    finding: str
    reason: LineWords
    name: NameWords = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        found = _found(turn, self.finding)
        if not _may_waive(turn) and not _concerns(turn, found):
            raise Refused("not_yours", "Only the teams it is about say that this does not apply to them.")
        return _judged(turn, found, "dismissed", self.name, self.reason)


class WaiveFinding(AnywhereCommand, frozen=True, tag="waive_finding"):
    """Say that a finding is known and the goals go on all the same, with a name and a reason; then it blocks nothing.

    For leaders, and for whoever facilitates or keeps the record and writes down who said it.
    """

    finding: str
    reason: LineWords
    name: NameWords = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        found = _found(turn, self.finding)
        if not _may_waive(turn):
            raise Refused("not_yours", "Only somebody who leads, or who keeps the record, waives this.")
        return _judged(turn, found, "waived", self.name, self.reason)


class ReopenFinding(AnywhereCommand, frozen=True, tag="reopen_finding"):
    """Take back what was said of a finding: it is open again."""

    finding: str

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        found = _found(turn, self.finding)
        if not _may_waive(turn) and not _concerns(turn, found):
            raise Refused("not_yours", "Only the teams it is about, or somebody who leads, open this again.")
        if found.state not in ("dismissed", "waived"):
            return []
        cause = cause_of(turn.record, found.finding)
        return [FindingJudged(finding=self.finding, on=found.finding.on[0], state="", cause=cause)]


def _found(turn: Turn | Keeping, key: str) -> Standing:
    found = Findings.of(turn.room).get(key)
    if found is None:
        raise Refused("no_such_finding", "That has been settled meanwhile: it is not on the list any more.")
    return found


def _judged(turn: Turn | Keeping, found: Standing, state: Verdict, said: str, why: str) -> list[Event]:
    reason = text.clean(why, text.LINE, "The reason").replace("\n", " ")
    name = text.optional(said, text.NAME, "The name").replace("\n", " ") or turn.room.name_of(turn.by.person)
    if not name:
        raise Refused("needs_name", "Say who decides this: everybody can read the name beside the reason.", text=why)
    if found.state == "fine" or (found.state, found.name, found.reason) == (state, name, reason):
        return []
    if found.state == state or found.state == "waived":
        sentence = "{name} has settled this already: {reason}"
        raise Refused("settled_already", sentence, {"name": found.name, "reason": found.reason}, text=why)
    cause, finding = cause_of(turn.record, found.finding), found.finding
    judged = FindingJudged(finding=finding.key, on=finding.on[0], state=state, cause=cause, name=name, reason=reason)
    return [judged]


def _may_waive(turn: Turn | Keeping) -> bool:
    leads = turn.by.person in (*turn.record.leaders, turn.record.sponsor)
    return turn.keeps or (bool(turn.by.person) and leads)


def _concerns(turn: Turn | Keeping, found: Standing) -> bool:
    """Whether a finding is about the team of whoever acts: one of its lines, its needs, or the team itself."""
    team, record = turn.own_team, turn.record
    if not team:
        return False
    homes = [record.objective_of(id) for id in found.finding.on]
    needs = [record.dependencies[id] for id in found.finding.on if id in record.dependencies]
    beside = {home.team for home in homes if home} | {t for need in needs for t in (need.consumer, need.provider)}
    return team in beside | set(found.finding.on)
