"""A refusal: a sentence for the person who acted, and a code that never changes."""

from typing import Any


class Refused(Exception):
    """Raised by a rule that says no.

    ``code`` is stable and meant for programs; ``say`` is a sentence for the person;
    ``more`` travels with the refusal on the wire (both texts of a clash, for instance).
    """

    def __init__(self, code: str, say: str, **more: Any) -> None:
        super().__init__(say)
        self.code = code
        self.say = say
        self.more = more
