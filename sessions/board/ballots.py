"""Facts about secret votes: a round opens with its budget, dots come and go, totals are shown once."""

from typing import ClassVar, Literal

from sessions.board.board import Ballot, Board
from sessions.rules.event import BoardEvent


class BallotOpened(BoardEvent, frozen=True, tag="ballot_opened"):
    """A round of votes is open; its budget is fixed from here on."""

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
