"""Where everybody looks: raised hands, who speaks when, and one thing large on every screen."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Annotated, ClassVar

import msgspec

from sessions.room import Command, Room, Session, Turn
from sessions.room.kind import ForAll, Shown, Sight
from sessions.room.part import Part
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused


@dataclass(slots=True)
class Attention(Part):
    """Raised hands with their times (Unix milliseconds), who speaks when, and what stands large."""

    hands: dict[str, int] = field(default_factory=dict)
    speaking: list[str] = field(default_factory=list)
    spotlight: str = ""
    #: A mark of the words it had when it was put up: what is changed or gone stands large no longer.
    mark: str = ""
    #: The page of the big screen that is held, from 1 on; 0: they turn by themselves.
    page: int = 0

    def put_up(self, item: str, mark: str = "") -> None:
        """This stands large from now on, as long as its words have this mark; without one, whatever it says."""
        self.spotlight, self.mark = item, mark

    def left(self, session: Session, person: str) -> None:
        self.hands.pop(person, None)
        self.speaking = [p for p in self.speaking if p != person]

    def moved_on(self, session: Session) -> None:
        self.put_up("")
        self.page = 0

    def closed(self, session: Session) -> None:
        self.hands.clear()


class HandRaised(SessionEvent, frozen=True, tag="hand_raised"):
    """A hand went up at a time (Unix milliseconds), or down (0)."""

    person: str
    at: int

    def evolve(self, session: Session) -> None:
        if self.at:
            session.part(Attention).hands[self.person] = self.at
        else:
            session.part(Attention).hands.pop(self.person, None)
        session.touch("attention")
        session.touched_people.add(self.person)


class OrderDrawn(SessionEvent, frozen=True, tag="order_drawn"):
    """Who speaks after whom; nobody, once it is put away."""

    order: list[str]

    def evolve(self, session: Session) -> None:
        session.part(Attention).speaking = list(self.order)
        session.touch("attention")


class SpotlightSet(SessionEvent, frozen=True, tag="spotlight_set"):
    """One thing stands large on every screen; nothing, once it is put away."""

    item: str
    #: Of its words, and not the words: somebody may have theirs removed.
    mark: str = ""

    def evolve(self, session: Session) -> None:
        session.part(Attention).put_up(self.item, self.mark)
        session.touch("attention")


class PageHeld(SessionEvent, frozen=True, tag="page_held"):
    """One page of the big screen is held; none (0), once they turn by themselves again."""

    page: int

    def evolve(self, session: Session) -> None:
        session.part(Attention).page = self.page
        session.touch("attention")


class Hand(Command, frozen=True, tag="hand"):
    """Raise one's hand, or take it down. A facilitator may take down anybody's."""

    anytime: ClassVar[bool] = True
    even_stopped: ClassVar[bool] = True
    on: bool = True
    person: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        if self.person:
            turn.must_facilitate()
        who = self.person or turn.by.person
        if (who in turn.session.part(Attention).hands) == self.on or (self.person and self.on):
            return []
        return [HandRaised(person=who, at=turn.by.at if self.on else 0)]


class DrawOrder(Command, frozen=True, tag="draw_order"):
    """Shuffle who speaks after whom; ``last`` names those who speak last. ``on`` false puts it away."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    last: list[Id] = []
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        if not self.on:
            return [OrderDrawn(order=[])]
        here = sorted(turn.session.taking_part())
        first = turn.by.shuffle([p for p in here if p not in self.last])
        return [OrderDrawn(order=[*first, *(p for p in self.last if p in here)])]


class Spotlight(Command, frozen=True, tag="spotlight"):
    """Put one thing large on every screen; an empty ``item`` puts it away."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    item: Id

    def decide(self, turn: Turn) -> list[Event]:
        words = _words_of(turn.room, turn.session, self.item) if self.item else ""
        if self.item and not words:
            raise Refused("no_such_item", "That cannot be put up.")
        return [SpotlightSet(item=self.item, mark=_mark(self.item, words) if words else "")]


class HoldPage(Command, frozen=True, tag="hold_page"):
    """Turn the big screen to one of its pages (from 1 on) and hold it; 0 lets them turn by themselves."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    page: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0

    def decide(self, turn: Turn) -> list[Event]:
        same = turn.session.part(Attention).page == self.page
        return [] if same else [PageHeld(page=self.page)]


class AttentionShown(Shown, frozen=True):
    """What stands large (an id, or ``line:`` and words), whose hands are up, who speaks when, and the page held."""

    spotlight: str
    hands: list[str]
    speaking: list[str]
    page: int = 0


class WhereToLook(ForAll):
    """What stands large, whose hands are up (remote ones first), and who speaks when."""

    name = "attention"
    shape = AttentionShown
    on = frozenset({"note", "cluster", "result", "objective", "session"})

    def look(self, sight: Sight, id: str) -> AttentionShown:
        kept, people = sight.session.part(Attention), sight.room.people
        hands = sorted(kept.hands, key=lambda p: (not people[p].remote, kept.hands[p]))
        now = _words_of(sight.room, sight.session, kept.spotlight) if kept.spotlight else ""
        stands = now and kept.mark in ("", _mark(kept.spotlight, now))
        return AttentionShown(
            spotlight=kept.spotlight if stands else "", hands=hands, speaking=kept.speaking, page=kept.page
        )


def _mark(item: str, words: str) -> str:
    """Eight bytes that tell these words of this thing from others of it."""
    return blake2b(f"{item} {words}".encode(), digest_size=8).hexdigest()


def _words_of(room: Room, session: Session, item: str) -> str:
    """What something says that can be put up; nothing where it cannot, or is gone."""
    if item.startswith("line:"):
        prepared = (line for said in session.prepared.values() for line in text.split(said))
        return item if item.removeprefix("line:") in prepared else ""
    on_board, result, objective = (
        session.board.item(item),
        room.record.results.get(item),
        room.record.objectives.get(item),
    )
    if on_board is not None:
        return session.board.wording(on_board)
    if result is not None:
        return "" if result.dropped else result.line()
    return objective.text if objective else ""
