"""A question at a stage: unsigned, with how many ask it too, and what became of it."""

from dataclasses import dataclass, field
from typing import Literal

#: ``open``: it waits. ``up``: it is on the stage's screen. ``later``: it is answered afterwards.
State = Literal["open", "up", "answered", "later", "flagged"]


@dataclass(slots=True)
class Question:
    """Under its asker's pen; ``plus`` are the pens of those who ask it too.

    ``back`` is what a host asks the unsigned asker, ``reply`` what was answered in writing afterwards.
    """

    id: str
    act: str
    pen: str
    text: str
    state: State = "open"
    plus: set[str] = field(default_factory=set)
    back: str = ""
    reply: str = ""
