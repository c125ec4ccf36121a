"""A topic: a small document of rendered entities, each stamped with the number it was told under."""

from dataclasses import dataclass, field

import msgspec

from sessions.room.kind import Pace
from sessions.views import pace

#: How many dropped keys a topic remembers; asking for something older brings everything.
REMEMBERED_DROPS = 5_000

_quote = msgspec.json.Encoder().encode


@dataclass(slots=True)
class Topic:
    """Entities by key as JSON bytes. What was set but not yet told waits in ``waiting``."""

    name: str
    entities: dict[str, bytes] = field(default_factory=dict)
    stamps: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    #: In the order in which they were set, so that a page that is told has them in the order of one that is loaded.
    waiting: dict[str, None] = field(default_factory=dict)
    floor: int = 0
    _full: tuple[int, bytes] | None = None

    def put(self, key: str, entity: bytes | None) -> bool:
        """Set or drop one entity; true if that changes anything."""
        if self.entities.get(key) == entity:
            return False
        if entity is None:
            del self.entities[key]
            self.stamps.pop(key, None)
        else:
            if key not in self.entities:
                self.waiting.pop(key, None)
            self.entities[key] = entity
        self.waiting[key] = None
        self._full = None
        return True

    def hurries(self) -> bool:
        """Whether something waits that is neither a counter nor that somebody came."""
        return any(self._pace(key) is Pace.AT_ONCE for key in self.waiting)

    def cut(self, number: int, counters: bool = True, coming: bool = True) -> bytes | None:
        """Stamp what waits with ``number`` and frame it, with counters and with who came; none if nothing waits."""
        later = {*(() if counters else (Pace.COUNTING,)), *(() if coming else (Pace.COMING,))}
        now = [key for key in self.waiting if self._pace(key) not in later] if later else list(self.waiting)
        if not now:
            return None
        for key in now:
            del self.waiting[key]
            if key in self.entities:
                self.stamps[key] = number
                self.dropped.pop(key, None)
            else:
                self.dropped[key] = number
        self._forget_old_drops()
        return self._frame(number, now)

    def _pace(self, key: str) -> Pace:
        """How soon it is told; who is known already, or goes, is no news of somebody who comes."""
        stated = pace(key.partition(":")[0])
        comes = stated is not Pace.COMING or (key in self.entities and key not in self.stamps)
        return stated if comes else Pace.AT_ONCE

    def since(self, since: int, number: int) -> bytes:
        """What changed after ``since``, or everything where that is not known any more."""
        if since < self.floor or since <= 0:
            return self.full(number)
        changed = dict.fromkeys(key for key, stamp in self.stamps.items() if stamp > since)
        changed |= dict.fromkeys(key for key, stamp in self.dropped.items() if stamp > since)
        return self._frame(number, list(changed | self.waiting))

    def full(self, number: int) -> bytes:
        """Everything, encoded once per number."""
        if self._full is None or self._full[0] != number:
            self._full = (number, frame(self.name, number, self.entities, full=True))
        return self._full[1]

    def _frame(self, number: int, keys: list[str]) -> bytes:
        told = {key: self.entities[key] for key in keys if key in self.entities}
        return frame(self.name, number, told, [key for key in keys if key not in self.entities])

    def _forget_old_drops(self) -> None:
        while len(self.dropped) > REMEMBERED_DROPS:
            key = min(self.dropped, key=self.dropped.__getitem__)
            self.floor = max(self.floor, self.dropped.pop(key))


def frame(
    topic: str, number: int, entities: dict[str, bytes], drop: list[str] | None = None, full: bool = False
) -> bytes:
    """One frame as the wire has it: ``{"topic", "number", "full", "set", "drop"}``."""
    told = b",".join(b"%b:%b" % (_quote(key), body) for key, body in entities.items())
    gone = b",".join(_quote(key) for key in drop or ())
    whole = b"true" if full else b"false"
    return b'{"topic":%b,"number":%d,"full":%b,"set":{%b},"drop":[%b]}' % (
        _quote(topic),
        number,
        whole,
        told,
        gone,
    )
