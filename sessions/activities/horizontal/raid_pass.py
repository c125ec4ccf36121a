"""The RAID pass: what could go wrong, written apart, shown together, then with one name each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import msgspec

from sessions.activities.activity import Main
from sessions.activities.horizontal.horizontal_step import HorizontalStep
from sessions.activities.playing import Chance, Plays, Seen
from sessions.record.raid.changing import listed
from sessions.record.raid.item import RaidSort
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Entity, Own, OwnSight, Shown
from sessions.room.part import Part
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import NoteWords

#: How many notes one person writes before they are shown.
MOST = 6
_SAID = (
    "The supplier changes its prices in August",
    "We assume that both depots stay open",
    "Nobody answers for the interface",
    "The audit waits for the photo store",
)


class RaidNote(msgspec.Struct, frozen=True):
    """Something one person wrote, under their pen."""

    id: str
    pen: str
    sort: str
    text: str


@dataclass(slots=True)
class RaidNotes(Part):
    """What was written and is not shown yet, in the order it came; and whether any was shown."""

    notes: dict[str, RaidNote] = field(default_factory=dict)


class RaidWritten(SessionEvent, frozen=True, tag="raid_written"):
    """Somebody wrote down something to watch; nobody else sees it before all are shown."""

    unsigned: ClassVar[bool] = True
    own_words: ClassVar[tuple[str, ...]] = ("text",)
    note: str
    pen: str
    sort: str
    text: str

    def evolve(self, session: Session) -> None:
        session.part(RaidNotes).notes[self.note] = RaidNote(self.note, self.pen, self.sort, self.text)
        session.board.touched_pens.add(self.pen)
        session.touch("step")


class RaidTakenBack(SessionEvent, frozen=True, tag="raid_taken_back"):
    """Notes are not waiting any more: their writer took them back, or they were shown."""

    unsigned: ClassVar[bool] = True
    notes: list[str]

    def evolve(self, session: Session) -> None:
        kept = session.part(RaidNotes)
        gone = [kept.notes.pop(note) for note in self.notes if note in kept.notes]
        session.board.touched_pens.update(note.pen for note in gone)
        session.touch("step")


class WriteRaid(Command, frozen=True, tag="write_raid"):
    """Write down a risk, an assumption, an issue or a dependency to watch; hidden until all are shown."""

    who = "participants"
    sort: RaidSort
    text: NoteWords

    def decide(self, turn: Turn) -> list[Event]:
        words = text.clean(self.text)
        pen = turn.pen("raid")
        mine = [note for note in turn.session.part(RaidNotes).notes.values() if note.pen == pen]
        if len(mine) >= MOST:
            raise Refused("too_many", "Six are the most one person writes here. Take one back first.", text=self.text)
        return [RaidWritten(note=turn.by.new_id(), pen=pen, sort=self.sort, text=words)]


class TakeBackRaid(Command, frozen=True, tag="take_back_raid"):
    """Take back something one wrote, as long as it is not shown."""

    who = "participants"
    note: Id

    def decide(self, turn: Turn) -> list[Event]:
        found = turn.session.part(RaidNotes).notes.get(self.note)
        if found is None:
            return []
        if not turn.holds_pen(found.pen):
            raise Refused("not_yours", "Only who wrote this can take it back.")
        return [RaidTakenBack(notes=[found.id])]


class RaidStep(Shown, frozen=True):
    """Whether the notes of now were shown: nothing waits."""

    shown: bool


class OwnRaidNote(Shown, frozen=True):
    """Something one wrote that nobody else sees yet."""

    id: str
    sort: str
    text: str


class RaidOwn(Shown, frozen=True):
    """What one wrote that waits to be shown."""

    notes: list[OwnRaidNote]


class RaidPass(HorizontalStep):
    """After the show each row gets one name; new rows can be written again, hidden as before."""

    name = "raid_pass"
    called = "Risks and assumptions"
    does = "Risks, assumptions, issues: written apart, shown together, one name each"
    takes = (WriteRaid, TakeBackRaid)
    waits = True

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        return bool(session.part(RaidNotes).notes)

    def reveal(self, turn: Turn) -> list[Event]:
        notes = turn.by.shuffle(list(turn.session.part(RaidNotes).notes))
        kept = turn.session.part(RaidNotes).notes
        shown: list[Event] = [listed(turn, kept[note].sort, kept[note].text) for note in notes]
        return [*shown, RaidTakenBack(notes=notes)] if notes else []

    def set_aside(self, turn: Turn) -> list[Event]:
        notes = list(turn.session.part(RaidNotes).notes)
        return [RaidTakenBack(notes=notes)] if notes else []

    def main(self, room: Room, session: Session) -> Main | None:
        phase = session.phase
        return Main("Show all notes", "reveal") if phase and self.waiting(session, phase) else None

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Only you, until all are shown. Then everyone, without names."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if not seen.step.get("shown") and not seen.own.get("raid_notes", {}).get("notes"):
            yield "write_raid", {"sort": chance.choice(("risk", "assumption", "issue")), "text": chance.choice(_SAID)}

    def everyone(self, room: Room, session: Session) -> RaidStep:
        return RaidStep(shown=bool(room.record.raid))


class OwnRaidNotes(Own):
    """What one wrote and nobody else sees; nothing for a key that somebody else made."""

    shapes: ClassVar[Mapping[str, type[Shown]]] = {"raid_notes": RaidOwn}

    def look(self, sight: OwnSight) -> Iterator[tuple[str, Entity]]:
        session = sight.session
        if session.phase is None or session.phase.activity != RaidPass.name:
            return
        pens = set(sight.pens_seen("raid")) if not sight.sealed else set(sight.pens("raid"))
        own = [n for n in session.part(RaidNotes).notes.values() if n.pen in pens]
        yield "raid_notes", RaidOwn([OwnRaidNote(n.id, n.sort, n.text) for n in own])
