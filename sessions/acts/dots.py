"""Voting: dots are placed and taken back in secret, within the budget, and leaned towards now or later."""

from dataclasses import dataclass
from typing import Literal

from sessions.acts.clusters import on_the_wall
from sessions.board import Ballot
from sessions.board.ballots import BallotOpened, BallotSetAside, BallotShown, DotPlaced, DotTaken, Leaned
from sessions.room import Command, Turn
from sessions.rules import dots as rule
from sessions.rules.event import Event
from sessions.rules.refusal import Refused


class PlaceDot(Command, frozen=True, tag="place_dot"):
    """Put one dot on an item. A facilitator may do it for ``person``, which is not secret."""

    item: str
    person: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        hand = _hand(turn, self.person)
        ballot = hand.ballot
        item = on_the_wall(turn, self.item)
        if item.pile != ballot.on or item.aside:
            raise Refused("no_such_item", "That is not one of the things to vote on.")
        if hand.used() >= ballot.budget:
            all_used = f"You have used all {ballot.budget} dots." if ballot.budget > 1 else "You have voted."
            raise Refused("budget_spent", f"{all_used} Take one back to move it.")
        if hand.on(item.id) >= ballot.per_item:
            most = "One dot" if ballot.per_item == 1 else f"{ballot.per_item} dots"
            raise Refused("item_full", f"{most} on one idea is the most.")
        return [DotPlaced(ballot=ballot.id, item=item.id, pen=hand.pens[0], openly=bool(self.person))]


class TakeDot(Command, frozen=True, tag="take_dot"):
    """Take one dot back from an item."""

    item: str
    person: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        hand = _hand(turn, self.person)
        thing = turn.board.item(self.item)
        item = thing.id if thing else self.item
        return [DotTaken(ballot=hand.ballot.id, item=item, pen=hand.holding(item))]


class Lean(Command, frozen=True, tag="lean"):
    """Say of an item one dotted whether it is pressing now or builds for later; empty takes it back."""

    item: str
    lean: Literal["now", "later", ""]
    person: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        hand = _hand(turn, self.person)
        item = on_the_wall(turn, self.item).id
        if not hand.ballot.leans:
            raise Refused("not_now", "This vote does not ask for now or later.")
        return [Leaned(ballot=hand.ballot.id, item=item, pen=hand.holding(item), lean=self.lean)]


@dataclass(frozen=True)
class Hand:
    """What one person holds in a ballot: usually one pen, more where entries were merged."""

    ballot: Ballot
    pens: list[str]

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


def open_round(turn: Turn, name: str, on: str, budget: int | None, per_item: int, leans: bool) -> list[Event]:
    """Open the vote called ``name``; a round still secret goes on, after a shown one a new one opens."""
    last = turn.board.latest(name)
    if last and not last.revealed:
        return []
    number = last.round + 1 if last else 1
    items = sum(1 for _ in turn.board.items(on)) + turn.board.waiting(on)
    return [
        BallotOpened(
            ballot=name if number == 1 else f"{name}.{number}",
            name=name,
            round=number,
            on=on,
            budget=rule.budget(items, budget),
            per_item=per_item,
            leans=leans,
        )
    ]


def show(ballot: Ballot | None) -> list[Event]:
    """Show the totals of a round."""
    return [BallotShown(ballot=ballot.id)] if ballot and not ballot.revealed else []


def set_aside(ballot: Ballot | None) -> list[Event]:
    """Leave a round without showing it."""
    return [BallotSetAside(ballot=ballot.id)] if ballot and not ballot.revealed else []


def _hand(turn: Turn, person: str) -> Hand:
    """The open ballot and the pens to vote with.

    What a facilitator votes for somebody stands under a pen of its own: whoever has voted in secret
    cannot be voted for, so that nothing a facilitator tries tells how.
    """
    if person:
        turn.must_facilitate()
        if "participant" not in turn.session.roles.get(person, ()):
            raise Refused("no_such_person", "That person is not taking part.")
    else:
        turn.must_take_part()
    ballot = turn.board.latest(turn.setting("ballot", ""))
    if ballot is None:
        raise Refused("not_now", "There is no vote open.")
    if ballot.revealed:
        raise Refused("vote_over", "The votes are shown; this round is over.")
    who, openly = person or turn.by.person, f"{ballot.id} openly"
    secret = turn.room.pens_of(turn.session.code, who, ballot.id)
    open_ = turn.room.pens_of(turn.session.code, who, openly)
    if person and secret:
        raise Refused("votes_alone", "They vote on a screen of their own.")
    if not person and open_:
        raise Refused("voted_for", "Your facilitator votes for you in this round.")
    return Hand(ballot, (open_ if person else secret) or [turn.pen(openly if person else ballot.id, who)])
