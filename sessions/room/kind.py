"""A kind: one sort of entity in one topic; which there are, how each looks, and what makes it stale.

Declared where the thing lives and found by the views, which know no kind by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

import msgspec

from sessions.room.room import Room
from sessions.room.session import Session

if TYPE_CHECKING:
    from sessions.activities.activity import Activity


class Shown(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an entity, or a part of one, looks like on the wire.

    What has a default is left out while it is that; everything else is always there.
    """


#: An entity of a stated shape; or, where a step's activity adds one of its own to it, the two together.
Entity = Shown | dict[str, Any]
#: What changed since the last look: kind → ids, the id of a single thing being empty.
Touched = Mapping[str, set[str]]
Found = TypeVar("Found")


@dataclass(slots=True)
class Sight:
    """A look at one session as it is now: who is here, and what people do in its phase."""

    room: Room
    session: Session
    activities: Mapping[str, Activity]
    here: set[str] = field(default_factory=set)

    @property
    def activity(self) -> Activity | None:
        """What people do now; nothing before the session begins."""
        return self.activities[self.session.phase.activity] if self.session.phase else None

    def shows_notes(self) -> bool:
        """Whether notes that hang at places are shown there now."""
        return self.activity is not None and self.activity.shows_notes(self.session)

    def shows(self, kind: str) -> bool:
        """Whether anything in the session's plan shows what the record has of this kind."""
        plan = self.session.plan.values()
        return any(kind in self.activities[p.activity].shows for p in plan if p.activity in self.activities)

    def watches(self) -> frozenset[str]:
        """What the present step's screens change with, beside the step itself."""
        return self.activity.watches if self.activity else frozenset()


@dataclass(slots=True)
class RecordSight:
    """A look at the record as it is now; what has to be found for each thing is gathered once for all of them."""

    room: Room
    #: Whether drafts may be seen.
    drafts: bool = False
    #: What formats are called.
    formats: Mapping[str, str] = field(default_factory=dict)
    gathered: dict[Callable[[Room], Any], Any] = field(default_factory=dict)

    def once(self, gather: Callable[[Room], Found]) -> Found:
        """What ``gather`` finds in the room, found once in this look."""
        if gather not in self.gathered:
            self.gathered[gather] = gather(self.room)
        found: Found = self.gathered[gather]
        return found


@dataclass(slots=True)
class OwnSight:
    """One person's look at what is theirs alone.

    ``hand`` is what they look with where it is not their own key: it sees what it wrote itself. ``entry`` is the one
    they came as, where it was merged into another by now.
    """

    room: Room
    session: Session
    activities: Mapping[str, Activity]
    person: str
    hand: str
    entry: str

    @property
    def sealed(self) -> bool:
        """Whether it is not the person's own key, where they came in: what they did with that is not shown."""
        return bool(self.hand) or self.entry != self.person

    def piles(self) -> Iterable[str]:
        """Piles, ballots and whatever else they hold a pen in."""
        return self.room.pens.get((self.session.code, self.entry), {})

    def pens_seen(self, pile: str) -> list[str]:
        """Their pens whose notes they see: with their own key, also those of keys that were made for them."""
        return self.room.pens_of(self.session.code, self.entry, pile, self.hand)

    def pens(self, pile: str) -> list[str]:
        """What this key itself wrote and voted with."""
        held = self.room.pens_of(self.session.code, self.entry, pile)
        return [pen for pen in held if self.room.hands.get(pen, "") == self.hand]


class Looks(Protocol):
    """Whatever one looks through."""

    room: Room


Through = TypeVar("Through", bound=Looks, contravariant=True)


class Pace(Enum):
    """How soon an entity is told."""

    AT_ONCE = "at once"
    #: It moves all the time, and is not told more often than people can read it.
    COUNTING = "counting"
    #: A new one says only that somebody came: those who come are told of together, before whatever may be theirs.
    COMING = "coming"


class Kind(Generic[Through]):
    """One sort of entity. Subclasses state only their difference; one of each is there as soon as it is stated."""

    #: Of each audience, by name.
    all: ClassVar[dict[str, Kind[Any]]] = {}
    #: What stands before the colon of its keys, or is the key where there is one such thing.
    name: ClassVar[str] = ""
    #: What its entities look like.
    shape: ClassVar[type[Shown]] = Shown
    #: What they look like before the session begins, where that is otherwise.
    before: ClassVar[type[Shown] | None] = None
    #: What of the step's activity says what stands in it besides, by the name of its method; none: nothing does.
    adds: ClassVar[str] = ""
    #: What, when it is touched, makes all of them stale; its own keys are stale when they are touched.
    on: ClassVar[frozenset[str]] = frozenset()
    #: How soon they are told.
    pace: ClassVar[Pace] = Pace.AT_ONCE

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.name:
            cls.all[cls.name] = cls()
        else:
            cls.all = {}

    @property
    def many(self) -> bool:
        """Whether there is one of it for each of several ids."""
        return type(self).ids is not Kind.ids

    def ids(self, sight: Through) -> Iterable[str]:
        """The ids of all there could be; of a single thing, an empty one."""
        return ("",)

    def look(self, sight: Through, id: str) -> Entity | None:
        """The thing as whoever follows the topic may see it; none where there is nothing to be seen."""
        raise NotImplementedError

    def stale(self, sight: Through, touched: Touched) -> Iterable[str]:
        """The ids that have to be looked at again."""
        found = touched.get(self.name, set())
        return found | set(self.ids(sight)) if not self.on.isdisjoint(touched) else found

    def key(self, id: str) -> str:
        """Under which key it is told."""
        return f"{self.name}:{id}" if id else self.name


class ForAll(Kind[Sight]):
    """Told to every member of a session."""


class ForHelm(Kind[Sight]):
    """Told to facilitators besides: never what anybody wrote or voted before its show."""


class InRecord(Kind[RecordSight]):
    """Told to whoever may look at the record; with ``drafts`` in the sight, to whoever keeps it."""


class OfRecord:
    """Something of the record that everybody may see, stated once: on its page, and in whatever session shows it.

    Subclasses state name, shape, ``ids`` where there is more than one, ``look``, and what makes it stale besides.
    """

    name: ClassVar[str] = ""
    shape: ClassVar[type[Shown]] = Shown
    #: The kind whose being shown by a session's plan shows this as well; none: its own.
    beside: ClassVar[str] = ""
    #: As a kind has it.
    on: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        said = {"name": cls.name, "shape": cls.shape, "stated": cls()}
        type(f"{cls.__name__}InSession", (_InSession, ForAll), said)
        type(f"{cls.__name__}OnPage", (_OnPage, InRecord), said)

    def ids(self, room: Room) -> Iterable[str]:
        """The ids of all there are; of a single thing, an empty one."""
        return ("",)

    def look(self, room: Room, id: str) -> Entity | None:
        """The thing as everybody may see it; none where there is nothing to be seen."""
        raise NotImplementedError

    def stale(self, room: Room, touched: Touched) -> Iterable[str]:
        """The ids that have to be looked at again."""
        found = touched.get(self.name, set())
        return found | set(self.ids(room)) if not self.on.isdisjoint(touched) else found


class _Stated:
    """What a kind does that something of the record has stated."""

    stated: ClassVar[OfRecord]

    @property
    def many(self) -> bool:
        return type(self.stated).ids is not OfRecord.ids


class _InSession(_Stated):
    """As sessions see it: where something in the plan shows it."""

    def ids(self, sight: Sight) -> Iterable[str]:
        return self.stated.ids(sight.room) if self._shows(sight) else ()

    def look(self, sight: Sight, id: str) -> Entity | None:
        return self.stated.look(sight.room, id) if self._shows(sight) else None

    def stale(self, sight: Sight, touched: Touched) -> Iterable[str]:
        if "plan" in touched:
            return self.stated.ids(sight.room)
        return self.stated.stale(sight.room, touched) if self._shows(sight) else ()

    def _shows(self, sight: Sight) -> bool:
        return sight.shows(self.stated.beside or self.stated.name)


class _OnPage(_Stated):
    """As the page of the record shows it."""

    def ids(self, sight: RecordSight) -> Iterable[str]:
        return self.stated.ids(sight.room)

    def look(self, sight: RecordSight, id: str) -> Entity | None:
        return self.stated.look(sight.room, id)

    def stale(self, sight: RecordSight, touched: Touched) -> Iterable[str]:
        return self.stated.stale(sight.room, touched)


class AtPlace(Kind[Sight]):
    """Told to whoever stands at one place."""

    def place_of(self, sight: Sight, id: str) -> str:
        """The place the thing stands at; none for what is gone, or stands nowhere."""
        raise NotImplementedError


class Own:
    """What one person alone is told of one sort of thing: all of it again whenever any of it may have changed."""

    all: ClassVar[list[Own]] = []
    #: Keys (with a colon where an id follows) and what is under them.
    shapes: ClassVar[Mapping[str, type[Shown]]] = {}
    #: As a kind has it.
    adds: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Own.all.append(cls())

    #: Whether somebody may have so many of them that only those touched are looked at again.
    many: ClassVar[bool] = False

    def look(self, sight: OwnSight) -> Iterator[tuple[str, Entity]]:
        """Keys and entities."""
        raise NotImplementedError

    def again(self, sight: OwnSight, touched: Touched) -> Iterator[tuple[str, Entity | None]]:
        """Of many, those that were touched; none where one is gone."""
        raise NotImplementedError

    def whose(self, sight: Sight, touched: Touched) -> Iterable[str]:
        """People whose own view changes with what somebody else did."""
        return ()
