"""What a session owns: piles of notes, groups of notes, and votes on them."""

from sessions.board.board import Ballot, Board, Cluster, Note, Pile

__all__ = ["Ballot", "Board", "Cluster", "Note", "Pile"]
