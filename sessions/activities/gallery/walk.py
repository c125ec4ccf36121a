"""The walk of a session: who stands before which poster in which round."""

from dataclasses import dataclass, field

from sessions.room import Run, Session
from sessions.room.kind import Shown
from sessions.running.rounds import Loop, Rounds

#: Minutes to read in silence, to talk, and to walk on (K-GW).
READ, TALK, MOVE = 2.0, 8.0, 2.0


#: What each round of a walk is made of.
STAGES = {"read": READ, "talk": TALK, "move": MOVE}

#: What groups are called, and the colours of their cards.
COLOURS = (
    "Blue", "Green", "Red", "Yellow", "Purple", "Orange", "Teal", "Pink", "Brown", "Grey", "Lime", "Navy",
)  # fmt: skip


class PosterLine(Shown, frozen=True):
    """A line of a poster: an objective, or a result of it."""

    id: str
    text: str
    objective: bool = False


@dataclass(slots=True)
class Poster:
    """A team's objectives on the wall; ``lines`` are the words as they were when it went up."""

    id: str
    number: int
    name: str
    lines: list[PosterLine] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """People who walk together; ``arrived`` is the last round for which they said that they are there."""

    number: int
    colour: str
    route: list[str]
    people: list[str] = field(default_factory=list)
    arrived: int = 0


@dataclass(slots=True)
class Walk(Rounds):
    """Posters by team, groups in the order of the ring, and where the walk is. Minutes are of one round."""

    of = "walk"
    posters: dict[str, Poster] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    loop: Loop = field(default_factory=lambda: Loop(dict(STAGES)))
    #: Consumers and providers for whom nobody was left to send, by name.
    unmet: list[tuple[str, ...]] = field(default_factory=list)
    #: Round → person → the poster they stood before in it.
    stood: dict[int, dict[str, str]] = field(default_factory=dict)
    #: How many share one device, where it is more than one.
    sharing: dict[str, int] = field(default_factory=dict)

    #: Person → the group they walk in, or the poster they host: who stands where is one look.
    walks: dict[str, Group] = field(default_factory=dict)
    stands: dict[str, str] = field(default_factory=dict)
    #: Person → the group they walked in, or the poster they hosted, before they were placed otherwise.
    was: dict[str, tuple[int, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether groups were dealt."""
        return bool(self.posters)

    def begin(self) -> None:
        """Remember who walks and who stands, as groups and posters say."""
        self.walks = {person: group for group in self.groups for person in group.people}
        self.stands = {person: poster.id for poster in self.posters.values() for person in poster.hosts}

    def place(self, person: str, group: int = 0, hosts: str = "") -> None:
        """Somebody walks in this group from now on, or hosts this poster; or neither."""
        if person in self.walks or person in self.stands:
            walked, (before, _) = self.walks.get(person), self.was.get(person, (0, ""))
            # Whoever stands in at a poster has a group to go back to.
            self.was[person] = (walked.number if walked else before, self.stands.get(person, ""))
        if person in self.walks:
            self.walks.pop(person).people.remove(person)
        if person in self.stands:
            self.posters[self.stands.pop(person)].hosts.remove(person)
        found = next((g for g in self.groups if g.number == group), None)
        if found is not None:
            found.people.append(person)
            self.walks[person] = found
        if hosts in self.posters:
            self.posters[hosts].hosts.append(person)
            self.stands[person] = hosts

    def shared(self, session: Session, person: str) -> None:
        session.touched_people.update(self.beside(person))

    def left(self, session: Session, person: str) -> None:
        session.touched_people.update(self.beside(person))
        self.place(person)
        session.touch("walk")

    @property
    def round(self) -> int:
        """The round it is in, from 1 on; 0 before it begins."""
        return self.loop.round

    @property
    def rounds(self) -> int:
        """How many rounds there are."""
        return self.loop.rounds

    @property
    def stage(self) -> str:
        """What everybody does now: read, talk, move, or be home; nothing before it begins."""
        return self.loop.stage

    def turned(self, session: Session) -> None:
        session.touch("walk")

    def staged(self, session: Session, run: Run, round: int, stage: str, before: int, early: int) -> None:
        if not self:
            return
        super(Walk, self).staged(session, run, round, stage, before, early)
        if session.plan[run.phase].activity == self.of and stage in ("read", "talk"):
            stood = self.stood.setdefault(round, {})
            for group in self.groups:
                for person in group.people:
                    stood.setdefault(person, self.poster_in(group, round))

    def unstaged(self, session: Session, run: Run, round: int, stage: str) -> None:
        if round < self.round:
            self.stood.pop(self.round, None)
        super(Walk, self).unstaged(session, run, round, stage)

    def group_of(self, person: str) -> Group | None:
        """The group somebody walks in."""
        return self.walks.get(person)

    def hosts(self, person: str) -> str:
        """The poster somebody hosts, or none."""
        return self.stands.get(person, "")

    def poster_in(self, group: Group, round: int) -> str:
        """Where a group stands in a round, from 1 on."""
        return group.route[round - 1] if 1 <= round <= len(group.route) else ""

    def bound_for(self, person: str) -> str:
        """The poster somebody stands before now, or walks to; home is for the caller to know."""
        hosted = self.hosts(person)
        if hosted:
            return hosted
        group = self.group_of(person)
        if group is None or self.stage == "home":
            return ""
        return self.poster_in(group, self.round + (self.stage == "move") if self.round else 1)

    def size(self, group: Group) -> int:
        """How many people walk in a group, those who share a device counted."""
        return sum(self.sharing.get(person, 1) for person in group.people)

    def beside(self, person: str) -> list[str]:
        """Who walks in one's group, oneself included: what each is shown of it changes for all."""
        group = self.group_of(person)
        return list(group.people) if group else []

    def of_team(self, group: Group, teams: dict[str, str], team: str) -> int:
        """How many of a team walk in a group; ``teams`` says whose everybody is.

        Who looks on at somebody's device may be of any team, and does not count.
        """
        return sum(1 for person in group.people if teams.get(person) == team)


def pile_of(poster: str) -> str:
    """The pile that holds a poster's notes."""
    return "poster:" + poster


def place_of_pile(pile: str) -> str:
    """The poster whose notes a pile holds, or none."""
    return pile[7:] if pile.startswith("poster:") else ""
