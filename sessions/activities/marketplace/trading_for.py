"""Who trades for a team: the first two who come, until somebody says otherwise; and the call link one meets at."""

from typing import ClassVar

from sessions.activities.marketplace.market import REPS, market, team_of
from sessions.room import Command, Session, Turn
from sessions.rules.addresses import completed, is_link
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords
from sessions.running.removing import Removed


class RepsSet(SessionEvent, frozen=True, tag="reps_set"):
    """These people trade for a team from now on."""

    team: str
    people: list[str]

    def evolve(self, session: Session) -> None:
        market(session).reps[self.team] = list(self.people)
        session.touch("market", "trading:" + self.team)


class StallLinkSet(SessionEvent, frozen=True, tag="stall_link_set"):
    """A team's stalls meet at this call link."""

    team: str
    link: str

    def evolve(self, session: Session) -> None:
        kept = market(session)
        kept.links[self.team] = self.link
        session.touch(*("stall:" + stall.id for stall in kept.stalls.values() if stall.of(self.team)))
        session.touch("trading:" + self.team)


class TradeFor(Command, frozen=True, tag="trade_for"):
    """Trade for one's own team, or leave it to others of it; facilitators say so of anybody (``person``)."""

    anytime: ClassVar[bool] = True
    on: bool = True
    person: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        kept, person = market(turn.session), self.person or turn.by.person
        if person != turn.by.person:
            turn.must_facilitate()
        if "participant" not in turn.session.roles.get(person, ()):
            raise Refused("not_here", "Only people who take part here can trade.")
        team = team_of(turn.room, person)
        if not team:
            raise Refused("no_team", "Whoever trades is of a team that is on the list. Say first which one.")
        people = kept.reps.get(team, [])
        if (person in people) == self.on:
            return []
        if self.on and len(people) >= REPS:
            raise Refused("pair_full", "{names} trade for your team.", {"names": _names(turn, people)})
        now = [*people, person] if self.on else _but(people, person)
        elsewhere = [RepsSet(team=t, people=_but(kept.reps[t], person)) for t in kept.reps if person in kept.reps[t]]
        return [*elsewhere, RepsSet(team=team, people=now)]


class SetStallLink(Command, frozen=True, tag="set_stall_link"):
    """Say at which call link one's own team can be met (https alone, or empty); facilitators say it of any team."""

    anytime: ClassVar[bool] = True
    link: LineWords
    team: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        team = self.team or team_of(turn.room, turn.by.person)
        if team != market(turn.session).trading(turn.by.person):
            turn.must_facilitate()
        if team not in turn.record.teams:
            raise Refused("no_such_team", "That team is not on the list.")
        link = completed(self.link)
        if link and (len(link) > 200 or not is_link(link)):
            raise Refused("bad_link", "A call link begins with https:// and has no blanks.", text=self.link)
        return [StallLinkSet(team=team, link=link)] if link != market(turn.session).links.get(team, "") else []


def comes_to_trade(turn: Turn, person: str) -> list[Event]:
    """Whoever comes first of a team trades for it, until there are two."""
    team, kept = team_of(turn.room, person), market(turn.session)
    people = kept.reps.get(team, [])
    # Whoever is let in again is not here yet while that is decided.
    removed = turn.session.part(Removed).roles
    takes_part = "participant" in {*turn.session.roles.get(person, ()), *removed.get(person, ())}
    if not team or not takes_part or person in people or len(people) >= REPS:
        return []
    elsewhere = kept.trading(person)
    return [] if elsewhere else [RepsSet(team=team, people=[*people, person])]


def _but(people: list[str], person: str) -> list[str]:
    return [other for other in people if other != person]


def _names(turn: Turn, people: list[str]) -> str:
    return " and ".join(turn.room.name_of(person) for person in people)
