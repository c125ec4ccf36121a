"""What two teams do both, and what they made of it: one takes it, it is shared under one lead, or both, because."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions.room import Room
from sessions.room.kind import OfRecord, Shown
from sessions.rules.event import SignedEvent

if TYPE_CHECKING:
    from sessions.record.record import Record

#: What can become of it, as people read it.
ENDS = {"merged": "{lead} takes it over", "shared": "a shared result, led by {lead}", "both": "both, because {words}"}


@dataclass(slots=True)
class Duplicate:
    """Two teams, what became of what they do both (``merged``, ``shared`` or ``both``), and who leads it."""

    team: str
    other: str
    end: str
    lead: str
    words: str
    by: str
    session: str


class DuplicateSettled(SignedEvent, frozen=True, tag="duplicate_settled"):
    """Two teams said what becomes of what they do both; what they said before goes."""

    team: str
    other: str
    end: str
    lead: str = ""
    words: str = ""

    def evolve(self, record: Record) -> None:
        key = key_of(self.team, self.other)
        known = record.duplicates.get(key)
        found = Duplicate(self.team, self.other, self.end, self.lead, self.words, self.by, self.session)
        record.duplicates[key] = found
        record.revise(self, "", key, "duplicate", in_words(record, known) if known else "", in_words(record, found))
        record.touch("duplicate:" + key)


class DuplicateShown(Shown, frozen=True):
    """What two teams do both, and what becomes of it; ``says`` is that in words."""

    team: str
    other: str
    team_name: str
    other_name: str
    end: str
    lead: str
    words: str
    says: str


def key_of(team: str, other: str) -> str:
    """The two teams, whoever is named first."""
    return ".".join(sorted((team, other)))


def in_words(record: Record, duplicate: Duplicate) -> str:
    """What becomes of it, as people read it."""
    return ENDS[duplicate.end].format(lead=record.team_name(duplicate.lead), words=duplicate.words)


class DuplicateSeen(OfRecord):
    """What two teams do both."""

    name = "duplicate"
    shape = DuplicateShown
    on = frozenset({"team"})

    def ids(self, room: Room) -> Iterable[str]:
        return room.record.duplicates

    def look(self, room: Room, id: str) -> DuplicateShown | None:
        record, found = room.record, room.record.duplicates.get(id)
        if found is None:
            return None
        names = record.team_name(found.team), record.team_name(found.other)
        says = in_words(record, found)
        return DuplicateShown(found.team, found.other, *names, found.end, found.lead, found.words, says)
