"""Each round of a walk reads, talks and moves on, at the bell or before it."""

from typing import Any

from sessions.activities.gallery.walk import MOVE, READ, TALK, Before, Stage, Walk, pile_of
from sessions.board import piles
from sessions.board.piles import PileOpened
from sessions.room import Command, Run, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused

_NEXT: dict[Stage, Stage] = {"read": "talk", "talk": "move", "move": "read"}


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


class StageBegun(SessionEvent, frozen=True, tag="stage_begun"):
    """Within a run, everybody reads, talks, walks on or goes home; times are Unix milliseconds."""

    run: str
    round: int
    stage: Stage
    at: int
    deadline: int

    def evolve(self, session: Session) -> None:
        run = next(r for r in session.runs if r.id == self.run)
        deadline = run.deadline
        run.deadline, run.left = self.deadline, None
        walk = session.part(Walk)
        if walk:
            if self.stage == "home":
                run.part.put(Before(walk.round, walk.stage, deadline))
            walk.round, walk.stage = self.round, self.stage
            if self.stage in ("read", "talk"):
                stood = walk.stood.setdefault(self.round, {})
                for group in walk.groups:
                    for person in group.people:
                        stood.setdefault(person, walk.poster_in(group, self.round))
        session.begin_anew()
        session.touch("walk", "step", "counts", "done", "places")


class Stand(Command, frozen=True, tag="stand"):
    """Say that one's group is at its poster; for the round that comes while walking."""

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_take_part()
        walk = a_walk(turn)
        group = walk.group_of(turn.by.person)
        round = max(1, walk.round + (walk.stage == "move"))
        if group is None or group.arrived >= round:
            return []
        return [GroupArrived(group=group.number, round=round)]


class NextStage(Command, frozen=True, tag="next_stage"):
    """Ring the bell early. ``after`` is the round and stage it follows, so that two presses ring once."""

    after: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        walk = a_walk(turn)
        if self.after and self.after != f"{walk.round} {walk.stage}":
            return []
        return next_stage(turn)


def a_walk(turn: Turn) -> Walk:
    """The walk, or a refusal where groups were not dealt yet."""
    if not turn.session.part(Walk):
        raise Refused("not_now", "There are no groups yet.")
    return turn.session.part(Walk)


def begin(turn: Turn, run: str) -> list[Event]:
    """The first stage of a run: the round it had come to, read anew."""
    walk = turn.session.part(Walk)
    round = min(max(1, walk.round), walk.rounds) if walk else 1
    return _stage(turn, run, round, "read")


def next_stage(turn: Turn) -> list[Event]:
    """What the bell brings: reading, talking, walking on, and in the end home."""
    walk = a_walk(turn)
    if walk.stage in ("", "home"):
        return []
    if walk.stage == "move" and walk.round >= walk.rounds:
        return _stage(turn, turn.run.id, walk.round, "home")
    round = walk.round + (walk.stage == "move")
    return _stage(turn, turn.run.id, round, _NEXT[walk.stage])


def go_home(turn: Turn) -> list[Event]:
    """Whoever leaves the walk early shows what was written, and sends everybody home."""
    walk = turn.session.part(Walk)
    if not walk or walk.stage == "home":
        return []
    return _stage(turn, turn.run.id, walk.round, "home")


def bells(walk: Walk, run: Run) -> list[dict[str, Any]]:
    """When each stage from now on ends by the plan (Unix milliseconds), for a phone without connection."""
    found: list[dict[str, Any]] = []
    at, round, stage = run.deadline, walk.round, walk.stage
    while stage not in ("", "home"):
        found.append({"round": round, "stage": stage, "until": at})
        if stage == "move" and round >= walk.rounds:
            break
        round, stage = round + (stage == "move"), _NEXT[stage]
        at += round_ms(getattr(walk, stage))
    return found


def round_ms(minutes: float) -> int:
    """Minutes as milliseconds."""
    return round(minutes * 60_000)


def _stage(turn: Turn, run: str, round: int, stage: Stage) -> list[Event]:
    walk = turn.session.part(Walk)
    minutes = {"read": READ, "talk": TALK, "move": MOVE}.get(stage, MOVE)
    if walk and stage in ("read", "talk", "move"):
        minutes = getattr(walk, stage)
    begun = StageBegun(run=run, round=round, stage=stage, at=turn.by.at, deadline=turn.by.at + round_ms(minutes))
    names = [pile_of(poster) for poster in (walk.posters if walk else ())]
    if stage == "read":
        return [*(PileOpened(pile=name, limit=0) for name in names), begun]
    shown = [event for name in names for event in piles.show(turn, name)]
    return [*shown, *(PileOpened(pile=name, limit=0, hidden=False) for name in names), begun]
