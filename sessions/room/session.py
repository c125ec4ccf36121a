"""One run of a format: its plan, its people, the phase it is in, and what it owns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sessions.room.part import Parts
from sessions.room.plan import PhasePlan

if TYPE_CHECKING:
    from sessions.board.board import Board
    from sessions.room.speaking import Spoken


@dataclass(slots=True)
class Run:
    """Going once through a phase. Times are Unix milliseconds; ``left`` is set while the clock is held.

    ``planned`` is the phase with the settings this run goes by: those it began with, whatever is planned since.
    """

    id: str
    phase: str
    planned: PhasePlan
    started: int
    deadline: int
    left: int | None = None
    part: Parts = field(default_factory=Parts)


@dataclass(slots=True)
class Session:
    """One run of a format: plan, people, the phase it is in, and its board."""

    code: str
    format: str
    title: str
    minutes: int
    opened: int
    plan: dict[str, PhasePlan]
    board: Board
    state: str = "lobby"
    #: What has to be chosen before it begins: a ``team``, a ``goal``, or nothing.
    asks: str = ""
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
    stopped: bool = False
    #: Keys that speak for somebody and that they did not make themselves, and what was done in their name.
    spoken: dict[str, Spoken] = field(default_factory=dict)
    #: Entries merged into others: the roles they had, and those they brought.
    merged: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)
    #: Where people can stand, by id, and what each place is called.
    places: dict[str, str] = field(default_factory=dict)
    #: What each subject and activity keeps for it.
    part: Parts = field(default_factory=Parts)
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
        run = self.run
        return run.planned if run else None

    def run_of(self, id: str) -> Run:
        """The run with this id, of those that were not undone."""
        return next(run for run in self.runs if run.id == id)

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
