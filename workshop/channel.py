"""A channel: the topics of one session or of the record, and the seats that follow them."""

from dataclasses import dataclass, field

from workshop.cut import PLACE, RECORD, Alone, Look, News
from workshop.seats import Seat
from workshop.topics import Topic


@dataclass(slots=True)
class Channel:
    """What one session's seats follow, by the name of the topic."""

    code: str
    topics: dict[str, Topic] = field(default_factory=dict)
    #: By person, and what they look with: all that is theirs alone.
    me: dict[str, dict[Look, Alone]] = field(default_factory=dict)
    seats: set[Seat] = field(default_factory=set)
    by_person: dict[str, set[Seat]] = field(default_factory=dict)
    #: Seats at each place.
    at: dict[str, set[Seat]] = field(default_factory=dict)
    counted: float = 0.0

    @property
    def main(self) -> Topic:
        """The topic every seat follows."""
        return self.topic("record" if self.code == RECORD else "session")

    @property
    def helm(self) -> Topic:
        """The topic that facilitators, and whoever keeps the record, follow besides."""
        return self.topic("helm")

    def topic(self, name: str) -> Topic:
        """The topic of this name, begun if need be."""
        if name not in self.topics:
            self.topics[name] = Topic(name)
        return self.topics[name]

    def put(self, news: News) -> None:
        """These entities are this now; they wait to be told."""
        for name, entities in news.items():
            topic = self.topic(name)
            for key, body in entities.items():
                topic.put(key, body)

    def places(self) -> list[Topic]:
        """The topics of places."""
        return [topic for name, topic in self.topics.items() if name.startswith(PLACE)]

    def sit(self, seat: Seat) -> None:
        """One more seat."""
        self.seats.add(seat)
        self.by_person.setdefault(seat.visitor.person, set()).add(seat)

    def stand_up(self, seat: Seat) -> None:
        """One seat fewer."""
        self.follow(seat, frozenset())
        self.seats.discard(seat)
        others = self.by_person.get(seat.visitor.person, set())
        others.discard(seat)
        if not others:
            self.by_person.pop(seat.visitor.person, None)

    def follow(self, seat: Seat, topics: frozenset[str]) -> None:
        """A seat follows these topics from now on."""
        for topic in seat.follows - topics:
            if topic.startswith(PLACE):
                self.at.get(topic, set()).discard(seat)
        for topic in topics:
            if topic.startswith(PLACE):
                self.at.setdefault(topic, set()).add(seat)
        seat.follows = topics
