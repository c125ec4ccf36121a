"""People: joining, being ready, raising a hand, leaving, handing over, and being found again."""

from typing import Any

from sessions.board.ballots import DotTaken
from sessions.record import Record
from sessions.room import Command, Person, Room, Session, Turn
from sessions.rules import text
from sessions.rules.event import Event, RoomEvent, SessionEvent
from sessions.rules.refusal import Refused


class PersonCame(RoomEvent, frozen=True, tag="person_came"):
    """Somebody is in the room, or is known a little better."""

    person: str
    name: str
    team: str = ""
    remote: bool = False

    def evolve(self, room: Room) -> None:
        room.people[self.person] = Person(self.person, self.name, self.team, self.remote)
        for session in room.sessions.values():
            if self.person in session.roles:
                session.touch("person:" + self.person, "attention")
                session.touched_people.add(self.person)


class RoleGiven(SessionEvent, frozen=True, tag="role_given"):
    """A person has a role in the session."""

    person: str
    role: str

    def evolve(self, session: Session) -> None:
        session.roles.setdefault(self.person, set()).add(self.role)
        session.touch("person:" + self.person)
        session.touched_people.add(self.person)


class PersonRemoved(SessionEvent, frozen=True, tag="person_removed"):
    """A person no longer takes part; what they wrote stays."""

    person: str

    def evolve(self, session: Session) -> None:
        _leave(session, self.person)


class PeopleMerged(RoomEvent, frozen=True, tag="people_merged"):
    """Two entries are one person: notes and votes go to the one that is kept."""

    keep: str
    drop: str

    def evolve(self, room: Room) -> None:
        room.people[self.drop].same_as = self.keep
        room.people[self.drop].gone = True
        for (code, person), piles in list(room.pens.items()):
            if person == self.drop:
                for pile, pens in piles.items():
                    for pen in pens:
                        room.give_pen(code, self.keep, pile, pen)
                del room.pens[(code, person)]
        self._rewrite_record(room.record)
        for session in room.sessions.values():
            if self.drop in session.roles:
                session.roles.setdefault(self.keep, set()).update(session.roles[self.drop])
                for run in session.runs:
                    thumb = run.state.get("thumbs", {}).pop(self.drop, "")
                    if thumb:
                        run.state["thumbs"].setdefault(self.keep, thumb)
                _leave(session, self.drop)
                session.touch("person:" + self.keep, "step")
                session.touched_people.add(self.keep)

    def _rewrite_record(self, record: Record) -> None:
        for result in record.results.values():
            kept = [self.keep if p == self.drop else p for p in result.leads]
            result.leads[:] = list(dict.fromkeys(kept))
            for remark in result.remarks:
                remark.by = self.keep if remark.by == self.drop else remark.by
            record.touch("result:" + result.id)
        for objective in record.objectives.values():
            if objective.polisher == self.drop:
                objective.polisher = self.keep
                record.touch("objective:" + objective.id)
        for key, visit in list(record.visits.items()):
            if visit.person == self.drop:
                del record.visits[key]
                visit.person = self.keep
                moved = f"{visit.session}.{visit.team}.{self.keep}"
                record.visits.setdefault(moved, visit)
                record.touch("visit:" + key, "visit:" + moved)


class DoneSaid(SessionEvent, frozen=True, tag="done_said"):
    """A person said that they are done with this step, or are not after all."""

    person: str
    done: bool

    def evolve(self, session: Session) -> None:
        (session.done.add if self.done else session.done.discard)(self.person)
        session.touch("counts", "done")
        session.touched_people.add(self.person)


class HandRaised(SessionEvent, frozen=True, tag="hand_raised"):
    """A hand went up at a time (Unix milliseconds), or down (0)."""

    person: str
    at: int

    def evolve(self, session: Session) -> None:
        if self.at:
            session.hands[self.person] = self.at
        else:
            session.hands.pop(self.person, None)
        session.touch("attention")
        session.touched_people.add(self.person)


class OrderDrawn(SessionEvent, frozen=True, tag="order_drawn"):
    """Who speaks after whom; nobody, once it is put away."""

    order: list[str]

    def evolve(self, session: Session) -> None:
        session.speaking = list(self.order)
        session.touch("attention")


class SpotlightSet(SessionEvent, frozen=True, tag="spotlight_set"):
    """One thing stands large on every screen; nothing, once it is put away."""

    item: str

    def evolve(self, session: Session) -> None:
        session.spotlight = self.item
        session.touch("attention")


class ClaimMade(SessionEvent, frozen=True, tag="claim_made"):
    """A device says that it belongs to somebody who is already here; ``proof`` is a digest of its secret."""

    claim: str
    person: str
    proof: str = ""

    def evolve(self, session: Session) -> None:
        session.claims[self.claim] = (self.person, "waiting")
        session.proofs[self.claim] = self.proof
        session.touch("claims")


class ClaimAnswered(SessionEvent, frozen=True, tag="claim_answered"):
    """A facilitator said whether it does."""

    claim: str
    yes: bool

    def evolve(self, session: Session) -> None:
        person = session.claims[self.claim][0]
        session.claims[self.claim] = (person, "yes" if self.yes else "no")
        session.touch("claims")


class ClaimRedeemed(SessionEvent, frozen=True, tag="claim_redeemed"):
    """The device has got what it asked for; the claim is worth nothing any more."""

    claim: str

    def evolve(self, session: Session) -> None:
        session.claims.pop(self.claim, None)
        session.proofs.pop(self.claim, None)


class Done(Command, frozen=True, tag="done"):
    """Say that one is done with this step, or not after all."""

    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_take_part()
        if (turn.by.person in turn.session.done) == self.on:
            return []
        return [DoneSaid(person=turn.by.person, done=self.on)]


class Hand(Command, frozen=True, tag="hand"):
    """Raise one's hand, or take it down. A facilitator may take down anybody's."""

    on: bool = True
    person: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        if self.person:
            turn.must_facilitate()
        who = self.person or turn.by.person
        if (who in turn.session.hands) == self.on or (self.person and self.on):
            return []
        return [HandRaised(person=who, at=turn.by.at if self.on else 0)]


class DrawOrder(Command, frozen=True, tag="draw_order"):
    """Shuffle who speaks after whom; ``last`` names those who speak last. ``on`` false puts it away."""

    last: list[str] = []
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        if not self.on:
            return [OrderDrawn(order=[])]
        here = sorted(turn.session.taking_part())
        first = turn.by.shuffle([p for p in here if p not in self.last])
        return [OrderDrawn(order=[*first, *(p for p in self.last if p in here)])]


class Spotlight(Command, frozen=True, tag="spotlight"):
    """Put one thing large on every screen; an empty ``item`` puts it away."""

    item: str

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        if self.item and not _can_be_shown(turn, self.item):
            raise Refused("no_such_item", "That cannot be put up.")
        return [SpotlightSet(item=self.item)]


class RemovePerson(Command, frozen=True, tag="remove_person"):
    """Take somebody out of the session; their notes stay."""

    person: str

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        if self.person not in turn.session.roles:
            return []
        if self.person == turn.by.person:
            raise Refused("not_yourself", "Hand over to somebody else first.")
        return [PersonRemoved(person=self.person)]


class HandOver(Command, frozen=True, tag="hand_over"):
    """Let somebody else facilitate as well."""

    person: str

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        if self.person not in turn.session.roles:
            raise Refused("no_such_person", "That person is not here.")
        if turn.session.is_facilitator(self.person):
            return []
        return [RoleGiven(person=self.person, role="facilitator")]


class MergePeople(Command, frozen=True, tag="merge_people"):
    """Make two entries one person. Where both voted, the votes of the entry that goes are given back."""

    keep: str
    drop: str

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        roles = turn.session.roles
        if self.keep == self.drop or self.keep not in roles or self.drop not in roles:
            raise Refused("no_such_person", "Choose two people who are here.")
        if "facilitator" in roles[self.drop]:
            raise Refused("not_yourself", "A facilitator's entry cannot be dropped.")
        return [*_give_back(turn, self.keep, self.drop), PeopleMerged(keep=self.keep, drop=self.drop)]


class AnswerClaim(Command, frozen=True, tag="answer_claim"):
    """Say whether a device belongs to the person it names."""

    claim: str
    yes: bool

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        if turn.session.claims.get(self.claim, ("", ""))[1] != "waiting":
            return []
        return [ClaimAnswered(claim=self.claim, yes=self.yes)]


class SayWhere(Command, frozen=True, tag="say_where"):
    """Say whether one is in the room or remote."""

    remote: bool

    def decide(self, turn: Turn) -> list[Event]:
        me = turn.room.people[turn.by.person]
        return [PersonCame(person=me.id, name=me.name, team=me.team, remote=self.remote)]


def join(room: Room, session: Session, person: str, name: str, team: str, remote: bool) -> list[Event]:
    """A new person joins the session; refused when the name is here already, or the team is unknown."""
    name = text.clean(name, text.NAME, "Your name").replace("\n", " ")
    same = same_name(room, session, name)
    if same:
        raise Refused("name_taken", f"There is a {name} here already. Is that you?", person=same)
    if team and (team not in room.record.teams or room.record.teams[team].gone):
        raise Refused("no_such_team", "That team is not on the list. Choose another.")
    if session.state == "closed":
        raise Refused("session_closed", "This session is over. What came out of it can still be read.")
    came = PersonCame(person=person, name=name, team=team, remote=remote)
    return [came, RoleGiven(person=person, role="participant")]


def same_name(room: Room, session: Session, name: str) -> str:
    """The person in this session who goes by the same name, whatever the capitals."""
    wanted = text.alike(name)
    return next((p for p in session.roles if text.alike(room.people[p].name) == wanted), "")


def _give_back(turn: Turn, keep: str, drop: str) -> list[Event]:
    events: list[Event] = []
    for ballot in turn.board.ballots.values():
        kept = turn.room.pens_of(turn.session.code, keep, ballot.id)
        if ballot.revealed or not kept:
            continue
        for pen in turn.room.pens_of(turn.session.code, drop, ballot.id):
            placed: dict[str, Any] = ballot.votes.get(pen, {})
            for item, count in placed.items():
                events += [DotTaken(ballot=ballot.id, item=item, pen=pen)] * count
    return events


def _can_be_shown(turn: Turn, item: str) -> bool:
    if item.startswith("line:"):
        return len(item) < 600
    return bool(turn.board.item(item) or item in turn.record.results or item in turn.record.objectives)


def _leave(session: Session, person: str) -> None:
    session.roles.pop(person, None)
    session.done.discard(person)
    session.hands.pop(person, None)
    session.speaking = [p for p in session.speaking if p != person]
    for card in [card for card, hold in session.holds.items() if hold.person == person]:
        del session.holds[card]
        session.touch("hold:" + card)
    session.touch("person:" + person, "attention", "counts", "done", "step")
    session.touched_people.add(person)
