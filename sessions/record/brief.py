"""The cycle, the strategic brief, the narrative, and who locks: written by whoever holds the room's key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sessions.record.charter import CHARTER, as_part
from sessions.record.objectives.seen import is_kept
from sessions.room import Keeping, RecordCommand, Room
from sessions.room.kind import InRecord, RecordSight, Shown, Touched
from sessions.rules import text
from sessions.rules.days import a_day, is_after
from sessions.rules.event import Event, SignedEvent
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import NameWords, PageWords

if TYPE_CHECKING:
    from sessions.record.record import Record


#: What the strategic brief asks and how screens call it, in the order it is read (``spec/practices.md``, S1 and S4).
BRIEF = {
    "vision": "Vision",
    "strategy": "Strategy",
    "why": "Why are we here?",
    "future": "What future do we work for?",
    "value": "What is it worth to people?",
    "impact": "What difference do we make?",
    "field": "Where do we play, and how do we win?",
    "direction": "Does everyone understand the direction?",
    "not_doing": "What we are not doing",
    "current_theme": "Theme of this cycle",
}
#: Everything that is written part by part.
PARTS = {**BRIEF, **CHARTER}
#: What has to be there before teams plan (S4: “strategic brief before planning”).
_NEEDED = ("vision", "strategy", "not_doing")


def gaps_in_brief(record: Record) -> list[str]:
    """What of the brief has to be written before planning, and is not."""
    return [part for part in _NEEDED if not record.brief.get(part)]


class BriefSet(SignedEvent, frozen=True, tag="brief_set"):
    """One part of the strategic brief, or of the charter, says this now."""

    part: str
    text: str

    def evolve(self, record: Record) -> None:
        record.revise(self, "", "", f"brief.{self.part}", record.brief.get(self.part, ""), self.text)
        record.brief[self.part] = self.text
        record.touch("room")


class CycleSet(SignedEvent, frozen=True, tag="cycle_set"):
    """The organisation and the cycle this room is for; days are ISO dates, or empty."""

    organisation: str
    name: str
    start: str = ""
    end: str = ""

    def evolve(self, record: Record) -> None:
        record.revise(self, "", "", "organisation", record.organisation, self.organisation)
        record.organisation = self.organisation
        said = {"name": self.name, "start": self.start, "end": self.end}
        record.cycle = record.put(self, "cycle", record.cycle, said)
        record.touch("room")


class SponsorNamed(SignedEvent, frozen=True, tag="sponsor_named"):
    """The person who locks objectives when the teams have spoken."""

    person: str

    def evolve(self, record: Record) -> None:
        record.revise(self, "", "", "sponsor", record.sponsor, self.person)
        record.touch("room", *("leader:" + person for person in (record.sponsor, self.person) if person))
        record.sponsor = self.person


class NarrativeSet(SignedEvent, frozen=True, tag="narrative_set"):
    """What people shall think, feel and do."""

    think: str
    feel: str
    do: str

    def evolve(self, record: Record) -> None:
        said = {"think": self.think, "feel": self.feel, "do": self.do}
        record.narrative = record.put(self, "narrative", record.narrative, said)
        record.touch("room")


class SetCycle(RecordCommand, frozen=True, tag="set_cycle"):
    """Say for which organisation and cycle this room is; days are ISO dates, or empty."""

    who = "key"
    organisation: NameWords
    name: NameWords
    start: str = ""
    end: str = ""

    def decide(self, turn: Keeping) -> list[Event]:
        start, end = a_day(self.start), a_day(self.end)
        if is_after(start, end):
            raise Refused("bad_day", "The cycle would end before it begins.")
        organisation = text.optional(self.organisation, text.NAME, "The name")
        name = text.optional(self.name, text.NAME, "The cycle")
        return [CycleSet(organisation=organisation, name=name, start=start, end=end)]


class SetBrief(RecordCommand, frozen=True, tag="set_brief"):
    """Write one part of the strategic brief or of the charter. ``was`` is the text the change started from."""

    who = "key"
    part: str
    text: PageWords
    was: str | None = None

    def decide(self, turn: Keeping) -> list[Event]:
        if self.part not in PARTS:
            raise Refused("bad_value", "The brief has no such part.")
        now = turn.record.brief.get(self.part, "")
        same_as_before(self.was, now, self.text)
        words = as_part(self.part, text.optional(self.text, text.PAGE, "This text"))
        return [] if words == now else [BriefSet(part=self.part, text=words)]


class NameSponsor(RecordCommand, frozen=True, tag="name_sponsor"):
    """Name the person who locks objectives when the teams have spoken; nobody takes it back."""

    who = "key"
    person: Id

    def decide(self, turn: Keeping) -> list[Event]:
        if self.person and self.person not in turn.room.people:
            raise Refused("no_such_person", "That person is not in this room.")
        return [SponsorNamed(person=self.person)]


class RecordShown(Shown, frozen=True):
    """What stands above the record; ``open`` is how much feedback waits for an answer."""

    name: str
    cycle: dict[str, str]
    brief: dict[str, str]
    narrative: dict[str, str]
    sponsor: str
    sponsor_name: str
    open: int


class LeaderShown(Shown, frozen=True):
    """Somebody who leads, carries a result, or sponsors."""

    name: str


class RecordHead(InRecord):
    """What stands above the record: the organisation, its cycle, brief and narrative, who locks, what is open."""

    name = "room"
    shape = RecordShown
    on = frozenset({"person", "objective", "feedback"})

    def look(self, sight: RecordSight, id: str) -> RecordShown:
        record = sight.room.record
        shown = [f for f in record.open_feedback() if is_kept(record.objectives[f.objective], drafts=False)]
        return RecordShown(
            name=record.organisation or sight.room.name,
            cycle=record.cycle,
            brief=record.brief,
            narrative=record.narrative,
            sponsor=record.sponsor,
            sponsor_name=sight.room.name_of(record.sponsor),
            open=len(shown),
        )


class Leader(InRecord):
    """Who leads, carries a result, or sponsors."""

    name = "leader"
    shape = LeaderShown

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.people

    def stale(self, sight: RecordSight, touched: Touched) -> Iterable[str]:
        return touched.get("leader", set()) | touched.get("person", set())

    def look(self, sight: RecordSight, id: str) -> LeaderShown | None:
        person = sight.room.people.get(id)
        known = person is not None and not person.gone and id in sight.once(_carriers)
        return LeaderShown(name=person.name) if person and known else None


def _carriers(room: Room) -> set[str]:
    record = room.record
    return {*record.leaders, *record.carriers(), record.sponsor}
