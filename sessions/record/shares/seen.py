"""What a session and the record see of shared results: who leads, who carries them, and whether in full."""

from __future__ import annotations

from collections.abc import Iterable

from sessions.record.shares.share import carried, in_full
from sessions.room import Room
from sessions.room.kind import OfRecord, Shown


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


class ShareSeen(OfRecord):
    """A shared result."""

    name = "share"
    shape = ShareShown
    on = frozenset({"result", "objective", "team"})

    def ids(self, room: Room) -> Iterable[str]:
        return room.record.shares

    def look(self, room: Room, id: str) -> ShareShown | None:
        return _shown(room, id)


def _shown(room: Room, id: str) -> ShareShown | None:
    record, share = room.record, room.record.shares.get(id)
    whole, home = record.results.get(id), record.objective_of(id)
    if share is None or whole is None or whole.dropped or home is None or home.status == "draft":
        return None
    parts = []
    for team, part in carried(record, share).items():
        own = record.results[part.result]
        full = in_full(whole.target, own.target)
        parts.append(PartShown(team, record.team_name(team), own.id, own.text, own.target, full, part.note))
    lead = record.teams.get(share.lead)
    return ShareShown(
        text=whole.text,
        target=whole.target,
        unit=whole.unit,
        lead=share.lead,
        lead_name=record.team_name(share.lead),
        person=share.person,
        named=share.named,
        lead_gone=share.named and (lead is None or lead.gone),
        claims=[] if share.named else [record.team_name(team) for team in share.claims],
        parts=parts,
        order=list(record.shares).index(id),
    )
