"""What an activity states: the commands it takes, what it opens and shows, and what each audience sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from sessions.activities.playing import Chance, Plays, Seen
from sessions.record.objectives.objective import Objective
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.room.section import Teller
from sessions.room.setting import Settings
from sessions.rules.event import Event
from sessions.rules.working_days import working_days_after
from sessions.running.rounds import BellTakenBack, Loop, one_back, taken_back
from sessions.running.step import Main

#: What a step shows: one shape, or several that stand together; nothing, where the board and the record say it all.
Shows = Shown | tuple[Shown, ...] | None
#: What a facilitator is told who puts a step before anybody has written.
NOTHING_WRITTEN = "Nobody writes anything for this step before it: add a step where people write."
#: The pens of whoever looks, as far as what they look with may know of them: by pile or vote.
Pens = Callable[[str], list[str]]


__all__ = ["Activity", "Main", "Pens"]


class Activity:
    """One thing people do together. Subclasses state only their difference."""

    #: Every activity there is, by its name: stating the class is all it takes.
    all: ClassVar[dict[str, Activity]] = {}
    #: The word the plan and the templates know it by.
    name: ClassVar[str]
    #: Commands that belong to it, beside what is possible in every step.
    takes: ClassVar[tuple[type[Command], ...]] = ()
    #: Settings it understands, each with what it is when nobody says, its words and its bounds.
    settings: ClassVar[type[Settings]] = Settings
    #: What it is called where a facilitator builds an agenda, and what people do in it.
    called: ClassVar[str] = ""
    does: ClassVar[str] = ""
    #: Commands that may be sent again later for a past run and are then filed there.
    files_late: ClassVar[tuple[type[Command], ...]] = ()

    #: What its screens change with, beside the step itself: kinds of things on the board and in the record.
    watches: ClassVar[frozenset[str]] = frozenset()
    #: Kinds of things of the record that everybody sees in a session with it in its plan.
    shows: ClassVar[frozenset[str]] = frozenset()
    #: Whether whoever may write on a goal here may also add a result to it; elsewhere facilitators add them.
    anybody_adds: ClassVar[bool] = False
    #: What it states of a session when that is over, or at any moment before; each teller is asked once.
    tells: ClassVar[tuple[Teller, ...]] = ()
    #: What of its step makes a simulated person play again when it changes.
    plays_again: ClassVar[tuple[str, ...]] = ()
    #: Whether even facilitators see only how many are done, never who.
    count_only: ClassVar[bool] = False
    #: Whether everybody sees how many have voted while a vote is open.
    counts_votes: ClassVar[bool] = False

    #: Whether people say here that they are done, so that how many are says something.
    waits: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "name" in cls.__dict__:
            Activity.all[cls.name] = cls()

    def gives(self, phase: PhasePlan) -> set[str]:
        """What a step leaves to later ones: ``wall:ideas``, ``vote:impact`` and the like."""
        return set()

    def wall(self, phase: PhasePlan) -> str:
        """The wall that a step works on, where it works on one: notes written in it go there."""
        return ""

    def vote(self, phase: PhasePlan) -> str:
        """The vote that is held in a step, by its name."""
        return ""

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        """What has to be there before it, and the sentence that says so where it is not."""
        return {}

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        """What a new run of this phase opens; not ``anew`` where one only looks again at what was shown."""
        return []

    def given(self, session: Session) -> dict[str, int]:
        """How many there may be now, by the setting that counts them, of what may grow while the phase runs."""
        return {}

    def grow(self, turn: Turn, phase: PhasePlan) -> list[Event]:
        """What there may be more of from now on, after the settings of the phase that runs have changed."""
        return []

    def days(self, phase: PhasePlan) -> int:
        """For how many working days it stays open; 0 where it goes by the clock, as nearly all do."""
        return 0

    def lasts(self, phase: PhasePlan, at: int) -> int:
        """Until when a run of this phase goes that begins at this moment, both in Unix milliseconds."""
        days = self.days(phase)
        return working_days_after(at, days) if days else at + round(phase.minutes * 60_000)

    def was_shown(self, session: Session, phase: PhasePlan) -> bool:
        """Whether a vote of this phase has been shown, so that coming back to it asks what for."""
        return False

    def voted(self, room: Room, session: Session) -> int | None:
        """How many have voted in the vote that is open, as only the pens know; none where none is open."""
        return None

    def undo(self, turn: Turn, run: str) -> list[Event]:
        """What follows from taking this run back: what it opened and nobody has seen is gone again."""
        return []

    def written(self, session: Session, phase: PhasePlan) -> int | None:
        """How many notes were written so far, where everybody may know: on the wall this step works on."""
        pile = session.board.piles.get(self.wall(phase))
        return None if pile is None or pile.private else len(pile.notes)

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        """Whether something was written or voted here that has not been shown."""
        return False

    def reveal(self, turn: Turn) -> list[Event]:
        """Show to everybody what was collected."""
        return []

    def set_aside(self, turn: Turn) -> list[Event]:
        """Leave what was collected unseen."""
        return []

    def leave(self, turn: Turn) -> list[Event]:
        """What follows from going on to the next phase."""
        return []

    def close(self, turn: Turn) -> list[Event]:
        """What follows from closing the session in this phase."""
        return []

    def filed(self, turn: Turn) -> list[Event]:
        """What goes into the record when a session with this activity in its plan closes, in whatever phase."""
        return []

    def arrived(self, turn: Turn, person: str) -> list[Event]:
        """What follows when somebody comes in, in whatever phase: a place in what goes on already."""
        return []

    def gone(self, turn: Turn, person: str) -> list[Event]:
        """What follows when somebody is taken out, in whatever phase: who stands in for them."""
        return []

    def open_ends(self, room: Room, session: Session) -> list[str]:
        """What somebody should look at before going on from here, or before closing, each as a sentence."""
        return []

    def may_write(self, turn: Turn, objective: Objective) -> bool:
        """Whether whoever acts may write on an objective: in most steps, on the one the session is about."""
        return objective is turn.room.works_on(turn.session)

    def main(self, room: Room, session: Session) -> Main | None:
        """The main button while this phase has something to do; none means: go on."""
        return None

    def hint(self, session: Session) -> str:
        """What helps the facilitator now, where it differs from the plan's hint."""
        return ""

    def awaits(self, session: Session) -> bool:
        """Whether everybody can say now that they are done."""
        return self.waits

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        """Who will see what people put in now, and when; empty where they put nothing in."""
        return ""

    def quiet(self, session: Session, phase: PhasePlan) -> bool:
        """Whether this is a time to talk, when the phones go quiet."""
        return False

    def words(self, room: Room, session: Session) -> dict[str, str]:
        """Title, prompt, empty words or hint, where they differ from the plan's while this phase runs."""
        return {}

    def fills(self, said: Mapping[str, Any]) -> dict[str, str]:
        """What stands in named places of a step's sentences; ``said``: its settings, and what it shows while it runs.

        A sentence that says what a setting decides says it in such a place, so that it is true whatever is set.
        """
        return {}

    def place(self, room: Room, session: Session, person: str) -> str:
        """The place whose topic the person's seats follow now; none where this phase has no places."""
        return ""

    def reads(self, room: Room, session: Session, person: str) -> Iterable[str]:
        """Further places whose topics the person's seats follow now, beside the one they stand at."""
        return ()

    def helps(self, room: Room, session: Session, person: str) -> bool:
        """Whether somebody who does not facilitate may send personal links anew, where this is in the plan."""
        return False

    def sees_more(self, room: Room, session: Session, person: str) -> bool:
        """Whether somebody sees here what others do not, so that only facilitators may make a link for them."""
        return False

    def rehearsed(self, room: Room, session: Session) -> list[Event]:
        """What a rehearsal of this session begins with besides, with nothing anybody wrote."""
        return []

    def prepares(self, room: Room, session: Session) -> Main | None:
        """The main button before the session begins, while something has to be done before it can."""
        return None

    def at_place(self, room: Room, session: Session, place: str) -> Shown | None:
        """What the place shows beside its notes and cards; none while nothing of it is to be seen."""
        return None

    def shows_notes(self, session: Session) -> bool:
        """Whether notes that hang at places are shown there now."""
        return True

    def loop(self, session: Session) -> Loop | None:
        """The rounds inside this phase, where it has any."""
        return None

    def rings(self, session: Session) -> int:
        """When this phase moves on inside itself (Unix milliseconds); 0 where only people move it."""
        loop, run = self.loop(session), session.run
        return run.deadline if loop and run and loop.rings and loop.goes() else 0

    def ring(self, turn: Turn, early: bool = False) -> list[Event]:
        """What follows when that time has come, or somebody says that it has."""
        return []

    def take_back(self, turn: Turn) -> list[Event]:
        """What follows from taking back a bell that was rung early; nothing where none was."""
        back = taken_back(turn, self.loop(turn.session), turn.run)
        return self.comes_again(turn, back) if back else []

    def step_back(self, turn: Turn) -> list[Event]:
        """What follows from going back one stage inside this phase; nothing where there is none before."""
        back = one_back(turn, self.loop(turn.session), turn.run)
        return self.comes_again(turn, back) if back else []

    def comes_again(self, turn: Turn, back: BellTakenBack) -> list[Event]:
        """What follows from a stage of rounds that comes again."""
        return [back]

    def fates(self, room: Room, session: Session) -> dict[str, str]:
        """Note → what became of it in a word, for its writer's browser to find its own; nothing about writers."""
        return {}

    def answers(self, room: Room, session: Session) -> dict[str, dict[str, str]]:
        """Note → what it said, how it was answered and why, once the session is over; for the same."""
        return {}

    def play(self, seen: Seen, chance: Chance) -> Plays:
        """What a simulated person does here, one thing after another; most of the time they say that they are done."""
        return iter(())

    # What the step shows: of stated shapes, found by what a method says it returns.

    def everyone(self, room: Room, session: Session) -> Shows:
        """What the step shows to all, beside the board and the record."""
        return None

    def facilitators(self, room: Room, session: Session) -> Shows:
        """What the step shows to facilitators besides."""
        return None

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> Shown | None:
        """What the step shows to one person alone; of what is secret, what these pens wrote."""
        return None
