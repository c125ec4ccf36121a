"""How a simulated person plays: from what that person can see, one plausible thing after another.

Rehearsals are made of it, and a test that every format inherits. Chance is handed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

Thing = TypeVar("Thing")
#: A command's name and its fields.
Act = tuple[str, dict[str, Any]]
Plays = Iterator[Act]


class Chance(Protocol):
    """Where a simulated person's choices come from."""

    def choice(self, of: Sequence[Thing], /) -> Thing:
        """One of these."""

    def sample(self, of: Sequence[Thing], count: int, /) -> list[Thing]:
        """Some of these, each once."""

    def random(self) -> float:
        """Somewhere from 0 to 1."""


@dataclass(slots=True)
class Seen:
    """What one person sees: the topics they follow, and what is theirs alone. It changes while they play."""

    person: str
    things: Mapping[str, dict[str, Any]]
    own: Mapping[str, dict[str, Any]]

    @property
    def step(self) -> dict[str, Any]:
        """The step as everybody sees it."""
        return self.things.get("step", {})

    @property
    def mine(self) -> dict[str, Any]:
        """What the step shows to this person alone."""
        return self.own.get("mine", {})

    @property
    def results(self) -> list[str]:
        """The results before everybody."""
        found: list[str] = self.step.get("results", [])
        return found

    def items(self, pile: str) -> list[str]:
        """What stands on a wall and was not set aside."""
        return [
            key.partition(":")[2]
            for key, thing in self.things.items()
            if key.startswith(("note:", "cluster:")) and thing.get("pile") == pile
            if not thing.get("aside") and not thing.get("cluster")
        ]


def some(chance: Chance, of: Sequence[Thing], most: int) -> list[Thing]:
    """At most so many of these, in an order of chance."""
    return chance.sample(of, min(most, len(of)))
