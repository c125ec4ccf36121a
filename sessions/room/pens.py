"""Pens: under which random id somebody writes or votes in one pile."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sessions.rules.event import RoomEvent

if TYPE_CHECKING:
    from sessions.room.room import Room


class PenTaken(RoomEvent, frozen=True, tag="pen_taken"):
    """Somebody took a pen. Stored in a table of its own, never in the stream."""

    apart: ClassVar[bool] = True

    session: str
    person: str
    pile: str
    pen: str
    hand: str = ""

    def evolve(self, room: Room) -> None:
        """Hand the pen over."""
        room.give_pen(self.session, self.person, self.pile, self.pen, self.hand)
        room.sessions[self.session].touched_people.add(self.person)
