"""The place one organisation works in for one cycle: its people, its record and its sessions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sessions.room.derived import Derived
from sessions.room.part import Parts
from sessions.room.people import Person

if TYPE_CHECKING:
    from sessions.record.objectives.objective import Objective
    from sessions.record.record import Record
    from sessions.room.session import Session


@dataclass(slots=True)
class Held:
    """A session as the record lists it. ``teams`` may enter it; none named: everyone.

    Times are Unix milliseconds, ``ended`` 0 while it is open; ``planned`` is a day for one to come.
    """

    code: str
    title: str
    format: str
    opened: int
    ended: int = 0
    planned: str = ""
    teams: list[str] = field(default_factory=list)
    #: Pages of it that hang on the record: where they are under its own, and what they are called.
    pages: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Room:
    """The place one organisation works in for one cycle; one writer at a time."""

    id: str
    record: Record
    name: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    #: Every session ever opened here, also those that are not in memory.
    held: dict[str, Held] = field(default_factory=dict)
    #: (session, person) → pile or ballot → pens, the one to write with first.
    #: Kept apart from the stream and emptied when a session closes.
    pens: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)
    holders: dict[str, tuple[str, str]] = field(default_factory=dict)
    #: Entries that were merged into others.
    same: list[str] = field(default_factory=list)
    #: Pen → the hand it was taken with, where that is not the person's own (``room/speaking.py``).
    hands: dict[str, str] = field(default_factory=dict)
    #: What subjects keep for the room.
    part: Parts = field(default_factory=Parts)
    #: What follows from all this and is kept beside it.
    derived: dict[type[Derived], Derived] = field(default_factory=dict, compare=False)
    touched: set[str] = field(default_factory=set)

    def works_on(self, session: Session) -> Objective | None:
        """The objective a session is about: the one chosen for it, or the one it drafts."""
        return self.record.objectives.get(session.prepared.get("about", "")) or self.record.drafted_in(session.code)

    def whole(self, person: str) -> str:
        """The entry a person goes by now, after entries for the same person were merged."""
        while person in self.people and self.people[person].same_as:
            person = self.people[person].same_as
        return person

    def name_of(self, person: str) -> str:
        """The person's name, or an empty string for nobody."""
        found = self.people.get(self.whole(person))
        return found.name if found else ""

    def pens_of(self, session: str, person: str, pile: str, hand: str | None = None) -> list[str]:
        """The pens a person holds in this pile or ballot, the one to write with first; all, or what a hand sees."""
        pens = self.pens.get((session, person), {}).get(pile, [])
        return pens if hand is None else [pen for pen in pens if self.sees(hand, pen)]

    def sees(self, hand: str, pen: str) -> bool:
        """Whether what was written with a pen is shown to a hand.

        A person's own key sees what keys made for them wrote; such a key sees what it wrote itself, nothing else.
        """
        return hand in ("", self.hands.get(pen, ""))

    def entries(self, person: str) -> list[str]:
        """Every entry of one person, the one they go by first."""
        return [person, *(entry for entry in self.same if entry != person and self.whole(entry) == person)]

    def give_pen(self, session: str, person: str, pile: str, pen: str, hand: str = "") -> None:
        """A person holds this pen from now on."""
        self.pens.setdefault((session, person), {}).setdefault(pile, []).append(pen)
        self.holders[pen] = (session, person)
        if hand:
            self.hands[pen] = hand

    def empty_pens(self, session: str) -> None:
        """Forget who held which pen in a session."""
        for key in [key for key in self.pens if key[0] == session]:
            del self.pens[key]
        self.holders = {pen: who for pen, who in self.holders.items() if who[0] != session}
        self.hands = {pen: hand for pen, hand in self.hands.items() if pen in self.holders}
