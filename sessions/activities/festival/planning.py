"""Planning the line-up: a draft of facilitators alone, drawn by the solver, moved by hand, every change undone."""

from typing import ClassVar

import msgspec

from sessions.activities.festival.programme import (
    LETTERS,
    Act,
    Festival,
    Frame,
    called,
    festival,
    has_slots,
)
from sessions.activities.festival.wishes import framed, playing_teams, wish
from sessions.room import Command, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.line_up.clock import LONGEST, SHORTEST
from sessions.rules.line_up.fairness import fairer, first, on_stages
from sessions.rules.line_up.placing import LineUp, Placed, unmet
from sessions.rules.line_up.wish import LEAD, MOST_SHOWINGS, MOST_SLOTS, must_be_possible
from sessions.rules.problem import Problem
from sessions.rules.refusal import Refused

NO_ACT = Act("", "", 0, 0)


class FestivalPlanned(SessionEvent, frozen=True, tag="festival_planned"):
    """What the line-up is made for."""

    frame: Frame

    def evolve(self, session: Session) -> None:
        kept = festival(session)
        kept.draft.frame = self.frame
        kept.draft.version += 1
        kept.lay_out(session)
        session.touch("line_up", "stage", "step")


class LineUpDrawn(SessionEvent, frozen=True, tag="line_up_drawn"):
    """These are the acts of the draft; ``proven``: no line-up breaks fewer must-see pairs."""

    acts: list[Act]
    proven: bool = True

    def evolve(self, session: Session) -> None:
        draft = festival(session).draft
        draft.change({act.id: act for act in self.acts})
        draft.proven = self.proven
        session.touch("line_up", "step")


class ActsPlaced(SessionEvent, frozen=True, tag="acts_placed"):
    """Acts of the draft are where this says, new ones among them; others are as they were."""

    acts: list[Act]
    dropped: list[str] = []

    def evolve(self, session: Session) -> None:
        draft = festival(session).draft
        placed = {**draft.acts, **{act.id: act for act in self.acts}}
        draft.change({id: act for id, act in placed.items() if id not in self.dropped})
        session.touch("line_up", "step")


class LineUpUndone(SessionEvent, frozen=True, tag="line_up_undone"):
    """The draft is what it was before its last change."""

    def evolve(self, session: Session) -> None:
        draft = festival(session).draft
        draft.acts = draft.before.pop()
        draft.version += 1
        session.touch("line_up", "step")


class PlanFestival(Command, frozen=True, tag="plan_festival"):
    """Say for how many stages and slots of how many minutes, who plays how often, and whether it is online.

    ``headliners`` are all there are. ``headline`` is how often some teams play, 0 for one that is no headliner any
    more; the others stay as they are, whatever somebody else has said of them meanwhile.
    """

    who = "facilitators"
    anytime: ClassVar[bool] = True
    stages: int | None = None
    slots: int | None = None
    each: int | None = None
    headliners: dict[str, int] | None = None
    online: bool | None = None
    begins: int | None = None
    headline: dict[str, int] = {}

    def decide(self, turn: Turn) -> list[Event]:
        _must_have_slots(turn.session)
        kept = festival(turn.session)
        frame = framed(turn.room, turn.session)
        asked = {name: value for name in Frame.__struct_fields__ if (value := getattr(self, name)) is not None}
        changed = msgspec.structs.replace(frame, **asked)
        plays = {**changed.headliners, **self.headline}
        stars = {team: times for team, times in plays.items() if times or team not in self.headline}
        changed = msgspec.structs.replace(changed, headliners=stars)
        _must_be_sound(turn, kept, changed)
        if changed == kept.draft.frame:
            return []
        return [FestivalPlanned(frame=changed)]


class DrawLineUp(Command, frozen=True, tag="draw_line_up"):
    """Have a line-up proposed: by the rules, with as few must-see pairs broken as can be, then as fair as can be."""

    who = "facilitators"
    anytime: ClassVar[bool] = True

    def problem(self, turn: Turn) -> Problem | None:
        return wish(turn.room, turn.session, framed(turn.room, turn.session), starred=True)

    def decide(self, turn: Turn) -> list[Event]:
        _must_have_slots(turn.session)
        frame = framed(turn.room, turn.session)
        asked, kept = wish(turn.room, turn.session, frame, starred=True), festival(turn.session)
        must_be_possible(asked, {team: called(turn.record, team) for team in asked.showings()})
        found = turn.by.worked_out
        if not isinstance(found, LineUp) or {act.team for act in found.acts} != set(asked.showings()):
            acts = on_stages(asked, fairer(asked, first(asked)))
            found = LineUp(acts, unmet(asked, acts), False)
        drawn = LineUpDrawn(acts=_with_ids(found.acts), proven=found.proven)
        return [*([FestivalPlanned(frame=frame)] if frame != kept.draft.frame else []), drawn]


class MoveAct(Command, frozen=True, tag="move_act"):
    """Move an act of the draft to any slot and stage; with ``swap`` whoever is there takes its place.

    ``version`` is the draft it was moved in: of two who move at once the second is told.
    """

    who = "facilitators"
    anytime: ClassVar[bool] = True
    act: Id
    slot: int
    stage: int
    version: int
    swap: bool = False

    def decide(self, turn: Turn) -> list[Event]:
        draft, act = _changing(turn, self.version, self.act)
        _must_be_a_place(draft.draft.frame, self.slot, self.stage)
        moved = msgspec.structs.replace(act, slot=self.slot, stage=self.stage)
        if moved == act:
            return []
        there = [a for a in draft.draft.acts.values() if (a.slot, a.stage) == (self.slot, self.stage)]
        back = [msgspec.structs.replace(a, slot=act.slot, stage=act.stage) for a in there] if self.swap else []
        return [ActsPlaced(acts=[moved, *back])]


class AddAct(Command, frozen=True, tag="add_act"):
    """Let a team play once more, or at all, in a slot on a stage of the draft."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    team: Id
    slot: int
    stage: int
    version: int

    def decide(self, turn: Turn) -> list[Event]:
        kept, _ = _changing(turn, self.version)
        _must_be_a_place(kept.draft.frame, self.slot, self.stage)
        if len(kept.draft.acts) >= 2 * kept.draft.frame.stages * kept.draft.frame.slots:
            raise Refused("no_such_place", "There are more acts than places already. Drop one first.")
        if self.team not in wish(turn.room, turn.session, kept.draft.frame).teams and self.team != LEAD:
            raise Refused("no_such_team", "That team is not on the list.")
        return [ActsPlaced(acts=[Act(_next_id(kept, self.team), self.team, self.slot, self.stage)])]


class DropAct(Command, frozen=True, tag="drop_act"):
    """Take an act off the draft."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    act: Id
    version: int

    def decide(self, turn: Turn) -> list[Event]:
        _, act = _changing(turn, self.version, self.act)
        return [ActsPlaced(acts=[], dropped=[act.id])]


class UndoLineUp(Command, frozen=True, tag="undo_line_up"):
    """Take the last change of the draft back."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    version: int

    def decide(self, turn: Turn) -> list[Event]:
        kept, _ = _changing(turn, self.version)
        return [LineUpUndone()] if kept.draft.before else []


def _with_ids(placed: list[Placed]) -> list[Act]:
    """Acts with their ids: a team's first act keeps the first id it ever had, wherever it plays now."""
    nth: dict[str, int] = {}
    acts = []
    for act in placed:
        nth[act.team] = nth.get(act.team, 0) + 1
        acts.append(Act(f"{act.team}.{nth[act.team]}", act.team, act.slot, act.stage))
    return acts


def _next_id(kept: Festival, team: str) -> str:
    return f"{team}.{kept.draft.numbers.get(team, 0) + 1}"


def _changing(turn: Turn, version: int, act: str | None = None) -> tuple[Festival, Act]:
    """The festival whose draft is changed, and the act, if one is named; refused where it changed meanwhile."""
    kept = festival(turn.session)
    if version != kept.draft.version:
        raise Refused(
            "moved_meanwhile",
            "Somebody changed the line-up at the same moment, so yours was not done. Look at it again.",
        )
    found = None if act is None else kept.draft.acts.get(act)
    if act is not None and found is None:
        raise Refused("no_such_act", "That act is not in the line-up any more.")
    return kept, found or NO_ACT


def _must_have_slots(session: Session) -> None:
    if not has_slots(session):
        raise Refused("not_now", "There are no stages in this session.")


def _must_be_a_place(frame: Frame, slot: int, stage: int) -> None:
    if not (1 <= slot <= frame.slots and 1 <= stage <= frame.stages):
        raise Refused("no_such_place", "There is no such stage or slot.")


def _must_be_sound(turn: Turn, kept: Festival, frame: Frame) -> None:
    bounds = (
        (frame.stages, 1, len(LETTERS), "stages"),
        (frame.slots, 1, MOST_SLOTS, "slots"),
        (frame.each, SHORTEST, LONGEST, "minutes a slot"),
    )
    for value, least, most, what in bounds:
        if not least <= value <= most:
            raise Refused(
                "bad_value", "Choose from {least} to {most} {what}.", {"least": least, "most": most, "what": what}
            )
    teams = playing_teams(turn.record)
    for team, plays in frame.headliners.items():
        if team not in teams and team != LEAD:
            raise Refused("no_such_team", "A headliner has to be one of the teams with a goal, or leadership.")
        if not 1 <= plays <= MOST_SHOWINGS:
            raise Refused("bad_value", "A headliner plays two or three times.")
    if frame.begins < 0 or frame.begins > 10**14:
        raise Refused("bad_value", "That is no day and hour.")
    must_keep_slots(kept, frame)


def must_keep_slots(kept: Festival, frame: Frame) -> None:
    """Refuse other slots than those that run."""
    if kept.slot and (frame.slots, frame.each) != (kept.frame.slots, kept.frame.each):
        raise Refused("begun", "The slots are running: how many there are and how long they are stays as it is.")
