"""Wrong codes and keys are slowed, by address; right ones never are."""

import time
from collections import OrderedDict

#: Wrong guesses an address has at once, and seconds until it gets one back.
AT_ONCE, BACK = 12, 5.0
#: The longest a wrong answer waits, in seconds.
SLOWEST = 4.0
#: Addresses remembered.
MOST = 10_000


class Guessing:
    """Counts wrong guesses."""

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wrong(self, address: str) -> float:
        """Count a wrong guess; seconds its answer has to wait, 0 while there are few."""
        now = time.monotonic()
        left, at = self._left.pop(address, (float(AT_ONCE), now))
        left = min(float(AT_ONCE), left + (now - at) / BACK) - 1
        self._left[address] = (max(left, -30.0), now)
        while len(self._left) > MOST:
            self._left.popitem(last=False)
        return max(0.0, min(SLOWEST, -left / 4))
