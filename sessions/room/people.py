"""Somebody in the room."""

from dataclasses import dataclass


@dataclass(slots=True)
class Person:
    """Somebody in the room. ``gone`` once removed, or merged into another entry: pens stay with their own entry."""

    id: str
    name: str
    team: str = ""
    remote: bool = False
    gone: bool = False
    same_as: str = ""
    #: Named by a file, and not here yet: whoever joins under this name is this person.
    expected: bool = False
    #: Sponsored before it was said to be another's entry.
    sponsored: bool = False
