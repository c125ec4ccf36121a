"""Three things we heard: each team chooses its own from what was left for it; then they are read out, team by team."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from sessions.activities.activity import Activity, Main, Pens
from sessions.activities.festival.feedback import pile_of
from sessions.activities.festival.programme import Act, called, festival, plays_for
from sessions.activities.festival.stage_seen import PlaceOfAct
from sessions.activities.playing import Chance, Plays, Seen
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Entity, Own, OwnSight, Shown
from sessions.room.part import Part
from sessions.room.section import Line, Section
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords

#: How many things a team takes, and how many teams are read out where there are more.
THREE, READ_OUT = 3, 8
_HEARD = (
    "Say by when",
    "Two teams want the same thing from us",
    "Keep the second line",
    "We can be faster in the west",
)


@dataclass(slots=True)
class Heard(Part):
    """Team → its three things; which teams are read out in which order, how many were, and who is shown besides."""

    said: dict[str, list[str]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    read: int = 0
    rest: list[str] = field(default_factory=list)

    def shown(self) -> list[str]:
        """Teams whose things everybody sees."""
        return [*self.order[: self.read], *self.rest]


class ThingSaid(SessionEvent, frozen=True, tag="thing_said"):
    """One of a team's three things says this now."""

    own_words: ClassVar[tuple[str, ...]] = ("text",)
    team: str
    nth: int
    text: str
    by: str
    #: Who is of that team, and sees it before it is read out.
    mates: list[str]

    def evolve(self, session: Session) -> None:
        things = session.part(Heard).said.setdefault(self.team, [""] * THREE)
        things[self.nth] = self.text
        session.touch("heard")
        session.touched_people.update(self.mates)


class ThingsRead(SessionEvent, frozen=True, tag="things_read"):
    """So many teams have been read out, in this order; with the last, those that were not read stand beside them."""

    order: list[str]
    read: int
    rest: list[str] = []

    def evolve(self, session: Session) -> None:
        kept = session.part(Heard)
        kept.order, kept.read, kept.rest = list(self.order), self.read, list(self.rest)
        session.touch("heard", "step")


class SayThing(Command, frozen=True, tag="say_thing"):
    """Say one of one's team's three things (from 1 on); ``was`` is what the change started from."""

    who = "participants"
    nth: int
    text: LineWords = ""
    was: str | None = None

    def decide(self, turn: Turn) -> list[Event]:
        kept, team = turn.session.part(Heard), _team(turn)
        if not 1 <= self.nth <= THREE:
            raise Refused("bad_value", "There are three things, from 1 to 3.", text=self.text)
        now = (kept.said.get(team) or [""] * THREE)[self.nth - 1]
        same_as_before(self.was, now, self.text)
        if team in kept.shown():
            raise Refused("already_read", "Your three things have been read out. Say this one aloud.", text=self.text)
        words = text.optional(self.text, text.LINE, "What you heard").replace("\n", " ")
        mates = [p for p in turn.session.taking_part() if plays_for(turn.room, p) == team]
        same = words == now
        return [] if same else [ThingSaid(team=team, nth=self.nth - 1, text=words, by=turn.by.person, mates=mates)]


class ReadOut(Command, frozen=True, tag="read_out"):
    """Read out the three things of the next team. Above eight teams those most starred are read, the rest is shown."""

    who = "facilitators"

    def decide(self, turn: Turn) -> list[Event]:
        kept, order = turn.session.part(Heard), _order(turn.session)
        return _read(turn.session, kept.read + 1) if kept.read < len(order) else []


class ThingsOfTeam(Shown, frozen=True):
    """What a team heard."""

    team: str
    name: str
    things: list[str]


class ThreeThingsStep(Shown, frozen=True):
    """The team that is read out, those that were, and whose things are still to come."""

    reading: str
    taken: list[ThingsOfTeam]
    waiting: list[str]
    read: int
    all: int


class ThreeThingsMine(Shown, frozen=True):
    """One's own team; ``acts`` are the ones it played. No team: one looks on."""

    team: str
    name: str
    acts: list[str]


class TeamsThings(Shown, frozen=True):
    """The three things one's team takes along, as they stand."""

    things: list[str]


def told(room: Room, session: Session) -> Iterator[Section]:
    """What each team took along, of those that were shown to everybody."""
    kept = session.part(Heard)
    shown = kept.shown()
    rows = [ThingsOfTeam(t, called(room.record, t), [w for w in kept.said.get(t, []) if w]) for t in shown]
    lines = [Line(text=thing, row="heard", who=row.name) for row in rows for thing in row.things]
    yield Section(
        key="three-things", title="Three things we heard", order=35, set="said", lines=lines, data={"heard": rows}
    )


class ThreeThings(Activity):
    """Whoever is of a team chooses with it; nobody else sees it before it is read out."""

    name = "three_things"
    called = "Three things we heard"
    does = "Each team takes three things along, and reads them out"
    watches = frozenset({"heard", "line_up"})
    takes = (SayThing, ReadOut)
    tells = (told,)

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"slots": "Nobody has been on a stage before this step: add “Stages” before it."}

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        shown = session.part(Heard).shown()
        return any(any(things) and team not in shown for team, things in session.part(Heard).said.items())

    def reveal(self, turn: Turn) -> list[Event]:
        return _read(turn.session, len(_order(turn.session)))

    def main(self, room: Room, session: Session) -> Main | None:
        kept, order = session.part(Heard), _order(session)
        if kept.read >= len(order):
            return None
        if not kept.read:
            return Main("Read them out", "read_out")
        return Main("Next: {team}", "read_out", values={"team": called(room.record, order[kept.read])})

    def place(self, room: Room, session: Session, person: str) -> str:
        return next(iter(_acts(session, plays_for(room, person))), "")

    def reads(self, room: Room, session: Session, person: str) -> list[str]:
        return _acts(session, plays_for(room, person))

    def at_place(self, room: Room, session: Session, place: str) -> PlaceOfAct | None:
        return PlaceOfAct(notes=True) if place in festival(session).ever else None

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Your team, now. Everyone, with your team’s name, when it is read out."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        things = seen.own.get("things", {}).get("things", [])
        if seen.mine.get("team") and not any(things) and not seen.step.get("read"):
            yield "say_thing", {"nth": 1, "text": chance.choice(_HEARD)}

    def everyone(self, room: Room, session: Session) -> ThreeThingsStep:
        kept = session.part(Heard)
        order, shown = _order(session), kept.shown()
        heard = [ThingsOfTeam(t, called(room.record, t), [w for w in kept.said.get(t, []) if w]) for t in shown]
        waiting = [called(room.record, team) for team in _all(session) if not any(kept.said.get(team, []))]
        reading = order[kept.read - 1] if 0 < kept.read <= len(order) else ""
        return ThreeThingsStep(reading, heard, waiting, kept.read, len(order))

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> ThreeThingsMine:
        team = plays_for(room, person)
        acts = _acts(session, team)
        return ThreeThingsMine(team, called(room.record, team), acts) if acts else ThreeThingsMine("", "", [])


class TeamsOwn(Own):
    """What one's team takes along; nothing for a key that somebody else made, before it was read out."""

    shapes: ClassVar[Mapping[str, type[Shown]]] = {"things": TeamsThings}

    def look(self, sight: OwnSight) -> Iterator[tuple[str, Entity]]:
        session, heard = sight.session, sight.session.part(Heard)
        team = plays_for(sight.room, sight.person)
        if session.phase and session.phase.activity == ThreeThings.name and (not sight.sealed or team in heard.shown()):
            yield "things", TeamsThings(heard.said.get(team) or [""] * THREE)


def _team(turn: Turn) -> str:
    team = plays_for(turn.room, turn.by.person)
    if not _acts(turn.session, team):
        raise Refused("no_home", "Your team was not on a stage, so it has nothing to choose from.")
    return team


def _acts(session: Session, team: str) -> list[str]:
    return sorted(act.id for act in _played(session) if act.team == team)


def _all(session: Session) -> list[str]:
    """Teams that played, in the order of their first act."""
    acts = sorted(_played(session), key=lambda act: (act.slot, act.stage))
    return list(dict.fromkeys(act.team for act in acts))


def _played(session: Session) -> list[Act]:
    """The acts of the line-up, and those that were dropped once they had begun: there may be notes at them."""
    kept, piles = festival(session), session.board.piles
    return [act for act in kept.ever.values() if act.id in kept.live or pile_of(act.id) in piles]


def _read(session: Session, count: int) -> list[Event]:
    """So many teams are read out; with the last of them everybody else who chose something is shown."""
    order = _order(session)
    said = session.part(Heard).said
    rest = [team for team in _all(session) if team not in order and any(said.get(team, ()))]
    return [ThingsRead(order=order, read=count, rest=rest if count >= len(order) else [])]


def _order(session: Session) -> list[str]:
    """Teams that are read out: all that chose something, in the order they played, or of many those with most stars.

    Once that has begun it stays, and who chose something later comes last.
    """
    heard, kept = session.part(Heard), festival(session)
    said = heard.said
    teams = [team for team in _all(session) if any(said.get(team, ()))]
    if heard.order:
        late = [team for team in teams if team not in heard.order]
        full = len(heard.order) >= READ_OUT and heard.read < len(heard.order)
        return [*heard.order, *([] if full else [team for team in late if team not in heard.rest])]
    if len(teams) <= READ_OUT:
        return teams
    stars = [kept.live[act].team for acts in kept.stars.values() for act in acts if act in kept.live]
    chosen = set(sorted(teams, key=lambda team: (-stars.count(team), teams.index(team)))[:READ_OUT])
    return [team for team in teams if team in chosen]
