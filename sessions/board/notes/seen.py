"""What everybody, a facilitator, a place and its writer see of a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from sessions.board.notes.note import Note
from sessions.room.kind import AtPlace, Entity, ForAll, ForHelm, Own, OwnSight, Shown, Sight, Touched

if TYPE_CHECKING:
    pass


class NoteShown(Shown, frozen=True):
    """A note as everybody sees it who sees it at all.

    ``cluster`` is its group, ``on`` the line of a poster it is on, ``touches`` another team, ``why`` is why now.
    """

    pile: str
    text: str
    rank: float
    baseline: str = ""
    target: str = ""
    kind: str = ""
    why: str = ""
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
    why: str = ""
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

    many = True
    shapes: ClassVar[Mapping[str, type[Shown]]] = {"note:": NoteWritten}

    def look(self, sight: OwnSight) -> Iterator[tuple[str, Entity]]:
        board = sight.session.board
        for name in sight.piles():
            if name in board.piles:
                by_pen = board.piles[name].by_pen
                ids = (id for pen in sight.pens_seen(name) for id in by_pen.get(pen, ()))
                yield from (("note:" + id, as_written(board.notes[id])) for id in ids)

    def again(self, sight: OwnSight, touched: Touched) -> Iterator[tuple[str, Entity | None]]:
        board, ids = sight.session.board, touched.get("note", set())
        for name in sight.piles() if ids else ():
            if name in board.piles:
                by_pen = board.piles[name].by_pen
                for pen in sight.pens_seen(name):
                    yield from (("note:" + id, as_written(board.notes[id])) for id in ids & by_pen.get(pen, set()))
        yield from (("note:" + id, None) for id in ids if id not in board.notes)


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
        why=note.why,
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
        why=note.why,
        late=note.late,
        on=note.on,
        touches=note.touches,
    )
