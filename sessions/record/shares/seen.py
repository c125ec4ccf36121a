"""What a session and the record see of shared results: who leads, who carries them, and whether in full."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sessions.record.dependencies.speaking import called
from sessions.room import Room
from sessions.room.kind import ForAll, InRecord, RecordSight, Shown, Sight, Touched

if TYPE_CHECKING:
    from sessions.record.record import Record

SHARE = "share"


class PartShown(Shown, frozen=True):
    """A team that carries it: in which result, with which target, whether that is the whole one, and its note."""

    team: str
    name: str
    result: str
    text: str
    target: float | None
    full: bool
    note: str


class ShareShown(Shown, frozen=True):
    """A shared result. ``claims`` are names of teams that say they lead it, where nobody has named one."""

    text: str
    target: float | None
    unit: str
    lead: str
    lead_name: str
    person: str
    named: bool
    lead_gone: bool
    claims: list[str]
    parts: list[PartShown]
    order: int


class ShareOfSession(ForAll):
    """A shared result, where something in the session's plan shows them."""

    name = SHARE
    shape = ShareShown

    def ids(self, sight: Sight) -> Iterable[str]:
        return sight.room.record.shares if sight.shows(SHARE) else ()

    def look(self, sight: Sight, id: str) -> ShareShown | None:
        return _shown(sight.room, id) if sight.shows(SHARE) else None

    def stale(self, sight: Sight, touched: Touched) -> Iterable[str]:
        if "plan" in touched:
            return sight.room.record.shares
        return _stale(sight.room.record, touched) if sight.shows(SHARE) else ()


class ShareKept(InRecord):
    """A shared result."""

    name = SHARE
    shape = ShareShown

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.record.shares

    def look(self, sight: RecordSight, id: str) -> ShareShown | None:
        return _shown(sight.room, id)

    def stale(self, sight: RecordSight, touched: Touched) -> Iterable[str]:
        return _stale(sight.room.record, touched)


def _stale(record: Record, touched: Touched) -> set[str]:
    found = set(touched.get(SHARE, ()))
    if {"result", "objective", "team"} & set(touched):
        found |= set(record.shares)
    return found


def _shown(room: Room, id: str) -> ShareShown | None:
    record, share = room.record, room.record.shares.get(id)
    whole, home = record.results.get(id), record.objective_of(id)
    if share is None or whole is None or whole.dropped or home is None or home.status == "draft":
        return None
    parts = []
    for team, part in share.parts.items():
        own, goal = record.results.get(part.result), record.objective_of(part.result)
        if own is None or own.dropped or goal is None or goal.status == "draft":
            continue
        full = own.target == whole.target
        parts.append(PartShown(team, called(record, team), own.id, own.text, own.target, full, part.note))
    lead = record.teams.get(share.lead)
    return ShareShown(
        text=whole.text,
        target=whole.target,
        unit=whole.unit,
        lead=share.lead,
        lead_name=called(record, share.lead) if share.lead else "",
        person=share.person,
        named=share.named,
        lead_gone=share.named and (lead is None or lead.gone),
        claims=[] if share.named else [called(record, team) for team in share.claims],
        parts=parts,
        order=list(record.shares).index(id),
    )
