"""What a session says of needs: each with how far it is; what is open stands first, with where it goes on."""

from collections.abc import Iterator

from sessions.record.dependencies.dependency import Dependency
from sessions.record.dependencies.speaking import called
from sessions.record.dependencies.words import facts, standing, who
from sessions.room import Room, Session
from sessions.room.kind import Shown
from sessions.room.section import Line, Section

#: States under their headings, in the order they are read.
_HEADINGS = (
    ("needs-agreed", "Agreed", ("agreed",)),
    ("needs-open", "Open, and to be settled", ("proposed", "accepted", "conditional", "undecided", "slipped")),
    ("needs-declined", "Declined", ("declined",)),
    ("needs-done", "Done or withdrawn", ("done", "withdrawn")),
)


class NeedTold(Shown, frozen=True):
    """What a team needs of another, and how far it is."""

    id: str
    consumer: str
    provider: str
    need: str
    because: str
    need_by: str
    decision_date: str
    off_track: str
    state: str
    agreed: bool
    condition: str
    reason: str
    decider: str
    decide_by: str
    owner: str
    carried_in: str


def needs_told(room: Room, session: Session) -> Iterator[Section]:
    """Every need of the record as it stands, under headings."""
    record = room.record
    for at, (key, title, standings) in enumerate(_HEADINGS):
        found = [need for need in record.dependencies.values() if need.standing in standings]
        yield Section(
            key=key,
            title=title,
            order=31 + at,
            set="cards",
            lines=[_line(room, need) for need in found],
            data={key.replace("-", "_"): [_told(room, need) for need in found]},
        )


def _line(room: Room, need: Dependency) -> Line:
    record = room.record
    return Line(
        text=f"{who(record, need)}: {need.upstream_need}",
        row="need",
        who=called(record, need.provider),
        tags=[standing(need)],
        below=[standing(need), *facts(record, need)],
        cells={"note": "; ".join([standing(need), *facts(record, need)])},
    )


def _told(room: Room, need: Dependency) -> NeedTold:
    record = room.record
    return NeedTold(
        id=need.id,
        consumer=called(record, need.consumer),
        provider=called(record, need.provider),
        need=need.upstream_need,
        because=need.downstream_impact,
        need_by=need.need_by,
        decision_date=need.decision_date,
        off_track=need.failure_trigger,
        state=need.state,
        agreed=need.agreed,
        condition=need.condition,
        reason=need.reason,
        decider=need.decider,
        decide_by=need.decide_by,
        owner=need.owner,
        carried_in=record.wording(need.reflected_in) if need.reflected_in else "",
    )
