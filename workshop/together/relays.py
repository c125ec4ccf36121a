"""Relays: every room of other processes that somebody looks at from here, and what those processes say of them."""

from collections.abc import Awaitable, Callable

from workshop.open_room import OpenRoom
from workshop.together.crossing import Changed, Ended, Told, read
from workshop.together.guests import MOVED
from workshop.together.links import Links
from workshop.together.relaying import Relayed


class Relays:
    """Every room of other processes that somebody looks at from here."""

    def __init__(self, links: Links, finds: Callable[[str], Awaitable[OpenRoom | int]]) -> None:
        self.links = links
        #: The process that holds a room (0: not to be found just now), or the room where it is this one.
        self.finds = finds
        self._rooms: dict[str, Relayed] = {}
        links.told["cut"] = self._cut
        links.told["bye"] = self._bye
        links.told["told"] = self._told
        links.fallen.append(self._fallen)

    def room(self, id: str, holder: int) -> Relayed:
        """A room that another process holds."""
        found = self._rooms.get(id)
        if found is None:
            found = self._rooms[id] = Relayed(id, holder, self)
        elif found.holder != holder:
            found.move()
        return found

    def all(self) -> list[Relayed]:
        """Rooms that are looked at from here now."""
        return list(self._rooms.values())

    def goodbye(self, code: str, say: str) -> None:
        """Every seat here is closed."""
        for room in self.all():
            room.goodbye(code, say)

    def _cut(self, process: int, body: bytes) -> None:
        changed = read(Changed, body)
        room = self._of(process, changed.room)
        if room is not None:
            room.take(changed.cut)

    def _bye(self, process: int, body: bytes) -> None:
        ended = read(Ended, body)
        room = self._of(process, ended.room)
        if room is not None and (ended.code, ended.say) == MOVED:
            room.move()
        elif room is not None:
            room.goodbye(ended.code, ended.say, ended.channel)

    def _told(self, process: int, body: bytes) -> None:
        told = read(Told, body)
        room = self._of(process, told.room)
        if room is not None:
            room.tell(told.seat, told.payload)

    def _of(self, process: int, id: str) -> Relayed | None:
        room = self._rooms.get(id)
        return room if room is not None and room.holder == process else None

    def _fallen(self, process: int) -> None:
        for room in [room for room in self._rooms.values() if room.holder == process]:
            room.move()

    def ended(self, room: Relayed) -> None:
        """Nobody here looks at it any more."""
        if self._rooms.get(room.id) is room:
            del self._rooms[room.id]
