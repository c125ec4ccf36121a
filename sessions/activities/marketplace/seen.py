"""What everybody sees of a marketplace: who trades, which stalls there are, marks once shown; and one's own."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from sessions.activities.marketplace.market import (
    Market,
    goals,
    market,
    team_of,
)
from sessions.activities.marketplace.marking import own_marks, seeds
from sessions.activities.marketplace.planning import how, minutes_of, pitching, unplanned
from sessions.room import Room, Session
from sessions.room.kind import Entity, ForAll, ForHelm, Own, OwnSight, Shown, Sight, Touched
from sessions.rules.stalls.clock import clock, usual

#: Activities of a marketplace: whoever has one of them in the plan sees what it keeps.
NAMES = ("pitch", "browse", "trade", "commit", "read_back")


class MarkShown(Shown, frozen=True):
    """What a team saw in another's goal."""

    team: str
    other: str
    goal: str
    sort: str


class TraderShown(Shown, frozen=True):
    """A team with a goal, and who trades for it, by id."""

    team: str
    name: str
    people: list[str]


class ClockShown(Shown, frozen=True):
    """One way to show what teams want, what it takes, and how many rounds of trade are left."""

    pitches: str
    pitch: int
    trade: int
    rounds: int


class MarketShown(Shown, frozen=True):
    """Who trades, what was marked once that is shown, and marks for which there is no stall."""

    traders: list[TraderShown]
    marks: list[MarkShown]
    unplanned: list[MarkShown]
    shown: bool
    planned: bool


class ClocksShown(Shown, frozen=True):
    """What each way to show what teams want takes; ``chosen`` by the plan, and the ``usual`` one for these teams."""

    clocks: list[ClockShown]
    usual: str
    chosen: str


class StallShown(Shown, frozen=True):
    """Two teams in a round; ``seats`` are people by id once it has begun, ``link`` is where they meet online."""

    round: int
    team: str
    other: str
    team_name: str
    other_name: str
    sorts: list[str]
    seats: list[str]
    missed: str
    link: str
    number: int


class GoalToMark(Shown, frozen=True):
    """A goal of another team, with its results."""

    id: str
    team: str
    name: str
    text: str
    results: list[str]


class OwnMark(Shown, frozen=True):
    """A mark of one's own team."""

    goal: str
    sort: str
    seed: bool


class OwnResult(Shown, frozen=True):
    """A result of one's own team's goal."""

    id: str
    text: str


class TradingShown(Shown, frozen=True):
    """One's own team in the marketplace: who trades for it, its marks, its results, and the stalls it stands at."""

    team: str
    name: str
    trades: bool
    people: list[str]
    marks: list[OwnMark]
    results: list[OwnResult]
    link: str


class MarketSeen(ForAll):
    """The marketplace as a whole."""

    name = "market"
    shape = MarketShown
    on = frozenset({"team", "objective", "plan"})

    def look(self, sight: Sight, id: str) -> MarketShown | None:
        if not has_market(sight.session):
            return None
        room, kept = sight.room, market(sight.session)
        teams = pitching(room.record)
        marks = list(kept.marks.values()) if kept.shown else []
        return MarketShown(
            traders=[TraderShown(team, room.record.team_name(team), list(kept.reps.get(team, ()))) for team in teams],
            marks=[MarkShown(m.team, m.other, m.on, m.sort) for m in marks],
            unplanned=[
                MarkShown(m.team, m.other, m.on, m.sort) for m in (unplanned(room.record, kept) if kept.shown else [])
            ],
            shown=kept.shown,
            planned=kept.planned,
        )


class MarketClocks(ForHelm):
    """How much trade fits, for whoever plans it, before it begins."""

    name = "clocks"
    shape = ClocksShown
    on = frozenset({"team", "objective", "plan", "feedback", "dependency", "session", "step"})

    def look(self, sight: Sight, id: str) -> ClocksShown | None:
        activities = {phase.activity for phase in sight.session.plan.values()}
        if sight.session.phase is not None or not activities >= {"pitch", "trade"}:
            return None
        teams, minutes = len(pitching(sight.room.record)), round(minutes_of(sight.session))
        fits = [(way, clock(teams, way, minutes)) for way in ("aloud", "written", "none")]
        return ClocksShown(
            clocks=[ClockShown(way, fit.pitch, fit.trade, fit.rounds) for way, fit in fits],
            usual=usual(teams, market(sight.session).seeded or bool(seeds(sight.room))),
            chosen=how(sight.session),
        )


class StallSeen(ForAll):
    """A stall."""

    name = "stall"
    shape = StallShown
    on = frozenset({"team", "plan"})

    def ids(self, sight: Sight) -> Iterable[str]:
        return market(sight.session).stalls

    def look(self, sight: Sight, id: str) -> StallShown | None:
        kept = market(sight.session)
        stall = kept.stalls.get(id)
        if stall is None or not has_market(sight.session):
            return None
        record = sight.room.record
        return StallShown(
            round=stall.round,
            team=stall.team,
            other=stall.other,
            team_name=record.team_name(stall.team),
            other_name=record.team_name(stall.other),
            sorts=list(stall.sorts),
            seats=list(stall.seats),
            missed=stall.missed,
            link=kept.links.get(stall.other) or kept.links.get(stall.team, ""),
            number=_number(kept, id),
        )


class Trading(Own):
    """One's own team in the marketplace; its marks are nobody else's before they are shown."""

    shapes: ClassVar[Mapping[str, type[Shown]]] = {"trading": TradingShown}

    def look(self, sight: OwnSight) -> Iterator[tuple[str, Entity]]:
        room, session = sight.room, sight.session
        if not has_market(session):
            return
        kept, team, record = market(session), team_of(room, sight.person), room.record
        sealed = sight.sealed and not kept.shown
        own = [] if sealed else own_marks(session, team)
        mine = [goal.id for goal in goals(record) if goal.team == team]
        results = [result for goal in mine for result in record.results_of(goal)]
        yield (
            "trading",
            TradingShown(
                team=team,
                name=record.team_name(team),
                trades=kept.trading(sight.person) == team != "",
                people=list(kept.reps.get(team, ())),
                marks=[OwnMark(mark.on, mark.sort, mark.seed) for mark in own],
                results=[OwnResult(result.id, result.line()) for result in results],
                link=kept.links.get(team, ""),
            ),
        )

    def whose(self, sight: Sight, touched: Touched) -> Iterable[str]:
        """Everybody of a team that is concerned: by its marks, its people, its name or its goals."""
        if "plan" in touched:
            return sight.session.roles
        if not has_market(sight.session):
            return ()
        record, people = sight.room.record, sight.room.people
        lines = (*touched.get("result", ()), *touched.get("objective", ()))
        homes = {goal.team for id in lines if (goal := record.objective_of(id))}
        teams = {*touched.get("trading", ()), *touched.get("team", ()), *homes}
        return [person for person in sight.session.roles if person in people and people[person].team in teams]


def has_market(session: Session) -> bool:
    """Whether this session has a marketplace."""
    return any(phase.activity in NAMES for phase in session.plan.values())


def to_mark(room: Room) -> list[GoalToMark]:
    """Every goal of a team that others can mark."""
    record = room.record
    return [
        GoalToMark(
            goal.id,
            goal.team,
            record.team_name(goal.team),
            goal.text,
            [result.line() for result in record.results_of(goal.id)],
        )
        for goal in goals(record)
    ]


def _number(kept: Market, id: str) -> int:
    """Which stall of its round it is, from 1 on."""
    return [stall.id for stall in kept.in_round(kept.stalls[id].round)].index(id) + 1
