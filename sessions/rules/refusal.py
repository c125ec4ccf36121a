"""A refusal: a sentence for the person who acted, what varies in it apart, and a code that never changes."""

from typing import Any


class Refused(Exception):
    """Raised by a rule that says no.

    ``code`` is stable and meant for programs; ``words`` is a sentence for the person, whole, with named places for
    ``values``; ``say`` is the two put together. ``more`` travels with the refusal on the wire (both texts of a
    clash, for instance).
    """

    def __init__(self, code: str, words: str, values: dict[str, Any] | None = None, **more: Any) -> None:
        self.code, self.words, self.values, self.more = code, words, values or {}, more
        self.say = words.format(**self.values) if self.values else words
        super().__init__(self.say)

    def told(self) -> dict[str, Any]:
        """What clients are told: the sentence, and its words and values apart where there are any."""
        apart = {"words": self.words, "values": self.values} if self.values else {}
        return {"code": self.code, "say": self.say, **apart, **self.more}
