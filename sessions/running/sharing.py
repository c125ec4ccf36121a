"""One device for several people: whoever looks on is counted with the person whose device it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from sessions.room import Command, Session, Turn
from sessions.room.part import Part
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused


@dataclass(slots=True)
class Sharing(Part):
    """How many look at one device, where it is more than one."""

    people: dict[str, int] = field(default_factory=dict)

    def count(self, persons: Iterable[str]) -> int:
        """How many people these are, with those who look on."""
        return sum(self.people.get(person, 1) for person in persons)


class DeviceShared(SessionEvent, frozen=True, tag="device_shared"):
    """So many people look at one device."""

    person: str
    people: int

    def evolve(self, session: Session) -> None:
        session.part(Sharing).people[self.person] = self.people
        session.touch("floor", "crowd")
        for part in session.part.all():
            part.shared(session, self.person)
        session.touched_people.add(self.person)


class ShareDevice(Command, frozen=True, tag="share_device"):
    """Say how many people look at this device, from 1 to 9."""

    who = "participants"
    anytime: ClassVar[bool] = True
    people: int

    def decide(self, turn: Turn) -> list[Event]:
        if not 1 <= self.people <= 9:
            raise Refused("bad_value", "From one to nine people can share a device.")
        return [DeviceShared(person=turn.by.person, people=self.people)]
