"""Cards: one person at a time writes an objective or a result, everybody else comments."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import msgspec

from sessions.record.objectives.keeping import must_say_why
from sessions.record.objectives.objective import Objective, ObjectiveWorded
from sessions.record.results.keeping import Field, figure_or_words
from sessions.record.results.result import KeyResult, Remarked, ResultBegun, ResultChanged, ResultDropped
from sessions.record.shares.share import following, must_carry_in_full
from sessions.room import Command, Session, Turn
from sessions.room.kind import ForAll, Shown, Sight
from sessions.room.part import Part
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_value_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords, NoteWords


@dataclass(slots=True)
class Hold:
    """Somebody has a thing in their hands until then (Unix milliseconds)."""

    person: str
    until: int


#: How long a card stays in somebody's hands after their last word, in milliseconds.
HOLD = 60_000


@dataclass(slots=True)
class Cards(Part):
    """Who has which card in their hands."""

    holds: dict[str, Hold] = field(default_factory=dict)

    def put_down(self, session: Session, cards: list[str]) -> None:
        """Nobody holds these cards any more."""
        for card in cards:
            del self.holds[card]
            session.touch("hold:" + card)

    def left(self, session: Session, person: str) -> None:
        self.put_down(session, [card for card, hold in self.holds.items() if hold.person == person])

    def moved_on(self, session: Session) -> None:
        self.put_down(session, list(self.holds))

    def closed(self, session: Session) -> None:
        self.put_down(session, list(self.holds))

    def until(self) -> int:
        return min((hold.until for hold in self.holds.values()), default=0)

    def pass_by(self, session: Session, at: int) -> None:
        self.put_down(session, [card for card, hold in self.holds.items() if hold.until <= at])


class CardHeld(SessionEvent, frozen=True, tag="card_held"):
    """Somebody has a card in their hands, or (``until`` 0) put it down."""

    passing: ClassVar[bool] = True
    card: str
    person: str
    until: int

    def evolve(self, session: Session) -> None:
        if self.until:
            session.part(Cards).holds[self.card] = Hold(self.person, self.until)
        else:
            session.part(Cards).holds.pop(self.card, None)
        session.touch("hold:" + self.card)


class TakeCard(Command, frozen=True, tag="take_card"):
    """Begin to write a card; it stays one's own until a minute after the last word."""

    result: Id

    def decide(self, turn: Turn) -> list[Event]:
        result = line(turn, self.result)
        hold = turn.session.part(Cards).holds.get(result.id)
        if hold and hold.person != turn.by.person and hold.until > turn.by.at:
            raise Refused("held", "{name} is writing this one now.", {"name": turn.room.name_of(hold.person)})
        return [CardHeld(card=result.id, person=turn.by.person, until=turn.by.at + HOLD)]


class PutCardDown(Command, frozen=True, tag="put_card_down"):
    """Stop writing a card; a facilitator may put down anybody's."""

    result: Id

    def decide(self, turn: Turn) -> list[Event]:
        hold = turn.session.part(Cards).holds.get(self.result)
        if hold is None or (hold.person != turn.by.person and not turn.is_facilitator()):
            return []
        return [CardHeld(card=self.result, person=hold.person, until=0)]


class ChangeResult(Command, frozen=True, tag="change_result"):
    """Change one field of a card one holds; figures may be written as people write them.

    ``was`` is the value the change started from; another value by now is a clash. An objective has one
    field, its ``text``. ``why`` is kept with the change; what is locked needs it.
    """

    result: Id
    field: Field
    value: str | float | list[str] | None
    was: str | float | list[str] | msgspec.UnsetType | None = msgspec.UNSET
    why: LineWords = ""

    def decide(self, turn: Turn) -> list[Event]:
        card = line(turn, self.result)
        hold = turn.session.part(Cards).holds.get(card.id)
        if hold is None or hold.until <= turn.by.at or hold.person != turn.by.person:
            if hold and hold.until > turn.by.at:
                taken = "{name} is writing this card. Take it first; your words are kept."
                raise Refused("not_held", taken, {"name": turn.room.name_of(hold.person)})
            raise Refused("not_held", "Nobody is writing this card. Take it first; your words are kept.")
        if isinstance(card, Objective) and self.field != "text":
            raise Refused("bad_value", "An objective has no figures; its results have.")
        now = getattr(card, self.field)
        same_value_as_before(self.was, now, self.value)
        value = figure_or_words(self.field, self.value, list(turn.record.teams))
        held = CardHeld(card=card.id, person=turn.by.person, until=turn.by.at + HOLD)
        if value == now:
            return [held]
        changed = change(turn, card, self.field, value, self.why)
        if isinstance(card, Objective):
            return [changed, held]
        must_carry_in_full(turn.record, card, self.field, value)
        return [changed, *following(turn.record, card, self.field, value), held]


class AddResult(Command, frozen=True, tag="add_result"):
    """Begin a further result; for facilitators."""

    text: LineWords
    objective: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        objective = turn.record.objectives.get(self.objective) or turn.room.works_on(turn.session)
        if not turn.activity.anybody_adds:
            turn.must_facilitate()
        if objective is None:
            raise Refused("not_now", "Choose a shortlist first.")
        if not turn.activity.may_write(turn, objective):
            raise Refused("no_such_objective", "That goal is not yours to write on.")
        must_say_why(objective, "")
        standing = turn.record.results_of(objective.id)
        if len(standing) >= 7:
            raise Refused("too_many", "Seven results are more than anybody can keep in mind.")
        place = 1 + max((r.place for r in standing), default=-1)
        words = text.clean(self.text, text.LINE, "The result")
        id = turn.by.new_id()
        begun = ResultBegun(result=id, objective=objective.id, text="", place=place)
        return [begun, ResultChanged(result=id, field="text", value=words)]


class DropResult(Command, frozen=True, tag="drop_result"):
    """Take a result out of the draft, or back in; for facilitators."""

    who = "facilitators"
    result: Id
    dropped: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        result = turn.record.results.get(self.result)
        if result is None:
            raise Refused("no_such_result", "That result is not there any more.")
        if result.dropped == self.dropped:
            return []
        objective = turn.record.objectives[result.objective]
        if not turn.activity.may_write(turn, objective):
            raise Refused("no_such_result", "That result is not there any more.")
        must_say_why(objective, "")
        return [ResultDropped(result=result.id, dropped=self.dropped)]


class Comment(Command, frozen=True, tag="comment"):
    """Say something about a result, with one's name."""

    result: Id
    text: NoteWords

    def decide(self, turn: Turn) -> list[Event]:
        result = card(turn, self.result)
        if len(result.remarks) >= 100:
            raise Refused("too_many", "There are a hundred comments on this one. Say it aloud.")
        words = text.clean(self.text, what="Your comment")
        return [Remarked(remark=turn.by.new_id(), result=result.id, by=turn.by.person, text=words)]


class HoldShown(Shown, frozen=True):
    """Who has a card in their hands, and until when (Unix milliseconds)."""

    person: str
    until: int


class HeldCard(ForAll):
    """Who has a card in their hands, and until when."""

    name = "hold"
    shape = HoldShown

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.session.part(Cards).holds

    def look(self, sight: Sight, id: str) -> HoldShown | None:
        hold = sight.session.part(Cards).holds.get(id)
        return HoldShown(person=hold.person, until=hold.until) if hold else None


def card(turn: Turn, id: str) -> KeyResult:
    """The result with this id, if it is one to write on here."""
    result = line(turn, id)
    if isinstance(result, Objective):
        raise Refused("no_such_result", "That is an objective, not a result.")
    return result


def line(turn: Turn, id: str) -> KeyResult | Objective:
    """The objective or result with this id, if it is one to write on here."""
    found = turn.record.results.get(id) or turn.record.objectives.get(id)
    objective = turn.record.objective_of(id)
    dropped = isinstance(found, KeyResult) and found.dropped
    if found is None or dropped or objective is None or not turn.activity.may_write(turn, objective):
        raise Refused("no_such_result", "That result is not there any more.")
    return found


def change(turn: Turn, card: KeyResult | Objective, name: str, value: Any, why: str = "") -> Event:
    """The fact that one field of an objective or result says ``value`` now."""
    objective = turn.record.objective_of(card.id)
    assert objective is not None
    reason = text.optional(why, text.LINE, "The reason")
    must_say_why(objective, reason)
    if isinstance(card, Objective):
        return ObjectiveWorded(objective=card.id, text=value, why=reason)
    return ResultChanged(result=card.id, field=name, value=value, why=reason)
