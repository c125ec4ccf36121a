"""A fault that lasts: a line in the log when it begins, when it becomes another, and when it is over."""

import structlog

logger = structlog.get_logger()


class Lasting:
    """Something that may fail again and again; ``what`` is what the log says of it."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._reasons: set[str] = set()
        self._times = 0

    def fails(self, fault: BaseException) -> None:
        """It failed, again or for the first time. A fault’s first line says why; what was to be stored is below it."""
        self._times += 1
        reason = type(fault).__name__
        if reason not in self._reasons:
            self._reasons.add(reason)
            logger.error(self._what, reason=reason, say="".join(str(fault).splitlines()[:1]))

    def works(self) -> None:
        """It did not fail."""
        if self._times:
            logger.info("well again", after=self._what, times=self._times)
        self._reasons.clear()
        self._times = 0
