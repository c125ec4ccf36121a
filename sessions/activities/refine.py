"""Making results measurable: one person at a time writes a card, and each is read back to everybody."""

from dataclasses import dataclass, field

from sessions.activities.activity import Activity, Main
from sessions.activities.playing import Chance, Plays, Seen
from sessions.record import telling
from sessions.record.cards import AddResult, ChangeResult, Comment, DropResult, PutCardDown, TakeCard
from sessions.record.objectives.seen import of_goal
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.room.part import Part
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused
from sessions.running.attention import Attention

_METRICS = ("median days", "share of visits", "homes", "share of households")


@dataclass(slots=True)
class ReadBackSoFar(Part):
    """Cards that were read back in one run, in order."""

    cards: list[str] = field(default_factory=list)


class CardRead(SessionEvent, frozen=True, tag="card_read"):
    """A card is read back to everybody, large on every screen."""

    run: str
    card: str

    def evolve(self, session: Session) -> None:
        session.run_of(self.run).part(ReadBackSoFar).cards.append(self.card)
        session.part(Attention).put_up(self.card)
        session.touch("attention", "step")


class ReadBack(Command, frozen=True, tag="read_back"):
    """Read the next card back that was not read yet. ``after`` is how many were; for facilitators."""

    who = "facilitators"
    after: int | None = None

    def decide(self, turn: Turn) -> list[Event]:
        read = turn.run.part(ReadBackSoFar).cards
        if self.after is not None and self.after != len(read):
            return []
        unread = _unread(turn.room, turn.session)
        if not unread:
            raise Refused("all_heard", "Every card has been read.")
        return [CardRead(run=turn.run.id, card=unread[0])]


class Coverage(Shown, frozen=True):
    """How many of all teams these results touch, and what those are called that none does."""

    touched: int
    of: int
    without: list[str]


class RefineStep(Shown, frozen=True):
    """The results that are cards now; for a goal of the whole organisation, how many teams they touch."""

    results: list[str]
    coverage: Coverage | None = None


class Refine(Activity):
    """The results of this session's draft as cards: what is missing is shown, and never in the way."""

    name = "refine"
    called = "Make it measurable"
    does = "Write the results’ figures, one person a card"
    waits = True
    tells = (
        telling.goal,
        telling.changes,
        telling.still_open,
    )
    watches = frozenset({"objective", "result", "team"})
    takes = (TakeCard, PutCardDown, ChangeResult, AddResult, DropResult, Comment, ReadBack)

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        return {"results": "There are no results before this step: choose a shortlist first, or a goal to work on."}

    def main(self, room: Room, session: Session) -> Main | None:
        read = len(session.run.part(ReadBackSoFar).cards) if session.run else 0
        if not _unread(room, session):
            return None
        return Main("Read the next card" if read else "Read them back", "read_back", {"after": read})

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        return "Everyone, as you write. Comments carry your name."

    def play(self, seen: Seen, chance: Chance) -> Plays:
        if not seen.results:
            return
        result = chance.choice(seen.results)
        yield "take_card", {"result": result}
        yield "change_result", {"result": result, "field": "metric", "value": chance.choice(_METRICS)}
        yield "change_result", {"result": result, "field": "unit", "value": chance.choice(["%", "days"])}
        yield "change_result", {"result": result, "field": "direction", "value": "up"}
        yield "put_card_down", {"result": result}

    def everyone(self, room: Room, session: Session) -> RefineStep:
        return RefineStep(of_goal(room, session).results, _coverage(room, session))


def _coverage(room: Room, session: Session) -> Coverage | None:
    """Source: S0 (“align a large portion of the teams”)."""
    goal = room.works_on(session)
    teams = [team for team in room.record.standing_teams() if team.kind != "leadership"]
    if goal is None or goal.team or len(teams) < 2:
        return None
    touched = {team for result in room.record.results_of(goal.id) for team in result.teams}
    without = [team.name for team in teams if team.id not in touched]
    return Coverage(len(teams) - len(without), len(teams), without)


def _unread(room: Room, session: Session) -> list[str]:
    objective = room.works_on(session)
    read = session.run.part(ReadBackSoFar).cards if session.run else []
    return [r.id for r in (room.record.results_of(objective.id) if objective else []) if r.id not in read]
