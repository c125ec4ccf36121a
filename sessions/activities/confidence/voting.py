"""Voting in secret, saying what worries, fixing the line that does, and voting again."""

from dataclasses import dataclass
from typing import Any, Literal

from sessions.activities.confidence import law
from sessions.activities.confidence.law import MOST_ROUNDS
from sessions.activities.confidence.rounds import (
    ConcernGiven,
    ConcernSettled,
    ConfidenceRound,
    RoomAsked,
    RoundOpened,
    SureGiven,
)
from sessions.activities.confidence.standing import lacking, last_round, silent, unsettled
from sessions.record.cards import Cards
from sessions.record.confidence import ConfidencePassed
from sessions.record.decisions import Decided
from sessions.record.objectives.objective import Objective
from sessions.room import Command, Session, Turn
from sessions.room.part import Part
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords, NoteWords
from sessions.rules.voting import FIGURES_FROM, LOW
from sessions.running.rounds import Loop

#: What each round is made of; only people move it on.
LOOP = Loop({"vote": 3, "hear": 10, "fix": 10}, MOST_ROUNDS, rings=False)


@dataclass(slots=True)
class Fixing(Part):
    """The line that is being fixed in one run; none while people vote or listen."""

    line: str = ""


class FixBegun(SessionEvent, frozen=True, tag="fix_begun"):
    """A line is being fixed; times are Unix milliseconds. No line: people listen to what is missing."""

    run: str
    line: str
    deadline: int

    def evolve(self, session: Session) -> None:
        run = session.run_of(self.run)
        run.part(Fixing).line = self.line
        run.deadline, run.left = self.deadline, None
        session.begin_anew()
        session.part(Cards).moved_on(session)
        session.touch("step", "done")
        session.touched_people.update(session.roles)


class CastConfidence(Command, frozen=True, tag="cast_confidence"):
    """Vote from 1 to 5, and three times yes or not yet. ``round`` names the one it was meant for."""

    who = "participants"
    value: int
    meaningful: bool
    inclusive: bool
    can_do: bool
    round: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        found = _open_round(turn, self.round)
        if not 1 <= self.value <= 5:
            raise Refused("bad_value", "Choose a number from 1 to 5.")
        pen = turn.pen(found.id)
        return [
            SureGiven(
                round=found.id,
                pen=pen,
                value=self.value,
                meaningful=self.meaningful,
                inclusive=self.inclusive,
                can_do=self.can_do,
            ),
        ]


class RaiseConcern(Command, frozen=True, tag="raise_concern"):
    """Having voted 1 or 2, say unsigned which line worries one, and what would make it a 3."""

    who = "participants"
    text: NoteWords
    line: Id = ""
    round: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        found = _open_round(turn, self.round, self.text)
        pen = turn.pen(found.id)
        if pen not in found.votes or found.votes[pen].value > LOW:
            raise Refused(
                "not_low", "This is for votes of 1 and 2. Say it aloud when the result is shown.", text=self.text
            )
        objective = turn.room.works_on(turn.session)
        lines = turn.record.lines_of(objective) if objective else {}
        if self.line and self.line not in lines:
            raise Refused("no_such_line", "That line is not there any more.", text=self.text)
        words = text.clean(self.text, what="What worries you")
        return [ConcernGiven(round=found.id, pen=pen, concern=turn.by.new_id(), line=self.line, text=words)]


class SettleConcern(Command, frozen=True, tag="settle_concern"):
    """Answer a concern with a sentence, once the result is shown; for facilitators."""

    who = "facilitators"
    concern: Id
    text: LineWords

    def decide(self, turn: Turn) -> list[Event]:
        found = last_round(turn.session)
        if found is None or not found.shown or self.concern not in found.concerns:
            raise Refused("no_such_concern", "That concern is not there any more.")
        words = text.clean(self.text, text.LINE, "The answer")
        settled = ConcernSettled(round=found.id, concern=self.concern, text=words)
        left = sum(1 for c in found.concerns.values() if not c.settled and c.id != self.concern)
        return [settled, *passes(turn, found, left, found.asked)]


class AskRoom(Command, frozen=True, tag="ask_room"):
    """Log that the room was asked what a low vote without words might have seen; for facilitators."""

    who = "facilitators"

    def decide(self, turn: Turn) -> list[Event]:
        found = last_round(turn.session)
        if found is None or not found.shown:
            raise Refused("not_now", "Show the result first.")
        if found.asked:
            return []
        return [RoomAsked(round=found.id), *passes(turn, found, unsettled(found), True)]


class FixLine(Command, frozen=True, tag="fix_line"):
    """Put one line before everybody to be changed; no line goes back to listening. For facilitators."""

    who = "facilitators"
    line: Id

    def decide(self, turn: Turn) -> list[Event]:
        found = last_round(turn.session)
        objective = turn.room.works_on(turn.session)
        if found is None or not found.shown or objective is None:
            raise Refused("not_now", "Show the result first.")
        if self.line and self.line not in turn.record.lines_of(objective):
            raise Refused("no_such_line", "That line is not there any more.")
        lasts = LOOP.lasts("fix" if self.line else "hear")
        return [FixBegun(run=turn.run.id, line=self.line, deadline=turn.by.at + lasts)]


class VoteAgain(Command, frozen=True, tag="vote_again"):
    """Open another round on the new words; three are the most. ``after`` is the round it follows."""

    who = "facilitators"
    after: int = 0

    def decide(self, turn: Turn) -> list[Event]:
        last = last_round(turn.session)
        if last is None or (self.after and self.after != last.number):
            return []
        if not last.shown:
            return []
        if last.number >= law.MOST_ROUNDS:
            raise Refused("enough_rounds", "Three rounds are the most. Now it is a decision: name who takes it.")
        return [*open_round(turn, turn.run.id), listen(turn, turn.run.id, "vote")]


class Decide(Command, frozen=True, tag="decide"):
    """After votes that did not pass, settle it: what is decided, and who decides. For facilitators."""

    who = "facilitators"
    text: LineWords
    person: Id

    def decide(self, turn: Turn) -> list[Event]:
        found, objective = last_round(turn.session), turn.room.works_on(turn.session)
        if found is None or not found.shown or objective is None:
            raise Refused("not_now", "Show the result first.")
        if not lacking(found):
            raise Refused("passed", "The vote has passed; nobody has to decide.")
        if self.person not in turn.session.roles:
            raise Refused("no_such_person", "Name somebody who is here.")
        words = text.clean(self.text, text.LINE, "The decision")
        return [Decided(session=turn.session.code, objective=objective.id, text=words, by=self.person)]


def stage_of(session: Session) -> Literal["vote", "hear", "fix"]:
    last = last_round(session)
    if last is None or not last.shown:
        return "vote"
    return "fix" if session.run and session.run.part(Fixing).line else "hear"


def open_round(turn: Turn, run: str) -> list[Event]:
    last = last_round(turn.session)
    number = last.number + 1 if last else 1
    people = set(turn.session.taking_part())
    present = sorted(people & turn.by.here) or sorted(people)
    return [RoundOpened(round=f"sure.{number}.{turn.by.new_id()}", number=number, present=present, run=run)]


def listen(turn: Turn, run: str, stage: str) -> Event:
    return FixBegun(run=run, line="", deadline=turn.by.at + LOOP.lasts(stage))


def _open_round(turn: Turn, wanted: str, words: str = "") -> ConfidenceRound:
    last = last_round(turn.session)
    more: dict[str, Any] = {"text": words} if words else {}
    if last is None:
        raise Refused("not_now", "There is no vote open.", **more)
    if wanted and wanted != last.id:
        raise Refused("phase_over", "That round is over, so this was not counted. Vote in this one.", **more)
    if last.shown:
        raise Refused("vote_over", "The votes are shown; this round is over.", **more)
    return last


def passes(turn: Turn, found: ConfidenceRound, left: int, asked: bool) -> list[Event]:
    objective: Objective | None = turn.room.works_on(turn.session)
    lacks = law.lacks(found.values(), found.counted, found.present, left, silent(found), asked)
    if objective is None or lacks or found.hidden() < FIGURES_FROM:
        return []
    return [ConfidencePassed(objective=objective.id, session=turn.session.code)]
