"""What one address may do in a while: guess, open rooms, join, plan; counted by a library, refused before any work."""

from collections import OrderedDict
from collections.abc import Callable

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection

from web.faults import Fault
from workshop.together.crossing import read, write
from workshop.together.links import Links

#: Wrong guesses of an address: nobody types twelve wrong codes a minute.
GUESSES = (parse("12/minute"), parse("120/hour"))
#: Addresses, and codes of each, that are remembered as right.
MOST_ADDRESSES, MOST_CODES = 10_000, 100
#: What an address may do, and all together, and what is said beyond that; a whole hall joins from one address.
LIMITS: dict[str, tuple[RateLimitItem, RateLimitItem, str]] = {
    "open": (parse("40/10minutes"), parse("1000/hour"), "That is many rooms at once. Try again in a few minutes."),
    "join": (parse("12000/10minutes"), parse("24000/10minutes"), "Many join from here now. Try again in a minute."),
    "plan": (parse("20/minute"), parse("200/minute"), "That is many plans at once. Try again in a minute."),
    "import": (parse("40/minute"), parse("400/minute"), "That is many files at once. Try again in a minute."),
}
ALL = "all"


class Budgets:
    """Every address's budgets, in memory."""

    def __init__(self) -> None:
        self._counter = MovingWindowRateLimiter(MemoryStorage())
        self._right: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()
        #: Tells other processes what an address guessed, the code where it was right.
        self._tell: Callable[[str, str], None] = _nobody

    def share(self, links: Links) -> None:
        """Count guesses together with other processes, so that several allow no more of them than one."""
        self._tell = lambda whose, code: links.tell_all("guessed", write((whose, code)))

        def hear(process: int, body: bytes) -> None:
            if process != links.me:
                self._count(*read(tuple[str, str], body))

        links.told["guessed"] = hear

    def may_guess(self, request: HTTPConnection) -> bool:
        """Whether this address has wrong guesses left."""
        return all(self._counter.test(item, "guess", address(request)) for item in GUESSES)

    def guessed_right(self, request: HTTPConnection, code: str) -> None:
        """A hall comes from one address: a code that was right from there is no guess, whoever else types wrong."""
        if not self.knows(request, code):
            self._tell(address(request), code)
        self._count(address(request), code)

    def knows(self, request: HTTPConnection, code: str) -> bool:
        """Whether this code was right from this address before."""
        return code in self._right.get(address(request), ())

    def guessed_wrong(self, request: HTTPConnection) -> None:
        """One guess fewer."""
        self._tell(address(request), "")
        self._count(address(request), "")

    def _count(self, whose: str, code: str) -> None:
        if not code:
            for item in GUESSES:
                self._counter.hit(item, "guess", whose)
            return
        codes = self._right.setdefault(whose, OrderedDict())
        self._right.move_to_end(whose)
        codes[code] = None
        codes.move_to_end(code)
        while len(codes) > MOST_CODES:
            codes.popitem(last=False)
        while len(self._right) > MOST_ADDRESSES:
            self._right.popitem(last=False)

    def spend(self, request: HTTPConnection, what: str) -> None:
        """Count one; raises ``Fault`` as ``too_many`` beyond what an address, or all together, may."""
        each, together, say = LIMITS[what]
        if not self._counter.hit(each, what, address(request)) or not self._counter.hit(together, what, ALL):
            raise Fault(429, "too_many", say)


def _nobody(whose: str, code: str) -> None:
    """One process alone has nobody to tell."""


def budgets(request: HTTPConnection) -> Budgets:
    """This server's."""
    found: Budgets = request.app.state.budgets
    return found


def address(request: HTTPConnection) -> str:
    """The client's address; uvicorn has put a trusted proxy's word in its place."""
    return request.client.host if request.client else ""
