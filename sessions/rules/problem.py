"""A problem: what has to be worked out by a solver before a command can be decided, and what comes of it."""

import msgspec


class Problem(msgspec.Struct, frozen=True, tag_field="problem"):
    """Something to work out, apart from the rooms. Subclasses say what is known."""


class Worked(msgspec.Struct, frozen=True):
    """What came of it."""
