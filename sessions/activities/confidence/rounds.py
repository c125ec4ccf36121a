"""Rounds of the confidence vote: secret numbers, unsigned concerns, and what became of them."""

from dataclasses import dataclass, field
from typing import ClassVar

from sessions.room import Session
from sessions.room.part import Part
from sessions.rules.event import SessionEvent
from sessions.rules.voting import FIGURES_FROM, SPLIT_FROM


@dataclass(slots=True)
class Sure:
    """One person's vote: 1 to 5, and three times yes or not yet."""

    value: int
    meaningful: bool
    inclusive: bool
    can_do: bool


@dataclass(slots=True)
class Concern:
    """What somebody who voted low is worried about, unsigned; ``settled`` is how it was answered."""

    id: str
    line: str
    text: str
    pen: str
    settled: str = ""


@dataclass(slots=True)
class ConfidenceRound:
    """One round of votes, by pen. ``people`` could vote when it opened; ``counted`` of them have."""

    id: str
    number: int
    people: list[str]
    counted: int = 0
    shown: bool = False
    votes: dict[str, Sure] = field(default_factory=dict)
    concerns: dict[str, Concern] = field(default_factory=dict)
    #: Pens whose votes did not count when it was shown; the run it was opened in; whether a newer round stands in its
    #: place.
    resting: set[str] = field(default_factory=set)
    run: str = ""
    withheld: bool = False
    secret: int = -1
    #: The facilitator asked the room what a low vote that said nothing might have seen.
    asked: bool = False

    @property
    def present(self) -> int:
        """How many could vote when it opened."""
        return len(self.people)

    def values(self) -> list[int]:
        """The votes from 1 to 5, sorted, so that their order tells nothing."""
        return sorted(vote.value for vote in self.counting().values())

    def counting(self) -> dict[str, Sure]:
        """What counts, by pen."""
        return {pen: vote for pen, vote in self.votes.items() if pen not in self.resting}

    def cast(self) -> list[str]:
        """Pens that have voted."""
        return list(self.votes)

    def tells(self) -> bool:
        """Whether its figures may be shown."""
        return self.shown and not self.withheld and self.hidden() >= FIGURES_FROM

    def splits(self) -> bool:
        """Whether more than their mean may be shown."""
        return self.tells() and self.hidden() >= SPLIT_FROM

    def hidden(self) -> int:
        """How many stand before each other: those who voted with a key of their own."""
        return len(self.counting()) if self.secret < 0 else self.secret

    def mean(self) -> float:
        """Their mean, 0 without a vote."""
        values = self.values()
        return sum(values) / len(values) if values else 0.0


@dataclass(slots=True)
class Rounds(Part):
    """Rounds of the confidence vote, by id, in the order they were opened."""

    by_id: dict[str, ConfidenceRound] = field(default_factory=dict)


class RoundOpened(SessionEvent, frozen=True, tag="round_opened"):
    """A round is open; ``present`` are those who could vote at once."""

    round: str
    number: int
    present: list[str]
    run: str = ""

    def evolve(self, session: Session) -> None:
        session.part(Rounds).by_id[self.round] = ConfidenceRound(
            self.round, self.number, list(self.present), run=self.run
        )
        session.touch("round")


class SureGiven(SessionEvent, frozen=True, tag="sure_given"):
    """A pen votes, or votes anew while the round is open."""

    unsigned: ClassVar[bool] = True
    round: str
    pen: str
    value: int
    meaningful: bool
    inclusive: bool
    can_do: bool

    def evolve(self, session: Session) -> None:
        found = session.part(Rounds).by_id[self.round]
        found.votes.pop(self.pen, None)
        found.votes[self.pen] = Sure(self.value, self.meaningful, self.inclusive, self.can_do)
        if self.value > 2:
            found.concerns = {id: c for id, c in found.concerns.items() if c.pen != self.pen}
        session.touch("voted")
        session.board.touched_pens.add(self.pen)


class SureTaken(SessionEvent, frozen=True, tag="sure_taken"):
    """A pen's vote is given back: its entry was merged into one that has voted too."""

    unsigned: ClassVar[bool] = True
    round: str
    pen: str

    def evolve(self, session: Session) -> None:
        found = session.part(Rounds).by_id[self.round]
        found.votes.pop(self.pen, None)
        found.concerns = {id: c for id, c in found.concerns.items() if c.pen != self.pen}
        session.board.touched_pens.add(self.pen)


class ConcernGiven(SessionEvent, frozen=True, tag="concern_given"):
    """A pen that voted low says which line worries it and why; again, it says so instead."""

    unsigned: ClassVar[bool] = True
    own_words: ClassVar[tuple[str, ...]] = ("text",)
    round: str
    pen: str
    concern: str
    line: str
    text: str

    def evolve(self, session: Session) -> None:
        found = session.part(Rounds).by_id[self.round]
        found.concerns = {id: c for id, c in found.concerns.items() if c.pen != self.pen}
        found.concerns[self.concern] = Concern(self.concern, self.line, self.text, self.pen)
        session.board.touched_pens.add(self.pen)


class RoundShown(SessionEvent, frozen=True, tag="round_shown"):
    """The round is shown and never reopens; concerns stand in this shuffled order.

    ``counted`` is how many of those present when it opened have voted.
    """

    round: str
    order: list[str]
    counted: int = 0
    withholds: list[str] = []
    resting: list[str] = []
    secret: int = -1

    def evolve(self, session: Session) -> None:
        found = session.part(Rounds).by_id[self.round]
        found.resting, found.secret = set(self.resting), self.secret
        for older in self.withholds:
            session.part(Rounds).by_id[older].withheld = True
        found.shown, found.counted = True, self.counted
        found.concerns = {id: found.concerns[id] for id in self.order}
        session.touch("round")
        session.board.touched_pens.update(found.votes)


class ConcernSettled(SessionEvent, frozen=True, tag="concern_settled"):
    """A concern was answered with a sentence."""

    round: str
    concern: str
    text: str

    def evolve(self, session: Session) -> None:
        session.part(Rounds).by_id[self.round].concerns[self.concern].settled = self.text
        session.touch("round")


class RoomAsked(SessionEvent, frozen=True, tag="room_asked"):
    """The facilitator asked everybody what a low vote without words might have seen."""

    round: str

    def evolve(self, session: Session) -> None:
        session.part(Rounds).by_id[self.round].asked = True
        session.touch("round")


class RoundSetAside(SessionEvent, frozen=True, tag="round_set_aside"):
    """A round was left without being shown; its votes stay unseen for ever."""

    round: str

    def evolve(self, session: Session) -> None:
        session.board.touched_pens.update(session.part(Rounds).by_id.pop(self.round).votes)
        session.touch("round")
