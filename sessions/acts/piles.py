"""Showing: a pile is opened for writing, shown in shuffled order, or left unseen."""

from sessions.board.notes import PileOpened, PileSetAside, PileShown
from sessions.room import Turn
from sessions.rules.event import Event


def open_pile(name: str, limit: int, private: bool = False, hidden: bool = True) -> Event:
    """A pile takes notes from now on."""
    return PileOpened(pile=name, limit=limit, private=private, hidden=hidden)


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
