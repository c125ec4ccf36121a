"""Hosting: two a stage and slot from teams that are off stage, so that hosts see their own must-sees too."""

from typing import ClassVar

import msgspec

from sessions.activities.festival.duties import TWO, Duty
from sessions.activities.festival.programme import NOBODY, Act, Festival, festival, plays_for
from sessions.activities.festival.wishes import playing_teams, wish
from sessions.room import Command, Room, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.line_up.placing import Placed, must_sees_at
from sessions.rules.refusal import Refused


class DutyPlanned(msgspec.Struct, frozen=True):
    """Which teams host an act, and which people."""

    act: str
    teams: list[str]
    people: list[str] = []


class HostsPlanned(SessionEvent, frozen=True, tag="hosts_planned"):
    """Who hosts what; acts that are not named keep their hosts."""

    duties: list[DutyPlanned]

    def evolve(self, session: Session) -> None:
        kept = festival(session)
        for planned in self.duties:
            before = kept.duties.get(planned.act, NOBODY)
            kept.duties[planned.act] = Duty(list(planned.teams), list(planned.people))
            moved = {*before.people, *planned.people}
            session.touched_people.update(moved)
            session.touch(*("stands:" + person for person in moved))
            session.touch("duty:" + planned.act, "desk:" + planned.act)
            session.touch(*("host_team:" + team for team in {*before.teams, *planned.teams}))


class HelperNamed(SessionEvent, frozen=True, tag="helper_named"):
    """Somebody, or a whole team, is at the help desk, or is not any more."""

    person: str
    on: bool

    def evolve(self, session: Session) -> None:
        helpers = festival(session).helpers
        (helpers.add if self.on else helpers.discard)(self.person)
        session.touch("help", "helpers")


class PlanHosts(Command, frozen=True, tag="plan_hosts"):
    """Give every act of the live line-up two teams to host it, from those that are off stage."""

    who = "facilitators"
    anytime: ClassVar[bool] = True

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        if not kept.live:
            raise Refused("no_line_up", "Publish the line-up first: hosts come from teams that are off stage.")
        return [HostsPlanned(duties=planned(turn.room, turn.session))]


class NameHost(Command, frozen=True, tag="name_host"):
    """Let a team or a person host an act, or not any more; for facilitators."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    act: Id
    host: Id
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        kept, act = _act(turn, self.act)
        duty = kept.duties.get(act.id, NOBODY)
        if self.host in turn.record.teams:
            teams = [team for team in duty.teams if team != self.host] + ([self.host] if self.on else [])
            return [HostsPlanned(duties=[DutyPlanned(act.id, teams, duty.people)])]
        if "participant" not in turn.session.roles.get(self.host, ()):
            raise Refused("no_such_person", "Choose a team, or somebody who is here.")
        people = [person for person in duty.people if person != self.host] + ([self.host] if self.on else [])
        return [HostsPlanned(duties=[DutyPlanned(act.id, duty.teams, people)])]


class HostAct(Command, frozen=True, tag="host_act"):
    """Take it upon oneself to host an act, as one of a team that was asked to; or let go of it."""

    who = "participants"
    anytime: ClassVar[bool] = True
    act: Id
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        kept, act = _act(turn, self.act)
        duty, person = kept.duties.get(act.id, NOBODY), turn.by.person
        if (person in duty.people) == self.on:
            return []
        if self.on and turn.room.people[person].team not in duty.teams:
            raise Refused("not_yours", "Another team was asked to host this stage. Ask at the help desk.")
        if self.on and len(duty.people) >= TWO:
            raise Refused("enough_hosts", "Two people host this stage already. Thank you.")
        people = [*duty.people, person] if self.on else [other for other in duty.people if other != person]
        return [HostsPlanned(duties=[DutyPlanned(act.id, duty.teams, people)])]


class NameHelper(Command, frozen=True, tag="name_helper"):
    """Let somebody, or a whole team, work at the help desk, or not any more."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    person: Id
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        team = turn.record.teams.get(self.person)
        if "participant" not in turn.session.roles.get(self.person, ()) and (team is None or team.gone):
            raise Refused("no_such_person", "Choose somebody who is here, or a team.")
        if (self.person in festival(turn.session).helpers) == self.on:
            return []
        return [HelperNamed(person=self.person, on=self.on)]


def planned(room: Room, session: Session) -> list[DutyPlanned]:
    """Two teams an act: off stage, first those that have to see it, then those that have hosted least for their size.

    A team with must-sees elsewhere in that slot is asked last.
    """
    kept = festival(session)
    asked = wish(room, session, kept.frame)
    sees = must_sees_at(asked, [Placed(act.slot, act.stage, act.team) for act in kept.live.values()])
    done: dict[str, float] = dict.fromkeys(playing_teams(room.record), 0.0)
    found: list[DutyPlanned] = []
    for act in sorted(kept.live.values(), key=lambda act: (act.slot, act.stage)):
        on_stage = {other.team for other in kept.playing(act.slot)}
        taken = {team for duty in found for team in duty.teams if kept.live[duty.act].slot == act.slot}
        free = [team for team in done if team not in on_stage]

        def order(team: str, act: Act = act, taken: set[str] = taken) -> tuple[bool, bool, bool, float, str]:
            here, there = act.team in sees.get((team, act.slot), ()), sees.get((team, act.slot), set()) - {act.team}
            return team in taken and asked.teams[team] < 2 * TWO, not here, bool(there), done[team], team

        chosen = sorted(free, key=order)[:TWO]
        for team in chosen:
            done[team] += 1 / max(1, asked.teams[team])
        people = [p for p in kept.duties.get(act.id, NOBODY).people if plays_for(room, p) in chosen]
        found.append(DutyPlanned(act.id, chosen, people))
    return found


def hosts(kept: Festival, act: str, person: str) -> bool:
    """Whether somebody hosts an act."""
    return person in kept.duties.get(act, NOBODY).people


def must_host(turn: Turn, act: str) -> None:
    """Refuse whoever neither hosts this act nor facilitates."""
    if not turn.is_facilitator() and not hosts(festival(turn.session), act, turn.by.person):
        raise Refused("not_yours", "Only the hosts of this stage can do that.")


def _act(turn: Turn, id: str) -> tuple[Festival, Act]:
    kept = festival(turn.session)
    act = kept.live.get(id)
    if act is None:
        raise Refused("no_such_act", "That act is not in the line-up any more.")
    return kept, act
