"""Publishing the line-up: what is live changes here alone, and whoever it touches is told what was and what is."""

from typing import ClassVar

import msgspec

from sessions.activities.festival.clashing import clashes_of, in_words
from sessions.activities.festival.planning import must_keep_slots
from sessions.activities.festival.programme import (
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
from sessions.room import Command, PlanChanged, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.line_up.clock import BREAK, break_after
from sessions.rules.refusal import Refused
from sessions.running.opening import PageHung

NO_ACT = Act("", "", 0, 0)


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


def _must_leave_what_has_begun(turn: Turn, kept: Festival) -> None:
    """Refuse a draft that changes what has played, is on stage, or never will play."""
    draft = kept.draft
    must_keep_slots(kept, draft.frame)
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


def _minutes(session: Session, frame: Frame) -> list[Event]:
    """The plan has as many minutes for the stages as the slots take."""
    minutes = float(frame.slots * frame.each + (BREAK if break_after(frame.slots) else 0))
    return [
        PlanChanged(phase=msgspec.structs.replace(phase, minutes=minutes))
        for phase in session.plan.values()
        if phase.activity == SLOTS and phase.minutes != minutes
    ]
