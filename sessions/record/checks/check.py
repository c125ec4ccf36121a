"""A check: one question that the record asks by itself. It asks; people decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

import msgspec

if TYPE_CHECKING:
    from sessions.record.checks.ground import Ground
    from sessions.record.objectives.objective import Objective

#: Families in the order in which they are read, and what screens call them.
FAMILIES = {
    "wording": "Wording and figures",
    "ties": "Links upward",
    "owners": "Who answers for it",
    "across": "Between teams",
    "needs": "Needs",
    "voices": "Who has been heard",
    "before_lock": "Before the lock",
}


class Finding(msgspec.Struct, frozen=True):
    """Something a check found. ``on`` are ids of the record, the one to go to first.

    ``goals`` are those in whose lock it stands, if it is one that does; none named: in every one's. ``cause`` is what
    it follows from besides its words: when that changes, what people said of it holds no longer. ``name`` tells it
    apart where its ids do not. ``fine``: it is all right as it is, and only told.
    """

    code: str
    on: tuple[str, ...]
    sentence: str
    values: Mapping[str, str | int] = {}
    goals: tuple[str, ...] = ()
    cause: tuple[str, ...] = ()
    name: str = ""
    fine: bool = False

    @property
    def key(self) -> str:
        """The same for as long as it is the same question."""
        return ".".join((self.code, *((self.name,) if self.name else self.on)))

    @property
    def say(self) -> str:
        """Its sentence with its values."""
        return self.sentence.format(**self.values)


class Check:
    """One question. Subclasses state only their difference; one of each is there as soon as it is stated."""

    all: ClassVar[dict[str, Check]] = {}
    #: Its letter and number, as ``spec/checks.md`` has them.
    code: ClassVar[str] = ""
    #: What becomes of it: the question to ask, or the fix its source names.
    fix: ClassVar[str] = ""
    #: Where it comes from.
    source: ClassVar[str] = ""
    #: Whether it stands in the way of a lock unless somebody waives it.
    blocks: ClassVar[bool] = False
    #: Kinds of things in the record it is worked out from: it is asked again when one of them changes. Goals are
    #: always among them, for how sharply it is said goes by how far they are.
    on: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" in cls.__dict__:
            cls.all[cls.code] = cls()

    @property
    def family(self) -> str:
        """The family it belongs to: the file it is stated in."""
        return type(self).__module__.rpartition(".")[2]

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands among all: by its family, and its code."""
        return list(FAMILIES).index(self.family), self.code

    def find(self, ground: Ground) -> Iterable[Finding]:
        """All it finds in the record."""
        raise NotImplementedError


class GoalCheck(Check):
    """A question that is asked of one goal at a time, so that a change of one asks nothing of the others."""

    on = frozenset({"objective", "result", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for goal in ground.goals:
            yield from self.of(ground, goal)

    def of(self, ground: Ground, goal: Objective) -> Iterable[Finding]:
        """What it finds in one goal."""
        raise NotImplementedError
