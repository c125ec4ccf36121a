"""A session on a stage: the rules alone, people known by name, a clock that is set, ids that count."""

from typing import Any

import msgspec

from sessions import formats, views
from sessions.board.ballots import Ballot
from sessions.board.counting import as_it_counts
from sessions.decide import COMMANDS, arrived, decide, decide_record, ring
from sessions.evolve import evolve, new_room
from sessions.record.checks.findings import in_the_way
from sessions.record.files.settling import settle
from sessions.room import By, Session
from sessions.room.kind import ForAll, ForHelm, Sight
from sessions.rules.event import Event
from sessions.running.opening import open_session
from sessions.running.people import PersonCame, RoleGiven, join
from workshop import stream
from workshop.files import outline

CODE = "K7Q2MX"
FACILITATOR = "noor"
PEOPLE = "ann bob cy di eve"


class Stage:
    """Commands go through ``decide`` and ``evolve``, and every event through the form it is stored in."""

    def __init__(self, format: str = "leadership_draft", people: str = PEOPLE, okrs: str = "") -> None:
        self.room = new_room("room")
        self.now = 1_790_000_000_000
        self.count = 0
        self.log: list[Event] = []
        if okrs:
            self.room.sessions.clear()
            self.happen([settle(self.room, outline.read(okrs), self.now, "", self._new_id)])
        made = formats.ALL[format]
        self.happen([open_session(CODE, format, "Q1 direction", self.now, made.minutes, list(made.phases))])
        self.happen([PersonCame(person=FACILITATOR, name="Noor")])
        self.happen([RoleGiven(person=FACILITATOR, role="facilitator")])
        for person in people.split():
            name, _, team = person.partition("@")
            self.join(name, team)

    @property
    def session(self) -> Session:
        """The session."""
        return self.room.sessions[CODE]

    @property
    def sight(self) -> Sight:
        """A look at the session as it is now."""
        return views.look(self.room, self.session)

    @property
    def step(self) -> dict[str, Any]:
        """The step as everybody sees it."""
        return self.sees("step") or {}

    def happen(self, events: list[Event]) -> None:
        """Let events take effect, read back from what would be stored."""
        for event in events:
            kept_apart = event.passing or event.apart
            again = event if kept_apart else stream.read(stream.write(event))
            assert again == event
            self.log.append(event)
            evolve(self.room, CODE, again)

    def do(self, person: str, name: str, /, **fields: Any) -> list[Event]:
        """One command's turn; raises ``Refused``."""
        return self.do_with("", self.room.whole(person), person, name, **fields)

    def do_with(self, hand: str, person: str, entry: str, name: str, /, **fields: Any) -> list[Event]:
        """One command's turn of who came as this entry, with a key that was made for them; raises ``Refused``."""
        by = By(person, self.now, self._new_id, lambda things: list(reversed(things)), frozenset(), hand, entry)
        events = decide(self.room, CODE, COMMANDS[name](**fields), by)
        self.happen(events)
        return events

    def lead(self, name: str, /, **fields: Any) -> list[Event]:
        """One command of the facilitator's, who shows a vote also where few have voted."""
        if name == "reveal":
            fields = {"anyway": True, **fields}
        return self.do(FACILITATOR, name, **fields)

    def join(self, person: str, team: str = "") -> None:
        """Somebody comes, of the team with this name."""
        id = next((t.id for t in self.room.record.teams.values() if t.name == team), "")
        self.happen(join(self.room, self.session, person, person.title(), id, False))
        by = By(person, self.now, self._new_id, lambda things: list(reversed(things)))
        self.happen(arrived(self.room, self.session, by))

    def keep(self, name: str, /, key: bool = True, person: str = "", **fields: Any) -> list[Event]:
        """One command to the record; raises ``Refused``."""
        by = By(person, self.now, self._new_id, lambda things: list(reversed(things)))
        events = decide_record(self.room, COMMANDS[name](**fields), by, key)
        self.happen(events)
        return events

    def clear_the_way(self, goal: str) -> None:
        """Waive all that stands in the way of locking a goal, where a test is about something else."""
        for found in in_the_way(self.room, goal):
            self.keep("waive_finding", finding=found.finding.key, name="Ines", reason="not what this is about")

    def ring(self, later: int = 0) -> None:
        """The time has come at which the phase moves on inside itself."""
        at = views.rings(self.session)
        assert at, "nothing rings"
        self.now = at + later
        self.happen(ring(self.room, self.session, By("", self.now, self._new_id, list)))

    def at(self, person: str) -> dict[str, Any]:
        """What somebody sees at the place they stand at."""
        place = views.place_of(self.room, self.session, person)
        found = views.everywhere(self.sight)
        return plain({key: entity for where, key, entity in found if where == place})

    def head(self, person: str) -> dict[str, Any]:
        """The head of the place somebody stands at."""
        found: dict[str, Any] = self.at(person)["place:" + views.place_of(self.room, self.session, person)]
        return found

    def to(self, key: str) -> "Stage":
        """Go on until the phase called ``key``, showing what there is to show."""
        while self.session.phase is None or self.session.phase.key != key:
            self.lead("next_phase", unshown="show")
        return self

    def wall(self, pile: str = "ideas") -> dict[str, str]:
        """What stands on the wall: words → id."""
        board = self.session.board
        return {board.wording(thing): thing.id for thing in board.items(pile)}

    def with_ideas(self, *ideas: str, by: str = "each") -> "Stage":
        """Everything up to the grouping, with these ideas on the wall."""
        self.to("ideate")
        for place, idea in enumerate(ideas):
            writer = PEOPLE.split()[place % 5] if by == "each" else by
            self.do(writer, "add_note", text=idea)
        return self.to("cluster")

    @property
    def vote(self) -> Ballot:
        """The vote called impact, as it would be shown now."""
        return as_it_counts(self.room, self.session, self.session.board.ballots["impact"])

    def sees(self, key: str) -> dict[str, Any] | None:
        """An entity as everybody sees it."""
        return self.everything().get(key)

    def everything(self) -> dict[str, Any]:
        """All that everybody sees."""
        return plain(dict(views.everything(ForAll, self.sight)))

    def helm(self) -> dict[str, Any]:
        """All that facilitators see besides."""
        return plain(dict(views.everything(ForHelm, self.sight)))

    def own(self, person: str, hand: str = "") -> dict[str, Any]:
        """All that is one person's alone, as one of their keys sees it."""
        return plain(views.for_person(self.room, self.session, person, hand))

    def _new_id(self) -> str:
        self.count += 1
        return f"id{self.count:04d}"


def plain(shown: dict[str, Any]) -> dict[str, Any]:
    """What is told, as a client has it."""
    found: dict[str, Any] = msgspec.to_builtins(shown)
    return found
