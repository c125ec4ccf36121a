"""What a marketplace says of itself: what was agreed, what is open and goes on, what was the same, what was offered."""

from collections.abc import Iterator

from sessions.activities.marketplace.market import market
from sessions.record.dependencies.speaking import called
from sessions.record.dependencies.telling import needs_told
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
    yield from needs_told(room, session)
    both = [found for found in record.duplicates.values() if found.session == session.code]
    overlaps = [OverlapTold([called(record, d.team), called(record, d.other)], in_words(record, d)) for d in both]
    yield Section(
        key="duplicates",
        title="What two teams do both",
        order=37,
        set="said",
        lines=[Line(text=o.says, row="duplicate", who=" and ".join(o.teams)) for o in overlaps],
        data={"duplicates": overlaps},
    )
    offers = [
        OfferTold(called(record, f.team), called(record, record.objectives[f.objective].team), f.text, f.place)
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
            s.round, [called(record, s.team), called(record, s.other)], called(record, s.missed) if s.missed else ""
        )
        for s in sorted(begun, key=lambda s: (s.round, s.id))
    ]
    yield Section(key="stalls", title="Who talked with whom", order=90, set="rows", data={"stalls": talks})
