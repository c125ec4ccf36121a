"""The turn of one person's command, in a session or on the record, and what a command is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

import msgspec

from sessions.room.pens import PenTaken
from sessions.room.plan import PhasePlan
from sessions.room.room import Room
from sessions.room.session import Run, Session
from sessions.rules.event import Event
from sessions.rules.problem import Problem, Worked
from sessions.rules.refusal import Refused

if TYPE_CHECKING:
    from sessions.activities.activity import Activity
    from sessions.board.board import Board
    from sessions.record.record import Record


@dataclass(slots=True)
class By:
    """Who acts, when (Unix milliseconds), and where new ids and shuffles come from."""

    person: str
    at: int
    new_id: Callable[[], str]
    shuffle: Callable[[list[str]], list[str]]
    #: People with a seat open in the session, where that counts.
    here: Set[str] = frozenset()
    #: What they act with, where it is not their own key; and the entry they came as, where it is merged by now.
    hand: str = ""
    entry: str = ""
    #: What was worked out for the command before its turn, where it takes a solver.
    worked_out: Worked | None = None


@dataclass(slots=True)
class Turn:
    """One command's turn: the room, the session it is for, and who sent it.

    ``written_for`` is the past run a late command was made for, if it was.
    """

    room: Room
    session: Session
    by: By
    #: Every activity by its name; what stands below them knows them by their hooks alone.
    activities: Mapping[str, Activity]
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
        return self.run.planned

    @property
    def activity(self) -> Activity:
        """What people do in the phase."""
        return self.activities[self.phase.activity]

    def planned(self) -> Iterator[Activity]:
        """Every activity of the session's plan, each once."""
        names = dict.fromkeys(phase.activity for phase in self.session.plan.values())
        return (self.activities[name] for name in names if name in self.activities)

    @property
    def wall(self) -> str:
        """The wall that the present step works on, or none."""
        return self.activity.wall(self.phase)

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

    @property
    def own_team(self) -> str:
        """The team whoever acts takes part for; none for who only facilitates."""
        takes_part = "participant" in self.session.roles.get(self.by.person, ())
        person = self.room.people.get(self.by.person)
        return person.team if person and takes_part else ""

    @property
    def code(self) -> str:
        """The session it is in."""
        return self.session.code

    @property
    def keeps(self) -> bool:
        """Whether whoever acts may write down for others what they said."""
        return self.is_facilitator()

    def is_facilitator(self) -> bool:
        """Whether whoever acts may steer."""
        return self.session.is_facilitator(self.by.person)

    def must_be_one_of(self, who: Who) -> None:
        """Refuse whoever may not ask for what these may."""
        if who == "facilitators":
            self.must_facilitate()
        if who == "participants":
            self.must_take_part()

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

    @property
    def own_team(self) -> str:
        """The team whoever acts was invited as, or takes part for in sessions."""
        person = self.room.people.get(self.by.person)
        return self.team or (person.team if person else "")

    @property
    def code(self) -> str:
        """In no session."""
        return ""

    @property
    def keeps(self) -> bool:
        """Whether whoever acts may write down for others what they said."""
        return self.key

    def must_be_one_of(self, who: Who) -> None:
        """Refuse whoever does not hold the room's key, where it takes that."""
        if who == "key" and not self.key:
            raise Refused("not_yours", "Only who holds the key of this room can do that.")

    def may_answer(self) -> bool:
        """Whether whoever acts holds the key, or is one of the leaders."""
        return self.key or self.by.person in self.record.leaders


#: Who may ask: whoever is in the session or was invited to the room, and of these those who take part, facilitate,
#: sponsor or hold the room's key.
Who = Literal["members", "participants", "facilitators", "invited", "sponsor", "key"]


class Asked(msgspec.Struct, frozen=True, tag_field="do", kw_only=True, forbid_unknown_fields=True):
    """What a person asks for. ``phase`` names the run it was made for; ``id`` is the client's own."""

    who: ClassVar[Who] = "members"
    id: str = ""
    phase: str = ""


class RecordCommand(Asked, frozen=True):
    """Something asked of the record itself."""

    who: ClassVar[Who] = "invited"
    #: Also while the record can only be read.
    even_read_only: ClassVar[bool] = False

    def decide(self, turn: Keeping) -> list[Event]:
        """The facts that follow, or a refusal."""
        raise NotImplementedError


class Command(Asked, frozen=True):
    """Something asked in a session, in the steps whose activity takes it."""

    who: ClassVar[Who] = "members"
    #: Possible in every step, from the lobby to the end.
    anytime: ClassVar[bool] = False
    #: Also while a facilitator has stopped input, and once the session is over.
    even_stopped: ClassVar[bool] = False
    even_closed: ClassVar[bool] = False
    #: Says itself what a phase that has passed means for it; and is filed for a past run though it is possible always.
    knows_its_phase: ClassVar[bool] = False
    files_late: ClassVar[bool] = False

    def problem(self, turn: Turn) -> Problem | None:
        """What has to be worked out apart before it is decided; it is then in ``turn.by.worked_out``."""
        return None

    def decide(self, turn: Turn) -> list[Event]:
        """The facts that follow, or a refusal."""
        raise NotImplementedError


class AnywhereCommand(Command, RecordCommand, frozen=True):
    """Something asked of the record in any session, or outside of one; what one may say there depends on whose it is.

    A session is not asked whether it fits: what a team may say on the record it may say anywhere.
    """

    who: ClassVar[Who] = "members"
    anytime: ClassVar[bool] = True

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        """The facts that follow, or a refusal."""
        raise NotImplementedError
