"""What a horizontal session says of itself beside needs: shared results, conflicts, and what is watched."""

from collections.abc import Iterator

from sessions.record.dependencies.words import day
from sessions.record.raid.item import SORTS
from sessions.record.results.result import plain
from sessions.record.shares.share import carried
from sessions.room import Room, Session
from sessions.room.kind import Shown
from sessions.room.section import Line, Section


class ShareTold(Shown, frozen=True):
    """A shared result: its target, who leads it, and which teams carry it with which note."""

    result: str
    target: float | None
    lead: str
    person: str
    parts: list[str]


class ConflictTold(Shown, frozen=True):
    """Two lines in conflict, what each side needs, and what was decided."""

    a: str
    b: str
    why: str
    a_needs: str
    b_needs: str
    outcome: str
    decider: str
    due: str


class RaidTold(Shown, frozen=True):
    """Something to watch, with its one name."""

    type: str
    statement: str
    owner: str
    impact: str
    response: str
    due: str
    closed: bool


def told(room: Room, session: Session) -> Iterator[Section]:
    """All of it."""
    yield _shares(room)
    yield _conflicts(room)
    yield _raid(room)


def _shares(room: Room) -> Section:
    record = room.record
    rows = []
    for share in record.shares.values():
        whole = record.results.get(share.result)
        if whole is None or whole.dropped or not record.public(share.result):
            continue
        parts = [f"{record.team_name(t)}{f': {p.note}' if p.note else ''}" for t, p in carried(record, share).items()]
        lead = record.team_name(share.lead)
        rows.append(ShareTold(whole.text, whole.target, lead, share.person, parts))
    lines = [
        Line(
            text=row.result,
            row="shared result",
            who=row.lead,
            below=[
                f"{row.person}, {row.lead}, leads it" if row.person else f"{row.lead or 'nobody yet'} leads it",
                f"{plain(row.target)} in full, carried by {'; '.join(row.parts)}"
                if row.parts
                else f"{plain(row.target)} in full; no team carries it yet",
            ],
        )
        for row in rows
    ]
    return Section(key="shares", title="Shared results", order=40, set="cards", lines=lines, data={"shared": rows})


def _conflicts(room: Room) -> Section:
    record = room.record
    rows = [
        ConflictTold(
            record.public(c.a),
            record.public(c.b),
            c.why,
            c.needs.get("a", ""),
            c.needs.get("b", ""),
            c.outcome,
            c.decider,
            c.due,
        )
        for c in record.conflicts.values()
    ]
    lines = [
        Line(
            text=f"{row.a} / {row.b}",
            row="conflict",
            who=row.decider,
            below=[
                row.why,
                f"{row.decider} decided: {row.outcome}" if row.outcome else "not decided yet",
                *([f"holds by {day(row.due)}"] if row.due else []),
            ],
        )
        for row in rows
    ]
    return Section(key="conflicts", title="Conflicts", order=41, set="cards", lines=lines, data={"conflicts": rows})


def _raid(room: Room) -> Section:
    items = sorted(room.record.raid.values(), key=lambda item: (item.closed, item.changed))
    rows = [RaidTold(i.sort, i.statement, i.owner, i.impact, i.response, i.due, i.closed) for i in items]
    lines = [
        Line(
            text=row.statement,
            row="raid",
            who=row.owner or "no name yet",
            tags=[SORTS[row.type], *(["closed"] if row.closed else [])],
            below=[SORTS[row.type], *(words for words in (row.owner, row.impact, row.response, day(row.due)) if words)],
        )
        for row in rows
    ]
    return Section(key="raid", title="What we watch", order=42, set="cards", lines=lines, data={"raid": rows})
