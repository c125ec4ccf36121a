"""Raising a conflict, saying what one's side needs, and writing down the decision with its name."""

from typing import Literal

from sessions.record.conflicts.conflict import Conflict, ConflictDecided, ConflictNeed, ConflictRaised
from sessions.record.decisions import Decided, is_whose
from sessions.room import AnywhereCommand, Keeping, Turn
from sessions.rules import text
from sessions.rules.days import a_day
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords, NameWords, NoteWords


class RaiseConflict(AnywhereCommand, frozen=True, tag="raise_conflict"):
    """Say that two lines work against each other; for whoever is of a team, facilitates or keeps the record."""

    a: Id
    b: Id
    text: LineWords

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        if not turn.own_team and not turn.keeps:
            raise Refused("no_team", "Say first which team you are of: then others know who asks.")
        for line in (self.a, self.b):
            home = turn.record.objective_of(line)
            if home is None or home.status == "draft" or not turn.record.wording(line):
                raise Refused("no_such_line", "That line is not on the record any more.")
        if self.a == self.b:
            raise Refused("same_line", "A line does not work against itself. Choose two.")
        words = text.clean(self.text, text.LINE, "Why they work against each other").replace("\n", " ")
        both = {self.a, self.b}
        known = next((c for c in turn.record.conflicts.values() if {c.a, c.b} == both and not c.outcome), None)
        if known and turn.own_team in (*known.raised_by, ""):
            return []
        id = known.id if known else turn.by.new_id()
        return [ConflictRaised(conflict=id, a=self.a, b=self.b, words=words, team=turn.own_team)]


class SayConflictNeed(AnywhereCommand, frozen=True, tag="say_conflict_need"):
    """Say what one's own side of a conflict needs; facilitators write it down for either."""

    conflict: Id
    side: Literal["a", "b"]
    text: NoteWords
    was: str | None = None

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        found = _found(turn, self.conflict)
        home = turn.record.objective_of(found.a if self.side == "a" else found.b)
        if not turn.keeps and (home is None or home.team != turn.own_team):
            name = turn.record.team_name(home.team) if home else "the other team"
            raise Refused("not_yours", "What this side needs is for {name} to say.", {"name": name}, text=self.text)
        now = found.needs.get(self.side, "")
        same_as_before(self.was, now, self.text)
        words = text.optional(self.text, text.NOTE, "What you need")
        return [ConflictNeed(conflict=found.id, side=self.side, words=words)] if words != now else []


class DecideConflict(AnywhereCommand, frozen=True, tag="decide_conflict"):
    """Write down a decision: what was decided, by whom (by name), by which day it holds; empty opens it again.

    ``tie_breaker`` is the rule that won, where one did.
    """

    conflict: Id
    text: NoteWords
    decider: NameWords = ""
    day: str = ""
    tie_breaker: LineWords = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        found = _found(turn, self.conflict)
        decider = text.optional(self.decider, text.NAME, "The name").replace("\n", " ")
        if not turn.keeps and not is_whose(turn, decider):
            raise Refused(
                "not_yours", "Whoever decides says it, or whoever facilitates writes it down.", text=self.text
            )
        outcome = text.optional(self.text, text.NOTE, "The decision")
        if not outcome:
            return [ConflictDecided(conflict=found.id, outcome="")] if found.outcome else []
        if not decider:
            raise Refused("needs_decider", "Say who decided this: a decision has a name.", text=self.text)
        rule = text.optional(self.tie_breaker, text.LINE, "The tie-breaker").replace("\n", " ")
        day = a_day(self.day)
        if (found.outcome, found.decider, found.due, found.tie_breaker) == (outcome, decider, day, rule):
            return []
        return [
            ConflictDecided(conflict=found.id, outcome=outcome, decider=decider, due=day, tie_breaker=rule),
            Decided(session=turn.code, objective="", text=outcome, by=decider),
        ]


def _found(turn: Turn | Keeping, id: str) -> Conflict:
    found = turn.record.conflicts.get(id)
    if found is None:
        raise Refused("no_such_conflict", "That conflict is not there any more.")
    return found
