"""Where people said that they are: who stands at which act now, who ever did, and how often that is counted."""

from dataclasses import dataclass, field

#: How full a stage is moves at most so often, in milliseconds.
COUNTED_EVERY = 1_000


@dataclass(slots=True)
class Crowd:
    """Person → the act they went to, and the part of the slot in which they last said so."""

    at: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    #: Act → who stands at it, and who ever did.
    there: dict[str, set[str]] = field(default_factory=dict)
    been: dict[str, set[str]] = field(default_factory=dict)
    #: How many stood where when they were last counted, those who look on with them: what everybody is told of.
    counted: dict[str, int] = field(default_factory=dict)
    #: When it was counted last, and when it is to be counted next (Unix milliseconds).
    shown: int = field(default=0, compare=False)
    due: int = field(default=0, compare=False)

    def go(self, person: str, act: str, said: str = "") -> None:
        """Somebody stands at this act from now on; at none, where it is empty."""
        before = self.at.pop(person, "")
        if before:
            self.there[before].discard(person)
        if act:
            self.at[person], self.said[person] = act, said
            self.there.setdefault(act, set()).add(person)
            self.been.setdefault(act, set()).add(person)

    def later(self) -> None:
        """Somebody came or went at a time nobody knows: it is counted a little later."""
        self.due = self.due or self.shown + COUNTED_EVERY

    def merge(self, keep: str, drop: str) -> None:
        """Two were one person: where the one was, the other was."""
        for people in self.been.values():
            if drop in people:
                people.add(keep)
        if drop in self.at and keep not in self.at:
            self.go(keep, self.at[drop], self.said.get(drop, ""))

    def is_time(self, at: int) -> bool:
        """Whether it may be counted now; else it is a little later, by itself."""
        if at - self.shown >= COUNTED_EVERY:
            self.shown, self.due = at, 0
            return True
        self.due = self.shown + COUNTED_EVERY
        return False
