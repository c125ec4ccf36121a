"""Who else speaks for somebody: keys made for them, entries found to be theirs, votes cast in their name.

What a person wrote or voted in secret before such a key was made stays sealed for it; they are told at once, can
refuse, and everybody can read that it happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import msgspec

from sessions.room.kind import ForAll, Shown, Sight
from sessions.room.section import Line, Section
from sessions.room.turn import Command
from sessions.rules.event import Event, RoomEvent, SessionEvent
from sessions.rules.refusal import Refused

if TYPE_CHECKING:
    from sessions.room.room import Room
    from sessions.room.session import Session
    from sessions.room.turn import Turn


@dataclass(slots=True)
class Spoken:
    """Something a facilitator did that lets others speak or act for a person.

    ``how``: a personal ``link``, a ``claim`` answered with yes, two entries ``merged``, a ``vote`` cast openly;
    ``cofacilitator`` and ``screen`` are links for nobody in particular. ``state``: nothing yet, ``fine``,
    ``refused`` by the person, or ``withdrawn``.
    """

    id: str
    how: str
    person: str
    by: str
    at: int
    state: str = ""
    about: str = ""
    #: Entries that said it is fine.
    fine: set[str] = field(default_factory=set)

    def asked(self) -> set[str]:
        """The entries that may refuse it: whom it was done for, and each of two that are said to be one person."""
        return {self.person, self.about} if self.how == "merged" else {self.person}


#: What nobody in particular is spoken for by.
_FOR_NOBODY = ("cofacilitator", "screen")
_SENTENCES = {
    "link": "{by} made a personal link for {for}.",
    "claim": "{by} let a device in as {for}.",
    "merged": "{by} said that two entries are one person: {for}.",
    "vote": "{by} voted for {for}, openly.",
    "cofacilitator": "{by} made a link for a co-facilitator.",
    "screen": "{by} made a link for the big screen.",
}
_SETTLED = {
    "refused": " {for} refused it.",
    "withdrawn": " It was taken back.",
    "fine": " {for} said it is fine.",
}


class SpokenFor(SessionEvent, frozen=True, tag="spoken_for"):
    """A facilitator did something that lets somebody else speak or act for a person; at Unix milliseconds."""

    id: str
    how: str
    person: str
    by: str
    at: int
    about: str = ""

    def evolve(self, session: Session) -> None:
        session.spoken[self.id] = Spoken(self.id, self.how, self.person, self.by, self.at, "", self.about)
        session.touch("spoken")
        session.touched_people.add(self.person)


class SpokenSettled(SessionEvent, frozen=True, tag="spoken_settled"):
    """The person said that it is fine, or refused it; or a facilitator withdrew it."""

    id: str
    state: str
    entry: str = ""

    def evolve(self, session: Session) -> None:
        found = session.spoken[self.id]
        found.fine.add(self.entry)
        if self.state != "fine" or found.fine >= found.asked():
            found.state = self.state
        session.touch("spoken", "person:" + found.person)
        session.touched_people.add(found.person)


class PeopleParted(RoomEvent, frozen=True, tag="people_parted"):
    """Two entries that were said to be one person are two again."""

    keep: str
    drop: str

    def evolve(self, room: Room) -> None:
        room.people[self.drop].same_as = ""
        room.people[self.drop].gone = False
        room.same.remove(self.drop)
        room.record.touch("person:" + self.keep, "person:" + self.drop)
        whole = room.whole(self.keep)
        if room.people[self.drop].sponsored and room.record.sponsor in (self.keep, whole):
            room.record.sponsor = self.drop
            room.record.touch("room")
        for session in room.sessions.values():
            if self.drop in session.merged:
                own, given = session.merged.pop(self.drop)
                session.roles[self.drop] = own
                for person in {self.keep, whole} & set(session.roles):
                    session.roles[person] -= given
                    if not session.roles[person]:
                        del session.roles[person]
                session.touch("person:" + self.drop, "person:" + whole, "counts", "done", "step")
                session.touch("stands:" + self.drop, "stands:" + whole)
                session.touched_people.update((whole, self.drop))


class AnswerSpoken(Command, frozen=True, tag="answer_spoken"):
    """Say of something done in one's name that it is fine, or refuse it: then the key is worth nothing any more."""

    anytime: ClassVar[bool] = True
    even_stopped: ClassVar[bool] = True
    made: str
    refuse: bool = False

    def decide(self, turn: Turn) -> list[Event]:
        found = turn.session.spoken.get(self.made)
        if found is None or turn.session.took_back(found.id) or found.how in _FOR_NOBODY:
            return []
        if turn.by.hand or turn.entry not in found.asked():
            raise Refused("not_yours", "Only the person themselves can answer this, where they joined.")
        if not self.refuse:
            return [] if turn.entry in found.fine else [SpokenSettled(id=found.id, state="fine", entry=turn.entry)]
        parted = [PeopleParted(keep=found.person, drop=found.about)] if found.how == "merged" else []
        return [SpokenSettled(id=found.id, state="refused"), *parted]


class WithdrawLink(Command, frozen=True, tag="withdraw_link"):
    """Make a link that was given out worth nothing; what was voted by it counts no more. For facilitators."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    made: str

    def decide(self, turn: Turn) -> list[Event]:
        found = turn.session.spoken.get(self.made)
        if found is None or turn.session.took_back(found.id) or found.how not in ("link", *_FOR_NOBODY):
            return []
        return [SpokenSettled(id=found.id, state="withdrawn")]


def link_made(session: Session, role: str, person: str, hand: str, by: str, at: int) -> list[Event]:
    """The fact that a link was made for a ``person`` who is here, a ``co-facilitator``, or the big ``screen``."""
    if role == "person" and person not in session.roles:
        raise Refused("no_such_person", "That person is not here.")
    how = {"person": "link", "co-facilitator": "cofacilitator"}.get(role, role)
    return [SpokenFor(id=hand, how=how, person=person, by=by, at=at)]


class AskedOfOne(Shown, frozen=True):
    """What was done in one's name and waits for one's word: how, by whom, when, and about what."""

    id: str
    how: str
    by: str
    at: int
    about: str


def open_for(room: Room, session: Session, entry: str) -> list[AskedOfOne]:
    """What was done in the name of who came as this entry, and that they have not answered yet."""
    return [
        AskedOfOne(s.id, s.how, room.name_of(s.by), s.at, _about(room, s, entry))
        for s in session.spoken.values()
        if s.how not in _FOR_NOBODY and not session.took_back(s.id) and entry in s.asked() - s.fine
    ]


class SpokenDone(Shown, frozen=True):
    """One thing a facilitator did in somebody's name (``for``): how, when, and what they said to it."""

    id: str
    person: str = msgspec.field(name="for")
    by: str
    how: str
    at: int
    state: str


class SpokenShown(Shown, frozen=True):
    """The session's log of what was done in somebody's name."""

    done: list[SpokenDone]


class SpokenLog(ForAll):
    """All of it, as everybody of the session may read: the session's own log of such acts."""

    name = "spoken"
    shape = SpokenShown

    def look(self, sight: Sight, id: str) -> SpokenShown:
        done, room = sight.session.spoken.values(), sight.room
        return SpokenShown(
            [SpokenDone(s.id, room.whole(s.person), room.whole(s.by), s.how, s.at, s.state) for s in done]
        )


class SpokenTold(Shown, frozen=True):
    """The same with names."""

    person: str = msgspec.field(name="for")
    by: str
    how: str
    at: int
    state: str


def in_names(room: Room, session: Session) -> Iterator[Section]:
    """The same as sentences with names, for the outcome."""
    done = session.spoken.values()
    rows = [SpokenTold(room.name_of(s.person), room.name_of(s.by), s.how, s.at, s.state) for s in done]
    lines = [Line(text=_sentence(row)) for row in rows]
    yield Section(
        key="spoken", title="In somebody’s name", order=110, lines=lines, names_voters=True, data={"spoken": rows}
    )


def _sentence(done: SpokenTold) -> str:
    """What was done in somebody's name, and what they said to it."""
    sentence = _SENTENCES[done.how] + _SETTLED.get(done.state, "")
    return sentence.format(**{"by": done.by or "Somebody", "for": done.person or "somebody"})


def _about(room: Room, spoken: Spoken, entry: str) -> str:
    """The other of two entries that are said to be one person."""
    other = spoken.person if entry == spoken.about else spoken.about
    return room.people[other].name if spoken.how == "merged" and other in room.people else ""
