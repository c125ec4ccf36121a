"""Conflicts between goals: both needs, the tie-breaker, and a decision with its decider, outcome and date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from sessions.record.brief import a_day
from sessions.record.decisions import Decided
from sessions.record.dependencies.speaking import called
from sessions.room import Command, Keeping, RecordCommand, Room, Turn
from sessions.room.kind import ForAll, InRecord, RecordSight, Shown, Sight, Touched
from sessions.rules import text
from sessions.rules.event import Event, SignedEvent
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords, NameWords, NoteWords

if TYPE_CHECKING:
    from sessions.record.record import Record

CONFLICT = "conflict"


@dataclass(slots=True)
class Conflict:
    """Two results or goals that work against each other; ``needs`` are what each side says it needs.

    ``outcome`` is the decision, ``decider`` whose it is by name, ``due`` a day by which it holds.
    """

    id: str
    a: str
    b: str
    why: str = ""
    raised_by: list[str] = field(default_factory=list)
    needs: dict[str, str] = field(default_factory=dict)
    outcome: str = ""
    decider: str = ""
    due: str = ""
    tie_breaker: str = ""
    session: str = ""
    order: int = 0
    kept: dict[str, Any] = field(default_factory=dict)


class ConflictRaised(SignedEvent, frozen=True, tag="conflict_raised"):
    """Somebody says that two lines work against each other, and why."""

    conflict: str
    a: str
    b: str
    words: str
    team: str = ""

    def evolve(self, record: Record) -> None:
        known = record.conflicts.get(self.conflict)
        if known is None:
            order = len(record.conflicts)
            known = Conflict(self.conflict, self.a, self.b, self.words, session=self.session, order=order)
            record.conflicts[self.conflict] = known
        if self.team and self.team not in known.raised_by:
            known.raised_by.append(self.team)
        record.revise(self, "", known.id, "conflict", "", self.words)
        record.touch("conflict:" + known.id)


class ConflictNeed(SignedEvent, frozen=True, tag="conflict_need"):
    """What one of the two sides (``a`` or ``b``) says it needs."""

    conflict: str
    side: str
    words: str

    def evolve(self, record: Record) -> None:
        record.conflicts[self.conflict].needs[self.side] = self.words
        record.touch("conflict:" + self.conflict)


class ConflictDecided(SignedEvent, frozen=True, tag="conflict_decided"):
    """What was decided, by whom, by which day it holds, and by which tie-breaker; no outcome opens it again."""

    conflict: str
    outcome: str
    decider: str = ""
    due: str = ""
    tie_breaker: str = ""

    def evolve(self, record: Record) -> None:
        found = record.conflicts[self.conflict]
        record.revise(self, "", found.id, "conflict.outcome", found.outcome, self.outcome)
        found.outcome, found.decider = self.outcome, self.decider
        found.due, found.tie_breaker = self.due, self.tie_breaker
        record.touch("conflict:" + found.id)


class ConflictCommand(Command, RecordCommand, frozen=True):
    """Something said of a conflict: in a session or on the record."""

    who = "members"
    anytime: ClassVar[bool] = True

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        raise NotImplementedError


class RaiseConflict(ConflictCommand, frozen=True, tag="raise_conflict"):
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


class SayConflictNeed(ConflictCommand, frozen=True, tag="say_conflict_need"):
    """Say what one's own side of a conflict needs; facilitators write it down for either."""

    conflict: Id
    side: Literal["a", "b"]
    text: NoteWords
    was: str | None = None

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        found = _found(turn, self.conflict)
        home = turn.record.objective_of(found.a if self.side == "a" else found.b)
        if not turn.keeps and (home is None or home.team != turn.own_team):
            name = called(turn.record, home.team) if home else "the other team"
            raise Refused("not_yours", "What this side needs is for {name} to say.", {"name": name}, text=self.text)
        now = found.needs.get(self.side, "")
        same_as_before(self.was, now, self.text)
        words = text.optional(self.text, text.NOTE, "What you need")
        return [ConflictNeed(conflict=found.id, side=self.side, words=words)] if words != now else []


class DecideConflict(ConflictCommand, frozen=True, tag="decide_conflict"):
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
        name = turn.room.name_of(turn.by.person)
        if not turn.keeps and text.alike(name) != text.alike(decider or turn.record.brief.get("resolver", "")):
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
        session = turn.session.code if isinstance(turn, Turn) else ""
        return [
            ConflictDecided(conflict=found.id, outcome=outcome, decider=decider, due=day, tie_breaker=rule),
            Decided(session=session, objective="", text=outcome, by=decider),
        ]


class ConflictShown(Shown, frozen=True):
    """Two lines that work against each other, whose they are, what each needs, and what was decided."""

    a: str
    b: str
    a_text: str
    b_text: str
    a_team: str
    b_team: str
    a_name: str
    b_name: str
    why: str
    raised_by: list[str]
    a_needs: str
    b_needs: str
    outcome: str
    decider: str
    due: str
    tie_breaker: str
    order: int


class ConflictOfSession(ForAll):
    """A conflict, where something in the session's plan shows them."""

    name = CONFLICT
    shape = ConflictShown

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.room.record.conflicts if sight.shows(CONFLICT) else ()

    def look(self, sight: Sight, id: str) -> ConflictShown | None:
        return _shown(sight.room, id) if sight.shows(CONFLICT) else None

    def stale(self, sight: Sight, touched: Touched) -> Iterable[str]:
        if "plan" in touched:
            return sight.room.record.conflicts
        return _stale(sight.room.record, touched) if sight.shows(CONFLICT) else ()


class ConflictKept(InRecord):
    """A conflict."""

    name = CONFLICT
    shape = ConflictShown

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.record.conflicts

    def look(self, sight: RecordSight, id: str) -> ConflictShown | None:
        return _shown(sight.room, id)

    def stale(self, sight: RecordSight, touched: Touched) -> Iterable[str]:
        return _stale(sight.room.record, touched)


def take_in_conflicts(record: Record, rows: object) -> None:
    """The conflicts a file names; rows that name no two lines stay as they came."""
    for row in rows if isinstance(rows, list) else []:
        key = conflict_key(row)
        if not key:
            continue
        known = record.conflicts.get(key)
        order = known.order if known else len(record.conflicts)
        found = known or Conflict(key, row["a"], row["b"], order=order)
        found.why, found.kept = str(row.get("why") or "")[: text.LINE], row
        raised = row.get("raised_by")
        found.raised_by = [str(team) for team in raised] if isinstance(raised, list) else found.raised_by
        for name in ("outcome", "decider", "due", "tie_breaker"):
            if isinstance(row.get(name), str):
                setattr(found, name, row[name][: text.NOTE])
        for side, needs in (("a", row.get("a_needs")), ("b", row.get("b_needs"))):
            if isinstance(needs, str):
                found.needs[side] = needs[: text.NOTE]
        record.conflicts[key] = found
        record.touch("conflict:" + key)


def conflict_key(row: object) -> str:
    """The id of a file's row, or its two lines; empty where it is no conflict."""
    if not isinstance(row, dict) or not all(isinstance(row.get(end), str) and row[end] for end in ("a", "b")):
        return ""
    return str(row.get("id") or "") or f"{row['a']}-{row['b']}"


def conflict_said(conflict: Conflict) -> dict[str, Any]:
    """As a file has it: what came in as it came, with what has changed since."""
    row = {**conflict.kept, "a": conflict.a, "b": conflict.b}
    if not conflict.kept:
        row = {"id": conflict.id, **row}
    said: dict[str, Any] = {
        "why": conflict.why,
        "raised_by": conflict.raised_by,
        "a_needs": conflict.needs.get("a", ""),
        "b_needs": conflict.needs.get("b", ""),
        "outcome": conflict.outcome,
        "decider": conflict.decider,
        "due": conflict.due,
        "tie_breaker": conflict.tie_breaker,
    }
    return row | {name: value for name, value in said.items() if value and value != row.get(name)}


def _found(turn: Turn | Keeping, id: str) -> Conflict:
    found = turn.record.conflicts.get(id)
    if found is None:
        raise Refused("no_such_conflict", "That conflict is not there any more.")
    return found


def _stale(record: Record, touched: Touched) -> set[str]:
    found = set(touched.get(CONFLICT, ()))
    if {"result", "objective", "team"} & set(touched):
        found |= set(record.conflicts)
    return found


def _shown(room: Room, id: str) -> ConflictShown | None:
    record, found = room.record, room.record.conflicts.get(id)
    if found is None:
        return None
    ends = [(line, record.objective_of(line)) for line in (found.a, found.b)]
    texts = [record.wording(line) if home and home.status != "draft" else "" for line, home in ends]
    teams = [home.team if home else "" for _, home in ends]
    return ConflictShown(
        a=found.a,
        b=found.b,
        a_text=texts[0],
        b_text=texts[1],
        a_team=teams[0],
        b_team=teams[1],
        a_name=called(record, teams[0]) if teams[0] else "",
        b_name=called(record, teams[1]) if teams[1] else "",
        why=found.why,
        raised_by=[called(record, team) for team in found.raised_by],
        a_needs=found.needs.get("a", ""),
        b_needs=found.needs.get("b", ""),
        outcome=found.outcome,
        decider=found.decider,
        due=found.due,
        tie_breaker=found.tie_breaker,
        order=found.order,
    )
