"""A refusal: a sentence for the person who acted, what varies in it apart, and a code that never changes."""

from typing import Any


class Refused(Exception):
    """Raised by a rule that says no.

    ``code`` is stable and meant for programs; ``sentence`` is one for the person, whole, with named places for
    ``values``; ``say`` is the two put together. ``more`` travels with the refusal on the wire (both texts of a
    clash, for instance).
    """

    def __init__(self, code: str, sentence: str, values: dict[str, Any] | None = None, **more: Any) -> None:
        self.code, self.sentence, self.values, self.more = code, sentence, values or {}, more
        self.say = sentence.format(**self.values) if self.values else sentence
        super().__init__(self.say)

    def told(self) -> dict[str, Any]:
        """What clients are told: the sentence, and its places and values apart where there are any."""
        apart = {"sentence": self.sentence, "values": self.values} if self.values else {}
        return {"code": self.code, "say": self.say, **apart, **self.more}
