"""Ballots: a round of secret votes is opened with its budget, and shown once or left unseen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from sessions.board.counting import as_it_counts, who_counts
from sessions.room import Turn
from sessions.room.kind import ForAll, Shown, Sight
from sessions.rules import dots, voting
from sessions.rules.event import BoardEvent, Event
from sessions.rules.voting import FIGURES_FROM, SPLIT_FROM

if TYPE_CHECKING:
    from sessions.board.board import Board


@dataclass(slots=True)
class Ballot:
    """One round of secret dots. ``votes`` and ``leanings`` are kept by pen, never by person."""

    id: str
    name: str
    round: int
    on: str
    budget: int
    per_item: int
    leans: bool
    revealed: bool = False
    votes: dict[str, dict[str, int]] = field(default_factory=dict)
    leanings: dict[str, dict[str, str]] = field(default_factory=dict)
    #: Pens whose votes did not count when it was shown: the same person has voted with another key since.
    resting: set[str] = field(default_factory=set)
    #: The run it was opened in, and whether a newer round stands in its place because both would tell too much.
    run: str = ""
    withheld: bool = False
    #: Pens that a facilitator voted with openly, and how many voted in secret when it was shown.
    openly: set[str] = field(default_factory=set)
    secret: int = -1
    #: Pens that took their last dot back themselves.
    taken_back: set[str] = field(default_factory=set)

    def cast(self) -> list[str]:
        """Pens that have voted, also where what they voted for was taken away since."""
        return [pen for pen in self.votes if pen not in self.taken_back]

    def voting(self, pen: str) -> dict[str, int]:
        """What a pen has placed, the pen being the last that voted from now on."""
        self.votes[pen] = self.votes.pop(pen, {})
        self.taken_back.discard(pen)
        return self.votes[pen]

    @property
    def shown(self) -> bool:
        """Whether it was shown."""
        return self.revealed

    def counting(self) -> dict[str, dict[str, int]]:
        """What counts, by pen."""
        return {pen: placed for pen, placed in self.votes.items() if placed and pen not in self.resting}

    def tells(self) -> bool:
        """Whether its figures may be shown: what was cast openly hides nobody."""
        return self.revealed and not self.withheld and self._hidden() >= FIGURES_FROM

    def splits(self) -> bool:
        """Whether its figures may be split by what people said besides."""
        return self.tells() and self._hidden() >= SPLIT_FROM

    def _hidden(self) -> int:
        return self.voters() if self.secret < 0 else self.secret

    def leaning(self, lean: str) -> dict[str, int]:
        """Dots on each item by people who lean this way."""
        sums: dict[str, int] = {}
        for pen, placed in self.counting().items():
            for item, said in self.leanings.get(pen, {}).items():
                if said == lean and item in placed:
                    sums[item] = sums.get(item, 0) + placed[item]
        return dict(sorted(sums.items()))

    def used(self, pen: str) -> int:
        """Dots the pen has placed."""
        return sum(self.votes.get(pen, {}).values())

    def totals(self) -> dict[str, int]:
        """Dots on each item, all pens together, in an order that says nothing of who came first."""
        sums: dict[str, int] = {}
        for placed in self.counting().values():
            for item, count in placed.items():
                sums[item] = sums.get(item, 0) + count
        return dict(sorted(sums.items()))

    def voters(self) -> int:
        """How many pens have placed at least one dot."""
        return len(self.counting())


class BallotOpened(BoardEvent, frozen=True, tag="ballot_opened"):
    """A round of votes is open; from here on its budget can only grow."""

    ballot: str
    name: str
    round: int
    on: str
    budget: int
    per_item: int
    leans: bool = False
    run: str = ""

    def evolve(self, board: Board) -> None:
        board.ballots[self.ballot] = Ballot(
            self.ballot, self.name, self.round, self.on, self.budget, self.per_item, self.leans, run=self.run
        )
        board.touch("ballot:" + self.ballot)


class BallotWidened(BoardEvent, frozen=True, tag="ballot_widened"):
    """Everybody has more dots in a round, or may put more on one thing; never fewer."""

    ballot: str
    budget: int
    per_item: int

    def evolve(self, board: Board) -> None:
        ballot = board.ballots[self.ballot]
        ballot.budget, ballot.per_item = self.budget, self.per_item
        board.touch("ballot:" + self.ballot)


class BallotShown(BoardEvent, frozen=True, tag="ballot_shown"):
    """The totals of a round are shown; it never reopens.

    Beside it the rounds in ``withholds`` would tell how one or two people voted, so it stands in their place.
    """

    ballot: str
    withholds: list[str] = []
    #: Pens whose votes do not count, and how many have voted in secret with a key of their own.
    resting: list[str] = []
    secret: int = -1

    def evolve(self, board: Board) -> None:
        ballot = board.ballots[self.ballot]
        ballot.revealed, ballot.secret = True, self.secret
        ballot.resting = set(self.resting)
        for older in self.withholds:
            board.ballots[older].withheld = True
            board.touch("ballot:" + older)
        board.touch("ballot:" + self.ballot)
        board.touched_pens.update(ballot.votes)


class BallotSetAside(BoardEvent, frozen=True, tag="ballot_set_aside"):
    """A round was left without being shown; its votes stay unseen for ever."""

    ballot: str

    def evolve(self, board: Board) -> None:
        board.touched_pens.update(board.ballots.pop(self.ballot).votes)
        board.touch("ballot:" + self.ballot)


def open_round(
    turn: Turn, name: str, on: str, budget: int | None, per_item: int, leans: bool, run: str = "", anew: bool = True
) -> list[Event]:
    """Open the vote called ``name``; a round still secret goes on, after a shown one a new one opens if ``anew``."""
    last = turn.board.latest(name)
    if last and (not last.revealed or not anew):
        return []
    number = last.round + 1 if last else 1
    items = sum(1 for _ in turn.board.items(on)) + turn.board.waiting(on)
    return [
        BallotOpened(
            ballot=name if number == 1 else f"{name}.{number}",
            name=name,
            round=number,
            on=on,
            budget=dots.budget(items, budget),
            per_item=per_item,
            leans=leans,
            run=run,
        )
    ]


def widen(ballot: Ballot | None, budget: int, per_item: int) -> list[Event]:
    """A round that is still secret gets what of these is more than it has: votes stay within whatever there was."""
    if ballot is None or ballot.revealed:
        return []
    wider = max(budget, ballot.budget), max(per_item, ballot.per_item)
    return [BallotWidened(ballot.id, *wider)] if wider != (ballot.budget, ballot.per_item) else []


def show(turn: Turn, ballot: Ballot | None) -> list[Event]:
    """Show the totals of a round, in the place of those that would tell too much beside it."""
    if ballot is None or ballot.revealed:
        return []
    counts = as_it_counts(turn.room, turn.session, ballot)
    older = [b for b in turn.board.ballots.values() if b.name == ballot.name and b.revealed and not b.withheld]
    beside = {b.id: who_counts(turn.room, b) for b in older}
    return [
        BallotShown(
            ballot=ballot.id,
            withholds=voting.to_withhold(who_counts(turn.room, counts), beside),
            resting=sorted(counts.resting),
            secret=counts.secret,
        )
    ]


def set_aside(ballot: Ballot | None) -> list[Event]:
    """Leave a round without showing it."""
    return [BallotSetAside(ballot=ballot.id)] if ballot and not ballot.revealed else []


def take_votes_off(board: Board, item: str) -> None:
    """Remove every dot and leaning on ``item`` from rounds that are still secret."""
    for ballot in board.ballots.values():
        if ballot.revealed:
            continue
        for pen, placed in ballot.votes.items():
            if placed.pop(item, 0):
                ballot.leanings.get(pen, {}).pop(item, None)
                board.touched_pens.add(pen)


class BallotSeen(Shown, frozen=True):
    """A round of votes. Once it is ``shown``: how many voted, and (if it ``tells``) the dots by item.

    ``withheld``: nothing is told, as it would tell who; ``later`` and ``now`` are where dots lean, by item.
    """

    name: str
    round: int
    on: str
    budget: int
    per_item: int
    leans: bool
    shown: bool
    voters: int | msgspec.UnsetType = msgspec.UNSET
    tells: bool | msgspec.UnsetType = msgspec.UNSET
    withheld: bool | msgspec.UnsetType = msgspec.UNSET
    totals: dict[str, int] | msgspec.UnsetType = msgspec.UNSET
    later: dict[str, int] | msgspec.UnsetType = msgspec.UNSET
    now: dict[str, int] | msgspec.UnsetType = msgspec.UNSET


class ShownBallot(ForAll):
    """A round of votes; its totals once it was shown."""

    name = "ballot"
    shape = BallotSeen

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.session.board.ballots

    def look(self, sight: Sight, id: str) -> BallotSeen | None:
        ballot = sight.session.board.ballots.get(id)
        if ballot is None:
            return None
        unset = msgspec.UNSET
        leans = ballot.leans and ballot.splits()
        return BallotSeen(
            name=ballot.name,
            round=ballot.round,
            on=ballot.on,
            budget=ballot.budget,
            per_item=ballot.per_item,
            leans=ballot.leans,
            shown=ballot.revealed,
            voters=ballot.voters() if ballot.revealed else unset,
            tells=ballot.tells() if ballot.revealed else unset,
            withheld=ballot.withheld if ballot.revealed else unset,
            totals=ballot.totals() if ballot.tells() else unset,
            later=ballot.leaning("later") if leans else unset,
            now=ballot.leaning("now") if leans else unset,
        )
