"""Notes: written, changed and removed by whoever holds their pen, and hidden by a facilitator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from sessions.board.ballots import take_votes_off
from sessions.rules.event import BoardEvent

if TYPE_CHECKING:
    from sessions.board.board import Board
    from sessions.board.piles import Pile

#: From how many people of a team who could have written a note it shows the team (``spec/formats.md``, every room).
TEAM_FROM = 3


@dataclass(slots=True)
class Note:
    """One sticky note, kept under its writer's pen. ``rank`` is its place once it is shown."""

    id: str
    pile: str
    pen: str
    text: str
    baseline: str = ""
    target: str = ""
    kind: str = ""
    #: Why now, where that was asked.
    why: str = ""
    shown: bool = False
    rank: int = 0
    late: bool = False
    hidden: bool = False
    aside: bool = False
    cluster: str = ""
    objections: set[str] = field(default_factory=set)
    #: Of a gallery walk: the line it hangs on, the writer's team where that may be shown, the team it touches,
    #: and whether a host wrote down what was said.
    on: str = ""
    team: str = ""
    touches: str = ""
    heard: bool = False
    answer: str = ""
    reason: str = ""


def sentence(note: Note) -> str:
    """The note as one line, with ``from`` and ``to`` where they were given."""
    if note.baseline and note.target:
        return f"{note.text}, {note.baseline} to {note.target}"
    if note.target:
        return f"{note.text}, to {note.target}"
    if note.baseline:
        return f"{note.text}, from {note.baseline}"
    return note.text


class NoteAdded(BoardEvent, frozen=True, tag="note_added"):
    """Somebody wrote a note; ``shown`` only where the pile was open to all eyes at that moment."""

    unsigned: ClassVar[bool] = True
    note: str
    pile: str
    pen: str
    text: str
    baseline: str = ""
    target: str = ""
    kind: str = ""
    why: str = ""
    shown: bool = False
    late: bool = False
    on: str = ""
    team: str = ""
    touches: str = ""
    heard: bool = False

    def evolve(self, board: Board) -> None:
        pile = board.piles[self.pile]
        note = Note(
            self.note, self.pile, self.pen, self.text, self.baseline, self.target, self.kind, self.why, late=self.late,
            on=self.on, team=self.team, touches=self.touches, heard=self.heard,
        )  # fmt: skip
        board.notes[self.note] = note
        pile.notes.add(self.note)
        pile.by_pen.setdefault(self.pen, set()).add(self.note)
        if self.shown:
            put_up(pile, note)
        board.touch("note:" + self.note, "written")
        board.touched_pens.add(self.pen)


class NoteEdited(BoardEvent, frozen=True, tag="note_edited"):
    """A note's words changed."""

    unsigned: ClassVar[bool] = True
    note: str
    text: str
    baseline: str = ""
    target: str = ""
    kind: str = ""
    why: str = ""

    def evolve(self, board: Board) -> None:
        note = board.notes[self.note]
        note.text, note.baseline, note.target, note.kind = self.text, self.baseline, self.target, self.kind
        note.why = self.why
        board.touch("note:" + self.note)
        board.touched_pens.add(note.pen)


class NoteRemoved(BoardEvent, frozen=True, tag="note_removed"):
    """A note was taken away by its writer; dots on it go back to those who placed them."""

    unsigned: ClassVar[bool] = True
    note: str

    def evolve(self, board: Board) -> None:
        note = board.notes.pop(self.note)
        pile = board.piles[note.pile]
        pile.notes.discard(self.note)
        pile.shown -= note.shown
        pile.by_pen[note.pen].discard(self.note)
        take_votes_off(board, self.note)
        board.touch("note:" + self.note, "written")
        board.touched_pens.add(note.pen)


class NoteHidden(BoardEvent, frozen=True, tag="note_hidden"):
    """A facilitator took a note off the wall, or put it back."""

    note: str
    hidden: bool

    def evolve(self, board: Board) -> None:
        board.notes[self.note].hidden = self.hidden
        if self.hidden:
            take_votes_off(board, self.note)
        board.touch("note:" + self.note)


def put_up(pile: Pile, note: Note) -> None:
    pile.shown += 1
    pile.last_rank += 1
    note.rank = pile.last_rank
    note.shown = True
