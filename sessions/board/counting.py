"""Which votes count: of each person those of the key they voted with last, whoever made it, unless it was taken back.

Nothing of it is stored before a vote is shown: it follows from who holds which pen, who is the same person as whom,
and which keys were refused, so that merging, parting, refusing and withdrawing are exact in whatever order they come.
"""

from dataclasses import replace
from typing import Any, TypeVar

from sessions.room import Room, Session

Votes = TypeVar("Votes", bound=Any)


def as_it_counts(room: Room, session: Session, votes: Votes) -> Votes:
    """The votes as they would be shown now; what has been shown stays as it was."""
    if votes.shown:
        return votes
    counting = _counting(room, session, votes)
    found = replace(votes, resting={pen for pen in votes.votes if pen not in counting})
    as_counted: Votes = replace(found, secret=len(counted_in_secret(room, found)))
    return as_counted


def own_voters(room: Room, votes: Any) -> set[str]:
    """Entries that have voted with a key of their own.

    Whatever is done in somebody's name changes nothing of it, and neither does taking away what they voted for: who
    hides one idea after the other must not learn from the count who chose which.
    """
    return _own(room, votes, votes.cast())


def counted_in_secret(room: Room, votes: Any) -> set[str]:
    """Entries whose own secret vote counts: those that stand before each other when it is shown."""
    return _own(room, votes, votes.counting())


def who_counts(room: Room, votes: Any) -> set[str]:
    """People whose secret vote is in the figures, whichever key and entry they came with."""
    openly = getattr(votes, "openly", ())
    return {room.whole(room.holders[pen][1]) for pen in votes.counting() if pen not in openly and pen in room.holders}


def told_as(votes: Any, person: str) -> str:
    """Under what it is told that a facilitator votes for somebody in this vote, each time it is opened."""
    return f"vote.{votes.id}.{votes.run}.{person}"


def _counting(room: Room, session: Session, votes: Any) -> set[str]:
    """Of each person the pens of the key they voted with last; what was cast openly, where there is nothing else."""
    secret: dict[str, dict[str, tuple[str, str]]] = {}
    openly: dict[str, dict[str, str]] = {}
    for pen, cast in votes.votes.items():
        entry = room.holders[pen][1] if pen in room.holders else pen
        person, hand = room.whole(entry), room.hands.get(pen, "")
        if not cast or session.took_back(hand):
            continue
        if pen not in getattr(votes, "openly", ()):
            secret.setdefault(person, {})[pen] = (entry, hand)
        elif not session.took_back(told_as(votes, entry)):
            openly.setdefault(person, {})[pen] = entry
    chosen = {person: list(pens.values())[-1] for person, pens in secret.items()}
    found = {pen for person, pens in secret.items() for pen, key in pens.items() if key == chosen[person]}
    for person, entries in openly.items():
        last = list(entries.values())[-1]
        found.update(pen for pen, entry in entries.items() if entry == last and person not in secret)
    return found


def _own(room: Room, votes: Any, pens: Any) -> set[str]:
    openly = getattr(votes, "openly", ())
    own = (pen for pen in pens if pen not in openly and not room.hands.get(pen))
    return {room.holders[pen][1] for pen in own if pen in room.holders}
