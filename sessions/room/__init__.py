"""The nouns everything else speaks of: room, session, people, plan, pens; and the turn of a command."""

from sessions.room.pens import PenTaken
from sessions.room.people import Person
from sessions.room.plan import PhasePlan, PlanChanged
from sessions.room.room import Held, Room
from sessions.room.session import Run, Session
from sessions.room.turn import AnywhereCommand, Asked, By, Command, Keeping, RecordCommand, Turn

__all__ = [
    "AnywhereCommand",
    "Asked",
    "By",
    "Command",
    "Held",
    "Keeping",
    "PenTaken",
    "Person",
    "PhasePlan",
    "PlanChanged",
    "RecordCommand",
    "Room",
    "Run",
    "Session",
    "Turn",
]
