"""Who is who: a device that belongs to somebody here, and two entries that are one person."""

from dataclasses import dataclass, field
from typing import ClassVar

from sessions.record.record import Record
from sessions.room import Command, Room, Session, Turn
from sessions.room.kind import ForHelm, Shown, Sight
from sessions.room.part import Part
from sessions.room.speaking import SpokenFor
from sessions.rules.event import Event, RoomEvent, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.running.people import leave

#: The most devices that wait to be recognised at a time.
MOST_CLAIMS = 50


class PeopleMerged(RoomEvent, frozen=True, tag="people_merged"):
    """Two entries are one person; each keeps its pens, and of their votes those count that were cast last."""

    keep: str
    drop: str

    def evolve(self, room: Room) -> None:
        room.people[self.drop].same_as = self.keep
        room.people[self.drop].gone = True
        room.same.append(self.drop)
        room.record.touch("person:" + self.keep, "person:" + self.drop)
        room.people[self.drop].sponsored = room.record.sponsor == self.drop
        self._rewrite_record(room.record)
        for session in room.sessions.values():
            if self.drop in session.roles:
                own, kept = set(session.roles[self.drop]), session.roles.setdefault(self.keep, set())
                session.merged[self.drop] = own, own - kept
                kept.update(own)
                for part in session.part.all():
                    part.merged(session, self.keep, self.drop)
                leave(session, self.drop)
            if self.keep in session.roles:
                # Also what a file says of the entry that goes may be about this session.
                session.touch("person:" + self.keep, "stands:" + self.keep, "step", "main")
                session.touched_people.add(self.keep)

    def _rewrite_record(self, record: Record) -> None:
        if record.sponsor == self.drop:
            record.sponsor = self.keep
            record.touch("room")
        record.leaders[:] = list(dict.fromkeys(self.keep if p == self.drop else p for p in record.leaders))
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


@dataclass(slots=True)
class Claims(Part):
    """Devices that say whose they are: for whom, how that was answered, and a digest of the secret each has."""

    made: dict[str, tuple[str, str]] = field(default_factory=dict)
    proofs: dict[str, str] = field(default_factory=dict)


class ClaimMade(SessionEvent, frozen=True, tag="claim_made"):
    """A device says that it belongs to somebody who is already here; ``proof`` is a digest of its secret."""

    claim: str
    person: str
    proof: str = ""

    def evolve(self, session: Session) -> None:
        session.part(Claims).made[self.claim] = (self.person, "waiting")
        session.part(Claims).proofs[self.claim] = self.proof
        session.touch("claims")


class ClaimAnswered(SessionEvent, frozen=True, tag="claim_answered"):
    """A facilitator said whether it does."""

    claim: str
    yes: bool

    def evolve(self, session: Session) -> None:
        person = session.part(Claims).made[self.claim][0]
        session.part(Claims).made[self.claim] = (person, "yes" if self.yes else "no")
        session.touch("claims")


class ClaimRedeemed(SessionEvent, frozen=True, tag="claim_redeemed"):
    """The device has got what it asked for; the claim is worth nothing any more."""

    claim: str

    def evolve(self, session: Session) -> None:
        session.part(Claims).made.pop(self.claim, None)
        session.part(Claims).proofs.pop(self.claim, None)


def claim(session: Session, person: str, claim: str, proof: str) -> list[Event]:
    """A device says it belongs to somebody here; ``proof`` is a digest of the secret it will ask with."""
    if person not in session.roles or session.is_facilitator(person):
        raise Refused("no_such_person", "Ask your facilitator for your personal link.")
    if sum(state == "waiting" for _, state in session.part(Claims).made.values()) >= MOST_CLAIMS:
        raise Refused("too_many", "Many people are waiting to be recognised. Ask your facilitator.")
    return [ClaimMade(claim=claim, person=person, proof=proof)]


def claimed(room: Room, session: Session, claim: str, proof: str) -> tuple[str, str]:
    """For whom a claim was made, and its answer: waiting, yes or no; what was refused by the person is a no."""
    if not proof or session.part(Claims).proofs.get(claim) != proof:
        raise Refused("no_such_claim", "This question is not open any more. Join again.")
    person, answer = session.part(Claims).made[claim]
    if answer == "yes" and (session.took_back(claim) or room.whole(person) not in session.roles):
        return person, "no"
    return person, answer


class MergePeople(Command, frozen=True, tag="merge_people"):
    """Make two entries one person. Where both voted, the votes of the entry that goes are given back."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    keep: Id
    drop: Id

    def decide(self, turn: Turn) -> list[Event]:
        roles = turn.session.roles
        if self.keep == self.drop or self.keep not in roles or self.drop not in roles:
            raise Refused("no_such_person", "Choose two people who are here.")
        if "facilitator" in roles[self.drop]:
            raise Refused("not_yourself", "A facilitator's entry cannot be dropped.")
        spoken = turn.session.spoken
        if any(s.state == "refused" and s.asked() == {self.keep, self.drop} for s in spoken.values()):
            raise Refused("refused_by_them", "They have said that they are two people.")
        by, at, id = turn.by.person, turn.by.at, f"merged.{self.drop}"
        id = f"{id}.{len(spoken)}" if id in spoken else id
        told = SpokenFor(id=id, how="merged", person=self.keep, by=by, at=at, about=self.drop)
        return [PeopleMerged(keep=self.keep, drop=self.drop), told]


class AnswerClaim(Command, frozen=True, tag="answer_claim"):
    """Say whether a device belongs to the person it names."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    claim: Id
    yes: bool

    def decide(self, turn: Turn) -> list[Event]:
        if turn.session.part(Claims).made.get(self.claim, ("", ""))[1] != "waiting":
            return []
        answered = ClaimAnswered(claim=self.claim, yes=self.yes)
        if not self.yes:
            return [answered]
        person, by = turn.session.part(Claims).made[self.claim][0], turn.by.person
        return [answered, SpokenFor(id=self.claim, how="claim", person=person, by=by, at=turn.by.at)]


class ClaimShown(Shown, frozen=True):
    """A device that says it is this person's."""

    id: str
    person: str


class ClaimsShown(Shown, frozen=True):
    """Devices that wait to be recognised."""

    waiting: list[ClaimShown]


class WaitingClaims(ForHelm):
    """Devices that wait to be recognised."""

    name = "claims"
    shape = ClaimsShown

    def look(self, sight: Sight, id: str) -> ClaimsShown:
        claims = sight.session.part(Claims).made.items()
        return ClaimsShown([ClaimShown(claim, person) for claim, (person, state) in claims if state == "waiting"])
