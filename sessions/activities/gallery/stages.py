"""Each round of a walk reads, talks and moves on, at the bell or before it."""

from sessions.activities.gallery.walk import Walk, pile_of
from sessions.board import piles
from sessions.board.piles import PileOpened
from sessions.room import Command, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused
from sessions.running.rounds import HOME, BellTakenBack, stage


class GroupArrived(SessionEvent, frozen=True, tag="group_arrived"):
    """A group stands before its poster of this round."""

    group: int
    round: int

    def evolve(self, session: Session) -> None:
        if session.part(Walk):
            group = next(g for g in session.part(Walk).groups if g.number == self.group)
            group.arrived = max(group.arrived, self.round)
            session.done.update(group.people)
            session.touch("floor", "counts", "done")
            session.touched_people.update(group.people)


class Stand(Command, frozen=True, tag="stand"):
    """Say that one's group is at its poster; for the round that comes while walking."""

    who = "participants"

    def decide(self, turn: Turn) -> list[Event]:
        walk = a_walk(turn)
        group = walk.group_of(turn.by.person)
        round = max(1, walk.round + (walk.stage == "move"))
        if group is None or group.arrived >= round:
            return []
        return [GroupArrived(group=group.number, round=round)]


def a_walk(turn: Turn) -> Walk:
    """The walk, or a refusal where groups were not dealt yet."""
    if not turn.session.part(Walk):
        raise Refused("not_now", "There are no groups yet.")
    return turn.session.part(Walk)


def begin(turn: Turn, run: str) -> list[Event]:
    """The first stage of a run: the round it had come to, read anew."""
    walk = turn.session.part(Walk)
    return _stage(turn, run, min(max(1, walk.round), walk.rounds) if walk else 1, "read")


def next_stage(turn: Turn, early: bool = False) -> list[Event]:
    """What the bell brings: reading, talking, walking on, and in the end home."""
    loop = a_walk(turn).loop
    return _stage(turn, turn.run.id, *loop.after(), early) if loop.goes() else []


def go_home(turn: Turn) -> list[Event]:
    """Whoever leaves the walk early shows what was written, and sends everybody home."""
    walk = turn.session.part(Walk)
    return _stage(turn, turn.run.id, walk.round, HOME) if walk and walk.stage != HOME else []


def comes_again(turn: Turn, back: BellTakenBack) -> list[Event]:
    """A stage comes again: notes that were shown stay shown, and nothing is shown by going back."""
    return [*(_piles(turn, "read") if back.stage == "read" else []), back]


def _stage(turn: Turn, run: str, round: int, name: str, early: bool = False) -> list[Event]:
    loop = turn.session.part(Walk).loop
    return [*_piles(turn, name), stage(turn, loop, run, round, name, early)]


def _piles(turn: Turn, name: str) -> list[Event]:
    """While people read, what they write waits; then it is shown, and what comes after it at once."""
    names = [pile_of(poster) for poster in turn.session.part(Walk).posters]
    if name == "read":
        return [PileOpened(pile=pile, limit=0) for pile in names]
    shown = [event for pile in names for event in piles.show(turn, pile)]
    return [*shown, *(PileOpened(pile=pile, limit=0, hidden=False) for pile in names)]
