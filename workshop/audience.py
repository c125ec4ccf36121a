"""Who looks at a room: its seats as far as it has to know them, and what each of them is to be told."""

from collections.abc import Callable, Set
from typing import Protocol

from sessions.room import Room
from workshop import cutting
from workshop.cut import RECORD, Alone, Cut, Look, Visitor
from workshop.visitors import Visitors, roles, stands_at


class Held(Protocol):
    """The room as its writer holds it."""

    id: str
    room: Room
    deleted: bool
    tells: Callable[[Cut], None]


class Audience:
    """What a desk asks a room, and what it hears of it: data alone, that could cross a bus."""

    def __init__(self, held: Held, presence_changed: Callable[[str], None]) -> None:
        self._held, self._presence_changed = held, presence_changed
        self.id = held.id
        self.visitors = Visitors()
        #: Channels that somebody has asked for.
        self.watched: set[str] = set()
        self._here: dict[str, dict[str, int]] = {}

    # What it is told

    def cut(self, room: Room, into: Cut) -> set[str]:
        """Put into a cut what changed since the last one; returns the sessions that changed."""
        return cutting.cut(room, self.visitors, self.watched, self.here_in, into)

    def there(self, channel: str) -> bool:
        """Whether there is such a session here; the record always is."""
        return not self._held.deleted and (channel == RECORD or channel in self._held.room.sessions)

    def whole(self, channel: str) -> Cut:
        """Everything there is in a channel; from now on what changes in it is in the cuts."""
        self.watched.add(channel)
        return cutting.whole(self._held.room, channel, set(self.here_in(channel)))

    def own(self, channel: str, person: str, look: Look) -> Alone:
        """All that is one person's alone."""
        return cutting.own(self._held.room, channel, person, look)

    def begin_again(self) -> None:
        """The room was read again: what is not there any more is not watched."""
        self.watched = {channel for channel in self.watched if self.there(channel)}

    # Who looks

    def enter(self, seat: int, visitor: Visitor) -> frozenset[str]:
        """A seat is taken, or taken anew; returns what it follows."""
        first = seat not in self.visitors.by_seat
        follows = self.visitors.enter(self._held.room, seat, visitor)
        if first and visitor.channel and not visitor.screen:
            here = self._here.setdefault(visitor.channel, {})
            here[visitor.person] = here.get(visitor.person, 0) + 1
            if here[visitor.person] == 1:
                self._presence_changed(visitor.channel)
        return follows

    def leave(self, seat: int) -> None:
        """One seat fewer."""
        visitor = self.visitors.leave(seat)
        if visitor is None or not visitor.channel or visitor.screen:
            return
        here = self._here[visitor.channel]
        here[visitor.person] -= 1
        if not here[visitor.person]:
            del here[visitor.person]
            self._presence_changed(visitor.channel)

    def here_in(self, session: str) -> Set[str]:
        """Who has a seat open: always as it is now, for looking once."""
        return self._here.get(session, _NOBODY).keys()

    # What each may follow

    def why_not(self, visitor: Visitor) -> tuple[str, str] | None:
        """Why a seat has no place here now, as code and sentence; none where it has."""
        return self.visitors.why_not(self._held.room, visitor)

    def roles(self, visitor: Visitor) -> list[str]:
        """What a seat is told it is here."""
        return roles(self._held.room, visitor)

    def where(self, visitor: Visitor) -> set[str]:
        """The places somebody stands at, also before they have a seat."""
        return stands_at(self._held.room, visitor)

    def wish(self, seat: int, wanted: list[str], left: list[str]) -> None:
        """A seat wishes to look at places, and no longer at others. Raises ``Refused``."""
        cut = Cut()
        self.visitors.wish(self._held.room, seat, wanted, left, cut)
        self._held.tells(cut)

    def uninvite(self, team: str) -> None:
        """The invitations of a team, or those for everybody, were taken back: whoever came by one is seen off."""
        cut = Cut()
        self.visitors.uninvite(team)
        self.visitors.check(self._held.room, RECORD, cut)
        self._held.tells(cut)


_NOBODY: dict[str, int] = {}
