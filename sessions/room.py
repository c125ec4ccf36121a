"""A room in memory: its people, its record and its sessions, and the turn of one person's command."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

import msgspec

from sessions.board import Board
from sessions.record import Objective, Record
from sessions.rules.event import Event, RoomEvent
from sessions.rules.refusal import Refused
from sessions.walk import Walk


class PhasePlan(msgspec.Struct, frozen=True, kw_only=True):
    """One phase as it was planned for one session: activity, settings, words and minutes.

    ``settings`` are the activity's own; ``done`` is the participant's button.
    """

    key: str
    activity: str
    name: str
    title: str
    prompt: str
    hint: str = ""
    empty: str = ""
    done: str = ""
    forward: str = ""
    minutes: float = 5
    settings: dict[str, Any] = {}
    left_out: bool = False


@dataclass(slots=True)
class Person:
    """Somebody in the room. ``gone`` once removed, or merged into another entry: pens stay with their own entry."""

    id: str
    name: str
    team: str = ""
    remote: bool = False
    gone: bool = False
    same_as: str = ""
    #: Named by a file, and not here yet: whoever joins under this name is this person.
    expected: bool = False


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
    began: int = 0
    planned: str = ""
    teams: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """Going once through a phase. Times are Unix milliseconds; ``left`` is set while the clock is held."""

    id: str
    phase: str
    started: int
    deadline: int
    left: int | None = None
    state: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Hold:
    """Somebody has a thing in their hands until then (Unix milliseconds)."""

    person: str
    until: int


@dataclass(slots=True)
class Spoken:
    """Something a facilitator did that lets others speak or act for a person.

    ``how``: a personal ``link``, a ``claim`` answered with yes, two entries ``merged``, a ``vote`` cast openly;
    ``cofacilitator`` and ``screen`` are links for nobody in particular. ``state``: nothing yet, ``fine``,
    ``refused`` by the person, or ``withdrawn``.
    """

    id: str
    how: str
    person: str
    by: str
    at: int
    state: str = ""
    about: str = ""
    #: Entries that said it is fine.
    fine: set[str] = field(default_factory=set)

    def asked(self) -> set[str]:
        """The entries that may refuse it: whom it was done for, and each of two that are said to be one person."""
        return {self.person, self.about} if self.how == "merged" else {self.person}


@dataclass(slots=True)
class Session:
    """One run of a format: plan, people, the phase it is in, and its board."""

    code: str
    format: str
    title: str
    minutes: int
    opened: int
    plan: dict[str, PhasePlan]
    state: str = "lobby"
    rehearsal: bool = False
    prepared: dict[str, str] = field(default_factory=dict)
    roles: dict[str, set[str]] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    undone: list[Run] = field(default_factory=list)
    at: int = -1
    moved: int = 0
    began: int = 0
    ended: int = 0
    done: set[str] = field(default_factory=set)
    hands: dict[str, int] = field(default_factory=dict)
    speaking: list[str] = field(default_factory=list)
    spotlight: str = ""
    stopped: bool = False
    #: Who has answered whether it was worth their time: kept apart from what was answered, in no order.
    answered: set[str] = field(default_factory=set)
    pulse: dict[int, int] = field(default_factory=dict)
    pulse_shown: tuple[int, float] | None = None
    #: Keys that speak for somebody and that they did not make themselves, and what was done in their name.
    spoken: dict[str, Spoken] = field(default_factory=dict)
    #: Entries merged into others: the roles they had, and those they brought.
    merged: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)
    claims: dict[str, tuple[str, str]] = field(default_factory=dict)
    proofs: dict[str, str] = field(default_factory=dict)
    holds: dict[str, Hold] = field(default_factory=dict)
    proposals: dict[str, list[str]] = field(default_factory=dict)
    board: Board = field(default_factory=Board)
    walk: Walk | None = None
    touched: set[str] = field(default_factory=set)
    touched_people: set[str] = field(default_factory=set)

    @property
    def team(self) -> str:
        """The team this session drafts for; empty for the whole organisation."""
        return self.prepared.get("team", "")

    @property
    def run(self) -> Run | None:
        """The run the session is in, or none before it begins."""
        return self.runs[self.at] if 0 <= self.at < len(self.runs) else None

    @property
    def phase(self) -> PhasePlan | None:
        """The phase the session is in, or none before it begins."""
        return self.plan[self.run.phase] if self.run else None

    def past_run(self, id: str) -> Run | None:
        """The run with this id, also one that was undone."""
        return next((run for run in (*self.runs, *self.undone) if run.id == id), None)

    def steps(self) -> list[PhasePlan]:
        """The phases that were not left out, in order."""
        return [phase for phase in self.plan.values() if not phase.left_out]

    def beside(self, step: int) -> PhasePlan | None:
        """The phase ``step`` places after (or before) the present one; from the lobby, the first."""
        if self.phase is None:
            return self.steps()[0] if step > 0 and self.steps() else None
        keys = [p.key for p in self.plan.values() if not p.left_out or p.key == self.phase.key]
        place = keys.index(self.phase.key) + step
        return self.plan[keys[place]] if 0 <= place < len(keys) else None

    def taking_part(self) -> Iterator[str]:
        """People who take part, without those who only facilitate."""
        return (person for person, roles in self.roles.items() if "participant" in roles)

    def took_back(self, hand: str) -> bool:
        """Whether what somebody speaks with was refused by the person it was made for, or withdrawn."""
        return hand in self.spoken and self.spoken[hand].state in ("refused", "withdrawn")

    def is_facilitator(self, person: str) -> bool:
        """Whether the person may steer."""
        return "facilitator" in self.roles.get(person, ())

    def touch(self, *keys: str) -> None:
        """Remember that these entities have to be looked at again."""
        self.touched.update(keys)

    def begin_anew(self) -> None:
        """Nobody is done any more, and whoever was is told so."""
        self.touched_people.update(self.done)
        self.done.clear()

    def put_down(self, cards: list[str]) -> None:
        """Nobody holds these cards any more."""
        for card in cards:
            del self.holds[card]
            self.touch("hold:" + card)


@dataclass(slots=True)
class Room:
    """The place one organisation works in for one cycle; one writer at a time."""

    id: str
    name: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    record: Record = field(default_factory=Record)
    sessions: dict[str, Session] = field(default_factory=dict)
    #: Every session ever opened here, also those that are not in memory.
    held: dict[str, Held] = field(default_factory=dict)
    #: (session, person) → pile or ballot → pens, the one to write with first.
    #: Kept apart from the stream and emptied when a session closes.
    pens: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)
    holders: dict[str, tuple[str, str]] = field(default_factory=dict)
    #: Entries that were merged into others.
    same: list[str] = field(default_factory=list)
    #: Pen → the hand it was taken with, where that is not the person's own (``facilitate/speaking.py``).
    hands: dict[str, str] = field(default_factory=dict)
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


class PenTaken(RoomEvent, frozen=True, tag="pen_taken"):
    """Somebody took a pen. Stored in a table of its own, never in the stream."""

    apart: ClassVar[bool] = True

    session: str
    person: str
    pile: str
    pen: str
    hand: str = ""

    def evolve(self, room: Room) -> None:
        """Hand the pen over."""
        room.give_pen(self.session, self.person, self.pile, self.pen, self.hand)
        room.sessions[self.session].touched_people.add(self.person)


class Answered(RoomEvent, frozen=True, tag="answered"):
    """Somebody has answered the exit pulse. Stored in no event, apart from the answer and later than it."""

    apart: ClassVar[bool] = True

    session: str
    person: str

    def evolve(self, room: Room) -> None:
        """Remember it."""
        room.sessions[self.session].answered.add(self.person)
        room.sessions[self.session].touched_people.add(self.person)


@dataclass(slots=True)
class By:
    """Who acts, when (Unix milliseconds), and where new ids and shuffles come from."""

    person: str
    at: int
    new_id: Callable[[], str]
    shuffle: Callable[[list[str]], list[str]]
    #: People with a seat open in the session, where that counts.
    here: frozenset[str] = frozenset()
    #: What they act with, where it is not their own key; and the entry they came as, where it is merged by now.
    hand: str = ""
    entry: str = ""


@dataclass(slots=True)
class Turn:
    """One command's turn: the room, the session it is for, and who sent it.

    ``written_for`` is the past run a late command was made for, if it was.
    """

    room: Room
    session: Session
    by: By
    written_for: Run | None = None
    pens_taken: list[PenTaken] = field(default_factory=list)

    @property
    def board(self) -> Board:
        """The session's board."""
        return self.session.board

    @property
    def record(self) -> Record:
        """The room's record."""
        return self.room.record

    @property
    def run(self) -> Run:
        """The run the command is for."""
        run = self.written_for or self.session.run
        if run is None:
            raise Refused("not_begun", "The session has not begun yet.")
        return run

    @property
    def phase(self) -> PhasePlan:
        """The phase the command is for."""
        return self.session.plan[self.run.phase]

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting of the phase."""
        return self.phase.settings.get(name, default)

    def pen(self, pile: str, person: str = "") -> str:
        """The person's pen in a pile or ballot; a new one is stored with the events, but apart from them."""
        who, hand = person or self.entry, "" if person else self.by.hand
        known = [p for p in self.room.pens_of(self.session.code, who, pile) if self.room.hands.get(p, "") == hand]
        known = known or [p.pen for p in self.pens_taken if (p.person, p.pile) == (who, pile)]
        if known:
            return known[0]
        taken = PenTaken(session=self.session.code, person=who, pile=pile, pen=self.by.new_id(), hand=hand)
        self.pens_taken.append(taken)
        return taken.pen

    def holds_pen(self, pen: str) -> bool:
        """Whether whoever acts wrote with this pen."""
        mine = self.room.holders.get(pen) == (self.session.code, self.entry)
        return mine and self.room.sees(self.by.hand, pen)

    def own_pens(self, pile: str) -> list[str]:
        """The pens of whoever acts in a pile or ballot, as far as what they act with may know of them."""
        return self.room.pens_of(self.session.code, self.entry, pile, self.by.hand)

    @property
    def entry(self) -> str:
        """The entry whoever acts came as."""
        return self.by.entry or self.by.person

    def is_facilitator(self) -> bool:
        """Whether whoever acts may steer."""
        return self.session.is_facilitator(self.by.person)

    def must_facilitate(self) -> None:
        """Refuse anybody but a facilitator."""
        if not self.is_facilitator():
            raise Refused("not_yours", "Only the facilitator can do that.")

    def must_take_part(self) -> None:
        """Refuse whoever only facilitates, or has left."""
        if "participant" not in self.session.roles.get(self.by.person, ()):
            raise Refused("not_yours", "Facilitators do not take part here. Join on a phone to take part.")


@dataclass(slots=True)
class Keeping:
    """One command's turn on the record, outside any session. ``key``: whoever acts holds the room's key.

    ``team`` is the one they were invited as.
    """

    room: Room
    by: By
    key: bool = False
    team: str = ""

    @property
    def record(self) -> Record:
        """The room's record."""
        return self.room.record

    def must_keep(self) -> None:
        """Refuse whoever does not hold the room's key."""
        if not self.key:
            raise Refused("not_yours", "Only who holds the key of this room can do that.")

    def may_answer(self) -> bool:
        """Whether whoever acts holds the key, or is one of the leaders."""
        return self.key or self.by.person in self.record.leaders


class Asked(msgspec.Struct, frozen=True, tag_field="do", kw_only=True):
    """What a person asks for. ``phase`` names the run it was made for; ``id`` is the client's own."""

    id: str = ""
    phase: str = ""


class RecordCommand(Asked, frozen=True):
    """Something asked of the record itself."""

    def decide(self, turn: Keeping) -> list[Event]:
        """The facts that follow, or a refusal."""
        raise NotImplementedError


class Command(Asked, frozen=True):
    """Something asked in a session."""

    def decide(self, turn: Turn) -> list[Event]:
        """The facts that follow, or a refusal."""
        raise NotImplementedError
