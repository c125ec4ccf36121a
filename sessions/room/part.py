"""A part: what one subject or activity keeps for a session, or for one run of a phase, in a class of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from sessions.room.session import Run, Session

Kept = TypeVar("Kept", bound="Part")


class Part:
    """Begun when it is first asked for. Subclasses say what follows for them from what happens to a session."""

    def left(self, session: Session, person: str) -> None:
        """Somebody takes part no longer, or was found to be somebody who is here already."""

    def merged(self, session: Session, keep: str, drop: str) -> None:
        """Two entries are one person from now on; the one that is dropped leaves next."""

    def shared(self, session: Session, person: str) -> None:
        """More people look at somebody's device, or fewer."""

    def moved_on(self, session: Session) -> None:
        """Another phase begins, or the one before it goes on: what belongs to the moment goes."""

    def undone(self, session: Session, run: Run) -> None:
        """The last move was taken back, and this run with it."""

    def staged(self, session: Session, run: Run, round: int, stage: str, before: int, early: int) -> None:
        """A stage of a round begins in this run; the one before was to last until ``before`` (Unix milliseconds).

        ``early`` is when its bell was rung, where that was before its time.
        """

    def unstaged(self, session: Session, run: Run, round: int, stage: str) -> None:
        """The last bell was taken back: this stage goes on."""

    def closed(self, session: Session) -> None:
        """The session is over."""

    def until(self) -> int:
        """When something of it goes by itself (Unix milliseconds), or 0."""
        return 0

    def pass_by(self, session: Session, at: int) -> None:
        """What was to go by this time (Unix milliseconds) goes."""


class Parts:
    """Parts by their class."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[type[Part], Part] = {}

    def __call__(self, kind: type[Kept]) -> Kept:
        """The part of this class, begun if need be."""
        found = self.find(kind)
        return found if found is not None else self.put(kind())

    def find(self, kind: type[Kept]) -> Kept | None:
        """The part of this class, if it was begun."""
        found = self._kept.get(kind)
        assert found is None or isinstance(found, kind)
        return found

    def put(self, part: Kept) -> Kept:
        """This is the part of its class from now on."""
        self._kept[type(part)] = part
        return part

    def all(self) -> list[Part]:
        """Every part that was begun."""
        return list(self._kept.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parts) and self._kept == other._kept

    def __hash__(self) -> int:
        return id(self)
