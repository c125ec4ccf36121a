"""Going to a stage: one tap says that one is there; people leave when they like, and helpers move who is lost."""

from typing import ClassVar

from sessions.activities.festival.programme import Act, Change, Festival, festival, helps
from sessions.room import Command, Session, Turn
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused


class WentThere(SessionEvent, frozen=True, tag="went_there"):
    """Somebody says that they stand at an act; at none they are in the main room. At Unix milliseconds."""

    person: str
    act: str
    at: int
    #: The part of the slot it was said in, so that the next one can ask *still here?*
    said: str = ""
    #: Whether somebody else moved them.
    moved: bool = False

    def evolve(self, session: Session) -> None:
        kept = festival(session)
        kept.crowd.go(self.person, self.act, self.said)
        act = kept.live.get(self.act)
        if self.moved and act:
            kept.told.setdefault(self.person, []).append(Change(act.id, act.team, "", act.where))
        if kept.crowd.is_time(self.at):
            kept.count(session)
            session.touch("crowd")
        session.touch("stands:" + self.person)
        session.touched_people.add(self.person)


class Go(Command, frozen=True, tag="go"):
    """Say that one is at an act that plays now or next, or still is; without an ``act`` one is in the main room."""

    who = "participants"
    anytime: ClassVar[bool] = True
    even_stopped: ClassVar[bool] = True
    act: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        if self.act:
            _must_play(kept, self.act)
        said = part_of(kept)
        person = turn.by.person
        same = kept.crowd.at.get(person, "") == self.act and (not self.act or kept.crowd.said.get(person) == said)
        return [] if same else [WentThere(person=person, act=self.act, at=turn.by.at, said=said)]


class MovePerson(Command, frozen=True, tag="move_person"):
    """For the help desk: say that somebody is at this act now; they are told."""

    anytime: ClassVar[bool] = True
    person: Id
    act: Id = ""

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        must_help(turn)
        if "participant" not in turn.session.roles.get(self.person, ()):
            raise Refused("no_such_person", "That person is not here.")
        if self.act:
            _must_play(kept, self.act)
        return [WentThere(person=self.person, act=self.act, at=turn.by.at, said=part_of(kept), moved=True)]


def part_of(kept: Festival) -> str:
    """The part of a slot that is on: questions of slot 2, say."""
    return f"{kept.slot} {kept.part}"


def must_help(turn: Turn) -> None:
    """Refuse whoever neither facilitates nor helps."""
    if not turn.is_facilitator() and not helps(turn.room, turn.session, turn.by.person):
        raise Refused("not_yours", "Only the help desk and facilitators can do that.")


def _must_play(kept: Festival, id: str) -> Act:
    act = kept.live.get(id)
    if act is None:
        raise Refused("no_such_act", "That act is not in the line-up any more. Look where it went.")
    if act.slot not in kept.may_go_to():
        raise Refused("not_now", "That act does not play now. You can star it.")
    return act
