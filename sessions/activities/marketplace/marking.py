"""Marks on other teams' goals, secret until they are shown; those said at a festival or a walk are there before."""

from sessions.activities.marketplace.market import TRADE, Mark, Sort, goals, market, stands, team_of
from sessions.record.record import Record
from sessions.room import Command, Room, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused

#: What kinds of feedback say about two goals, where they name a team.
_SEEDS: dict[str, Sort] = {"touches": "dependency", "request": "dependency", "offer": "synergy"}


class MarkSet(SessionEvent, frozen=True, tag="mark_set"):
    """A team marked another team's goal, or took its mark away."""

    mark: Mark
    on: bool = True
    by: str = ""

    def evolve(self, session: Session) -> None:
        kept = market(session)
        if self.on:
            kept.marks[self.mark.key] = self.mark
        else:
            kept.marks.pop(self.mark.key, None)
        if kept.shown:
            session.touch("market")
        if session.phase and session.phase.activity == TRADE:
            session.touch("main")
        session.touch("trading:" + self.mark.team)


class MarksSeeded(SessionEvent, frozen=True, tag="marks_seeded"):
    """What teams said of each other's goals before stands as their marks, for them to take away."""

    marks: list[Mark]

    def evolve(self, session: Session) -> None:
        kept = market(session)
        kept.marks |= {mark.key: mark for mark in self.marks}
        kept.seeded = True
        session.touch(*("trading:" + mark.team for mark in self.marks))


class MarksShown(SessionEvent, frozen=True, tag="marks_shown"):
    """Everybody sees who marked what, from now on."""

    def evolve(self, session: Session) -> None:
        market(session).shown = True
        session.touch("market", "step")


class SetMark(Command, frozen=True, tag="set_mark"):
    """Mark a goal of another team: we need this, it is the same as ours, or we can help with it; or take that away.

    For everybody of a team; secret until marks are shown, and after that for everybody to see at once.
    """

    who = "participants"
    goal: Id
    sort: Sort
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        team, kept = team_of(turn.room, turn.by.person), market(turn.session)
        if not team:
            raise Refused("no_team", "Say first which team you are of: a mark is your team’s.")
        goal = turn.record.objectives.get(self.goal)
        if goal is None or not goal.text or goal.status == "draft" or not goal.team:
            raise Refused("no_such_goal", "That goal is not there any more.")
        if goal.team == team:
            raise Refused("own_team", "That is your own team’s goal. Mark what others want.")
        mark = Mark(team, goal.team, goal.id, self.sort)
        if (mark.key in kept.marks) == self.on:
            return []
        return [MarkSet(mark=mark, on=self.on, by=turn.by.person)]


def seeds(room: Room) -> list[Mark]:
    """Marks that festival, walk and record hold already: flags, requests and offers, and needs that wait for a yes."""
    record = room.record
    found: dict[str, Mark] = {}
    for given in record.feedback.values():
        sort, home = _SEEDS.get(given.kind), record.objectives.get(given.objective)
        said_before = given.source in ("gallery", "festival") and (given.team or given.touches)
        if not sort or home is None or not said_before:
            continue
        if given.kind == "touches":
            goal = _goal_of(record, given.touches)
            mark = Mark(home.team, given.touches, goal, sort, True)
        else:
            mark = Mark(given.team, home.team, home.id, sort, True)
        found[mark.key] = mark
    for need in record.dependencies.values():
        if need.live and not need.agreed:
            mark = Mark(need.consumer, need.provider, _goal_of(record, need.provider), "dependency", True)
            found[mark.key] = mark
    return [mark for mark in found.values() if mark.team and mark.team != mark.other and stands(record, mark)]


def seeded(turn: Turn) -> list[Event]:
    """The fact that they stand there, once a session."""
    found = [] if market(turn.session).seeded else seeds(turn.room)
    return [MarksSeeded(marks=found)] if found else []


def own_marks(session: Session, team: str) -> list[Mark]:
    """What a team has marked."""
    return [mark for mark in market(session).marks.values() if mark.team == team]


def _goal_of(record: Record, team: str) -> str:
    """A team's first goal, or none."""
    return next((goal.id for goal in goals(record) if goal.team == team), "")
