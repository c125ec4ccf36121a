"""An HTTP error with a sentence for whoever can act on it."""

from typing import Any


class Fault(Exception):
    """An HTTP error with its status, code and sentence."""

    def __init__(self, status: int, code: str, say: str, **more: Any) -> None:
        super().__init__(say)
        self.status, self.code, self.say, self.more = status, code, say, more
