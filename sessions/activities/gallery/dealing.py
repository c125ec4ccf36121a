"""Before the walk: posters hang, everybody is dealt into a group, and whoever comes late is placed."""

import msgspec

from sessions.activities.gallery.stages import a_walk
from sessions.activities.gallery.walk import COLOURS, MOVE, READ, TALK, Group, Poster, PosterLine, Walk
from sessions.record.record import Record
from sessions.room import Command, PlanChanged, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.rotation import GUESTS, propose_rounds, rotate
from sessions.running.removing import Removed
from sessions.running.rounds import Loop
from sessions.running.sharing import Sharing


class PosterPlanned(msgspec.Struct, frozen=True):
    """A poster as it goes up, and who hosts it."""

    id: str
    number: int
    name: str
    lines: list[PosterLine]
    hosts: list[str] = []


class GroupPlanned(msgspec.Struct, frozen=True):
    """A group as it is dealt."""

    number: int
    colour: str
    route: list[str]
    people: list[str]


class WalkPlanned(SessionEvent, frozen=True, tag="walk_planned"):
    """Posters hang, and groups are dealt: whoever had a place in an earlier deal has this one now."""

    posters: list[PosterPlanned]
    groups: list[GroupPlanned]
    rounds: int
    read: float = READ
    talk: float = TALK
    move: float = MOVE
    #: Consumers and providers for whom nobody was left to send, by name.
    unmet: list[list[str]] = []

    def evolve(self, session: Session) -> None:
        posters = {p.id: Poster(p.id, p.number, p.name, p.lines, list(p.hosts)) for p in self.posters}
        groups = [Group(g.number, g.colour, list(g.route), list(g.people)) for g in self.groups]
        sharing = session.part(Sharing).people
        loop = Loop({"read": self.read, "talk": self.talk, "move": self.move}, self.rounds)
        walk = Walk(posters, groups, loop, sharing=sharing)
        walk.unmet = [tuple(pair) for pair in self.unmet]
        walk.begin()
        before = session.part(Walk).posters
        session.part.put(walk)
        others = {id: name for id, name in session.places.items() if id not in before}
        session.places = others | {poster.id: f"poster {poster.number}" for poster in posters.values()}
        session.touch("walk", "step", "places", *("poster:" + id for id in before))
        session.touched_people.update(session.roles)


class PersonPlaced(SessionEvent, frozen=True, tag="person_placed"):
    """Somebody walks in this group now (by its number), or hosts a poster; neither: they do neither."""

    person: str
    group: int = 0
    hosts: str = ""

    def evolve(self, session: Session) -> None:
        walk = session.part(Walk)
        if not walk:
            return
        session.touched_people.update(walk.beside(self.person), [self.person])
        walk.place(self.person, self.group, self.hosts)
        session.touch("walk", "step", "stands:" + self.person)
        session.touched_people.update(walk.beside(self.person))


class DealGroups(Command, frozen=True, tag="deal_groups"):
    """Hang the posters and deal everybody who is here into groups; ``rounds`` 0 takes what people and time hold."""

    who = "facilitators"
    rounds: int = 0

    def decide(self, turn: Turn) -> list[Event]:
        if turn.session.part(Walk) and turn.session.part(Walk).round:
            raise Refused("walking", "The walk has begun: groups stay as they are. Move single people instead.")
        return deal(turn, self.rounds)


class SwapHost(Command, frozen=True, tag="swap_host"):
    """Let somebody of one's team host instead; one walks on in their group. Facilitators name the ``poster``."""

    person: Id
    poster: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        walk = a_walk(turn)
        poster = walk.posters.get(self.poster if turn.is_facilitator() else walk.hosts(turn.by.person))
        if poster is None:
            raise Refused("not_yours", "Only who hosts a poster can pass it on.")
        person = turn.room.people.get(self.person)
        if person is None or "participant" not in turn.session.roles.get(self.person, ()) or person.team != poster.id:
            raise Refused("no_such_person", "Choose somebody of {team}.", {"team": poster.name})
        group = walk.group_of(self.person)
        back = [PersonPlaced(person=p, group=group.number if group else 0) for p in poster.hosts if p != self.person]
        return [*back, PersonPlaced(person=self.person, hosts=poster.id)]


class JoinGroups(Command, frozen=True, tag="join_groups"):
    """Send the people of one group along with another; refused where somebody would meet their own poster."""

    who = "facilitators"
    group: int
    into: int

    def decide(self, turn: Turn) -> list[Event]:
        walk = a_walk(turn)
        found = {group.number: group for group in walk.groups}
        if self.group not in found or self.into not in found or self.group == self.into:
            raise Refused("no_such_group", "Choose two groups.")
        target = found[self.into]
        ahead = target.route[max(0, walk.round - 1) :]
        for person in found[self.group].people:
            team = turn.room.people[person].team
            if team in ahead:
                name = turn.room.name_of(person)
                raise Refused("own_poster", "{name} would stand before their own poster in that group.", {"name": name})
        return [PersonPlaced(person=person, group=self.into) for person in list(found[self.group].people)]


def deal(turn: Turn, rounds: int = 0) -> list[Event]:
    """Posters from the record, groups from who is here, and the minutes that makes."""
    posters = _posters(turn)
    people = list(turn.session.taking_part())
    hosts = {poster.id: _hosts(turn, people, poster.id) for poster in posters}
    standing = {person for listed in hosts.values() for person in listed}
    visitors = [person for person in people if person not in standing]
    of_team: dict[str, list[str]] = {poster.id: [] for poster in posters}
    for person in turn.by.shuffle(sorted(visitors)):
        of_team.setdefault(_team(turn, person, of_team), []).append(person)
    guests = of_team.pop(GUESTS, [])
    wanted = rounds or propose_rounds(len(posters), len(visitors), minutes=_minutes(turn))
    sizes = {team: len(members) for team, members in of_team.items()}
    came = rotate(sizes, wanted, _pairs(turn, of_team), len(guests))
    left = {**of_team, GUESTS: guests}
    groups = [
        GroupPlanned(
            number=number,
            colour=colour(number),
            route=group.route,
            people=[left[team].pop() for team, count in group.people.items() for _ in range(count)],
        )
        for number, group in enumerate(came.groups, 1)
    ]
    names = {poster.id: poster.name for poster in posters}
    hung = [msgspec.structs.replace(poster, hosts=hosts[poster.id]) for poster in posters]
    unmet = [[names[consumer], names[provider]] for consumer, provider in came.unmet]
    planned = WalkPlanned(posters=hung, groups=groups, rounds=wanted, unmet=unmet)
    return [planned, *_lengthen(turn, wanted)]


def place_latecomer(turn: Turn, person: str) -> list[Event]:
    """Somebody who came after the deal walks in the smallest group that never reaches their own poster."""
    walk = turn.session.part(Walk)
    if not walk or walk.group_of(person) or walk.hosts(person):
        return []
    if person in walk.was and person in turn.session.part(Removed).roles:
        return _place_again(walk, person)
    team = turn.room.people[person].team
    if team in walk.posters and not walk.posters[team].hosts and not walk.round:
        return [PersonPlaced(person=person, hosts=team)]
    ahead = max(0, walk.round - 1)
    allowed = [group for group in walk.groups if team not in group.route[ahead:]]
    if not allowed:
        return []
    group = min(allowed, key=lambda g: (walk.size(g) == 0, walk.size(g)))
    return [PersonPlaced(person=person, group=group.number)]


def stand_in(turn: Turn, person: str) -> list[Event]:
    """Where the only host of a poster goes, somebody of their team who walks hosts it from now on."""
    walk = turn.session.part(Walk)
    poster = walk.posters.get(walk.hosts(person)) if walk else None
    if poster is None or poster.hosts != [person]:
        return []
    mates = [p for p in walk.walks if turn.room.people[p].team == poster.id and p != person]
    return [PersonPlaced(person=mates[0], hosts=poster.id)] if mates else []


def _place_again(walk: Walk, person: str) -> list[Event]:
    """Somebody is back where they were; whoever stood in for them at a poster walks on."""
    group, hosts = walk.was[person]
    standing = walk.posters[hosts].hosts if hosts in walk.posters else []
    if group and standing:
        return [PersonPlaced(person=person, group=group)]
    freed = [PersonPlaced(person=one, group=walk.was[one][0]) for one in standing if walk.was.get(one, (0, ""))[0]]
    return [*freed, PersonPlaced(person=person, group=0 if hosts else group, hosts=hosts)]


def colour(number: int) -> str:
    """What the group with this number is called."""
    again = (number - 1) // len(COLOURS)
    return COLOURS[(number - 1) % len(COLOURS)] + (f" {again + 1}" if again else "")


def to_hang(record: Record) -> list[PosterPlanned]:
    """A poster a team that has something shared; its number is the same whoever comes, so that it can be printed."""
    found: list[PosterPlanned] = []
    for team in (team for team in record.standing_teams() if record.of_team(team.id)):
        lines: list[PosterLine] = []
        for objective in record.of_team(team.id):
            lines.append(PosterLine(objective.id, objective.text, objective=True))
            for result in record.results_of(objective.id):
                lines.append(PosterLine(result.id, result.line()))
        found.append(PosterPlanned(team.id, len(found) + 1, team.name, lines))
    return found


def _posters(turn: Turn) -> list[PosterPlanned]:
    """The posters of the teams that are here; of all, where fewer than two are."""
    here = {turn.room.people[person].team for person in turn.session.taking_part()}
    every = to_hang(turn.record)
    came = [poster for poster in every if poster.id in here]
    found = came if len(came) > 1 else every
    if len(found) < 2:
        raise Refused(
            "no_posters",
            "A walk needs at least two teams with a shared goal on the record. Import or share them first.",
        )
    return found


def _hosts(turn: Turn, people: list[str], team: str) -> list[str]:
    """One person stays with a team's poster: who offered, else the first; none where only one is here."""
    members = [person for person in people if turn.room.people[person].team == team]
    already = (
        turn.session.part(Walk).posters[team].hosts
        if turn.session.part(Walk) and team in turn.session.part(Walk).posters
        else []
    )
    standing = [person for person in already if person in members]
    return standing[:1] or (members[:1] if len(members) > 1 else [])


def _team(turn: Turn, person: str, teams: dict[str, list[str]]) -> str:
    team = turn.room.people[person].team
    return team if team in teams else GUESTS


def _pairs(turn: Turn, teams: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Consumers and providers, as the record's dependencies name them."""
    pairs = [(need.consumer, need.provider) for need in turn.record.dependencies.values()]
    return [(c, p) for c, p in pairs if c in teams and p in teams]


def _minutes(turn: Turn) -> float:
    """What the plan leaves for walking."""
    return next((p.minutes for p in turn.session.plan.values() if p.activity == "walk"), 48)


def _lengthen(turn: Turn, rounds: int) -> list[Event]:
    minutes = rounds * (READ + TALK + MOVE)
    return [
        PlanChanged(phase=msgspec.structs.replace(phase, minutes=minutes))
        for phase in turn.session.plan.values()
        if phase.activity == "walk" and phase.minutes != minutes
    ]
