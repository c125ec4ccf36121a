"""Moving from phase to phase, showing what was collected, and undoing a move."""

from typing import ClassVar, Literal

from sessions.room import Command, PhasePlan, Run, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused
from sessions.rules.voting import enough_voted
from sessions.running.removing import Removed, let_in

#: What coming back to a vote that was shown is for.
Again = Literal["", "look", "anew"]


#: How long a move can be undone, in milliseconds.
UNDO = 20_000


class PhaseBegun(SessionEvent, frozen=True, tag="phase_begun"):
    """A run of a phase began; times are Unix milliseconds."""

    run: str
    phase: str
    at: int
    deadline: int

    def evolve(self, session: Session) -> None:
        session.runs.append(Run(self.run, self.phase, session.plan[self.phase], self.at, self.deadline))
        session.at = len(session.runs) - 1
        session.state = "open"
        session.began = session.began or self.at
        session.moved = self.at
        _clear_the_table(session)


class MoveUndone(SessionEvent, frozen=True, tag="move_undone"):
    """The last move was taken back; the run before it goes on, with ``given`` more milliseconds."""

    given: int

    def evolve(self, session: Session) -> None:
        undone = session.runs.pop()
        session.undone.append(undone)
        session.at = len(session.runs) - 1
        session.moved = 0
        for part in session.part.all():
            part.undone(session, undone)
        if session.run:
            session.run.deadline += self.given
        else:
            session.state = "lobby"
            session.began = 0
        _clear_the_table(session)


class InputStopped(SessionEvent, frozen=True, tag="input_stopped"):
    """Nobody can add anything for now, or can again."""

    stopped: bool

    def evolve(self, session: Session) -> None:
        session.stopped = self.stopped
        session.touch("step")


class NextPhase(Command, frozen=True, tag="next_phase"):
    """Go on. With ``phase`` only from that run, so that two facilitators pressing it move once.

    ``unshown`` says what becomes of work that was not shown: ``show`` it, or set it ``aside``.
    """

    who = "facilitators"
    anytime: ClassVar[bool] = True
    knows_its_phase: ClassVar[bool] = True
    unshown: Literal["", "show", "aside"] = ""
    again: Again = ""

    def decide(self, turn: Turn) -> list[Event]:
        if _moved_already(turn, self.phase):
            return []
        after = turn.session.beside(1)
        if after is None:
            raise Refused("last_step", "This was the last step. Close the session when you are ready.")
        leaving = _leave(turn, self.unshown)
        follows = turn.activity.leave(turn) if turn.session.run else []
        return [*leaving, *follows, *begin(turn, after, _anew(turn, after, self.again))]


class PreviousPhase(Command, frozen=True, tag="previous_phase"):
    """Go back one phase: a new run of it begins, and what came later is kept; inside rounds, one stage of them.

    ``after`` is the round and stage it goes back from, so that two presses go back once.
    Where a vote was shown there, ``again`` says what for: to ``look`` at it, or to vote ``anew``.
    """

    who = "facilitators"
    anytime: ClassVar[bool] = True
    knows_its_phase: ClassVar[bool] = True
    unshown: Literal["", "show", "aside"] = "aside"
    again: Again = ""
    after: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        loop = turn.activity.loop(turn.session) if turn.session.run else None
        if _moved_already(turn, self.phase) or (loop and self.after and self.after != f"{loop.round} {loop.stage}"):
            return []
        within = turn.activity.step_back(turn) if turn.session.run else []
        if within:
            return within
        before = turn.session.beside(-1) if turn.session.run else None
        if before is None:
            raise Refused("first_step", "This is the first step.")
        return begin(turn, before, _anew(turn, before, self.again))


class GoTo(Command, frozen=True, tag="go_to"):
    """Go to any step of the plan: a new run of it begins. ``unshown`` and ``again`` as for going on and back."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    knows_its_phase: ClassVar[bool] = True
    step: str
    unshown: Literal["", "show", "aside"] = ""
    again: Again = ""

    def decide(self, turn: Turn) -> list[Event]:
        if _moved_already(turn, self.phase):
            return []
        wanted = turn.session.plan.get(self.step)
        if wanted is None or wanted.left_out:
            raise Refused("no_such_step", "There is no such step in this plan.")
        if turn.session.run is not None and turn.phase.key == wanted.key:
            return []
        leaving = _leave(turn, self.unshown)
        follows = turn.activity.leave(turn) if turn.session.run else []
        return [*leaving, *follows, *begin(turn, wanted, _anew(turn, wanted, self.again))]


class Reveal(Command, frozen=True, tag="reveal"):
    """Show everybody what was collected in this phase. It cannot be taken back.

    A vote in which fewer than four fifths have voted is shown ``anyway`` or not at all.
    """

    who = "facilitators"
    anytime: ClassVar[bool] = True
    knows_its_phase: ClassVar[bool] = True
    anyway: bool = False

    def decide(self, turn: Turn) -> list[Event]:
        if self.phase and turn.session.run and self.phase != turn.session.run.id:
            return []
        if not self.anyway:
            _enough_voted(turn)
        return turn.activity.reveal(turn)


class Undo(Command, frozen=True, tag="undo"):
    """Take the last move back, a bell that was rung early, or that somebody was removed, within twenty seconds.

    What was shown stays shown.
    """

    who = "facilitators"
    anytime: ClassVar[bool] = True

    def decide(self, turn: Turn) -> list[Event]:
        moved, removed = turn.session.moved, turn.session.part(Removed)
        out, person = removed.last()
        if turn.by.at - max(moved, out) > UNDO or not (moved or out):
            raise Refused("too_late", "A move can be undone for twenty seconds. Use Back instead.")
        if out and out >= moved:
            return let_in(turn, person)
        run = turn.session.run
        taken_back = turn.activity.take_back(turn) if run else []
        if taken_back:
            return taken_back
        opened = turn.activity.undo(turn, run.id) if run else []
        return [*opened, MoveUndone(given=turn.by.at - moved)]


class StopInput(Command, frozen=True, tag="stop_input"):
    """Stop everybody's input for a moment, or let it in again."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        return [] if turn.session.stopped == self.on else [InputStopped(stopped=self.on)]


def begin(turn: Turn, phase: PhasePlan, anew: bool = True) -> list[Event]:
    """A new run of ``phase``, and what its activity opens; not ``anew``: one looks at what was shown there."""
    run = turn.by.new_id()
    deadline = turn.activities[phase.activity].lasts(phase, turn.by.at)
    begun = PhaseBegun(run=run, phase=phase.key, at=turn.by.at, deadline=deadline)
    return [begun, *turn.activities[phase.activity].enter(turn, phase, run, anew)]


def _anew(turn: Turn, phase: PhasePlan, again: str) -> bool:
    """Whether a vote there begins anew; coming back to one that was shown has to say so."""
    been = any(run.phase == phase.key for run in (*turn.session.runs, *turn.session.undone))
    if not been or not turn.activities[phase.activity].was_shown(turn.session, phase):
        return True
    if not again:
        raise Refused("vote_shown", "This vote has been shown. Look at it again, or vote anew beside it.")
    return again == "anew"


def _enough_voted(turn: Turn) -> None:
    voted = turn.activity.voted(turn.room, turn.session)
    people = sum(1 for _ in turn.session.taking_part())
    if voted is None or enough_voted(voted, people) or not people:
        return
    raise Refused(
        "few_voted",
        "{voted} of {people} have voted. Wait for the others, or show it all the same.",
        {"voted": voted, "people": people},
    )


def _moved_already(turn: Turn, phase: str) -> bool:
    return bool(phase) and phase != (turn.session.run.id if turn.session.run else "lobby")


def _leave(turn: Turn, unshown: str) -> list[Event]:
    if turn.session.run is None:
        return []
    activity = turn.activity
    if not activity.waiting(turn.session, turn.phase):
        return []
    if unshown == "show":
        return activity.reveal(turn)
    if unshown == "aside":
        return activity.set_aside(turn)
    raise Refused("not_shown", "What was collected here has not been shown. Show it, or set it aside.")


def _clear_the_table(session: Session) -> None:
    session.begin_anew()
    for part in session.part.all():
        part.moved_on(session)
    session.stopped = False
    session.touch("step", "plan", "session", "attention", "places")
    session.touched_people.update(session.roles)
