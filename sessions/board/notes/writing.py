"""Writing notes: add one, change or remove one's own, hide one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from sessions.board.notes.note import Note, NoteAdded, NoteEdited, NoteHidden, NoteRemoved
from sessions.room import Command, Turn
from sessions.rules import text
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import FigureWords, LineWords, NoteWords

if TYPE_CHECKING:
    from sessions.board.board import Board


Kind = Literal["", "continue", "change", "stop"]


class AddNote(Command, frozen=True, tag="add_note"):
    """Write a note into the pile of the present step. ``baseline`` and ``target``: from where, to where.

    ``kind`` is whether it continues, changes or stops something, ``why`` why it matters now.
    """

    who = "participants"
    text: NoteWords
    baseline: FigureWords = ""
    target: FigureWords = ""
    kind: Kind = ""
    why: LineWords = ""

    def decide(self, turn: Turn) -> list[Event]:
        words, why = text.clean(self.text, what="Your note"), _why(self.why)
        return [add(turn, turn.wall, words, _figure(self.baseline), _figure(self.target), self.kind, why)]


class EditNote(Command, frozen=True, tag="edit_note"):
    """Change a note. ``was`` is the text the change started from; another text by now is a clash."""

    note: Id
    text: NoteWords
    was: str | None = None
    baseline: FigureWords | None = None
    target: FigureWords | None = None
    kind: Kind | None = None
    why: LineWords | None = None

    def decide(self, turn: Turn) -> list[Event]:
        note = editable(turn, self.note)
        same_as_before(self.was, note.text, self.text)
        return [
            NoteEdited(
                note=note.id,
                text=text.clean(self.text, what="Your note"),
                baseline=note.baseline if self.baseline is None else _figure(self.baseline),
                target=note.target if self.target is None else _figure(self.target),
                kind=note.kind if self.kind is None else self.kind,
                why=note.why if self.why is None else _why(self.why),
            )
        ]


class RemoveNote(Command, frozen=True, tag="remove_note"):
    """Take one's own note away."""

    note: Id

    def decide(self, turn: Turn) -> list[Event]:
        note = own(turn, self.note)
        if note.shown and not _open_to_all(turn.board, note):
            raise Refused("already_shown", "Everyone has seen this note. Ask your facilitator to set it aside.")
        if note.cluster:
            raise Refused("in_a_group", "This note is part of a group now. Ask your facilitator to split it.")
        return [NoteRemoved(note=note.id)]


class HideNote(Command, frozen=True, tag="hide_note"):
    """Take a note off every screen, or put it back; for facilitators."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    note: Id
    hidden: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        note = turn.board.notes.get(self.note)
        if note is None or not note.shown:
            raise Refused("no_such_note", "That note is not there any more.")
        if note.hidden == self.hidden:
            return []
        return [NoteHidden(note=note.id, hidden=self.hidden)]


def taken_down(turn: Turn, pile: str, words: str, what: str, kind: str, on: str) -> list[Event]:
    """What a host writes down of what others say on a line: several lines of ``words`` are several notes."""
    said = text.lines(text.optional(words, text.PAGE, what), text.NOTE)
    if not said:
        raise Refused("blank", "{what} is empty. Write a few words first.", {"what": what})
    pen, shown = turn.pen(pile), not turn.board.piles[pile].collecting
    return [
        NoteAdded(note=turn.by.new_id(), pile=pile, pen=pen, text=line, kind=kind, on=on, heard=True, shown=shown)
        for line in said
    ]


def add(
    turn: Turn, name: str, words: str, baseline: str = "", target: str = "", kind: str = "", why: str = ""
) -> NoteAdded:
    """The fact of a new note in the pile called ``name``, within its limit; late ones are marked."""
    pile = turn.board.piles.get(name)
    if pile is None:
        raise Refused("not_now", "There is nothing to write in this step.")
    late = turn.written_for is not None
    if pile.hidden and not pile.collecting and not late:
        raise Refused("already_shown", "The notes are on the wall already. Say this one aloud.")
    pens = turn.own_pens(name)
    written = sum(len(pile.by_pen.get(pen, ())) for pen in pens)
    if pile.limit and written >= pile.limit:
        raise Refused(
            "enough_notes", "You have written all {limit}. Change or remove one to add another.", {"limit": pile.limit}
        )
    return NoteAdded(
        note=turn.by.new_id(),
        pile=name,
        pen=turn.pen(name),
        text=words,
        baseline=baseline,
        target=target,
        kind=kind,
        why=why,
        shown=not pile.collecting,
        late=late and not pile.private,
    )


def own(turn: Turn, id: str) -> Note:
    """The note, if whoever acts wrote it; somebody else's is as good as not there."""
    note = turn.board.notes.get(id)
    if note is None or not turn.holds_pen(note.pen):
        raise Refused("no_such_note", "That note is not there any more.")
    return note


def editable(turn: Turn, id: str) -> Note:
    """A note one may change: one's own before the show, any that is shown for a facilitator."""
    note = turn.board.notes.get(id)
    if note and note.shown and turn.is_facilitator():
        return note
    note = own(turn, id)
    if note.shown and not _open_to_all(turn.board, note):
        raise Refused("already_shown", "Everyone has seen this note. Ask your facilitator to change it.")
    return note


def _open_to_all(board: Board, note: Note) -> bool:
    return not board.piles[note.pile].hidden


def _why(words: str) -> str:
    return text.optional(words, text.LINE, "Why it matters now").replace("\n", " ")


def _figure(words: str) -> str:
    return text.optional(words, 30, "That figure").replace("\n", " ")
