"""What an event is: a fact that was decided, stored for ever and read back by its tag and version."""

from typing import Any, ClassVar

import msgspec


class Event(msgspec.Struct, frozen=True, tag_field="e", omit_defaults=True, kw_only=True):
    """A fact. Subclasses state their fields and what they do to the thing they belong to.

    ``v`` is the version of the event's fields; a reader understands every version ever written.
    """

    v: int = 1

    #: Whose part of the stream it is: the session's, or the room's record that outlives sessions.
    of_record: ClassVar[bool] = False
    #: Fields with words that somebody wrote under the ``pen`` or the name (``by``) of this fact; taken out when they
    #: want to be forgotten.
    own_words: ClassVar[tuple[str, ...]] = ()
    #: Unsigned acts are stored without a time, so that a log cannot be lined up with a clock.
    unsigned: ClassVar[bool] = False
    #: Passing things (a hold, somebody's presence) are applied and published but never stored.
    passing: ClassVar[bool] = False
    #: Who holds a pen and who has answered are kept beside the stream, never in it.
    apart: ClassVar[bool] = False


class BoardEvent(Event, frozen=True):
    """A fact about a session's notes, groups and votes; ``evolve`` changes the board."""

    def evolve(self, board: Any) -> None:
        """Change what the fact is about, in place."""
        raise NotImplementedError


class RecordEvent(Event, frozen=True):
    """A fact about the room's record; ``evolve`` changes the record."""

    of_record: ClassVar[bool] = True

    def evolve(self, record: Any) -> None:
        """Change what the fact is about, in place."""
        raise NotImplementedError


class SignedEvent(RecordEvent, frozen=True, kw_only=True):
    """A change of the record that its history tells: by whom, when (Unix milliseconds), why, and in which session.

    What a command leads to is signed where it is decided; whoever decides it signs it themselves where it stands in
    somebody else's name, or in nobody's.
    """

    #: Whether it came with a file.
    imported: ClassVar[bool] = False
    by: str = ""
    at: int = 0
    why: str = ""
    session: str = ""


class SessionEvent(Event, frozen=True):
    """A fact about how a session runs; ``evolve`` changes the session."""

    def evolve(self, session: Any) -> None:
        """Change what the fact is about, in place."""
        raise NotImplementedError


class RoomEvent(Event, frozen=True):
    """A fact about the room and its people; ``evolve`` changes the room."""

    of_record: ClassVar[bool] = True

    def evolve(self, room: Any) -> None:
        """Change what the fact is about, in place."""
        raise NotImplementedError
