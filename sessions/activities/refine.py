"""Making results measurable: one person at a time writes a card, everybody else comments."""

from typing import Any, ClassVar, Literal

import msgspec

from sessions.acts.activity import Activity, Main
from sessions.record import KeyResult
from sessions.record.drafting import Remarked, ResultBegun, ResultChanged, ResultDropped
from sessions.room import Command, Hold, PhasePlan, Room, Session, Turn
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused

#: How long a card stays in somebody's hands after their last word, in milliseconds.
HOLD = 60_000

Field = Literal[
    "text",
    "metric",
    "unit",
    "baseline",
    "target",
    "direction",
    "finder",
    "find_by",
    "continuity",
    "teams",
]


class CardHeld(SessionEvent, frozen=True, tag="card_held"):
    """Somebody has a card in their hands, or (``until`` 0) put it down."""

    passing: ClassVar[bool] = True
    card: str
    person: str
    until: int

    def evolve(self, session: Session) -> None:
        if self.until:
            session.holds[self.card] = Hold(self.person, self.until)
        else:
            session.holds.pop(self.card, None)
        session.touch("hold:" + self.card)


class CardRead(SessionEvent, frozen=True, tag="card_read"):
    """A card is read back to everybody, large on every screen."""

    run: str
    card: str

    def evolve(self, session: Session) -> None:
        run = next(r for r in session.runs if r.id == self.run)
        run.state.setdefault("read", []).append(self.card)
        session.spotlight = self.card
        session.touch("attention", "step")


class ReadBack(Command, frozen=True, tag="read_back"):
    """Read the next card back that was not read yet. ``after`` is how many were; for facilitators."""

    after: int | None = None

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        read = turn.run.state.get("read", [])
        if self.after is not None and self.after != len(read):
            return []
        unread = _unread(turn.room, turn.session)
        if not unread:
            raise Refused("all_heard", "Every card has been read.")
        return [CardRead(run=turn.run.id, card=unread[0])]


class TakeCard(Command, frozen=True, tag="take_card"):
    """Begin to write a card; it stays one's own until a minute after the last word."""

    result: str

    def decide(self, turn: Turn) -> list[Event]:
        result = card(turn, self.result)
        hold = turn.session.holds.get(result.id)
        if hold and hold.person != turn.by.person and hold.until > turn.by.at:
            raise Refused("held", f"{turn.room.name_of(hold.person)} is writing this one now.")
        return [CardHeld(card=result.id, person=turn.by.person, until=turn.by.at + HOLD)]


class PutCardDown(Command, frozen=True, tag="put_card_down"):
    """Stop writing a card; a facilitator may put down anybody's."""

    result: str

    def decide(self, turn: Turn) -> list[Event]:
        hold = turn.session.holds.get(self.result)
        if hold is None or (hold.person != turn.by.person and not turn.is_facilitator()):
            return []
        return [CardHeld(card=self.result, person=hold.person, until=0)]


class ChangeResult(Command, frozen=True, tag="change_result"):
    """Change one field of a card one holds; figures may be written as people write them.

    ``was`` is the value the change started from; another value by now is a clash.
    """

    result: str
    field: Field
    value: str | float | list[str] | None
    was: str | float | list[str] | msgspec.UnsetType | None = msgspec.UNSET

    def decide(self, turn: Turn) -> list[Event]:
        result = card(turn, self.result)
        hold = turn.session.holds.get(result.id)
        if hold is None or hold.until <= turn.by.at or hold.person != turn.by.person:
            whose = (
                f"{turn.room.name_of(hold.person)} is" if hold and hold.until > turn.by.at else "Nobody is"
            )
            raise Refused("not_held", f"{whose} writing this card. Take it first; your words are kept.")
        now = getattr(result, self.field)
        if self.was is not msgspec.UNSET and _plain(self.was) != _plain(now):
            raise Refused(
                "changed_meanwhile",
                f"Somebody changed this meanwhile. It now says “{now}”.",
                theirs=now,
                yours=self.value,
            )
        value = _value(turn, self.field, self.value)
        held = CardHeld(card=result.id, person=turn.by.person, until=turn.by.at + HOLD)
        if value == now:
            return [held]
        return [ResultChanged(result=result.id, field=self.field, value=value, by=turn.by.person), held]


class AddResult(Command, frozen=True, tag="add_result"):
    """Begin a further result; for facilitators."""

    text: str

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        objective = turn.record.drafted_in(turn.session.code)
        if objective is None:
            raise Refused("not_now", "Choose a shortlist first.")
        standing = turn.record.results_of(objective.id)
        if len(standing) >= 7:
            raise Refused("too_many", "Seven results are more than anybody can keep in mind.")
        place = 1 + max((r.place for r in standing), default=-1)
        words = text.clean(self.text, text.LINE, "The result")
        return [ResultBegun(result=turn.by.new_id(), objective=objective.id, text=words, place=place)]


class DropResult(Command, frozen=True, tag="drop_result"):
    """Take a result out of the draft, or back in; for facilitators."""

    result: str
    dropped: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        result = turn.record.results.get(self.result)
        if result is None:
            raise Refused("no_such_result", "That result is not there any more.")
        return (
            [] if result.dropped == self.dropped else [ResultDropped(result=result.id, dropped=self.dropped)]
        )


class Comment(Command, frozen=True, tag="comment"):
    """Say something about a result, with one's name."""

    result: str
    text: str

    def decide(self, turn: Turn) -> list[Event]:
        result = card(turn, self.result)
        if len(result.remarks) >= 100:
            raise Refused("too_many", "There are a hundred comments on this one. Say it aloud.")
        words = text.clean(self.text, what="Your comment")
        return [Remarked(remark=turn.by.new_id(), result=result.id, by=turn.by.person, text=words)]


class Refine(Activity):
    """The results of this session's draft as cards: what is missing is shown, and never in the way."""

    name = "refine"
    takes = (TakeCard, PutCardDown, ChangeResult, AddResult, DropResult, Comment, ReadBack)

    def main(self, room: Room, session: Session) -> Main | None:
        read = len(session.run.state.get("read", [])) if session.run else 0
        if not _unread(room, session):
            return None
        return Main("Read the next card" if read else "Read them back", "read_back", {"after": read})

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, as you write. Comments carry your name."

    def everyone(self, room: Room, session: Session) -> dict[str, Any]:
        objective = room.record.drafted_in(session.code)
        results = room.record.results_of(objective.id) if objective else []
        return {"results": [r.id for r in results]}


def card(turn: Turn, id: str) -> KeyResult:
    """The result with this id, if it stands in this session's draft."""
    result = turn.record.results.get(id)
    objective = turn.record.objectives.get(result.objective) if result else None
    if result is None or result.dropped or objective is None or objective.session != turn.session.code:
        raise Refused("no_such_result", "That result is not there any more.")
    return result


def _unread(room: Room, session: Session) -> list[str]:
    objective = room.record.drafted_in(session.code)
    read = session.run.state.get("read", []) if session.run else []
    return [r.id for r in (room.record.results_of(objective.id) if objective else []) if r.id not in read]


def _value(turn: Turn, field: str, value: Any) -> Any:
    if field in ("baseline", "target"):
        if isinstance(value, list):
            raise Refused("not_a_number", "Write one number.")
        return text.number(value, "The figure")
    if field == "teams":
        wanted = value if isinstance(value, list) else []
        return [team for team in turn.record.teams if team in wanted]
    if not isinstance(value, str):
        raise Refused("bad_value", "Write a few words.")
    if field == "text":
        return text.clean(value, text.LINE, "The result")
    if field == "direction" and value not in ("up", "down", "keep", ""):
        raise Refused("bad_value", "Choose up, down or keep.")
    if field == "continuity" and value not in ("continue", "change", "stop", "new", ""):
        raise Refused("bad_value", "Choose whether it continues, changes, stops or is new.")
    return text.optional(value, text.LINE, "This").replace("\n", " ")


def _plain(value: Any) -> Any:
    return "" if value is None else value
