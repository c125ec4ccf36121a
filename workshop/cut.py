"""A cut: what a room hands over after each batch. Data only, so that it could cross a bus."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

#: Under this name the record has its channel beside those of the sessions.
RECORD = ""
#: What stands before a place in the name of its topic.
PLACE = "place:"
#: What somebody looks with: the entry they came as, and their hand.
Look = tuple[str, str]
#: Key → what is there now as JSON; none where it is gone.
Changes = dict[str, bytes | None]
#: The same by topic.
News = dict[str, Changes]


@dataclass(slots=True)
class Visitor:
    """One seat as the room knows it: whom it speaks as, and what it wishes to look at besides.

    ``channel`` is the session it sits in, or the record; ``of`` the session its key is for.
    """

    channel: str
    person: str = ""
    #: The entry they came as, and what they speak with where that is not the person's own key.
    entry: str = ""
    hand: str = ""
    of: str = ""
    screen: bool = False
    #: A screen with a key of its own looks where it likes.
    own_screen: bool = False
    #: On the record: whether they hold the room's key, the team they were invited as, and what tells apart people
    #: who have no entry in the room.
    key: bool = False
    team: str = ""
    who: str = ""
    #: Places it asked to look at.
    looks_at: frozenset[str] = frozenset()
    #: Since when it is known (monotonic seconds).
    since: float = field(default_factory=time.monotonic)

    @property
    def look(self) -> Look:
        """What it looks with."""
        return self.entry, self.hand


@dataclass(slots=True)
class Alone:
    """What is one person's alone, as JSON by key: the few things everybody has, always all of them, and the many."""

    few: dict[str, bytes] = field(default_factory=dict)
    #: All of them; or, if not ``whole``, those that changed, none where one is gone.
    many: dict[str, bytes | None] = field(default_factory=dict)
    whole: bool = True

    def take(self, news: "Alone") -> Changes:
        """Be what there is now; returns what is otherwise than before."""
        changed: Changes = _otherwise(self.few, news.few)
        self.few = news.few
        changed.update(_otherwise(self.many, news.many) if news.whole else self._again(news.many))
        if news.whole:
            self.many = news.many
        return changed

    def _again(self, touched: Changes) -> Changes:
        changed = {key: now for key, now in touched.items() if self.many.get(key) != now}
        for key, now in changed.items():
            if now is None:
                del self.many[key]
            else:
                self.many[key] = now
        return changed


def _otherwise(before: Mapping[str, bytes | None], now: Mapping[str, bytes | None]) -> Changes:
    changed: Changes = {key: body for key, body in now.items() if before.get(key) != body}
    changed.update(dict.fromkeys(before.keys() - now.keys()))
    return changed


@dataclass(slots=True)
class Cut:
    """What changed, by channel and for whom: told as soon as it is stored."""

    topics: dict[str, News] = field(default_factory=dict)
    #: Channel → person → what they look with where a seat is open → what is theirs alone.
    own: dict[str, dict[str, dict[Look, Alone]]] = field(default_factory=dict)
    #: Seat → what it follows from now on.
    follows: dict[int, frozenset[str]] = field(default_factory=dict)
    #: Seat → why it has no place here any more, as code and sentence.
    seen_off: dict[int, tuple[str, str]] = field(default_factory=dict)

    def put(self, channel: str, topic: str, key: str, entity: bytes | None) -> None:
        """One entity of a topic is this now."""
        self.topics.setdefault(channel, {}).setdefault(topic, {})[key] = entity
