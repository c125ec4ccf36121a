"""The board: piles of notes, clusters and ballots, found by id, and the keys that changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sessions.rules.dots import FIGURES_FROM, SPLIT_FROM


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
    shown: int = 0
    last_rank: int = 0


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


@dataclass(slots=True)
class Cluster:
    """Several notes that say one thing, under a title; it stands where its first note stood."""

    id: str
    pile: str
    title: str
    notes: list[str]
    rank: int
    aside: bool = False
    objections: set[str] = field(default_factory=set)
    answer: str = ""
    reason: str = ""


@dataclass(slots=True)
class Ballot:
    """One round of secret dots. ``votes`` and ``leanings`` are kept by pen, never by person."""

    id: str
    name: str
    round: int
    on: str
    budget: int
    per_item: int
    leans: bool
    revealed: bool = False
    votes: dict[str, dict[str, int]] = field(default_factory=dict)
    leanings: dict[str, dict[str, str]] = field(default_factory=dict)
    #: Pens whose votes did not count when it was shown: the same person has voted with another key since.
    resting: set[str] = field(default_factory=set)
    #: The run it was opened in, and whether a newer round stands in its place because both would tell too much.
    run: str = ""
    withheld: bool = False
    #: Pens that a facilitator voted with openly, and how many voted in secret when it was shown.
    openly: set[str] = field(default_factory=set)
    secret: int = -1
    #: Pens that took their last dot back themselves.
    taken_back: set[str] = field(default_factory=set)

    def cast(self) -> list[str]:
        """Pens that have voted, also where what they voted for was taken away since."""
        return [pen for pen in self.votes if pen not in self.taken_back]

    def voting(self, pen: str) -> dict[str, int]:
        """What a pen has placed, the pen being the last that voted from now on."""
        self.votes[pen] = self.votes.pop(pen, {})
        self.taken_back.discard(pen)
        return self.votes[pen]

    def counting(self) -> dict[str, dict[str, int]]:
        """What counts, by pen."""
        return {pen: placed for pen, placed in self.votes.items() if placed and pen not in self.resting}

    def tells(self) -> bool:
        """Whether its figures may be shown: what was cast openly hides nobody."""
        return self.revealed and not self.withheld and self._hidden() >= FIGURES_FROM

    def splits(self) -> bool:
        """Whether its figures may be split by what people said besides."""
        return self.tells() and self._hidden() >= SPLIT_FROM

    def _hidden(self) -> int:
        return self.voters() if self.secret < 0 else self.secret

    def leaning(self, lean: str) -> dict[str, int]:
        """Dots on each item by people who lean this way."""
        sums: dict[str, int] = {}
        for pen, placed in self.counting().items():
            for item, said in self.leanings.get(pen, {}).items():
                if said == lean and item in placed:
                    sums[item] = sums.get(item, 0) + placed[item]
        return dict(sorted(sums.items()))

    def used(self, pen: str) -> int:
        """Dots the pen has placed."""
        return sum(self.votes.get(pen, {}).values())

    def totals(self) -> dict[str, int]:
        """Dots on each item, all pens together, in an order that says nothing of who came first."""
        sums: dict[str, int] = {}
        for placed in self.counting().values():
            for item, dots in placed.items():
                sums[item] = sums.get(item, 0) + dots
        return dict(sorted(sums.items()))

    def voters(self) -> int:
        """How many pens have placed at least one dot."""
        return len(self.counting())


@dataclass(slots=True)
class Board:
    """A session's piles, notes, clusters and ballots, and what changed since the last look."""

    piles: dict[str, Pile] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    clusters: dict[str, Cluster] = field(default_factory=dict)
    ballots: dict[str, Ballot] = field(default_factory=dict)
    #: Rounds of the confidence vote, by id, in the order they were opened.
    rounds: dict[str, Any] = field(default_factory=dict)
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


def sentence(note: Note) -> str:
    """The note as one line, with ``from`` and ``to`` where they were given."""
    if note.baseline and note.target:
        return f"{note.text}, {note.baseline} to {note.target}"
    if note.target:
        return f"{note.text}, to {note.target}"
    if note.baseline:
        return f"{note.text}, from {note.baseline}"
    return note.text
