"""What a marketplace says of itself beside needs: what was the same, what was offered, and who talked with whom."""

from collections.abc import Iterator

from sessions.activities.marketplace.market import market
from sessions.record.duplicates import in_words
from sessions.room import Room, Session
from sessions.room.kind import Shown
from sessions.room.section import Line, Section


class OverlapTold(Shown, frozen=True):
    """Two teams that do the same, and what becomes of it."""

    teams: list[str]
    says: str


class OfferTold(Shown, frozen=True):
    """Help that one team offers another, and who gives it."""

    team: str
    to: str
    text: str
    name: str


class TalkTold(Shown, frozen=True):
    """Two teams that stood at a stall, in which round, and whether one of them did not come."""

    round: int
    teams: list[str]
    missed: str


def told(room: Room, session: Session) -> Iterator[Section]:
    """All of it; who met is there for programs alone."""
    record = room.record
    both = [found for found in record.duplicates.values() if found.session == session.code]
    overlaps = [OverlapTold([record.team_name(d.team), record.team_name(d.other)], in_words(record, d)) for d in both]
    yield Section(
        key="duplicates",
        title="What two teams do both",
        order=37,
        set="said",
        lines=[Line(text=o.says, row="duplicate", who=" and ".join(o.teams)) for o in overlaps],
        data={"duplicates": overlaps},
    )
    offers = [
        OfferTold(record.team_name(f.team), record.team_name(record.objectives[f.objective].team), f.text, f.place)
        for f in record.feedback.values()
        if f.kind == "offer" and f.session == session.code and f.source == "marketplace"
    ]
    yield Section(
        key="market-offers",
        title="Help that was offered",
        order=38,
        lines=[Line(text=o.text, row="offer", who=o.name, on=o.to, tags=[o.team]) for o in offers],
        data={"market_offers": offers},
    )
    kept = market(session)
    begun = [stall for stall in kept.stalls.values() if stall.round <= kept.begun()]
    talks = [
        TalkTold(
            s.round,
            [record.team_name(s.team), record.team_name(s.other)],
            record.team_name(s.missed),
        )
        for s in sorted(begun, key=lambda s: (s.round, s.id))
    ]
    yield Section(key="stalls", title="Who talked with whom", order=90, set="rows", data={"stalls": talks})
