"""What a marketplace keeps: who trades for which team, what was marked, and which two stand at which stall when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from sessions.record.objectives.objective import Objective
from sessions.record.record import Record
from sessions.room import Room, Run, Session
from sessions.room.part import Part
from sessions.running.rounds import BREAK, Loop, Rounds

#: What somebody can see in another team's goal (S1: “dependencies, duplicates, synergies”).
Sort = Literal["dependency", "duplicate", "synergy"]
#: Minutes to find each other, to talk, and to write down what was agreed.
STAGES = {"find": 1.0, "talk": 6.0, "write": 1.0}
#: After so many rounds there is a breather of so many minutes.
BREATHER_AFTER, BREATHER = 4, 4.0
#: How many people trade for a team.
REPS = 2
#: The activity whose rounds these are.
TRADE = "trade"


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """A team saw something in another team's goal; ``seed``: it was said before, at a festival or a walk."""

    team: str
    other: str
    on: str
    sort: Sort
    seed: bool = False

    @property
    def key(self) -> str:
        """What tells it from others."""
        return f"{self.team}.{self.on}.{self.sort}"


class Stall(msgspec.Struct, frozen=True, omit_defaults=True):
    """Two teams in one round: who came with the mark, and the other, at whose call link they meet.

    ``seats`` are the two people, once its round has begun; ``missed`` is the team that did not come.
    """

    id: str
    round: int
    team: str
    other: str
    sorts: list[Sort]
    seats: list[str] = []
    missed: str = ""

    def of(self, team: str) -> bool:
        """Whether this team stands here."""
        return team in (self.team, self.other)

    def beside(self, team: str) -> str:
        """The other of the two."""
        return self.other if team == self.team else self.team


@dataclass(slots=True)
class OverBefore(Part):
    """How many rounds were over when trade was opened in the run before this one."""

    base: int = 0


@dataclass(slots=True)
class Market(Rounds):
    """Team → who trades for it; marks by key; call links of teams; stalls of all rounds; and where trade stands."""

    of = TRADE
    reps: dict[str, list[str]] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    shown: bool = False
    seeded: bool = False
    links: dict[str, str] = field(default_factory=dict)
    stalls: dict[str, Stall] = field(default_factory=dict)
    planned: bool = False
    #: Rounds that were over when trade was opened once more.
    base: int = 0
    loop: Loop = field(default_factory=lambda: Loop(dict(STAGES), break_after=BREATHER_AFTER, break_minutes=BREATHER))

    def left(self, session: Session, person: str) -> None:
        for team, people in self.reps.items():
            if person in people:
                people.remove(person)
                session.touch("market", "trading:" + team)

    def merged(self, session: Session, keep: str, drop: str) -> None:
        trades = bool(self.trading(keep))
        self.reps = {team: _as_one(people, keep, drop, trades) for team, people in self.reps.items()}
        for stall in list(self.stalls.values()):
            if drop in stall.seats:
                stands = any(keep in other.seats and not other.missed for other in self.in_round(stall.round))
                seats = _as_one(stall.seats, keep, drop, stands)
                self.stalls[stall.id] = msgspec.structs.replace(stall, seats=seats)
                session.touch("stall:" + stall.id)
        session.touch("market", *("trading:" + team for team in self.reps))

    def undone(self, session: Session, run: Run) -> None:
        over = run.part.find(OverBefore)
        if over:
            self.base, self.planned = over.base, True
        Rounds.undone(self, session, run)

    def turned(self, session: Session) -> None:
        session.touch("market")
        session.touched_people.update(person for people in self.reps.values() for person in people)
        session.touched_people.update(person for stall in self.stalls.values() for person in stall.seats)

    def trading(self, person: str) -> str:
        """The team somebody trades for, or none."""
        return next((team for team, people in self.reps.items() if person in people), "")

    def in_round(self, round: int) -> list[Stall]:
        """The stalls of a round."""
        return [stall for stall in self.stalls.values() if stall.round == round]

    def now(self) -> list[Stall]:
        """The stalls at which people are to stand now."""
        return self.in_round(self.loop.round) if self.loop.goes() and self.loop.stage != BREAK else []

    def stall_of(self, person: str) -> Stall | None:
        """Where somebody is to stand now."""
        return next((stall for stall in self.now() if person in stall.seats and not stall.missed), None)

    def begun(self) -> int:
        """The last round that has begun."""
        return self.loop.round

    def met(self) -> set[frozenset[str]]:
        """Pairs of teams that stand or have stood at a stall."""
        past = (stall for stall in self.stalls.values() if stall.round <= self.begun() and not stall.missed)
        return {frozenset((stall.team, stall.other)) for stall in past}

    def open_pairs(self, record: Record) -> dict[tuple[str, str], list[Mark]]:
        """Who still has to talk with whom, with the marks that say why; the one that needs something comes first.

        Marks on a goal that was withdrawn, or of a team that is gone, lead to no stall.
        """
        found: dict[frozenset[str], list[Mark]] = {}
        for mark in self.marks.values():
            if stands(record, mark):
                found.setdefault(frozenset((mark.team, mark.other)), []).append(mark)
        met = self.met()
        pairs: dict[tuple[str, str], list[Mark]] = {}
        for both, marks in found.items():
            if both not in met:
                first = min(marks, key=lambda m: (m.sort != "dependency", m.key))
                pairs[first.team, first.other] = marks
        return dict(sorted(pairs.items()))

    def waited(self) -> dict[str, int]:
        """In how many rounds that have begun each team stood without a partner."""
        rounds = range(1, self.begun() + 1)
        stood = {
            (stall.round, team)
            for stall in self.stalls.values()
            if not stall.missed
            for team in (stall.team, stall.other)
        }
        return {team: sum((round, team) not in stood for round in rounds) for team in self.reps}

    def free(self) -> Iterator[tuple[str, str]]:
        """Who trades and stands at no stall now, with their team; the least served team first."""
        waited = self.waited()
        for team in sorted(self.reps, key=lambda t: (-waited[t], t)):
            for person in self.reps[team]:
                if self.stall_of(person) is None:
                    yield team, person


def market(session: Session) -> Market:
    """What the session's marketplace keeps."""
    return session.part(Market)


def _as_one(people: list[str], keep: str, drop: str, is_there: bool) -> list[str]:
    """Nobody is in two places: who is there already does not come a second time."""
    if is_there:
        return [person for person in people if person != drop]
    return [keep if person == drop else person for person in people]


def traders(session: Session, market: Market) -> dict[str, list[str]]:
    """Team → who trades for it and is here, without teams for which nobody does."""
    here = set(session.taking_part())
    found = {team: [person for person in people if person in here] for team, people in market.reps.items()}
    return {team: people for team, people in found.items() if people}


def team_of(room: Room, person: str) -> str:
    """The team somebody is of, if it is on the list and has people of its own."""
    who = room.people.get(person)
    team = room.record.teams.get(who.team) if who else None
    return team.id if team and not team.gone and team.kind != "leadership" else ""


def goals(record: Record) -> list[Objective]:
    """The goals that others can mark: those of teams that stand on the list."""
    standing = {team.id for team in record.standing_teams() if team.kind != "leadership"}
    return [
        goal for goal in record.objectives.values() if goal.team in standing and goal.text and goal.status != "draft"
    ]


def stands(record: Record, mark: Mark) -> bool:
    """Whether what was marked is still there, and both teams are."""
    goal = record.objectives.get(mark.on)
    there = goal is not None and bool(goal.text) and goal.status != "draft" and goal.team == mark.other
    return there and all(team in record.teams and not record.teams[team].gone for team in (mark.team, mark.other))
