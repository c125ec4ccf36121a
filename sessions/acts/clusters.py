"""Grouping: items are merged, split, titled and set aside; anyone may object or say what belongs together."""

from typing import ClassVar

from sessions.board import Ballot, Cluster, Note
from sessions.board.clusters import (
    ClusterDissolved,
    ItemSetAside,
    ItemTitled,
    Merged,
    NoteSplit,
    Objected,
)
from sessions.room import Command, Session, Turn
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused


class Merge(Command, frozen=True, tag="merge"):
    """Make several items one. Dots on them stay within what one item may hold; the rest is refunded."""

    notes: list[str]
    title: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        things = _distinct(turn, self.notes)
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
        settled = [p for p, items in turn.session.proposals.items() if {i.id for i in things} >= set(items)]
        return [merged, *(ProposalSettled(proposal=p) for p in settled)]


class Split(Command, frozen=True, tag="split"):
    """Take a note out of its group, or let a whole group fall apart."""

    note: str

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
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

    item: str
    title: str
    was: str | None = None

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        cluster = turn.board.clusters.get(self.item)
        if cluster is None:
            raise Refused("no_such_item", "That group is not there any more.")
        same_as_before(self.was, cluster.title, self.title)
        return [ItemTitled(item=cluster.id, title=text.clean(self.title, text.LINE, "The title"))]


class SetAside(Command, frozen=True, tag="set_aside"):
    """Put an item aside for later, or take it up again."""

    item: str
    aside: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        thing = on_the_wall(turn, self.item)
        return [] if thing.aside == self.aside else [ItemSetAside(item=thing.id, aside=self.aside)]


class Object(Command, frozen=True, tag="object"):
    """Say, unsigned, that an item is not the same thing; saying it again takes it back."""

    item: str
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_take_part()
        thing = on_the_wall(turn, self.item)
        pen = turn.pen("objections")
        return [] if (pen in thing.objections) == self.on else [Objected(item=thing.id, pen=pen, on=self.on)]


class ProposeMerge(Command, frozen=True, tag="propose_merge"):
    """Say, unsigned, that items belong together; the facilitator decides."""

    notes: list[str]

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_take_part()
        things = sorted(thing.id for thing in _distinct(turn, self.notes))
        if things in turn.session.proposals.values():
            return []
        if len(turn.session.proposals) >= 40:
            raise Refused("too_many", "There are many suggestions already. Say this one aloud.")
        return [MergeProposed(proposal=turn.by.new_id(), items=things)]


class SettleProposal(Command, frozen=True, tag="settle_proposal"):
    """Put a suggestion away without merging; for facilitators."""

    proposal: str

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        known = self.proposal in turn.session.proposals
        return [ProposalSettled(proposal=self.proposal)] if known else []


class MergeProposed(SessionEvent, frozen=True, tag="merge_proposed"):
    """Somebody thinks that these belong together."""

    unsigned: ClassVar[bool] = True
    proposal: str
    items: list[str]

    def evolve(self, session: Session) -> None:
        session.proposals[self.proposal] = self.items
        session.touch("proposal:" + self.proposal)


class ProposalSettled(SessionEvent, frozen=True, tag="proposal_settled"):
    """A suggestion was answered."""

    proposal: str

    def evolve(self, session: Session) -> None:
        session.proposals.pop(self.proposal, None)
        session.touch("proposal:" + self.proposal)


def on_the_wall(turn: Turn, id: str) -> Note | Cluster:
    """The item with this id, as everybody sees it."""
    thing = turn.board.item(id)
    if thing is None:
        raise Refused("no_such_item", "That is no longer on the wall.")
    return thing


def _distinct(turn: Turn, ids: list[str]) -> list[Note | Cluster]:
    things: dict[str, Note | Cluster] = {}
    for id in ids[:200]:
        thing = on_the_wall(turn, id)
        things[thing.id] = thing
    if len(things) < 2:
        raise Refused("need_two", "Choose at least two to put together.")
    if len({thing.pile for thing in things.values()}) > 1:
        raise Refused("need_two", "These do not stand on the same wall.")
    return list(things.values())


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
