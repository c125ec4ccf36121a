"""One device for several people: whoever looks on is counted with the person whose device it is."""

from typing import ClassVar

from sessions.room import Command, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused


class DeviceShared(SessionEvent, frozen=True, tag="device_shared"):
    """So many people look at one device."""

    person: str
    people: int

    def evolve(self, session: Session) -> None:
        for part in session.part.all():
            part.shared(session, self.person, self.people)
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
