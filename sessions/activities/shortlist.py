"""The shortlist: the app proposes what leads and keeps a place for what builds for later; people decide."""

from dataclasses import dataclass
from typing import Annotated

from sessions.activities.activity import NOTHING_WRITTEN, Activity, Main
from sessions.board.ballots import Ballot
from sessions.board.board import Board
from sessions.board.groups.group import Cluster
from sessions.board.notes.note import Note, sentence
from sessions.board.walls import on_the_wall
from sessions.record.objectives.keeping import must_say_why
from sessions.record.objectives.objective import ObjectiveBegun, ShortlistWeighed
from sessions.record.results.result import ResultBegun, ResultDropped
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.room.kind import Shown
from sessions.room.part import Part
from sessions.room.setting import Settings, vote, wall
from sessions.rules import dots
from sessions.rules.event import Event, SessionEvent
from sessions.rules.figures import Span, amount, together
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused

#: The most a shortlist holds.
MOST = 7


@dataclass(slots=True)
class Chosen(Part):
    """What was put on the shortlist in one run; none: what the votes propose."""

    items: list[str] | None = None


class ShortlistSet(SessionEvent, frozen=True, tag="shortlist_set"):
    """The shortlist is these items now, whatever the votes propose."""

    run: str
    items: list[str]

    def evolve(self, session: Session) -> None:
        session.run_of(self.run).part(Chosen).items = list(self.items)
        session.touch("step")


class Shortlist(Command, frozen=True, tag="shortlist"):
    """Take an item onto the shortlist, or off it."""

    who = "facilitators"
    item: Id
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        item = on_the_wall(turn, self.item).id if self.on else self.item
        listed = _listed(turn.session, turn.phase).items
        if (item in listed) == self.on:
            return []
        if self.on and len(listed) >= MOST:
            raise Refused("too_many", "Seven is more than anybody can keep in mind. Take one off first.")
        items = [*listed, item] if self.on else [other for other in listed if other != item]
        return [ShortlistSet(run=turn.run.id, items=items)]


class DrawLine(Command, frozen=True, tag="draw_line"):
    """Put the line below the first ``count`` of the ranked items; what is kept for later stays above it."""

    who = "facilitators"
    count: int

    def decide(self, turn: Turn) -> list[Event]:
        pile = turn.wall
        ranked = [thing.id for thing in _ranked(turn.board, _ballot(turn.board, turn.phase), pile)]
        kept = _listed(turn.session, turn.phase).kept
        items = _with_kept(ranked[: max(0, min(MOST, self.count))], kept)
        return [ShortlistSet(run=turn.run.id, items=items)]


class ShortlistStep(Shown, frozen=True):
    """Everything by its dots, and of it what is chosen; ``kept`` is there as it builds for later."""

    pile: str
    ballot: str
    ranked: list[str]
    items: list[str]
    kept: str
    tie: bool


class ShortlistSettings(Settings, frozen=True):
    """The wall and the vote it chooses by."""

    pile: Annotated[str, wall("Wall to choose from")] = "ideas"
    ballot: Annotated[str, vote("Vote that proposes")] = "impact"


class Choose(Activity):
    """Choosing from ``pile`` by the last shown round of ``ballot``. Going on drafts the results."""

    name = "shortlist"
    called = "Choose a shortlist"
    does = "What leads becomes the draft’s results"
    watches = frozenset({"note", "cluster", "ballot"})
    takes = (Shortlist, DrawLine)
    settings = ShortlistSettings

    def gives(self, phase: PhasePlan) -> set[str]:
        return {"results"}

    def wall(self, phase: PhasePlan) -> str:
        return ShortlistSettings.of(phase).pile

    def needs(self, phase: PhasePlan) -> dict[str, str]:
        voted = "Nobody votes before this step, so nothing leads: add a vote before it."
        return {
            f"wall:{self.wall(phase)}": NOTHING_WRITTEN,
            f"vote:{ShortlistSettings.of(phase).ballot}": voted,
        }

    def leave(self, turn: Turn) -> list[Event]:
        """Each item on the shortlist becomes a key result of the record; what left it is dropped."""
        items = _listed(turn.session, turn.phase).items
        listed = [thing for thing in map(turn.board.item, items) if thing]
        if not listed:
            return []
        events: list[Event] = []
        objective = turn.room.works_on(turn.session)
        id = objective.id if objective else turn.by.new_id()
        if objective is not None:
            must_say_why(objective, "")
        if objective is None:
            events.append(ObjectiveBegun(objective=id, session=turn.session.code, team=turn.session.team))
        known = {r.item: r for r in turn.record.results.values() if r.objective == id}
        for place, thing in enumerate(listed):
            if thing.id not in known:
                events.append(_begin(turn, id, thing, place))
            elif known[thing.id].dropped:
                events.append(ResultDropped(result=known[thing.id].id, dropped=False))
        standing = {thing.id for thing in listed}
        for item, result in known.items():
            if item not in standing and not result.dropped:
                events.append(ResultDropped(result=result.id))
        return [*events, *_weighed(turn, id, items)]

    def main(self, room: Room, session: Session) -> Main | None:
        assert session.phase is not None
        count = len(_listed(session, session.phase).items)
        if count > 1:
            return Main("Draft these {count}", "next_phase", values={"count": count})
        return Main("Draft this one" if count else "Go on without a shortlist", "next_phase")

    def quiet(self, session: Session, phase: PhasePlan) -> bool:
        return True

    def everyone(self, room: Room, session: Session) -> ShortlistStep:
        assert session.phase is not None
        ballot = _ballot(session.board, session.phase)
        listed = _listed(session, session.phase)
        pile = self.wall(session.phase)
        return ShortlistStep(
            pile=pile,
            ballot=ballot.id if ballot else "",
            ranked=[thing.id for thing in _ranked(session.board, ballot, pile)],
            items=listed.items,
            kept=listed.kept,
            tie=listed.tie,
        )


@dataclass(frozen=True)
class Listed:
    """The shortlist; ``kept`` has its place because it builds for later; ``tie``: the line parts equals."""

    items: list[str]
    kept: str = ""
    tie: bool = False


def _listed(session: Session, phase: PhasePlan) -> Listed:
    """What was put on the shortlist, or what the votes propose while nobody has changed it."""
    board, ballot = session.board, _ballot(session.board, phase)
    ranked = _ranked(board, ballot, ShortlistSettings.of(phase).pile)
    kept = _kept(ballot, [thing.id for thing in ranked]) if ballot else ""
    chosen = session.run.part(Chosen).items if session.run else None
    if chosen is not None:
        standing = {thing.id for thing in map(board.item, chosen) if thing and not thing.aside}
        return Listed([item for item in chosen if item in standing], kept)
    if ballot is None:
        return Listed([])
    totals = ballot.totals()
    count, tie = dots.cut([totals.get(thing.id, 0) for thing in ranked])
    return Listed(_with_kept([thing.id for thing in ranked[:count]], kept), kept, tie)


def _with_kept(items: list[str], kept: str) -> list[str]:
    return [*items[:-1], kept] if kept and items and kept not in items else items


def _weighed(turn: Turn, objective: str, items: list[str]) -> list[Event]:
    """Whether anything on the shortlist builds for later, where people have said so of anything (P2)."""
    ballot = _ballot(turn.board, turn.phase)
    if ballot is None or not ballot.splits():
        return []
    later = {
        item for pen in ballot.counting() for item, lean in ballot.leanings.get(pen, {}).items() if lean == "later"
    }
    return [ShortlistWeighed(objective=objective, later=bool(later & set(items)))]


def _begin(turn: Turn, objective: str, thing: Note | Cluster, place: int) -> ResultBegun:
    notes = [turn.board.notes[n] for n in thing.notes] if isinstance(thing, Cluster) else [thing]
    titled = isinstance(thing, Cluster) and thing.title not in map(sentence, notes)
    note = next((n for n in notes if sentence(n) == turn.board.wording(thing)), notes[0])
    said = _figures(note)
    return ResultBegun(
        result=turn.by.new_id(),
        objective=objective,
        text=turn.board.wording(thing) if titled else note.text,
        place=place,
        item=thing.id,
        baseline=said.baseline,
        target=said.target,
        unit=said.unit,
    )


def _figures(note: Note) -> Span:
    """From where to where and in what, as its writer said it; nothing where they count in two different things."""
    first, last = amount(note.baseline), amount(note.target)
    if first and last and first.unit and last.unit and first.unit != last.unit:
        return Span(None, None)
    return together(first, last, None)


def _ballot(board: Board, phase: PhasePlan) -> Ballot | None:
    """The last shown round, if enough have voted for it to be told."""
    shown = [b for b in board.ballots.values() if b.name == ShortlistSettings.of(phase).ballot and b.revealed]
    return shown[-1] if shown and shown[-1].tells() else None


def _ranked(board: Board, ballot: Ballot | None, pile: str) -> list[Note | Cluster]:
    totals = ballot.totals() if ballot else {}
    return sorted(board.items(pile), key=lambda thing: (-totals.get(thing.id, 0), thing.rank))


def _kept(ballot: Ballot, ranked: list[str]) -> str:
    """The item most often called *building for later*; none where fewer than four voted."""
    if not ballot.splits():
        return ""
    later = dict.fromkeys(ranked, 0)
    for leanings in (ballot.leanings.get(pen, {}) for pen in ballot.counting()):
        for item, lean in leanings.items():
            if lean == "later" and item in later:
                later[item] += 1
    best = max(ranked, key=lambda item: later[item], default="")
    return best if best and later[best] else ""
