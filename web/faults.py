"""An HTTP error with a sentence for whoever can act on it."""

from typing import Any

from sessions.rules.refusal import Refused


class Fault(Refused):
    """A refusal with an HTTP status."""

    def __init__(
        self, status: int, code: str, sentence: str, values: dict[str, Any] | None = None, **more: Any
    ) -> None:
        super().__init__(code, sentence, values, **more)
        self.status = status
