"""Three things we heard: each team chooses its own from what was left for it; then they are read out, team by team."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from sessions.activities.activity import Activity, Main, Pens
from sessions.activities.festival.programme import Festival, called, festival, plays_for
from sessions.activities.festival.stage_seen import PlaceOfAct
from sessions.activities.playing import Chance, Plays, Seen
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
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
    """Team → its three things; which teams are read out in which order, and how many have been."""

    said: dict[str, list[str]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    read: int = 0


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
    """So many teams have been read out, in this order."""

    order: list[str]
    read: int

    def evolve(self, session: Session) -> None:
        kept = session.part(Heard)
        kept.order, kept.read = list(self.order), self.read
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
        if kept.read and team in kept.order[: kept.read]:
            raise Refused("already_read", "Your three things have been read out. Say this one aloud.", text=self.text)
        words = text.optional(self.text, text.LINE, "What you heard").replace("\n", " ")
        mates = [p for p in turn.session.taking_part() if plays_for(turn.room, p) == team]
        same = words == now
        return [] if same else [ThingSaid(team=team, nth=self.nth - 1, text=words, by=turn.by.person, mates=mates)]


class ReadOut(Command, frozen=True, tag="read_out"):
    """Read out the three things of the next team. Above eight teams those most starred are read, the rest is shown."""

    who = "facilitators"

    def decide(self, turn: Turn) -> list[Event]:
        kept = turn.session.part(Heard)
        order = kept.order or _order(turn.session)
        if not order or kept.read >= len(order):
            return []
        return [ThingsRead(order=order, read=kept.read + 1)]


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
    """One's own team and its three things; ``acts`` are the ones it played. No team: one looks on."""

    team: str
    name: str
    things: list[str]
    acts: list[str]


def told(room: Room, session: Session) -> Iterator[Section]:
    """What each team took along, of those that were read out; of all, once it is over."""
    kept = session.part(Heard)
    order = kept.order or _order(session)
    shown = _all(session) if session.state == "closed" or kept.read >= len(order) > 0 else order[: kept.read]
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

    def main(self, room: Room, session: Session) -> Main | None:
        kept = session.part(Heard)
        order = kept.order or _order(session)
        if kept.read >= len(order):
            return None
        if not kept.read:
            return Main("Read them out", "read_out")
        return Main("Next: {team}", "read_out", values={"team": called(room.record, order[kept.read])})

    def place(self, room: Room, session: Session, person: str) -> str:
        return next(iter(_acts(festival(session), plays_for(room, person))), "")

    def reads(self, room: Room, session: Session, person: str) -> list[str]:
        return _acts(festival(session), plays_for(room, person))

    def at_place(self, room: Room, session: Session, place: str) -> PlaceOfAct | None:
        return PlaceOfAct(notes=True) if place in festival(session).live else None

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Your team, now. Everyone, with your team’s name, when it is read out."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        things = seen.mine.get("things", [])
        if seen.mine.get("team") and not any(things) and not seen.step.get("read"):
            yield "say_thing", {"nth": 1, "text": chance.choice(_HEARD)}

    def everyone(self, room: Room, session: Session) -> ThreeThingsStep:
        kept = session.part(Heard)
        order = kept.order or _order(session)
        shown = _all(session) if order and kept.read >= len(order) else order[: kept.read]
        heard = [ThingsOfTeam(t, called(room.record, t), [w for w in kept.said.get(t, []) if w]) for t in shown]
        waiting = [called(room.record, team) for team in _all(session) if not any(kept.said.get(team, []))]
        reading = order[kept.read - 1] if 0 < kept.read <= len(order) else ""
        return ThreeThingsStep(reading, heard, waiting, kept.read, len(order))

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> ThreeThingsMine:
        team = plays_for(room, person)
        acts = _acts(festival(session), team)
        if not acts:
            return ThreeThingsMine("", "", [], [])
        things = session.part(Heard).said.get(team) or [""] * THREE
        return ThreeThingsMine(team, called(room.record, team), things, acts)


def _team(turn: Turn) -> str:
    team = plays_for(turn.room, turn.by.person)
    if not _acts(festival(turn.session), team):
        raise Refused("no_home", "Your team was not on a stage, so it has nothing to choose from.")
    return team


def _acts(kept: Festival, team: str) -> list[str]:
    return sorted(act.id for act in kept.live.values() if act.team == team)


def _all(session: Session) -> list[str]:
    """Teams that played, in the order of their first act."""
    acts = sorted(festival(session).live.values(), key=lambda act: (act.slot, act.stage))
    return list(dict.fromkeys(act.team for act in acts))


def _order(session: Session) -> list[str]:
    """Teams that are read out: all that chose something, in the order they played, or of many those with most stars."""
    said, kept = session.part(Heard).said, festival(session)
    teams = [team for team in _all(session) if any(said.get(team, ()))]
    if len(teams) <= READ_OUT:
        return teams
    stars = [kept.live[act].team for acts in kept.stars.values() for act in acts if act in kept.live]
    chosen = set(sorted(teams, key=lambda team: (-stars.count(team), teams.index(team)))[:READ_OUT])
    return [team for team in teams if team in chosen]
