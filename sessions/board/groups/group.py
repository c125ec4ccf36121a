"""Groups: what says one thing is merged, split, titled, set aside and answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sessions.board.ballots import Ballot, take_votes_off
from sessions.board.proposals import Proposals, ProposalSettled
from sessions.board.walls import distinct, key_of, on_the_wall
from sessions.room import Command, Turn
from sessions.rules import text
from sessions.rules.event import BoardEvent, Event
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords

if TYPE_CHECKING:
    from sessions.board.board import Board


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
        board.touch(key_of(board, self.item))


def _take_old_votes(board: Board, items: list[str]) -> None:
    for ballot in board.ballots.values():
        for pen, placed in ballot.votes.items():
            for item in items:
                if placed.pop(item, 0):
                    ballot.leanings.get(pen, {}).pop(item, None)
                    board.touched_pens.add(pen)


def _rank(board: Board, item: str) -> int:
    return (board.clusters.get(item) or board.notes[item]).rank


class HeapAnswered(BoardEvent, frozen=True, tag="heap_answered"):
    """A team says what becomes of a heap of notes, or of one note; no answer opens it again."""

    item: str
    answer: str
    reason: str = ""

    def evolve(self, board: Board) -> None:
        thing = board.clusters.get(self.item) or board.notes[self.item]
        thing.answer, thing.reason = self.answer, self.reason
        board.touch(("cluster:" if self.item in board.clusters else "note:") + self.item)


class Merge(Command, frozen=True, tag="merge"):
    """Make several items one. Dots on them stay within what one item may hold; the rest is refunded."""

    who = "facilitators"
    notes: list[Id]
    title: LineWords = ""

    def decide(self, turn: Turn) -> list[Event]:
        things = distinct(turn, self.notes)
        notes = [id for thing in things for id in (thing.notes if isinstance(thing, Cluster) else [thing.id])]
        largest = max(things, key=lambda t: len(t.notes) if isinstance(t, Cluster) else 1)
        title = text.optional(self.title, text.LINE, "The title") or turn.board.wording(largest)
        dots, leanings, refunds = _votes_after(turn, [thing.id for thing in things])
        merged = Merged(
            cluster=turn.by.new_id(),
            pile=things[0].pile,
            title=title,
            items=[thing.id for thing in things],
            notes=notes,
            dots=dots,
            leanings=leanings,
            refunds=refunds,
        )
        settled = [p for p, items in turn.session.part(Proposals).open.items() if {i.id for i in things} >= set(items)]
        return [merged, *(ProposalSettled(proposal=p) for p in settled)]


class Split(Command, frozen=True, tag="split"):
    """Take a note out of its group, or let a whole group fall apart."""

    who = "facilitators"
    note: Id

    def decide(self, turn: Turn) -> list[Event]:
        note = turn.board.notes.get(self.note)
        cluster = turn.board.clusters.get(note.cluster if note else self.note)
        if cluster is None:
            raise Refused("not_grouped", "That stands on its own already.")
        # Where figures are too few to show, whether a group has any is not told either.
        if any(b.tells() and cluster.id in b.totals() for b in turn.board.ballots.values()):
            raise Refused("votes_counted", "The votes for this group are counted; splitting it would lose them.")
        if note and len(cluster.notes) > 2:
            return [NoteSplit(note=note.id)]
        return [ClusterDissolved(cluster=cluster.id)]


class Title(Command, frozen=True, tag="title"):
    """Give a group its title; ``was`` is the title the change started from."""

    who = "facilitators"
    item: Id
    title: LineWords
    was: str | None = None

    def decide(self, turn: Turn) -> list[Event]:
        cluster = turn.board.clusters.get(self.item)
        if cluster is None:
            raise Refused("no_such_item", "That group is not there any more.")
        same_as_before(self.was, cluster.title, self.title)
        return [ItemTitled(item=cluster.id, title=text.clean(self.title, text.LINE, "The title"))]


class SetAside(Command, frozen=True, tag="set_aside"):
    """Put an item aside for later, or take it up again."""

    who = "facilitators"
    item: Id
    aside: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        thing = on_the_wall(turn, self.item)
        return [] if thing.aside == self.aside else [ItemSetAside(item=thing.id, aside=self.aside)]


def _votes_after(
    turn: Turn, items: list[str]
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, str]], dict[str, dict[str, int]]]:
    """By ballot and pen: dots that stay on the merged item, its leaning, and dots given back."""
    dots: dict[str, dict[str, int]] = {}
    leanings: dict[str, dict[str, str]] = {}
    refunds: dict[str, dict[str, int]] = {}
    for ballot in turn.board.ballots.values():
        for pen, placed in ballot.votes.items():
            total = sum(placed.get(item, 0) for item in items)
            if not total:
                continue
            kept = total if ballot.revealed else min(total, ballot.per_item)
            dots.setdefault(ballot.id, {})[pen] = kept
            if kept < total:
                refunds.setdefault(ballot.id, {})[pen] = total - kept
            lean = _one_leaning(ballot, pen, items)
            if lean:
                leanings.setdefault(ballot.id, {})[pen] = lean
    return dots, leanings, refunds


def _one_leaning(ballot: Ballot, pen: str, items: list[str]) -> str:
    said = {ballot.leanings.get(pen, {}).get(item) for item in items} - {None}
    return str(said.pop()) if len(said) == 1 else ""
