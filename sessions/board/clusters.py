"""Facts about what belongs together: merging, splitting, titles, setting aside, objecting."""

from typing import ClassVar

from sessions.board.board import Board, Cluster
from sessions.board.notes import take_votes_off
from sessions.rules.event import BoardEvent


class Merged(BoardEvent, frozen=True, tag="merged"):
    """Several items became one. ``dots`` says, by ballot and pen, what stays on it; the rest was refunded."""

    cluster: str
    pile: str
    title: str
    items: list[str]
    notes: list[str]
    dots: dict[str, dict[str, int]]
    leanings: dict[str, dict[str, str]]
    refunds: dict[str, dict[str, int]]

    def evolve(self, board: Board) -> None:
        rank = min(_rank(board, item) for item in self.items)
        _take_old_votes(board, self.items)
        for item in self.items:
            if item in board.clusters:
                board.touched_pens.update(board.clusters[item].objections)
                del board.clusters[item]
                board.touch("cluster:" + item)
        for id in self.notes:
            board.notes[id].cluster = self.cluster
            board.touch("note:" + id)
        board.clusters[self.cluster] = Cluster(self.cluster, self.pile, self.title, list(self.notes), rank)
        for name, by_pen in self.dots.items():
            for pen, dots in by_pen.items():
                board.ballots[name].votes.setdefault(pen, {})[self.cluster] = dots
                board.touched_pens.add(pen)
            board.touch("ballot:" + name)
        for name, leaning in self.leanings.items():
            for pen, lean in leaning.items():
                board.ballots[name].leanings.setdefault(pen, {})[self.cluster] = lean
        board.touch("cluster:" + self.cluster)


class NoteSplit(BoardEvent, frozen=True, tag="note_split"):
    """A note left its cluster and stands alone again."""

    note: str

    def evolve(self, board: Board) -> None:
        note = board.notes[self.note]
        cluster = board.clusters[note.cluster]
        cluster.notes.remove(self.note)
        note.cluster = ""
        board.touch("cluster:" + cluster.id, "note:" + self.note)


class ClusterDissolved(BoardEvent, frozen=True, tag="cluster_dissolved"):
    """A cluster fell apart into its notes; dots that were on it went back to those who placed them."""

    cluster: str

    def evolve(self, board: Board) -> None:
        cluster = board.clusters.pop(self.cluster)
        board.touched_pens.update(cluster.objections)
        for id in cluster.notes:
            board.notes[id].cluster = ""
            board.touch("note:" + id)
        take_votes_off(board, self.cluster)
        board.touch("cluster:" + self.cluster)


class ItemTitled(BoardEvent, frozen=True, tag="item_titled"):
    """A cluster got its title."""

    item: str
    title: str

    def evolve(self, board: Board) -> None:
        board.clusters[self.item].title = self.title
        board.touch("cluster:" + self.item)


class ItemSetAside(BoardEvent, frozen=True, tag="item_set_aside"):
    """An item was set aside for later, or taken up again; dots on it were refunded."""

    item: str
    aside: bool

    def evolve(self, board: Board) -> None:
        thing = board.clusters.get(self.item) or board.notes[self.item]
        thing.aside = self.aside
        if self.aside:
            take_votes_off(board, self.item)
        board.touch(_key(board, self.item))


class Objected(BoardEvent, frozen=True, tag="objected"):
    """Somebody says, unsigned, that an item is wrong as it stands, or takes that back."""

    unsigned: ClassVar[bool] = True
    item: str
    pen: str
    on: bool = True

    def evolve(self, board: Board) -> None:
        thing = board.clusters.get(self.item) or board.notes[self.item]
        (thing.objections.add if self.on else thing.objections.discard)(self.pen)
        board.touch(_key(board, self.item))
        board.touched_pens.add(self.pen)


def _take_old_votes(board: Board, items: list[str]) -> None:
    for ballot in board.ballots.values():
        for pen, placed in ballot.votes.items():
            for item in items:
                if placed.pop(item, 0):
                    ballot.leanings.get(pen, {}).pop(item, None)
                    board.touched_pens.add(pen)


def _rank(board: Board, item: str) -> int:
    return (board.clusters.get(item) or board.notes[item]).rank


def _key(board: Board, item: str) -> str:
    return ("cluster:" if item in board.clusters else "note:") + item
