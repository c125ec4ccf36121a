"""Piles: opened for writing, shown in shuffled order, or left unseen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sessions.board.notes.note import put_up
from sessions.room import Turn
from sessions.rules.event import BoardEvent, Event

if TYPE_CHECKING:
    from sessions.board.board import Board


@dataclass(slots=True)
class Pile:
    """Notes written for one purpose. ``collecting`` while what is added stays unseen until a show;
    ``hidden`` piles are shown in one go, others as they are written; a ``limit`` of 0 is none.
    """

    id: str
    limit: int
    private: bool
    hidden: bool
    collecting: bool
    notes: set[str] = field(default_factory=set)
    by_pen: dict[str, set[str]] = field(default_factory=dict)
    #: The place it stands at, and is seen at alone; none for one that everybody sees.
    place: str = ""
    shown: int = 0
    last_rank: int = 0


class PileOpened(BoardEvent, frozen=True, tag="pile_opened"):
    """A pile takes notes (again). Opening one that was shown hides only what is added from now on."""

    pile: str
    limit: int
    private: bool = False
    hidden: bool = True
    #: Where its notes are seen alone; the first house named the pile of a place after it.
    place: str = ""

    def evolve(self, board: Board) -> None:
        pile = board.piles.get(self.pile)
        if pile is None:
            pile = board.piles[self.pile] = Pile(self.pile, self.limit, self.private, self.hidden, False)
            pile.place = self.place or self.pile.partition("poster:")[2]
        pile.limit, pile.hidden = self.limit, self.hidden
        pile.collecting = self.hidden or self.private
        board.touch("pile:" + self.pile)


class PileWidened(BoardEvent, frozen=True, tag="pile_widened"):
    """A pile takes more notes of each; a ``limit`` of 0 is none."""

    pile: str
    limit: int

    def evolve(self, board: Board) -> None:
        board.piles[self.pile].limit = self.limit
        board.touch("pile:" + self.pile)


class PileShown(BoardEvent, frozen=True, tag="pile_shown"):
    """Everything written so far is shown to all, in this shuffled order."""

    pile: str
    order: list[str]

    def evolve(self, board: Board) -> None:
        pile = board.piles[self.pile]
        pile.collecting = False
        for id in self.order:
            note = board.notes.get(id)
            if note and not note.shown:
                put_up(pile, note)
                board.touch("note:" + id)
                board.touched_pens.add(note.pen)
        board.touch("pile:" + self.pile)


class PileSetAside(BoardEvent, frozen=True, tag="pile_set_aside"):
    """What is not shown in this pile now stays unseen, also when the pile is shown later."""

    pile: str

    def evolve(self, board: Board) -> None:
        for id in board.piles[self.pile].notes:
            note = board.notes[id]
            note.aside = note.aside or not note.shown
        board.touch("pile:" + self.pile)


def open_pile(name: str, limit: int, private: bool = False, hidden: bool = True) -> Event:
    """A pile takes notes from now on."""
    return PileOpened(pile=name, limit=limit, private=private, hidden=hidden)


def widen(turn: Turn, name: str, limit: int) -> list[Event]:
    """A pile takes more of each from now on, where ``limit`` is more."""
    pile = turn.board.piles.get(name)
    more = pile is not None and pile.limit and (limit > pile.limit or not limit)
    return [PileWidened(pile=name, limit=limit)] if more else []


def show(turn: Turn, name: str) -> list[Event]:
    """Show what is in a pile, shuffled, so that no place gives a writer away."""
    pile = turn.board.piles.get(name)
    unseen = turn.board.unseen(name)
    if pile is None or pile.private or not (pile.collecting or unseen):
        return []
    return [PileShown(pile=name, order=turn.by.shuffle(unseen))]


def leave(turn: Turn, name: str) -> list[Event]:
    """Leave what is not shown in a pile unseen."""
    return [PileSetAside(pile=name)] if turn.board.waiting(name) else []
