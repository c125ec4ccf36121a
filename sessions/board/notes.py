"""Facts about piles and notes, and what each does to the board."""

from typing import ClassVar

from sessions.board.board import Board, Note, Pile
from sessions.rules.event import BoardEvent


class PileOpened(BoardEvent, frozen=True, tag="pile_opened"):
    """A pile takes notes (again). Opening one that was shown hides only what is added from now on."""

    pile: str
    limit: int
    private: bool = False
    hidden: bool = True

    def evolve(self, board: Board) -> None:
        pile = board.piles.get(self.pile)
        if pile is None:
            pile = board.piles[self.pile] = Pile(self.pile, self.limit, self.private, self.hidden, False)
        pile.limit, pile.hidden = self.limit, self.hidden
        pile.collecting = self.hidden or self.private
        board.touch("pile:" + self.pile)


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
    shown: bool = False
    late: bool = False
    on: str = ""
    team: str = ""
    touches: str = ""
    heard: bool = False

    def evolve(self, board: Board) -> None:
        pile = board.piles[self.pile]
        note = Note(
            self.note, self.pile, self.pen, self.text, self.baseline, self.target, self.kind, late=self.late,
            on=self.on, team=self.team, touches=self.touches, heard=self.heard,
        )  # fmt: skip
        board.notes[self.note] = note
        pile.notes.add(self.note)
        pile.by_pen.setdefault(self.pen, set()).add(self.note)
        if self.shown:
            _show(pile, note)
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

    def evolve(self, board: Board) -> None:
        note = board.notes[self.note]
        note.text, note.baseline, note.target, note.kind = self.text, self.baseline, self.target, self.kind
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


class HeapAnswered(BoardEvent, frozen=True, tag="heap_answered"):
    """A team says what becomes of a heap of notes, or of one note; no answer opens it again."""

    item: str
    answer: str
    reason: str = ""

    def evolve(self, board: Board) -> None:
        thing = board.clusters.get(self.item) or board.notes[self.item]
        thing.answer, thing.reason = self.answer, self.reason
        board.touch(("cluster:" if self.item in board.clusters else "note:") + self.item)


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
                _show(pile, note)
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


def take_votes_off(board: Board, item: str) -> None:
    """Remove every dot and leaning on ``item`` from rounds that are still secret."""
    for ballot in board.ballots.values():
        if ballot.revealed:
            continue
        for pen, placed in ballot.votes.items():
            if placed.pop(item, 0):
                ballot.leanings.get(pen, {}).pop(item, None)
                board.touched_pens.add(pen)


def _show(pile: Pile, note: Note) -> None:
    pile.shown += 1
    pile.last_rank += 1
    note.rank = pile.last_rank
    note.shown = True
