"""The board: piles of notes, groups and ballots, found by id, and the keys that changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sessions.board.ballots import Ballot
from sessions.board.groups.group import Cluster
from sessions.board.notes.note import Note, sentence
from sessions.board.piles import Pile


@dataclass(slots=True)
class Board:
    """A session's piles, notes, clusters and ballots, and what changed since the last look."""

    piles: dict[str, Pile] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    clusters: dict[str, Cluster] = field(default_factory=dict)
    ballots: dict[str, Ballot] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    touched_pens: set[str] = field(default_factory=set)

    def items(self, pile: str, with_aside: bool = False) -> Iterator[Note | Cluster]:
        """What stands on the wall of a pile in the order it is shown: clusters, and notes in none."""
        found: list[Note | Cluster] = [
            self.notes[n]
            for n in (self.piles[pile].notes if pile in self.piles else ())
            if self.notes[n].shown and not self.notes[n].hidden and not self.notes[n].cluster
        ]
        found += [c for c in self.clusters.values() if c.pile == pile]
        found.sort(key=lambda thing: thing.rank)
        return (thing for thing in found if with_aside or not thing.aside)

    def item(self, id: str) -> Note | Cluster | None:
        """The thing on the wall with this id; a note in a cluster answers with its cluster."""
        if id in self.clusters:
            return self.clusters[id]
        note = self.notes.get(id)
        if note is None or not note.shown or note.hidden:
            return None
        return self.clusters[note.cluster] if note.cluster else note

    def wording(self, thing: Note | Cluster) -> str:
        """What an item says: a note's text with its figures, or a cluster's title."""
        return thing.title if isinstance(thing, Cluster) else sentence(thing)

    def waiting(self, pile: str) -> int:
        """How many notes of a pile wait to be shown."""
        return len(self.unseen(pile))

    def unseen(self, pile: str) -> list[str]:
        """The notes of a pile that wait to be shown, in an order that says nothing."""
        found = self.piles.get(pile)
        if found is None or found.private or found.shown == len(found.notes):
            return []
        return sorted(id for id in found.notes if not self.notes[id].shown and not self.notes[id].aside)

    def latest(self, name: str) -> Ballot | None:
        """The last round of the ballot called ``name``."""
        rounds = [b for b in self.ballots.values() if b.name == name]
        return rounds[-1] if rounds else None

    def touch(self, *keys: str) -> None:
        """Remember that these entities have to be looked at again."""
        self.touched.update(keys)
