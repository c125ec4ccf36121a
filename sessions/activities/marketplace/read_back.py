"""Read-back: what is conditional, declined or undecided one by one on the wall, what is agreed as a list at the end."""

from dataclasses import dataclass, field

from sessions.activities.activity import Main
from sessions.activities.marketplace.market_step import MarketStep
from sessions.record.dependencies.dependency import Dependency
from sessions.record.record import Record
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.room.part import Part
from sessions.rules.event import Event, SessionEvent

#: What is read one by one, in this order; the rest is a list.
ONE_BY_ONE = ("conditional", "declined", "undecided", "proposed", "accepted")


@dataclass(slots=True)
class ReadOutLoud(Part):
    """Which needs are read in which order, and how many were."""

    order: list[str] = field(default_factory=list)
    read: int = 0


class NeedReadBack(SessionEvent, frozen=True, tag="need_read_back"):
    """So many needs have been read, in this order."""

    order: list[str]
    read: int

    def evolve(self, session: Session) -> None:
        kept = session.part(ReadOutLoud)
        kept.order, kept.read = list(self.order), self.read
        session.touch("step")


class ReadBackNext(Command, frozen=True, tag="read_back_next"):
    """Read back the next need; ``after`` is how many were, so that two presses read one."""

    who = "facilitators"
    after: int = -1

    def decide(self, turn: Turn) -> list[Event]:
        kept, order = turn.session.part(ReadOutLoud), _order(turn.session, turn.record)
        if self.after not in (-1, kept.read) or kept.read > len(order):
            return []
        return [NeedReadBack(order=order, read=kept.read + 1)]


class ReadBackStep(Shown, frozen=True):
    """The need that is read now, how many were and there are; after the last one, those that are agreed."""

    reading: str
    read: int
    all: int
    agreed: list[str]


class ReadBack(MarketStep):
    """The facilitator's voice goes with it; whoever hears something wrong says so at once."""

    name = "read_back"
    called = "Read back"
    does = "Every commitment is read aloud, one at a time"
    takes = (ReadBackNext,)
    watches = frozenset({"dependency"})

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        return [NeedReadBack(order=[], read=0)]

    def main(self, room: Room, session: Session) -> Main | None:
        kept, order = session.part(ReadOutLoud), _order(session, room.record)
        if kept.read > len(order) or not order:
            return None
        after = {"after": kept.read}
        if kept.read == len(order):
            return Main("Read what is agreed", "read_back_next", after)
        first = "Read the first one" if not kept.read else "Read the next one"
        return Main(first, "read_back_next", after)

    def quiet(self, session: Session, phase: PhasePlan) -> bool:
        return True

    def everyone(self, room: Room, session: Session) -> ReadBackStep:
        kept, order = session.part(ReadOutLoud), _order(session, room.record)
        reading = order[kept.read - 1] if 0 < kept.read <= len(order) else ""
        done = kept.read > len(order)
        needs = room.record.dependencies.values()
        return ReadBackStep(
            reading=reading,
            read=min(kept.read, len(order)),
            all=len(order),
            agreed=[need.id for need in needs if need.agreed and need.state == "accepted"] if done else [],
        )


def _order(session: Session, record: Record) -> list[str]:
    """What is read one by one: once begun it stays, and what comes to it later is last."""
    kept = session.part(ReadOutLoud)
    wanted = sorted(filter(_is_read, record.dependencies.values()), key=lambda n: (ONE_BY_ONE.index(n.state), n.order))
    ids = [need.id for need in wanted]
    return [*kept.order, *(id for id in ids if id not in kept.order)] if kept.order else ids


def _is_read(need: Dependency) -> bool:
    return need.state in ONE_BY_ONE and not (need.agreed and need.state == "accepted")
