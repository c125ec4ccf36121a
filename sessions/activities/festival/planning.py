"""Planning the line-up: what it is made for, drawn by the solver, moved by hand, undone; live only when published."""

from collections import Counter
from typing import ClassVar

import msgspec

from sessions.activities.festival.programme import (
    LETTERS,
    NOBODY,
    SLOTS,
    Act,
    Change,
    Festival,
    Frame,
    called,
    festival,
    letter,
    plays_for,
)
from sessions.record.record import Record
from sessions.room import Command, PlanChanged, Room, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.line_up.clock import BREAK, LONGEST, SHORTEST, SLOT, break_after
from sessions.rules.line_up.fairness import fairer, first, on_stages
from sessions.rules.line_up.placing import Clash, LineUp, Placed, clashes, unmet
from sessions.rules.line_up.wish import LEAD, MOST_SHOWINGS, MOST_SLOTS, Wish, must_be_possible
from sessions.rules.problem import Problem
from sessions.rules.refusal import Refused
from sessions.running.opening import PageHung

NO_ACT = Act("", "", 0, 0)
#: How many slots are proposed, where there are teams enough for them.
PROPOSED_SLOTS = 4
#: How many people a team is thought to have of which nobody knows it.
A_FEW = 5
#: Two teams are wanted by the same people from so many of them on.
STARRED_TOGETHER = 2


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


class Told(msgspec.Struct, frozen=True):
    """Whom a change of the live line-up touches, and which ones."""

    person: str
    changes: list[Change]


class LineUpPublished(SessionEvent, frozen=True, tag="line_up_published"):
    """The draft is live, and those it touches are told what moved from where to where."""

    acts: list[Act]
    frame: Frame
    told: list[Told] = []

    def evolve(self, session: Session) -> None:
        kept = festival(session)
        kept.live, kept.frame = {act.id: act for act in self.acts}, self.frame
        for told in self.told:
            kept.told.setdefault(told.person, []).extend(told.changes)
        kept.lay_out(session)
        for stage in kept.stages.values():
            up = kept.questions.get(stage.up)
            act = kept.live.get(up.act) if up else None
            if act is None or letter(act.stage) != stage.id:
                kept.take_down(session, stage)
        session.touch("line_up", "stage", "step", "places", "crowd")
        session.touched_people.update(told.person for told in self.told)


class PlanFestival(Command, frozen=True, tag="plan_festival"):
    """Say for how many stages and slots of how many minutes, who plays how often, and whether it is online."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    stages: int | None = None
    slots: int | None = None
    each: int | None = None
    headliners: dict[str, int] | None = None
    online: bool | None = None
    begins: int | None = None

    def decide(self, turn: Turn) -> list[Event]:
        _must_have_slots(turn.session)
        kept = festival(turn.session)
        frame = kept.draft.frame if kept.draft.frame.stages else proposed(turn.room, turn.session)
        asked = {name: value for name in Frame.__struct_fields__ if (value := getattr(self, name)) is not None}
        changed = msgspec.structs.replace(frame, **asked)
        _must_be_sound(turn, kept, changed)
        if changed == kept.draft.frame:
            return []
        return [FestivalPlanned(frame=changed)]


class DrawLineUp(Command, frozen=True, tag="draw_line_up"):
    """Have a line-up proposed: by the rules, with as few must-see pairs broken as can be, then as fair as can be."""

    who = "facilitators"
    anytime: ClassVar[bool] = True

    def problem(self, turn: Turn) -> Problem | None:
        return wish(turn.room, turn.session, _framed(turn), starred=True)

    def decide(self, turn: Turn) -> list[Event]:
        _must_have_slots(turn.session)
        frame = _framed(turn)
        asked, kept = wish(turn.room, turn.session, frame, starred=True), festival(turn.session)
        must_be_possible(asked, {team: called(turn.record, team) for team in asked.showings()})
        found = turn.by.worked_out
        if not isinstance(found, LineUp) or {act.team for act in found.acts} != set(asked.showings()):
            acts = on_stages(asked, fairer(asked, first(asked)))
            found = LineUp(acts, unmet(asked, acts), False)
        drawn = LineUpDrawn(acts=_with_ids(kept, found.acts), proven=found.proven)
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


class PublishLineUp(Command, frozen=True, tag="publish_line_up"):
    """Make the draft what everybody sees; whoever it touches is told what moved from where to where."""

    who = "facilitators"
    anytime: ClassVar[bool] = True

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        draft = kept.draft
        if not draft.acts:
            raise Refused("no_line_up", "There is no line-up yet. Have one proposed first.")
        if draft.acts == kept.live and draft.frame == kept.frame:
            return []
        for clash in clashes_of(turn.room, turn.session):
            if clash.hard:
                say = f"This cannot be published yet. {in_words(turn.record, clash)}"
                raise Refused("clash", say.replace("{", "{{").replace("}", "}}"))
        _must_leave_what_has_begun(turn, kept)
        hung = PageHung(session=turn.session.code, path="line-up", words="The line-up")
        return [
            LineUpPublished(acts=list(draft.acts.values()), frame=draft.frame, told=_told(turn, kept)),
            *_minutes(turn.session, draft.frame),
            *([] if kept.live else [hung]),
        ]


class HearChange(Command, frozen=True, tag="hear_change"):
    """Say that one has read what moved in the line-up."""

    anytime: ClassVar[bool] = True
    even_stopped: ClassVar[bool] = True

    def decide(self, turn: Turn) -> list[Event]:
        return [ChangeHeard(person=turn.by.person)] if festival(turn.session).told.get(turn.by.person) else []


class ChangeHeard(SessionEvent, frozen=True, tag="change_heard"):
    """Somebody has read what moved."""

    person: str

    def evolve(self, session: Session) -> None:
        festival(session).told.pop(self.person, None)
        session.touched_people.add(self.person)


# What a line-up is made of


def _must_leave_what_has_begun(turn: Turn, kept: Festival) -> None:
    """Refuse a draft that changes what has played, is on stage, or never will play."""
    draft = kept.draft
    if kept.slot and (draft.frame.slots, draft.frame.each) != (kept.frame.slots, kept.frame.each):
        raise Refused("begun", "The slots are running: how many there are and how long they are stays as it is.")
    over = kept.slot if kept.part not in ("", "pitch") else kept.slot - 1
    for id in sorted({*kept.live, *draft.acts}):
        before, after = kept.live.get(id), draft.acts.get(id)
        if before == after:
            continue
        name = {"team": called(turn.record, (before or after or NO_ACT).team)}
        if before and before.slot <= over:
            raise Refused("on_stage", "{team} is on stage or has played: leave that act where it is.", name)
        if after and after.slot <= over:
            raise Refused("on_stage", "{team} would play in a slot that has begun: choose a later one.", name)


def wish(room: Room, session: Session, frame: Frame, starred: bool = False) -> Wish:
    """What the solver is asked: teams with a goal and their people, and who needs whom, as the record has it.

    A team has as many people as the record says, else as many as came.
    """
    came = Counter(room.people[person].team for person in session.taking_part())
    teams = {team: room.record.teams[team].size or came[team] or A_FEW for team in playing_teams(room.record)}
    stars = {team: times for team, times in frame.headliners.items() if team in teams or team == LEAD}
    known = {*teams, *stars}
    pairs = [(need.consumer, need.provider) for need in room.record.dependencies.values()]
    return Wish(
        teams=teams,
        stages=frame.stages,
        slots=frame.slots,
        headliners=stars,
        pairs=[(c, p) for c, p in pairs if c != p and {c, p} <= known],
        starred=_starred(session) if starred else [],
    )


def playing_teams(record: Record) -> list[str]:
    """Teams with a goal that others may read; where none has one, every team."""
    teams = [team.id for team in record.standing_teams() if team.kind != "leadership" and team.id != LEAD]
    return [team for team in teams if record.of_team(team)] or teams


def proposed(room: Room, session: Session) -> Frame:
    """What a line-up could be made for: leadership twice, and as many stages as that takes."""
    teams = len(playing_teams(room.record))
    stars = {LEAD: 2} if room.record.top() and teams > 2 else {}
    acts = teams + sum(stars.values())
    slots = max(1, min(PROPOSED_SLOTS, acts))
    return Frame(stages=max(1, -(-acts // slots)), slots=slots, headliners=stars)


def clashes_of(room: Room, session: Session) -> list[Clash]:
    """What is the matter with the draft."""
    draft = festival(session).draft
    placed = [Placed(act.slot, act.stage, act.team) for act in draft.acts.values()]
    return clashes(wish(room, session, draft.frame), placed)


_WORDS = {
    "one_place": "{teams} are both on stage {stage} in slot {slot}.",
    "beyond": "{team} is on a stage, or in a slot, that is not there any more.",
    "twice_at_once": "{team} plays twice in slot {slot}.",
    "headliners": "{teams} are headliners and play at the same time, in slot {slot}.",
    "missing": "{team} has no act.",
    "seldom": "{team} is a headliner and plays less often than was planned.",
    "unmet": "{team} needs {other}, and is on stage whenever {other} plays.",
    "too_many": "{team} has to see {others} in slot {slot}: more than it has people free.",
    "back_to_back": "{team} plays in slot {slot} and in the next, without a pause.",
}


def in_words(record: Record, clash: Clash) -> str:
    """What is the matter, as a sentence."""
    names = [called(record, team) for team in clash.teams]
    what = "seldom" if clash.what == "missing" and clash.slots else clash.what
    return _WORDS[what].format(
        teams=" and ".join(names),
        team=names[0],
        other=names[-1],
        others=" and ".join(names[1:]),
        stage=letter(clash.stage) if 0 < clash.stage <= len(LETTERS) else "",
        slot=clash.slots[0] if clash.slots else "",
    )


def _framed(turn: Turn) -> Frame:
    frame = festival(turn.session).draft.frame
    return frame if frame.stages else proposed(turn.room, turn.session)


def _starred(session: Session) -> list[tuple[str, str, int]]:
    """Teams that the same people want to see, with how many want both."""
    kept, count = festival(session), dict[tuple[str, str], int]()
    for acts in kept.stars.values():
        teams = sorted({kept.live[act].team for act in acts if act in kept.live})
        for at, a in enumerate(teams):
            for b in teams[at + 1 :]:
                count[a, b] = count.get((a, b), 0) + 1
    return [(a, b, n) for (a, b), n in sorted(count.items()) if n >= STARRED_TOGETHER]


def _with_ids(kept: Festival, placed: list[Placed]) -> list[Act]:
    """Acts with their ids: a team's first act keeps the first id it ever had, wherever it plays now."""
    nth: dict[str, int] = {}
    acts = []
    for act in placed:
        nth[act.team] = nth.get(act.team, 0) + 1
        acts.append(Act(f"{act.team}.{nth[act.team]}", act.team, act.slot, act.stage))
    return acts


def _next_id(kept: Festival, team: str) -> str:
    return f"{team}.{kept.draft.numbers.get(team, 0) + 1}"


def _told(turn: Turn, kept: Festival) -> list[Told]:
    """Who is touched by what changes when the draft goes live: the team, its hosts, and who starred or awaits it."""
    if not kept.live:
        return []
    now, found = kept.draft.acts, dict[str, list[Change]]()
    for id in sorted({*kept.live, *now}):
        before, after = kept.live.get(id), now.get(id)
        if before == after:
            continue
        act = before or after
        assert act is not None
        change = Change(id, act.team, before.where if before else "", after.where if after else "")
        touched = {person for person in turn.session.roles if plays_for(turn.room, person) == act.team}
        touched |= {person for person, stars in kept.stars.items() if id in stars}
        touched |= {*kept.duties.get(id, NOBODY).people, *kept.crowd.there.get(id, ())}
        for person in sorted(touched & set(turn.session.roles)):
            found.setdefault(person, []).append(change)
    return [Told(person, changes) for person, changes in found.items()]


def _changing(turn: Turn, version: int, act: str = "") -> tuple[Festival, Act]:
    """The festival whose draft is changed, and the act; refused where somebody has changed it meanwhile."""
    kept = festival(turn.session)
    if version != kept.draft.version:
        raise Refused(
            "moved_meanwhile",
            "Somebody changed the line-up at the same moment, so yours was not done. Look at it again.",
        )
    found = kept.draft.acts.get(act)
    if act and found is None:
        raise Refused("no_such_act", "That act is not in the line-up any more.")
    return kept, found or NO_ACT


def _must_have_slots(session: Session) -> None:
    if all(phase.activity != SLOTS for phase in session.plan.values()):
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
    same = (frame.slots, frame.each) == (kept.frame.slots, kept.frame.each)
    if kept.slot and not same:
        raise Refused("begun", "The slots are running: how many there are and how long they are stays as it is.")


def _minutes(session: Session, frame: Frame) -> list[Event]:
    """The plan has as many minutes for the stages as the slots take."""
    minutes = float(frame.slots * frame.each + (BREAK if break_after(frame.slots) else 0))
    return [
        PlanChanged(phase=msgspec.structs.replace(phase, minutes=minutes))
        for phase in session.plan.values()
        if phase.activity == SLOTS and phase.minutes != minutes
    ]


__all__ = ["SLOT", "clashes_of", "in_words", "wish"]
