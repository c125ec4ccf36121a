"""Voting: dots are placed and taken back in secret, within the budget, and leaned towards now or later."""

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
        ballot, pen = _ballot_and_pen(turn, self.person)
        item = on_the_wall(turn, self.item)
        if item.pile != ballot.on or item.aside:
            raise Refused("no_such_item", "That is not one of the things to vote on.")
        if ballot.used(pen) >= ballot.budget:
            all_used = f"You have used all {ballot.budget} dots." if ballot.budget > 1 else "You have voted."
            raise Refused("budget_spent", f"{all_used} Take one back to move it.")
        if ballot.votes.get(pen, {}).get(item.id, 0) >= ballot.per_item:
            most = "One dot" if ballot.per_item == 1 else f"{ballot.per_item} dots"
            raise Refused("item_full", f"{most} on one idea is the most.")
        return [DotPlaced(ballot=ballot.id, item=item.id, pen=pen, openly=bool(self.person))]


class TakeDot(Command, frozen=True, tag="take_dot"):
    """Take one dot back from an item."""

    item: str
    person: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        ballot, pen = _ballot_and_pen(turn, self.person)
        thing = turn.board.item(self.item)
        item = thing.id if thing else self.item
        if not ballot.votes.get(pen, {}).get(item):
            raise Refused("no_dot", "There is no dot of yours on that.")
        return [DotTaken(ballot=ballot.id, item=item, pen=pen)]


class Lean(Command, frozen=True, tag="lean"):
    """Say of an item one dotted whether it is pressing now or builds for later; empty takes it back."""

    item: str
    lean: Literal["now", "later", ""]
    person: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        ballot, pen = _ballot_and_pen(turn, self.person)
        item = on_the_wall(turn, self.item).id
        if not ballot.leans:
            raise Refused("not_now", "This vote does not ask for now or later.")
        if not ballot.votes.get(pen, {}).get(item):
            raise Refused("no_dot", "Give it a dot first; then say whether it is for now or for later.")
        return [Leaned(ballot=ballot.id, item=item, pen=pen, lean=self.lean)]


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


def _ballot_and_pen(turn: Turn, person: str) -> tuple[Ballot, str]:
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
    if turn.session.stopped:
        raise Refused("stopped", "Your facilitator has stopped input for now.")
    return ballot, turn.pen(ballot.id, person)
