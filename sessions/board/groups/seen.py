"""What everybody and a place see of a group of notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from sessions.board.groups.group import Cluster
from sessions.room.kind import AtPlace, ForAll, Shown, Sight

if TYPE_CHECKING:
    pass


class GroupShown(Shown, frozen=True):
    """A group of notes; ``answer`` and ``reason`` are what a team said to it."""

    pile: str
    title: str
    notes: list[str]
    rank: float
    aside: bool
    objections: int
    answer: str = ""
    reason: str | msgspec.UnsetType = msgspec.UNSET


class ShownGroup(ForAll):
    """A group of notes on the wall."""

    name = "cluster"
    shape = GroupShown

    def ids(self, sight: Sight) -> Iterable[str]:
        return sorted(sight.session.board.clusters)

    def look(self, sight: Sight, id: str) -> GroupShown | None:
        cluster = sight.session.board.clusters.get(id)
        return None if cluster and sight.session.board.piles[cluster.pile].place else as_shown(cluster)


class GroupAtPlace(AtPlace):
    """A group of notes at a place, while what people do shows notes there."""

    name = "cluster"
    shape = GroupShown
    on = frozenset({"places"})

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.session.board.clusters

    def place_of(self, sight: Sight, id: str) -> str:
        board = sight.session.board
        return board.piles[board.clusters[id].pile].place if id in board.clusters else ""

    def look(self, sight: Sight, id: str) -> GroupShown | None:
        return as_shown(sight.session.board.clusters.get(id)) if sight.shows_notes() else None


def as_shown(cluster: Cluster | None) -> GroupShown | None:
    """A group as everybody sees it who sees it at all."""
    if cluster is None:
        return None
    return GroupShown(
        pile=cluster.pile,
        title=cluster.title,
        notes=list(cluster.notes),
        rank=cluster.rank,
        aside=cluster.aside,
        objections=len(cluster.objections),
        answer=cluster.answer,
        reason=cluster.reason if cluster.answer else msgspec.UNSET,
    )
