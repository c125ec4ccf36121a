"""At the stalls: who stands where as a round begins, and whoever waits for a partner who does not come."""

from collections import Counter

from msgspec.structs import replace

from sessions.activities.marketplace.market import Market, Stall, market, team_of, traders
from sessions.record.record import Record
from sessions.room import Command, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused


class StallsSeated(SessionEvent, frozen=True, tag="stalls_seated"):
    """A round begins, and these two people stand at each stall (stall → people)."""

    seats: dict[str, list[str]]

    def evolve(self, session: Session) -> None:
        kept = market(session)
        for id, people in self.seats.items():
            kept.stalls[id] = replace(kept.stalls[id], seats=list(people))
            session.touch("stall:" + id)


class StallMissed(SessionEvent, frozen=True, tag="stall_missed"):
    """Nobody of this team came to a stall; the two are still to meet."""

    stall: str
    team: str

    def evolve(self, session: Session) -> None:
        kept = market(session)
        stall = kept.stalls[self.stall] = replace(kept.stalls[self.stall], missed=self.team)
        session.touch("market", "stall:" + self.stall)
        session.touched_people.update(stall.seats)


class StallAdded(SessionEvent, frozen=True, tag="stall_added"):
    """Two who waited stand together now, and not once more later."""

    stall: Stall

    def evolve(self, session: Session) -> None:
        kept, both = market(session), {self.stall.team, self.stall.other}
        later = [s.id for s in kept.stalls.values() if s.round > self.stall.round and {s.team, s.other} == both]
        for id in later:
            del kept.stalls[id]
        kept.stalls[self.stall.id] = self.stall
        # A stall's number is its place among those of its round.
        session.touch("market", *("stall:" + s.id for s in kept.stalls.values() if s.round >= self.stall.round))
        session.touch(*("stall:" + id for id in later))
        session.touched_people.update(person for team in both for person in kept.reps.get(team, ()))
        session.touched_people.update(self.stall.seats)


class MissPartner(Command, frozen=True, tag="miss_partner"):
    """Say that nobody of the other team came. Whoever waits too, and was served least, stands with you then."""

    who = "participants"
    stall: Id

    def decide(self, turn: Turn) -> list[Event]:
        kept = market(turn.session)
        stall = kept.stalls.get(self.stall)
        if stall is None or stall.round != kept.loop.round or not kept.now():
            raise Refused("too_late", "That stall is over.")
        if turn.by.person not in stall.seats:
            raise Refused("not_yours", "You do not stand at that stall.")
        if stall.missed:
            return []
        own = kept.trading(turn.by.person) or team_of(turn.room, turn.by.person)
        missed: list[Event] = [StallMissed(stall=stall.id, team=stall.beside(own))]
        partner = _who_waits(turn.record, kept, own, stall.beside(own))
        if partner is None:
            return missed
        team, person, first = partner
        ends = (own, team) if first == own else (team, own)
        sorts = [
            s
            for pair, marks in kept.open_pairs(turn.record).items()
            if set(pair) == {own, team}
            for s in {m.sort for m in marks}
        ]
        seats = [turn.by.person, person] if first == own else [person, turn.by.person]
        return [*missed, StallAdded(stall=Stall(turn.by.new_id(), stall.round, *ends, sorted(sorts), seats))]


def seated(turn: Turn, round: int) -> list[Event]:
    """Who stands where in a round: of each team one person a stall, as many as are here."""
    kept = market(turn.session)
    trade, taken = traders(turn.session, kept), Counter[str]()
    seats: dict[str, list[str]] = {}
    standing = [stall for stall in kept.in_round(round) if not stall.missed]
    for stall in sorted(standing, key=lambda stall: stall.id):
        people = [_next(trade, taken, team) for team in (stall.team, stall.other)]
        seats[stall.id] = [person for person in people if person]
    return [StallsSeated(seats=seats)] if seats else []


def _next(trade: dict[str, list[str]], taken: Counter[str], team: str) -> str:
    """The next person of a team who stands nowhere yet, or nobody."""
    people = trade.get(team, [])
    taken[team] += 1
    return people[taken[team] - 1] if taken[team] <= len(people) else ""


def _who_waits(record: Record, kept: Market, own: str, but: str) -> tuple[str, str, str] | None:
    """Who stands nowhere and still has to talk with this team: of the least served team. Also, who comes first."""
    pairs = {frozenset(pair): pair[0] for pair in kept.open_pairs(record)}
    for team, person in kept.free():
        first = pairs.get(frozenset((own, team)))
        if team not in (own, but) and first:
            return team, person, first
    return None


def alone(session: Session, kept: Market) -> list[Stall]:
    """Stalls of now at which one stands alone, because the other team has nobody here."""
    return [stall for stall in kept.now() if len(stall.seats) < 2 and not stall.missed]
