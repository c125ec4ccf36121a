"""Notes: written, changed and removed by whoever holds their pen, and hidden by a facilitator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

from sessions.board.ballots import take_votes_off
from sessions.room import Command, Turn
from sessions.room.kind import AtPlace, Entity, ForAll, ForHelm, Own, OwnSight, Shown, Sight, Touched
from sessions.rules import text
from sessions.rules.event import BoardEvent, Event
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import FigureWords, NoteWords

if TYPE_CHECKING:
    from sessions.board.board import Board
    from sessions.board.piles import Pile


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


Kind = Literal["", "continue", "change", "stop"]


class AddNote(Command, frozen=True, tag="add_note"):
    """Write a note into the pile of the present step. ``baseline`` and ``target``: from where, to where."""

    who = "participants"
    text: NoteWords
    baseline: FigureWords = ""
    target: FigureWords = ""
    kind: Kind = ""

    def decide(self, turn: Turn) -> list[Event]:
        words = text.clean(self.text, what="Your note")
        return [add(turn, turn.setting("pile"), words, _figure(self.baseline), _figure(self.target), self.kind)]


class TurnIntoIdea(Command, frozen=True, tag="turn_into_idea"):
    """Copy one's own private line into the pile of ideas, where it waits with the others."""

    note: Id

    def decide(self, turn: Turn) -> list[Event]:
        note = own(turn, self.note)
        into = turn.setting("into")
        if not into:
            raise Refused("not_now", "Lines become ideas in the step where you write for yourself.")
        return [add(turn, into, note.text)]


class EditNote(Command, frozen=True, tag="edit_note"):
    """Change a note. ``was`` is the text the change started from; another text by now is a clash."""

    note: Id
    text: NoteWords
    was: str | None = None
    baseline: FigureWords | None = None
    target: FigureWords | None = None
    kind: Kind | None = None

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


class NoteShown(Shown, frozen=True):
    """A note as everybody sees it who sees it at all.

    ``cluster`` is its group, ``on`` the line of a poster it is on, ``touches`` another team.
    """

    pile: str
    text: str
    rank: float
    baseline: str = ""
    target: str = ""
    kind: str = ""
    cluster: str = ""
    on: str = ""
    team: str = ""
    touches: str = ""
    answer: str = ""
    reason: str = ""
    late: bool = False
    aside: bool = False
    heard: bool = False
    objections: int = 0


class NoteWritten(Shown, frozen=True):
    """A note as its writer sees it; ``shown`` is whether others do."""

    pile: str
    text: str
    rank: float
    shown: bool
    baseline: str = ""
    target: str = ""
    kind: str = ""
    late: bool = False
    on: str = ""
    touches: str = ""


class HiddenSeen(Shown, frozen=True):
    """What stood on a note that was taken off the wall."""

    text: str


class ShownNote(ForAll):
    """A note that was shown and is not hidden; one that stands at a place is seen there alone."""

    name = "note"
    shape = NoteShown

    def ids(self, sight: Sight) -> Iterable[str]:
        notes = sight.session.board.notes
        return (id for id in sorted(notes) if notes[id].shown)

    def look(self, sight: Sight, id: str) -> NoteShown | None:
        note = sight.session.board.notes.get(id)
        return None if note is None or sight.session.board.piles[note.pile].place else as_shown(note)


class NoteAtPlace(AtPlace):
    """A note at a place, while what people do shows notes there."""

    name = "note"
    shape = NoteShown
    on = frozenset({"places"})

    def ids(self, sight: Sight) -> Iterable[str]:
        piles = sight.session.board.piles.values()
        return (id for pile in piles if pile.place for id in sorted(pile.notes))

    def place_of(self, sight: Sight, id: str) -> str:
        board = sight.session.board
        return board.piles[board.notes[id].pile].place if id in board.notes else ""

    def look(self, sight: Sight, id: str) -> NoteShown | None:
        return as_shown(sight.session.board.notes.get(id)) if sight.shows_notes() else None


class HiddenNote(ForHelm):
    """A note that a facilitator took off the wall, to be put back."""

    name = "hidden"
    shape = HiddenSeen

    def ids(self, sight: Sight) -> Iterable[str]:
        return (id for id, note in sight.session.board.notes.items() if note.hidden)

    def stale(self, sight: Sight, touched: Touched) -> Iterable[str]:
        return touched.get("note", ())

    def look(self, sight: Sight, id: str) -> HiddenSeen | None:
        note = sight.session.board.notes.get(id)
        return HiddenSeen(text=note.text) if note and note.hidden and note.shown else None


class OwnNotes(Own):
    """Notes as their writer sees them."""

    shapes: ClassVar[Mapping[str, type[Shown] | None]] = {"note:": NoteWritten}

    def look(self, sight: OwnSight) -> Iterator[tuple[str, Entity]]:
        board = sight.session.board
        for name in sight.piles():
            if name in board.piles:
                by_pen = board.piles[name].by_pen
                ids = (id for pen in sight.pens_seen(name) for id in by_pen.get(pen, ()))
                yield from (("note:" + id, as_written(board.notes[id])) for id in ids)


def as_shown(note: Note | None) -> NoteShown | None:
    """A note as everybody sees it who sees it at all."""
    if note is None or not note.shown or note.hidden:
        return None
    return NoteShown(
        pile=note.pile,
        text=note.text,
        rank=note.rank,
        baseline=note.baseline,
        target=note.target,
        kind=note.kind,
        cluster=note.cluster,
        on=note.on,
        team=note.team,
        touches=note.touches,
        answer=note.answer,
        reason=note.reason,
        late=note.late,
        aside=note.aside,
        heard=note.heard,
        objections=len(note.objections),
    )


def as_written(note: Note) -> NoteWritten:
    """A note as its writer sees it."""
    return NoteWritten(
        pile=note.pile,
        text=note.text,
        rank=note.rank,
        shown=note.shown,
        baseline=note.baseline,
        target=note.target,
        kind=note.kind,
        late=note.late,
        on=note.on,
        touches=note.touches,
    )


def add(turn: Turn, name: str, words: str, baseline: str = "", target: str = "", kind: str = "") -> NoteAdded:
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


def _figure(words: str) -> str:
    return text.optional(words, 30, "That figure").replace("\n", " ")


def put_up(pile: Pile, note: Note) -> None:
    pile.shown += 1
    pile.last_rank += 1
    note.rank = pile.last_rank
    note.shown = True
