"""Dots: placed and taken back in secret, within the budget, and leaned towards now or later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from sessions.board.ballots import Ballot
from sessions.board.counting import told_as
from sessions.board.walls import on_the_wall
from sessions.room import Command, Turn
from sessions.room.kind import Entity, Own, OwnSight, Shown
from sessions.room.speaking import SpokenFor
from sessions.rules.event import BoardEvent, Event
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused

if TYPE_CHECKING:
    from sessions.board.board import Board


class DotPlaced(BoardEvent, frozen=True, tag="dot_placed"):
    """A pen put one dot on an item. ``openly`` where a facilitator placed it before everybody's eyes."""

    unsigned: ClassVar[bool] = True
    ballot: str
    item: str
    pen: str
    openly: bool = False

    def evolve(self, board: Board) -> None:
        placed = board.ballots[self.ballot].voting(self.pen)
        placed[self.item] = placed.get(self.item, 0) + 1
        if self.openly:
            board.ballots[self.ballot].openly.add(self.pen)
        board.touched_pens.add(self.pen)


class DotTaken(BoardEvent, frozen=True, tag="dot_taken"):
    """A pen took one dot back."""

    unsigned: ClassVar[bool] = True
    ballot: str
    item: str
    pen: str

    def evolve(self, board: Board) -> None:
        ballot = board.ballots[self.ballot]
        placed = ballot.voting(self.pen)
        placed[self.item] -= 1
        if not placed[self.item]:
            del placed[self.item]
            ballot.leanings.get(self.pen, {}).pop(self.item, None)
        if not placed:
            ballot.taken_back.add(self.pen)
        board.touched_pens.add(self.pen)


class Leaned(BoardEvent, frozen=True, tag="leaned"):
    """A pen says of an item it dotted that it is pressing now, or builds for later; empty takes it back."""

    unsigned: ClassVar[bool] = True
    ballot: str
    item: str
    pen: str
    lean: Literal["now", "later", ""]

    def evolve(self, board: Board) -> None:
        leanings = board.ballots[self.ballot].leanings.setdefault(self.pen, {})
        if self.lean:
            leanings[self.item] = self.lean
        else:
            leanings.pop(self.item, None)
        board.touched_pens.add(self.pen)


class PlaceDot(Command, frozen=True, tag="place_dot"):
    """Put one dot on an item. A facilitator may do it for ``person``, which is not secret."""

    item: Id
    person: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        hand = _hand(turn, self.person)
        ballot = hand.ballot
        item = on_the_wall(turn, self.item)
        if item.pile != ballot.on or item.aside:
            raise Refused("no_such_item", "That is not one of the things to vote on.")
        if hand.used() >= ballot.budget:
            one = "You have voted. Take your dot back to move it."
            several = "You have used all {budget} dots. Take one back to move it."
            raise Refused("budget_spent", several if ballot.budget > 1 else one, {"budget": ballot.budget})
        if hand.on(item.id) >= ballot.per_item:
            several = "{most} dots on one idea is the most."
            one = "One dot on one idea is the most."
            raise Refused("item_full", several if ballot.per_item > 1 else one, {"most": ballot.per_item})
        placed = DotPlaced(ballot=ballot.id, item=item.id, pen=hand.pens[0], openly=bool(self.person))
        return [placed, *hand.told(turn)]


class TakeDot(Command, frozen=True, tag="take_dot"):
    """Take one dot back from an item."""

    item: Id
    person: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        hand = _hand(turn, self.person)
        thing = turn.board.item(self.item)
        item = thing.id if thing else self.item
        taken = DotTaken(ballot=hand.ballot.id, item=item, pen=hand.holding(item))
        return [taken, *hand.told(turn)]


class Lean(Command, frozen=True, tag="lean"):
    """Say of an item one dotted whether it is pressing now or builds for later; empty takes it back."""

    item: Id
    lean: Literal["now", "later", ""]
    person: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        hand = _hand(turn, self.person)
        item = on_the_wall(turn, self.item).id
        if not hand.ballot.leans:
            raise Refused("not_now", "This vote does not ask for now or later.")
        return [Leaned(ballot=hand.ballot.id, item=item, pen=hand.holding(item), lean=self.lean)]


@dataclass(frozen=True)
class Hand:
    """What one person holds in a ballot with one key: usually one pen. ``openly``: a facilitator votes for them."""

    ballot: Ballot
    pens: list[str]
    person: str
    openly: bool = False

    def told(self, turn: Turn) -> list[Event]:
        """A first vote in somebody's name is told."""
        id = told_as(self.ballot, self.person)
        if not self.openly or id in turn.session.spoken:
            return []
        return [SpokenFor(id=id, how="vote", person=self.person, by=turn.by.person, at=turn.by.at)]

    def used(self) -> int:
        """Dots placed."""
        return sum(self.ballot.used(pen) for pen in self.pens)

    def on(self, item: str) -> int:
        """Dots on one item."""
        return sum(self.ballot.votes.get(pen, {}).get(item, 0) for pen in self.pens)

    def holding(self, item: str) -> str:
        """The pen with a dot on the item."""
        for pen in self.pens:
            if self.ballot.votes.get(pen, {}).get(item):
                return pen
        raise Refused("no_dot", "There is no dot of yours on that.")


def _hand(turn: Turn, person: str) -> Hand:
    """The open ballot and the pens to vote with.

    What a facilitator votes for somebody stands under a pen of its own, and is answered alike whether the person
    has voted or not, so that nothing a facilitator tries tells that.
    """
    if person:
        turn.must_facilitate()
        if "participant" not in turn.session.roles.get(person, ()):
            raise Refused("no_such_person", "That person is not taking part.")
    else:
        turn.must_take_part()
    ballot = turn.board.latest(turn.activity.vote(turn.phase))
    if ballot is None:
        raise Refused("not_now", "There is no vote open.")
    if ballot.revealed:
        raise Refused("vote_over", "The votes are shown; this round is over.")
    who = person or turn.by.person
    if person:
        if turn.session.took_back(told_as(ballot, person)):
            raise Refused("refused_by_them", "They have refused that somebody votes for them in this round.")
        openly = f"{ballot.id} openly"
        pens = turn.room.pens_of(turn.session.code, person, openly)
        return Hand(ballot, pens or [turn.pen(openly, person)], person, openly=True)
    return Hand(ballot, [turn.pen(ballot.id)], who)


class VotesShown(Shown, frozen=True):
    """One's own dots and leanings by item, and how many are left."""

    items: dict[str, int]
    leanings: dict[str, str]
    left: int


class OwnVotes(Own):
    """One person's own votes, in every round that is still secret."""

    shapes: ClassVar[Mapping[str, type[Shown]]] = {"votes:": VotesShown}

    def look(self, sight: OwnSight) -> Iterator[tuple[str, Entity]]:
        ballots = sight.session.board.ballots
        for name in sight.piles():
            if name in ballots and not ballots[name].revealed:
                yield "votes:" + name, _votes(ballots[name], sight.pens(name))


def _votes(ballot: Ballot, pens: list[str]) -> VotesShown:
    items: dict[str, int] = {}
    leanings: dict[str, str] = {}
    for pen in pens:
        leanings.update(ballot.leanings.get(pen, {}))
        for item, dots in ballot.votes.get(pen, {}).items():
            items[item] = items.get(item, 0) + dots
    return VotesShown(items=items, leanings=leanings, left=ballot.budget - sum(items.values()))
