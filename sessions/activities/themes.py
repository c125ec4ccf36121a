"""Themes: what a vote made of the wall, by theme and by team; what few chose can be kept all the same.

Source: ``spec/formats.md``, A: reveal by theme and team, levels only where four voted, outliers kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

import msgspec

from sessions.activities.activity import NOTHING_WRITTEN, Activity
from sessions.board.ballots import Ballot
from sessions.board.groups.group import Cluster
from sessions.board.notes.note import TEAM_FROM, Note
from sessions.board.walls import on_the_wall
from sessions.record.themes import ThemeFound
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.room.part import Part
from sessions.room.section import Line, Section
from sessions.room.setting import Settings, vote, wall
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.voting import SPLIT_FROM


class Mentioned(msgspec.Struct, frozen=True):
    """One theme: teams that brought it up, and dots of leaders and of all others where both may be told."""

    item: str
    teams: list[str] = []
    leaders: int = -1
    others: int = -1


@dataclass(slots=True)
class Kept(Part):
    """What the themes of a session are: who brought them up, and what was kept though few chose it."""

    mentioned: dict[str, Mentioned] = field(default_factory=dict)
    outliers: list[str] = field(default_factory=list)


class ThemesCounted(SessionEvent, frozen=True, tag="themes_counted"):
    """Which teams brought up what, and how two levels voted: as far as nobody is told apart by it."""

    themes: list[Mentioned]

    def evolve(self, session: Session) -> None:
        session.part(Kept).mentioned = {theme.item: theme for theme in self.themes}
        session.touch("step")


class OutlierKept(SessionEvent, frozen=True, tag="outlier_kept"):
    """A theme that few chose is kept, or no longer."""

    item: str
    on: bool = True

    def evolve(self, session: Session) -> None:
        left = [item for item in session.part(Kept).outliers if item != self.item]
        session.part(Kept).outliers = [*left, self.item] if self.on else left
        session.touch("step")


class KeepOutlier(Command, frozen=True, tag="keep_outlier"):
    """Keep a theme that few chose, or let it go; for facilitators."""

    who = "facilitators"
    item: Id
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        item = on_the_wall(turn, self.item).id
        if (item in turn.session.part(Kept).outliers) == self.on:
            return []
        return [OutlierKept(item=item, on=self.on)]


class ThemeOfStep(Shown, frozen=True):
    """A theme with its dots (by when where enough voted, else -1), its teams, and how two levels voted (else -1)."""

    item: str
    dots: int
    now: int
    later: int
    teams: list[str]
    leaders: int
    others: int
    kept: bool


class ThemesStep(Shown, frozen=True):
    """The themes, those with most dots first."""

    pile: str
    themes: list[ThemeOfStep]


class ThemesSettings(Settings, frozen=True):
    """The wall and the vote that the themes come from."""

    pile: Annotated[str, wall("Wall the themes come from")] = "ideas"
    ballot: Annotated[str, vote("Vote that says what counts")] = "signal"


def themes_told(room: Room, session: Session) -> Iterator[Section]:
    """The themes as they are filed."""
    phase = next((p for p in session.steps() if p.activity == Themes.name), None)
    found = _themes(room, session, phase) if phase and session.part(Kept).mentioned else []
    lines = [
        Line(
            text=session.board.wording(thing),
            row="theme",
            tags=[f"{theme.dots} dots"] if theme.dots != 1 else ["1 dot"],
            below=[", ".join(theme.teams)] if theme.teams else [],
            cells={"dots": f"{theme.dots}"},
        )
        for theme in found
        if (thing := session.board.item(theme.item))
    ]
    yield Section(key="themes", title="What people say matters", order=70, lines=lines, data={"themes": found})


class Themes(Activity):
    """What counts most, and who brought it up. Closing files every theme on the record, to be answered later."""

    name = "themes"
    called = "Show the themes"
    does = "Themes by dots and teams; each is answered later"
    tells = (themes_told,)
    watches = frozenset({"note", "cluster", "ballot", "team"})
    takes = (KeepOutlier,)
    settings = ThemesSettings

    def wall(self, phase: PhasePlan) -> str:
        return ThemesSettings.of(phase).pile

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {f"wall:{self.wall(phase)}": NOTHING_WRITTEN}

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        things = turn.board.items(self.wall(phase))
        ballot = _ballot(turn.session, phase)
        return [ThemesCounted(themes=[_mentioned(turn, thing, ballot) for thing in things])]

    def filed(self, turn: Turn) -> list[Event]:
        phase = next((p for p in turn.session.steps() if p.activity == self.name), None)
        if phase is None or not turn.session.part(Kept).mentioned:
            return []
        known = {theme.id for theme in turn.record.themes.values()}
        found: list[Event] = []
        for theme in _themes(turn.room, turn.session, phase):
            thing = turn.board.item(theme.item)
            if thing is None or thing.id in known or not (theme.dots or theme.kept or isinstance(thing, Cluster)):
                continue
            notes = [turn.board.notes[n].text for n in thing.notes] if isinstance(thing, Cluster) else []
            teams = turn.session.part(Kept).mentioned.get(thing.id, Mentioned(thing.id)).teams
            found.append(
                ThemeFound(theme=thing.id, words=turn.board.wording(thing), session=turn.session.code, dots=theme.dots,
                           now=theme.now, later=theme.later, notes=notes, teams=teams)
            )  # fmt: skip
        return found

    def everyone(self, room: Room, session: Session) -> ThemesStep:
        assert session.phase is not None
        return ThemesStep(pile=self.wall(session.phase), themes=_themes(room, session, session.phase))


def _themes(room: Room, session: Session, phase: PhasePlan) -> list[ThemeOfStep]:
    ballot, kept = _ballot(session, phase), session.part(Kept)
    totals = ballot.totals() if ballot else {}
    now, later = (ballot.leaning(when) if ballot and ballot.splits() else None for when in ("now", "later"))
    found = []
    for thing in session.board.items(ThemesSettings.of(phase).pile):
        said = kept.mentioned.get(thing.id, Mentioned(thing.id))
        found.append(
            ThemeOfStep(
                item=thing.id,
                dots=totals.get(thing.id, 0),
                now=-1 if now is None else now.get(thing.id, 0),
                later=-1 if later is None else later.get(thing.id, 0),
                teams=[room.record.team_name(team) for team in said.teams],
                leaders=said.leaders,
                others=said.others,
                kept=thing.id in kept.outliers,
            )
        )
    ranks = {thing.id: thing.rank for thing in session.board.items(ThemesSettings.of(phase).pile)}
    return sorted(found, key=lambda theme: (-theme.dots, ranks[theme.item]))


def _mentioned(turn: Turn, thing: Note | Cluster, ballot: Ballot | None) -> Mentioned:
    """Teams of those who wrote it, where three of the team take part; dots by level, where four of each voted."""
    notes = [turn.board.notes[n] for n in thing.notes] if isinstance(thing, Cluster) else [thing]
    size: dict[str, int] = {}
    for person in turn.session.taking_part():
        team = turn.room.people[person].team
        size[team] = size.get(team, 0) + 1
    teams = {_team(turn, note.pen) for note in notes}
    shown = sorted(team for team in teams if team and size.get(team, 0) >= TEAM_FROM)
    if ballot is None or not ballot.splits():
        return Mentioned(thing.id, shown)
    levels = {pen: _leads(turn, pen) for pen in ballot.counting()}
    if min(sum(levels.values()), len(levels) - sum(levels.values())) < SPLIT_FROM:
        return Mentioned(thing.id, shown)
    dots = {lead: sum(p.get(thing.id, 0) for pen, p in ballot.counting().items() if levels[pen] is lead)
            for lead in (True, False)}  # fmt: skip
    return Mentioned(thing.id, shown, dots[True], dots[False])


def _team(turn: Turn, pen: str) -> str:
    holder = turn.room.holders.get(pen, ("", ""))[1]
    person = turn.room.people.get(turn.room.whole(holder))
    return person.team if person else ""


def _leads(turn: Turn, pen: str) -> bool:
    holder = turn.room.whole(turn.room.holders.get(pen, ("", ""))[1])
    team = turn.record.teams.get(_team(turn, pen))
    return holder in turn.record.leaders or (team is not None and team.kind == "leadership")


def _ballot(session: Session, phase: PhasePlan) -> Ballot | None:
    """The last shown round, if enough have voted for it to be told."""
    name = ThemesSettings.of(phase).ballot
    shown = [b for b in session.board.ballots.values() if b.name == name and b.revealed]
    return shown[-1] if shown and shown[-1].tells() else None
