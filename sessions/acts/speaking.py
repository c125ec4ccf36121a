"""Who else speaks for somebody: keys made for them, entries found to be theirs, votes cast in their name.

What a person wrote or voted in secret before such a key was made stays sealed for it; they are told at once, can
refuse, and everybody can read that it happened.
"""

from typing import Any

from sessions.board.notes import NoteRemoved
from sessions.room import Command, PensRest, Room, Session, Spoken, Turn
from sessions.rules.event import Event, RoomEvent, SessionEvent
from sessions.rules.refusal import Refused

#: What nobody in particular is spoken for by.
_FOR_NOBODY = ("cofacilitator", "screen")


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

    def evolve(self, session: Session) -> None:
        found = session.spoken[self.id]
        found.state = self.state
        session.touch("spoken", "person:" + found.person)
        session.touched_people.add(found.person)


class PeopleParted(RoomEvent, frozen=True, tag="people_parted"):
    """Two entries that were said to be one person are two again."""

    keep: str
    drop: str
    sessions: list[str] = []

    def evolve(self, room: Room) -> None:
        room.people[self.drop].same_as = ""
        room.people[self.drop].gone = False
        room.same.remove(self.drop)
        for code in self.sessions:
            if code in room.sessions:
                session = room.sessions[code]
                session.roles.setdefault(self.drop, set()).add("participant")
                session.touch("person:" + self.drop)
                session.touched_people.update((self.keep, self.drop))


class AnswerSpoken(Command, frozen=True, tag="answer_spoken"):
    """Say of something done in one's name that it is fine, or refuse it: then the key is worth nothing any more."""

    made: str
    refuse: bool = False

    def decide(self, turn: Turn) -> list[Event]:
        found = turn.session.spoken.get(self.made)
        if found is None or turn.room.whole(found.person) != turn.by.person or found.state:
            return []
        if turn.by.hand:
            raise Refused("not_yours", "Only the person themselves can answer this, where they joined.")
        if not self.refuse:
            return [SpokenSettled(id=found.id, state="fine")]
        return [SpokenSettled(id=found.id, state="refused"), *_undone(turn, found)]


class WithdrawLink(Command, frozen=True, tag="withdraw_link"):
    """Make a link that was given out worth nothing; what was voted by it counts no more. For facilitators."""

    made: str

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        found = turn.session.spoken.get(self.made)
        if found is None or turn.session.took_back(found.id) or found.how not in ("link", *_FOR_NOBODY):
            return []
        undone = _undone(turn, found) if found.person else []
        return [SpokenSettled(id=found.id, state="withdrawn"), *undone]


def open_for(room: Room, session: Session, person: str) -> list[dict[str, Any]]:
    """What was done in somebody's name that they have not answered yet."""
    return [
        {"id": s.id, "how": s.how, "by": room.name_of(s.by), "at": s.at, "about": _about(room, s)}
        for s in session.spoken.values()
        if s.how not in _FOR_NOBODY and not s.state and room.whole(s.person) == person
    ]


def told(room: Room, session: Session) -> dict[str, Any]:
    """All of it, as everybody of the session may read: the session's own log of such acts."""
    done = session.spoken.values()
    return {"done": [{"id": s.id, "for": room.whole(s.person), "by": room.whole(s.by), **_facts(s)} for s in done]}


def logged(room: Room, session: Session) -> list[dict[str, Any]]:
    """The same with names, for the outcome and its exports."""
    done = session.spoken.values()
    return [{"for": room.name_of(s.person), "by": room.name_of(s.by), **_facts(s)} for s in done]


def _facts(spoken: Spoken) -> dict[str, Any]:
    return {"how": spoken.how, "at": spoken.at, "state": spoken.state}


def taken_over(turn: Turn, votes: Any, person: str, mine: list[str], openly: bool = False) -> list[Event]:
    """What rests and what counts again of a person's votes, now that the pens in ``mine`` vote.

    ``votes`` is a ballot or a round. What was voted with last counts; what a facilitator casts ``openly`` counts
    only while the person has cast nothing.
    """
    cast = [p for p in _pens(turn, votes, turn.room.entries(person)) if votes.votes.get(p) and p not in mine]
    counting = [pen for pen in cast if pen not in votes.resting]
    if openly and any(pen not in getattr(votes, "openly", ()) for pen in counting):
        return _rest(turn, votes, [pen for pen in mine if pen not in votes.resting], [])
    return _rest(turn, votes, counting, [pen for pen in mine if pen in votes.resting])


def regrouped(turn: Turn, entries: list[str], without: str = "") -> list[Event]:
    """In every vote that is still secret, one key of these entries counts: their own before those made for them.

    ``without`` is a hand whose votes count no more; ``openly`` stands for what a facilitator cast.
    """
    events: list[Event] = []
    board = turn.board
    secret = [b for b in board.ballots.values() if not b.revealed]
    for votes in [*secret, *(r for r in board.rounds.values() if not r.shown)]:
        pens = [pen for pen in _pens(turn, votes, entries) if votes.votes.get(pen)]
        groups: dict[tuple[int, str], list[str]] = {}
        for pen in pens:
            groups.setdefault(_group(turn, votes, pen, entries), []).append(pen)
        allowed = [group for group in sorted(groups) if not without or group[1] != without]
        chosen = groups[allowed[0]] if allowed else []
        rests = [pen for pen in pens if pen not in chosen and pen not in votes.resting]
        events += _rest(turn, votes, rests, [pen for pen in chosen if pen in votes.resting])
    return events


def own_voters(room: Room, votes: Any) -> set[str]:
    """Entries that have voted with a key of their own: whatever is done in somebody's name changes nothing of it."""
    openly = getattr(votes, "openly", ())
    pens = (pen for pen, cast in votes.votes.items() if cast and pen not in openly and not room.hands.get(pen))
    return {room.holders[pen][1] for pen in pens if pen in room.holders}


def counted_in_secret(room: Room, votes: Any) -> set[str]:
    """Entries whose own secret vote counts: those that stand before each other when it is shown."""
    openly = getattr(votes, "openly", ())
    pens = (pen for pen in votes.counting() if pen not in openly and not room.hands.get(pen))
    return {room.holders[pen][1] for pen in pens if pen in room.holders}


def _pens(turn: Turn, votes: Any, entries: list[str]) -> list[str]:
    room, code = turn.room, turn.session.code
    piles = (votes.id, f"{votes.id} openly")
    return [pen for entry in entries for pile in piles for pen in room.pens_of(code, entry, pile)]


def _group(turn: Turn, votes: Any, pen: str, entries: list[str]) -> tuple[int, str]:
    """Own keys first, in the order of the entries; then keys that were made; then what was cast openly."""
    hand = turn.room.hands.get(pen, "")
    if pen in getattr(votes, "openly", ()):
        return 2 * len(entries), "openly"
    place = entries.index(turn.room.holders[pen][1])
    return (len(entries) + place, hand) if hand else (place, "")


def _rest(turn: Turn, votes: Any, rests: list[str], wakes: list[str]) -> list[Event]:
    found = PensRest(session=turn.session.code, votes=votes.id, rests=rests, wakes=wakes)
    return [found] if rests or wakes else []


def _undone(turn: Turn, found: Spoken) -> list[Event]:
    """What was done in somebody's name counts no more, and what rested because of it counts again."""
    person = turn.room.whole(found.person)
    if found.how == "merged":
        parted = [PeopleParted(keep=person, drop=found.about, sessions=[turn.session.code])]
        theirs = [e for e in turn.room.entries(person) if e == found.about or _under(turn.room, e, found.about)]
        rest = [entry for entry in turn.room.entries(person) if entry not in theirs]
        return [*parted, *regrouped(turn, rest), *regrouped(turn, theirs)]
    hand = "openly" if found.how == "vote" else found.id
    entries = turn.room.entries(person)
    return [*regrouped(turn, entries, hand), *(NoteRemoved(note=note) for note in _unseen_by(turn, entries, hand))]


def _under(room: Room, entry: str, other: str) -> bool:
    """Whether an entry was merged into another, however many steps away."""
    while room.people[entry].same_as:
        entry = room.people[entry].same_as
        if entry == other:
            return True
    return False


def _unseen_by(turn: Turn, entries: list[str], hand: str) -> list[str]:
    """Notes that were written with this key and that nobody else has seen."""
    notes = (
        note
        for pile in turn.board.piles.values()
        for entry in entries
        for pen in turn.room.pens_of(turn.session.code, entry, pile.id)
        if turn.room.hands.get(pen) == hand
        for note in sorted(pile.by_pen.get(pen, ()))
    )
    return [note for note in notes if not turn.board.notes[note].shown]


def _about(room: Room, spoken: Spoken) -> str:
    return room.people[spoken.about].name if spoken.how == "merged" and spoken.about in room.people else ""
