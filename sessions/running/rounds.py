"""Rounds inside one run: stages with their minutes, again and again, at the bell or before it; settings of one thing.

A walk reads, talks and moves; a confidence vote votes, hears and fixes; slots and stalls are further settings.
"""

from dataclasses import dataclass
from typing import ClassVar

from sessions.room import Command, Run, Session, Turn
from sessions.room.kind import Shown
from sessions.room.part import Part
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused
from sessions.running.clock import ClockStarted

#: The stage after the last round, before anything else; and the one between two rounds where everybody rests.
HOME, BREAK = "home", "break"
#: How long before its end a stage says so, in milliseconds.
WARNING = 120_000


@dataclass(slots=True)
class Early:
    """A bell that was rung before its time: when (Unix milliseconds), and where things stood."""

    at: int
    round: int
    stage: str
    deadline: int


class Bell(Shown, frozen=True):
    """When a stage of a round ends by the plan (Unix milliseconds)."""

    round: int
    stage: str
    until: int


@dataclass(slots=True)
class Loop:
    """Stages in their order with their minutes, how many rounds of them, and where things stand now.

    ``rings``: it moves by itself, until somebody holds the clock. No stage: it has not begun.
    After round ``break_after`` (0: none) there is a break of so many minutes.
    """

    stages: dict[str, float]
    rounds: int = 0
    rings: bool = True
    round: int = 0
    stage: str = ""
    early: Early | None = None
    break_after: int = 0
    break_minutes: float = 10

    def goes(self) -> bool:
        """Whether it is under way."""
        return self.stage in self.stages or self.stage == BREAK

    def is_last(self) -> bool:
        """Whether this is the last stage of the last round."""
        return self.stage == [*self.stages][-1] and self.round >= self.rounds

    def after(self) -> tuple[int, str]:
        """The round and stage that follow."""
        return _after(self, self.round, self.stage)

    def before(self) -> tuple[int, str] | None:
        """The round and stage that came before; none at the beginning, or before it."""
        if not self.stage or not self.rounds:
            return None
        was, now = None, (1, next(iter(self.stages)))
        while now != (self.round, self.stage):
            if now[1] == HOME:
                return None
            was, now = now, _after(self, *now)
        return was

    def lasts(self, stage: str) -> int:
        """How long a stage is, in milliseconds; the way home as long as the last one."""
        known = {BREAK: self.break_minutes, **self.stages}
        return round(known.get(stage, [*self.stages.values()][-1]) * 60_000)

    def bells(self, deadline: int) -> list[Bell]:
        """When each stage from now on ends by the plan (Unix milliseconds), for a phone without connection."""
        found: list[Bell] = []
        at, number, stage = deadline, self.round, self.stage
        while stage in self.stages or stage == BREAK:
            found.append(Bell(number, stage, at))
            number, stage = _after(self, number, stage)
            at += self.lasts(stage)
        return found


@dataclass(slots=True)
class BeganAt(Part):
    """Where rounds were when one run of them began."""

    round: int = 0
    stage: str = ""


@dataclass(slots=True)
class LeftAt(Part):
    """Where rounds were in one run when everybody was sent home before the last, and until when that was to last."""

    round: int = 0
    stage: str = ""
    deadline: int = 0


class Rounds(Part):
    """What an activity with rounds keeps: they go on where they were when a step was left by mistake."""

    #: The activity whose rounds these are.
    of: ClassVar[str]
    loop: Loop

    def turned(self, session: Session) -> None:
        """Another stage is on: what shows it has to be looked at again."""

    def staged(self, session: Session, run: Run, round: int, stage: str, before: int, early: int) -> None:
        if session.plan[run.phase].activity != self.of:
            return
        if run.part.find(BeganAt) is None:
            run.part.put(BeganAt(self.loop.round, self.loop.stage))
        if stage == HOME and self.loop.goes() and not self.loop.is_last():
            run.part.put(LeftAt(self.loop.round, self.loop.stage, before))
        move(self.loop, round, stage, before, early)
        self.turned(session)

    def unstaged(self, session: Session, run: Run, round: int, stage: str) -> None:
        if session.plan[run.phase].activity == self.of:
            move(self.loop, round, stage, 0, 0)
            self.turned(session)

    def undone(self, session: Session, run: Run) -> None:
        """Rounds that were left go on where they were; begun again, they are where they were before."""
        if run.phase in session.plan and session.plan[run.phase].activity == self.of:
            began = run.part.find(BeganAt)
            if began:
                move(self.loop, began.round, began.stage, 0, 0)
        now = session.run
        left = now.part.find(LeftAt) if now and session.plan[now.phase].activity == self.of else None
        if now and left and left.stage and self.loop.stage == HOME:
            move(self.loop, left.round, left.stage, 0, 0)
            now.deadline, left.stage = left.deadline, ""
        self.turned(session)


class StageBegun(SessionEvent, frozen=True, tag="stage_begun"):
    """Within a run, another stage begins; times are Unix milliseconds. ``early``: the bell was rung before its time."""

    run: str
    round: int
    stage: str
    at: int
    deadline: int
    early: bool = False

    def evolve(self, session: Session) -> None:
        run = session.run_of(self.run)
        before = run.deadline
        run.deadline, run.left = self.deadline, None
        session.moved = self.at if self.early else session.moved
        for part in session.part.all():
            part.staged(session, run, self.round, self.stage, before, self.at if self.early else 0)
        session.begin_anew()
        session.touch("walk", "step", "counts", "done", "places")


class BellTakenBack(SessionEvent, frozen=True, tag="bell_taken_back"):
    """A bell that was rung too early was taken back, or one stage of a round that was over comes again.

    It goes on to this deadline (Unix milliseconds).
    """

    run: str
    round: int
    stage: str
    deadline: int

    def evolve(self, session: Session) -> None:
        run = session.run_of(self.run)
        run.deadline, run.left, session.moved = self.deadline, None, 0
        for part in session.part.all():
            part.unstaged(session, run, self.round, self.stage)
        session.begin_anew()
        session.touch("walk", "step", "counts", "done", "places")


class NextStage(Command, frozen=True, tag="next_stage"):
    """Ring the bell early. ``after`` is the round and stage it follows, so that two presses ring once."""

    who = "facilitators"
    after: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        loop = turn.activity.loop(turn.session)
        if loop is None:
            raise Refused("not_now", "Nothing is running yet that could move on.")
        if self.after and self.after != f"{loop.round} {loop.stage}":
            return []
        return turn.activity.ring(turn, early=turn.by.at < turn.run.deadline)


@dataclass(slots=True)
class Warning(Part):
    """The round and stage whose end was said beforehand by hand."""

    of: str = ""


class Warned(SessionEvent, frozen=True, tag="warned"):
    """Everybody was told that this stage of a round ends soon."""

    of: str

    def evolve(self, session: Session) -> None:
        session.part(Warning).of = self.of
        session.touch("step")


class Warn(Command, frozen=True, tag="warn"):
    """Say that the present stage of a round ends two minutes from now; where it would anyway, it ends at once.

    ``after`` is the round and stage it is meant for.
    """

    who = "facilitators"
    after: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        loop, run = turn.activity.loop(turn.session), turn.run
        if loop is None or not loop.goes():
            raise Refused("not_now", "Nothing is running that could end in two minutes.")
        now = f"{loop.round} {loop.stage}"
        if self.after and self.after != now:
            return []
        left = run.deadline - turn.by.at if run.left is None else run.left
        if left <= WARNING:
            return turn.activity.ring(turn, early=left > 0)
        return [Warned(of=now), ClockStarted(deadline=turn.by.at + WARNING)]


def stage(turn: Turn, loop: Loop, run: str, number: int, name: str, early: bool = False) -> StageBegun:
    """The fact that a stage begins now."""
    at = turn.by.at
    return StageBegun(run=run, round=number, stage=name, at=at, deadline=at + loop.lasts(name), early=early)


def move(loop: Loop, number: int, name: str, before: int, early: int) -> None:
    """Where the loop is from now on; ``early`` is when the bell was rung, if that was before its time."""
    loop.early = Early(early, loop.round, loop.stage, before) if early else None
    loop.round, loop.stage = number, name


def taken_back(turn: Turn, loop: Loop | None, run: Run) -> BellTakenBack | None:
    """The fact that the last bell is taken back, if it was rung early and by nobody else's time."""
    if loop is None or loop.early is None or loop.early.at != turn.session.moved:
        return None
    before = loop.early
    deadline = before.deadline + (turn.by.at - before.at)
    return BellTakenBack(run=run.id, round=before.round, stage=before.stage, deadline=deadline)


def one_back(turn: Turn, loop: Loop | None, run: Run) -> BellTakenBack | None:
    """The fact that the stage before this one comes again, with all its time; none at the beginning."""
    before = loop.before() if loop else None
    if loop is None or before is None:
        return None
    number, name = before
    return BellTakenBack(run=run.id, round=number, stage=name, deadline=turn.by.at + loop.lasts(name))


def _after(loop: Loop, number: int, stage: str) -> tuple[int, str]:
    names = [*loop.stages]
    if stage not in (names[-1], BREAK):
        return number, names[names.index(stage) + 1]
    if number >= loop.rounds:
        return number, HOME
    return (number, BREAK) if number == loop.break_after and stage != BREAK else (number + 1, names[0])
