"""What a session says of needs: each with how far it is; what is open stands first, with where it goes on."""

from collections.abc import Iterator

import msgspec

from sessions.record.dependencies.dependency import Dependency
from sessions.record.dependencies.seen import DependencyShown, shown
from sessions.record.dependencies.words import facts, standing, who
from sessions.room import Room, Session
from sessions.room.section import Line, Section

#: States under their headings, in the order they are read.
_HEADINGS = (
    ("needs-agreed", "Agreed", ("agreed",)),
    ("needs-open", "Open, and to be settled", ("proposed", "accepted", "conditional", "undecided", "slipped")),
    ("needs-declined", "Declined", ("declined",)),
    ("needs-done", "Done or withdrawn", ("done", "withdrawn")),
)


class NeedTold(DependencyShown, frozen=True):
    """What a team needs of another, how far it is and how it came about; teams and people by name as well."""

    id: str


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
        who=record.team_name(need.provider),
        tags=[standing(need)],
        below=[standing(need), *facts(record, need)],
        cells={"note": "; ".join([standing(need), *facts(record, need)])},
    )


def _told(room: Room, need: Dependency) -> NeedTold:
    return NeedTold(**msgspec.structs.asdict(shown(room, need)), id=need.id)
