"""Agendas of one's own: steps out of all activities, put in order, kept in a room under a name, and opened again.

An agenda has the same guarantees as a format of ours: its steps are checked the same way when they are made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import msgspec

from sessions.room import Command, Keeping, PhasePlan, RecordCommand, Room, Session, Turn
from sessions.room.kind import InRecord, RecordSight, Shown
from sessions.room.part import Part
from sessions.rules import text
from sessions.rules.event import Event, RoomEvent, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import NameWords
from sessions.running.agenda_files import Agenda, must_be_whole

if TYPE_CHECKING:
    pass

#: The most agendas a room keeps.
MOST_AGENDAS = 50


@dataclass(slots=True)
class Agendas(Part):
    """Agendas a room keeps, by id."""

    kept: dict[str, Agenda] = field(default_factory=dict)


class PlanArranged(SessionEvent, frozen=True, tag="plan_arranged"):
    """The plan is these steps now, in this order."""

    steps: list[PhasePlan]

    def evolve(self, session: Session) -> None:
        session.plan = {step.key: step for step in self.steps}
        session.touch("plan", "step")


class AgendaKept(RoomEvent, frozen=True, tag="agenda_kept"):
    """The room keeps an agenda, in the place of one with the same id."""

    agenda: Agenda

    def evolve(self, room: Room) -> None:
        room.part(Agendas).kept[self.agenda.id] = self.agenda
        room.record.touch("agenda:" + self.agenda.id)


class AgendaDropped(RoomEvent, frozen=True, tag="agenda_dropped"):
    """The room keeps an agenda no longer."""

    agenda: str

    def evolve(self, room: Room) -> None:
        room.part(Agendas).kept.pop(self.agenda, None)
        room.record.touch("agenda:" + self.agenda)


class AddStep(Command, frozen=True, tag="add_step"):
    """Add a step of an activity ``after`` another one; first of all, where none is named."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    activity: str
    after: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        if self.activity not in turn.activities:
            raise Refused("no_such_activity", "There is nothing of that name to do.")
        activity = turn.activities[self.activity]
        fresh = PhasePlan(
            key=turn.by.new_id(),
            activity=self.activity,
            name=activity.called,
            title=activity.called,
            prompt=activity.does + ".",
            done="I'm done",
            minutes=5,
            settings=activity.settings.defaults(),
        )
        return _arranged(turn, _put_after(_plan(turn), fresh, self.after))


class CopyStep(Command, frozen=True, tag="copy_step"):
    """Put a copy of a step after it."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    step: str

    def decide(self, turn: Turn) -> list[Event]:
        copy = msgspec.structs.replace(_step(turn, self.step), key=turn.by.new_id(), left_out=False)
        return _arranged(turn, _put_after(_plan(turn), copy, self.step))


class MoveStep(Command, frozen=True, tag="move_step"):
    """Move a step ``by`` so many places: earlier below 0, later above."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    step: str
    by: int

    def decide(self, turn: Turn) -> list[Event]:
        step, steps = _step(turn, self.step), _plan(turn)
        at = steps.index(step)
        steps.remove(step)
        steps.insert(max(0, min(len(steps), at + self.by)), step)
        return _arranged(turn, steps)


class RemoveStep(Command, frozen=True, tag="remove_step"):
    """Take a step out of the plan; one that was begun can only be left out."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    step: str

    def decide(self, turn: Turn) -> list[Event]:
        step, steps = _step(turn, self.step), _plan(turn)
        if any(run.phase == step.key for run in (*turn.session.runs, *turn.session.undone)):
            raise Refused("begun", "This step was begun, so it stays in the plan. Leave it out instead.")
        if len([other for other in steps if not other.left_out and other is not step]) < 1:
            raise Refused("last_step", "Something has to be left to do.")
        steps.remove(step)
        return _arranged(turn, steps)


class KeepAgenda(Command, frozen=True, tag="keep_agenda"):
    """Keep this session's plan in the room under a name; one of the same name is replaced."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    even_closed: ClassVar[bool] = True
    name: NameWords

    def decide(self, turn: Turn) -> list[Event]:
        steps = list(turn.session.plan.values())
        return [kept(turn.room, self.name, turn.session.asks, steps, turn.by.new_id())]


class DropAgenda(RecordCommand, frozen=True, tag="drop_agenda"):
    """Keep an agenda no longer; sessions that were opened with it stay as they are."""

    who = "key"
    agenda: Id

    def decide(self, turn: Keeping) -> list[Event]:
        there = self.agenda in turn.room.part(Agendas).kept
        return [AgendaDropped(agenda=self.agenda)] if there else []


class AgendaListed(Shown, frozen=True):
    """An agenda the room keeps, with its minutes and how many steps it has."""

    name: str
    minutes: float
    steps: int


class AgendaOfRoom(InRecord):
    """An agenda the room keeps."""

    name = "agenda"
    shape = AgendaListed

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return sight.room.part(Agendas).kept

    def look(self, sight: RecordSight, id: str) -> AgendaListed | None:
        agenda = sight.room.part(Agendas).kept.get(id)
        if agenda is None:
            return None
        return AgendaListed(name=agenda.name, minutes=agenda.minutes, steps=len(agenda.steps))


def kept(room: Room, name: str, asks: str, steps: list[PhasePlan], id: str) -> AgendaKept:
    """The fact that a room keeps these steps under a name."""
    words = text.clean(name, text.NAME, "The agenda's name").replace("\n", " ")
    there = room.part(Agendas).kept
    known = next((a.id for a in there.values() if text.alike(a.name) == text.alike(words)), "")
    if not known and len(there) >= MOST_AGENDAS:
        raise Refused("too_many", "Fifty agendas are the most one room keeps. Take one off first.")
    must_be_whole(steps)
    return AgendaKept(agenda=Agenda(known or id, words, asks, steps))


def _plan(turn: Turn) -> list[PhasePlan]:
    return list(turn.session.plan.values())


def _step(turn: Turn, key: str) -> PhasePlan:
    if key not in turn.session.plan:
        raise Refused("no_such_step", "There is no such step in this plan.")
    return turn.session.plan[key]


def _put_after(steps: list[PhasePlan], fresh: PhasePlan, after: str) -> list[PhasePlan]:
    at = next((number for number, step in enumerate(steps, 1) if step.key == after), 0)
    if after and not at:
        raise Refused("no_such_step", "There is no such step in this plan.")
    return [*steps[:at], fresh, *steps[at:]]


def _arranged(turn: Turn, steps: list[PhasePlan]) -> list[Event]:
    must_be_whole(steps)
    return [] if steps == _plan(turn) else [PlanArranged(steps=steps)]
