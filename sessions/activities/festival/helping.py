"""The help desk: who waits and why, and a line from the facilitator to one stage or all."""

from typing import ClassVar

from sessions.activities.festival.going import must_help
from sessions.activities.festival.programme import Call, festival, has_slots
from sessions.room import Command, Session, Turn
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords


class HelpAsked(SessionEvent, frozen=True, tag="help_asked"):
    """Somebody waits at the help desk, since then (Unix milliseconds)."""

    own_words: ClassVar[tuple[str, ...]] = ("why",)
    call: str
    by: str
    why: str
    at: int

    def evolve(self, session: Session) -> None:
        kept = festival(session)
        kept.calls[self.call] = Call(self.call, self.by, self.why, self.at)
        session.touch("help")
        session.touched_people.add(self.by)


class HelpSettled(SessionEvent, frozen=True, tag="help_settled"):
    """Somebody does not wait any more."""

    call: str

    def evolve(self, session: Session) -> None:
        kept = festival(session)
        found = kept.calls.pop(self.call, None)
        session.touch("help")
        session.touched_people.update([found.person] if found else [])


class LineTold(SessionEvent, frozen=True, tag="line_told"):
    """A line stands on a stage's phones and screens, or on all; an empty one takes it down."""

    stage: str
    text: str

    def evolve(self, session: Session) -> None:
        for stage in festival(session).stages.values():
            if self.stage in ("", stage.id):
                stage.line = self.text
        session.touch("stage")


class Invited(SessionEvent, frozen=True, tag="invited"):
    """Those who are nowhere are invited to a stage, or not any more."""

    stage: str
    on: bool

    def evolve(self, session: Session) -> None:
        festival(session).stages[self.stage].invites = self.on
        session.touch("stage")


class AskHelp(Command, frozen=True, tag="ask_help"):
    """Ask the help desk for something; your name stands beside it."""

    who = "participants"
    anytime: ClassVar[bool] = True
    even_stopped: ClassVar[bool] = True
    why: LineWords

    def decide(self, turn: Turn) -> list[Event]:
        if not has_slots(turn.session):
            raise Refused("not_now", "There is no help desk here. Raise your hand instead.", text=self.why)
        why = text.clean(self.why, 120, "What you need").replace("\n", " ")
        waits = next((c for c in festival(turn.session).calls.values() if c.person == turn.by.person), None)
        before = [HelpSettled(call=waits.id)] if waits else []
        at = waits.at if waits else turn.by.at
        return [*before, HelpAsked(call=turn.by.new_id(), by=turn.by.person, why=why, at=at)]


class SettleHelp(Command, frozen=True, tag="settle_help"):
    """Say that somebody was helped; whoever asked may say so too."""

    anytime: ClassVar[bool] = True
    even_stopped: ClassVar[bool] = True
    call: Id

    def decide(self, turn: Turn) -> list[Event]:
        found = festival(turn.session).calls.get(self.call)
        if found is None:
            return []
        if found.person != turn.by.person:
            must_help(turn)
        return [HelpSettled(call=found.id)]


class TellStage(Command, frozen=True, tag="tell_stage"):
    """Send a line to one stage, or without one to all; an empty text takes it down."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    stage: str = ""
    text: LineWords = ""

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        if self.stage and self.stage not in kept.stages:
            raise Refused("no_such_place", "There is no such stage.", text=self.text)
        return [LineTold(stage=self.stage, text=text.optional(self.text, 200, "The line").replace("\n", " "))]


class InviteThere(Command, frozen=True, tag="invite_there"):
    """Invite those who are nowhere to a stage with few people."""

    who = "facilitators"
    anytime: ClassVar[bool] = True
    stage: str
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        if self.stage not in kept.stages:
            raise Refused("no_such_place", "There is no such stage.")
        return [] if kept.stages[self.stage].invites == self.on else [Invited(stage=self.stage, on=self.on)]
