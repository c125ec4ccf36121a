"""What follows from a room and is kept beside it: worked out anew where something changed, before anything is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

if TYPE_CHECKING:
    from sessions.room.room import Room

Kept = TypeVar("Kept", bound="Derived")


class Derived:
    """One such thing; it is no fact, is stored nowhere, and begins anew with the room."""

    all: ClassVar[list[type[Derived]]] = []

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Derived.all.append(cls)

    @classmethod
    def of(cls: type[Kept], room: Room) -> Kept:
        """The one of this room as things are now."""
        found = room.derived.get(cls)
        if not isinstance(found, cls):
            found = room.derived[cls] = cls()
        found.look_again(room)
        return found

    def look_again(self, room: Room) -> None:
        """Work out what may have changed since the last time, and touch what has."""
        raise NotImplementedError


def look_again(room: Room) -> None:
    """Bring everything that follows from a room up to date, where anybody has asked for it before."""
    for kept in list(room.derived.values()):
        kept.look_again(room)
