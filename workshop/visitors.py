"""Who has a seat in a room, and what each may follow: checked again whenever something changes that."""

import time
from collections.abc import Iterable

from sessions import views
from sessions.room import Room, Session
from sessions.rules.refusal import Refused
from workshop.cut import PLACE, RECORD, Cut, Look, Visitor


class Visitors:
    """The seats of one room, by number, as far as the room has to know them."""

    def __init__(self) -> None:
        self.by_seat: dict[int, Visitor] = {}
        self._follows: dict[int, frozenset[str]] = {}
        #: What many follow alike is kept once.
        self._alike: dict[frozenset[str], frozenset[str]] = {}
        self._of: dict[str, set[int]] = {}
        self._by_person: dict[tuple[str, str], tuple[int, ...]] = {}
        #: When the invitations for a team, or for everybody, were taken back last (monotonic seconds).
        self._uninvited: dict[str, float] = {}

    def enter(self, room: Room, seat: int, visitor: Visitor) -> frozenset[str]:
        """A seat is taken; returns what it follows."""
        self.by_seat[seat] = visitor
        self._of.setdefault(visitor.channel, set()).add(seat)
        who = visitor.channel, visitor.person
        self._by_person[who] = tuple({*self._by_person.get(who, ()), seat})
        return self.look_again(room, seat)

    def leave(self, seat: int) -> Visitor | None:
        """The seat is empty."""
        visitor = self.by_seat.pop(seat, None)
        if visitor is not None:
            self._follows.pop(seat, None)
            self._of[visitor.channel].discard(seat)
            who = visitor.channel, visitor.person
            mine = tuple(other for other in self._by_person.pop(who) if other != seat)
            if mine:
                self._by_person[who] = mine
        return visitor

    def in_channel(self, channel: str) -> list[int]:
        """Seats in a session, or at the record."""
        return list(self._of.get(channel, ()))

    def looks(self, channel: str, person: str) -> set[Look]:
        """What somebody looks with now, who has a seat open."""
        return {self.by_seat[seat].look for seat in self._by_person.get((channel, person), ())}

    def wish(self, room: Room, seat: int, wanted: list[str], left: list[str], cut: Cut) -> None:
        """A facilitator or a big screen looks at places; everybody else is placed by what they do.

        Raises ``Refused`` for a place that is not there, or where somebody does not stand.
        """
        visitor = self.by_seat[seat]
        session = room.sessions.get(visitor.channel)
        known = {topic.removeprefix(PLACE) for topic in wanted if topic.startswith(PLACE)}
        if session is None or len(known) != len(wanted) or not known <= session.places.keys():
            raise Refused("no_such_topic", "There is no such place in this session.")
        if not looks_freely(session, visitor):
            _must_stand(session, known, stands_at(room, visitor))
            return
        visitor.looks_at = (visitor.looks_at | known) - {topic.removeprefix(PLACE) for topic in left}
        cut.follows[seat] = self.look_again(room, seat)

    def uninvite(self, team: str) -> None:
        """The invitations of a team, or those for everybody, are worth nothing from now on."""
        self._uninvited[team] = time.monotonic()

    def check(self, room: Room, channel: str, cut: Cut, people: Iterable[str] | None = None) -> None:
        """Roles or keys changed, of all or of these people: see off who was removed, and look at what others follow."""
        for seat in self._seats(channel, people):
            why = self.why_not(room, self.by_seat[seat])
            if why:
                cut.seen_off[seat] = why
        self.place(room, channel, cut, people)

    def place(self, room: Room, channel: str, cut: Cut, people: Iterable[str] | None = None) -> None:
        """People may stand somewhere else now, all or these: what they follow from now on is in the cut."""
        for seat in self._seats(channel, people):
            if seat in cut.seen_off:
                continue
            before = self._follows.get(seat)
            now = self.look_again(room, seat)
            if now != before:
                cut.follows[seat] = now

    def _seats(self, channel: str, people: Iterable[str] | None) -> list[int]:
        if people is None:
            return self.in_channel(channel)
        return [seat for person in people for seat in self._by_person.get((channel, person), ())]

    def look_again(self, room: Room, seat: int) -> frozenset[str]:
        """What a seat follows, worked out anew and remembered."""
        found = _follows(room, self.by_seat[seat])
        self._follows[seat] = self._alike.setdefault(found, found)
        return self._follows[seat]

    def why_not(self, room: Room, visitor: Visitor) -> tuple[str, str] | None:
        """Why a seat has no place here now, as code and sentence; none where it has."""
        session = room.sessions.get(visitor.of)
        on_record = visitor.channel == RECORD
        by_invitation = on_record and not visitor.key and (visitor.team or not visitor.of)
        if by_invitation and self._uninvited.get(visitor.team, 0.0) > visitor.since:
            return "withdrawn", "The link to this record was taken back. Ask for another one."
        if on_record and (visitor.key or session is None):
            return None
        person = visitor.person
        roles = session.roles if session else {}
        if session is None or (person and person not in roles and room.whole(person) not in roles):
            return "removed", "You are no longer part of this session."
        if person and room.whole(visitor.entry) != person:
            return "merged", "Who you are here has changed. You will be back in a moment."
        if session.took_back(visitor.hand):
            return "withdrawn", "This link was taken back. Ask your facilitator for another one."
        return None


def roles(room: Room, visitor: Visitor) -> list[str]:
    """What a seat is told it is here."""
    if visitor.channel == RECORD:
        return ["keeper"] if visitor.key else ["guest"]
    return sorted(room.sessions[visitor.channel].roles.get(visitor.person, ())) or ["screen"]


def looks_freely(session: Session, visitor: Visitor) -> bool:
    """Facilitators, and a screen with a key of its own, look at whatever place they like."""
    return visitor.own_screen or (not visitor.screen and session.is_facilitator(visitor.person))


def stands_at(room: Room, visitor: Visitor) -> set[str]:
    """The place somebody stands at, and those they look at besides."""
    session = room.sessions.get(visitor.channel)
    if session is None or not session.places:
        return set()
    found = {place for place in visitor.looks_at if place in session.places} if visitor.looks_at else set()
    if found and not looks_freely(session, visitor):
        found = set()
    return found if visitor.screen else found | views.places_of(room, session, visitor.person)


def _must_stand(session: Session, wanted: set[str], at: set[str]) -> None:
    if not wanted <= at:
        names = ", ".join(session.places[place] for place in sorted(at))
        if names:
            there = "You see a poster while you stand before it. You are at {names} now."
            raise Refused("not_there", there, {"names": names})
        raise Refused("not_there", "You see a poster while you stand before it.")


def _follows(room: Room, visitor: Visitor) -> frozenset[str]:
    if visitor.channel == RECORD:
        return frozenset({"record", "helm"} if visitor.key else {"record"})
    rights = {"session"}
    if not visitor.screen:
        rights.add("me")
        session = room.sessions.get(visitor.channel)
        if session is not None and session.is_facilitator(visitor.person):
            rights.add("helm")
    return frozenset(rights.union(PLACE + place for place in stands_at(room, visitor)))
