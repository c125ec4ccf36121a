"""The shortlist: the app proposes what leads and keeps a place for what builds for later; people decide."""

from typing import Any

from sessions.acts.activity import Activity, Main
from sessions.acts.clusters import on_the_wall
from sessions.board import Ballot, Board, Cluster, Note
from sessions.record.drafting import ObjectiveBegun, ResultBegun, ResultDropped
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.rules import dots, text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused


class ShortlistProposed(SessionEvent, frozen=True, tag="shortlist_proposed"):
    """What the votes propose; ``kept`` is the item that has its place because it builds for later."""

    run: str
    items: list[str]
    kept: str = ""
    tie: bool = False

    def evolve(self, session: Session) -> None:
        state = _state(session, self.run)
        state.update(items=list(self.items), kept=self.kept, tie=self.tie)
        session.touch("step")


class ShortlistChanged(SessionEvent, frozen=True, tag="shortlist_changed"):
    """An item came onto the shortlist, or left it."""

    run: str
    item: str
    on: bool

    def evolve(self, session: Session) -> None:
        items = _state(session, self.run).setdefault("items", [])
        if self.on and self.item not in items:
            items.append(self.item)
        if not self.on and self.item in items:
            items.remove(self.item)
        session.touch("step")


class Shortlist(Command, frozen=True, tag="shortlist"):
    """Take an item onto the shortlist, or off it."""

    item: str
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        item = on_the_wall(turn, self.item).id if self.on else self.item
        listed = turn.run.state.get("items", [])
        if (item in listed) == self.on:
            return []
        if self.on and len(listed) >= 7:
            raise Refused("too_many", "Seven is more than anybody can keep in mind. Take one off first.")
        return [ShortlistChanged(run=turn.run.id, item=item, on=self.on)]


class DrawLine(Command, frozen=True, tag="draw_line"):
    """Put the line below the first ``count`` of the ranked items."""

    count: int

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        ranked = [thing.id for thing in _ranked(turn.board, _ballot(turn.session), turn.setting("pile"))]
        count = max(0, min(7, self.count))
        kept = turn.run.state.get("kept", "")
        items = ranked[:count]
        if kept and kept not in items and count:
            items[-1] = kept
        return [ShortlistProposed(run=turn.run.id, items=items, kept=kept)]


class Choose(Activity):
    """Choosing from ``pile`` by the last shown round of ``ballot``. Going on drafts the results."""

    name = "shortlist"
    watches_notes = True
    takes = (Shortlist, DrawLine)
    settings = {"pile": "ideas", "ballot": "impact"}

    def enter(self, turn: Turn, phase: PhasePlan, run: str) -> list[Event]:
        ballot = _shown(turn.board, phase.settings["ballot"])
        ranked = _ranked(turn.board, ballot, phase.settings["pile"])
        if ballot is None or not ranked:
            return [ShortlistProposed(run=run, items=[])]
        totals = ballot.totals()
        count, tie = dots.cut([totals.get(thing.id, 0) for thing in ranked])
        items = [thing.id for thing in ranked[:count]]
        kept = _kept(ballot, [thing.id for thing in ranked])
        if kept and kept not in items:
            items[-1:] = [kept]
        return [ShortlistProposed(run=run, items=items, kept=kept, tie=tie)]

    def leave(self, turn: Turn) -> list[Event]:
        """Each item on the shortlist becomes a key result of the record; what left it is dropped."""
        listed = [t for t in (turn.board.item(i) for i in turn.run.state.get("items", [])) if t]
        if not listed:
            return []
        events: list[Event] = []
        objective = turn.record.drafted_in(turn.session.code)
        id = objective.id if objective else turn.by.new_id()
        if objective is None:
            events.append(ObjectiveBegun(objective=id, session=turn.session.code))
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
        return events

    def main(self, room: Room, session: Session) -> Main | None:
        listed = session.run.state.get("items", []) if session.run else []
        count = sum(1 for item in listed if session.board.item(item))
        label = {0: "Go on without a shortlist", 1: "Draft this one"}.get(count, f"Draft these {count}")
        return Main(label, "next_phase")

    def quiet(self, session: Session, phase: PhasePlan) -> bool:
        return True

    def everyone(self, room: Room, session: Session) -> dict[str, Any]:
        assert session.phase is not None
        assert session.run is not None
        board = session.board
        ballot = _ballot(session)
        state = session.run.state
        ranked = _ranked(board, ballot, session.phase.settings["pile"])
        return {
            "pile": session.phase.settings["pile"],
            "ballot": ballot.id if ballot else "",
            "ranked": [thing.id for thing in ranked],
            "items": [i for i in state.get("items", []) if board.item(i)],
            "kept": state.get("kept", ""),
            "tie": state.get("tie", False),
        }


def _begin(turn: Turn, objective: str, thing: Note | Cluster, place: int) -> ResultBegun:
    note = turn.board.notes[thing.notes[0]] if isinstance(thing, Cluster) else thing
    return ResultBegun(
        result=turn.by.new_id(),
        objective=objective,
        text=thing.title if isinstance(thing, Cluster) else thing.text,
        place=place,
        item=thing.id,
        baseline=_maybe(note.baseline),
        target=_maybe(note.target),
    )


def _maybe(words: str) -> float | None:
    try:
        return text.number(words, "It")
    except Refused:
        return None


def _ballot(session: Session) -> Ballot | None:
    return _shown(session.board, session.phase.settings["ballot"]) if session.phase else None


def _shown(board: Board, name: str) -> Ballot | None:
    shown = [b for b in board.ballots.values() if b.name == name and b.revealed]
    return shown[-1] if shown else None


def _ranked(board: Board, ballot: Ballot | None, pile: str) -> list[Note | Cluster]:
    totals = ballot.totals() if ballot else {}
    return sorted(board.items(pile), key=lambda thing: (-totals.get(thing.id, 0), thing.rank))


def _kept(ballot: Ballot, ranked: list[str]) -> str:
    """The item most often called *building for later*; none where fewer than four voted."""
    if ballot.voters() < 4:
        return ""
    later = dict.fromkeys(ranked, 0)
    for leanings in ballot.leanings.values():
        for item, lean in leanings.items():
            if lean == "later" and item in later:
                later[item] += 1
    best = max(ranked, key=lambda item: later[item], default="")
    return best if best and later[best] else ""


def _state(session: Session, run: str) -> dict[str, Any]:
    return next(r for r in session.runs if r.id == run).state
