"""The confidence vote: secret numbers and unsigned concerns, the line that worries is fixed, and voted on again."""

from dataclasses import replace
from typing import Any, Literal

from sessions.acts.activity import Activity, Main, Pens
from sessions.acts.cards import ChangeResult, Comment, PutCardDown, TakeCard
from sessions.acts.confidence import counted, lacking, last_round, silent, standing, unsettled
from sessions.acts.counting import as_it_counts, own_voters, who_counts
from sessions.board.confidence import (
    ConcernGiven,
    ConcernSettled,
    ConfidenceRound,
    RoomAsked,
    RoundOpened,
    RoundSetAside,
    RoundShown,
    SureGiven,
)
from sessions.record import Objective
from sessions.record.standing import ConfidencePassed, ConfidenceTaken, Decided
from sessions.room import Command, PhasePlan, Room, Session, Turn
from sessions.rules import confidence, text
from sessions.rules.dots import FIGURES_FROM, SPLIT_FROM, to_withhold
from sessions.rules.event import Event, SessionEvent
from sessions.rules.refusal import Refused

_MINUTES = {"vote": 3, "hear": 10, "fix": 10}


class FixBegun(SessionEvent, frozen=True, tag="fix_begun"):
    """A line is being fixed; times are Unix milliseconds. No line: people listen to what is missing."""

    run: str
    line: str
    deadline: int

    def evolve(self, session: Session) -> None:
        run = next(r for r in session.runs if r.id == self.run)
        run.state["line"] = self.line
        run.state["fixing"] = bool(self.line)
        run.deadline, run.left = self.deadline, None
        session.begin_anew()
        session.put_down(list(session.holds))
        session.touch("step", "done")
        session.touched_people.update(session.roles)


class CastConfidence(Command, frozen=True, tag="cast_confidence"):
    """Vote from 1 to 5, and three times yes or not yet. ``round`` names the one it was meant for."""

    value: int
    meaningful: bool
    inclusive: bool
    can_do: bool
    round: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_take_part()
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

    text: str
    line: str = ""
    round: str = ""

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_take_part()
        found = _open_round(turn, self.round, self.text)
        pen = turn.pen(found.id)
        if pen not in found.votes or found.votes[pen].value > confidence.LOW:
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

    concern: str
    text: str

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        found = last_round(turn.session)
        if found is None or not found.shown or self.concern not in found.concerns:
            raise Refused("no_such_concern", "That concern is not there any more.")
        words = text.clean(self.text, text.LINE, "The answer")
        settled = ConcernSettled(round=found.id, concern=self.concern, text=words)
        left = sum(1 for c in found.concerns.values() if not c.settled and c.id != self.concern)
        return [settled, *_passes(turn, found, left, found.asked)]


class AskRoom(Command, frozen=True, tag="ask_room"):
    """Log that the room was asked what a low vote without words might have seen; for facilitators."""

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        found = last_round(turn.session)
        if found is None or not found.shown:
            raise Refused("not_now", "Show the result first.")
        if found.asked:
            return []
        return [RoomAsked(round=found.id), *_passes(turn, found, unsettled(found), True)]


class FixLine(Command, frozen=True, tag="fix_line"):
    """Put one line before everybody to be changed; no line goes back to listening. For facilitators."""

    line: str

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        found = last_round(turn.session)
        objective = turn.room.works_on(turn.session)
        if found is None or not found.shown or objective is None:
            raise Refused("not_now", "Show the result first.")
        if self.line and self.line not in turn.record.lines_of(objective):
            raise Refused("no_such_line", "That line is not there any more.")
        minutes = _MINUTES["fix" if self.line else "hear"]
        return [FixBegun(run=turn.run.id, line=self.line, deadline=turn.by.at + minutes * 60_000)]


class VoteAgain(Command, frozen=True, tag="vote_again"):
    """Open another round on the new words; three are the most. ``after`` is the round it follows."""

    after: int = 0

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        last = last_round(turn.session)
        if last is None or (self.after and self.after != last.number):
            return []
        if not last.shown:
            return []
        if last.number >= confidence.MOST_ROUNDS:
            raise Refused("enough_rounds", "Three rounds are the most. Now it is a decision: name who takes it.")
        return [*_open(turn, turn.run.id), _listen(turn, turn.run.id, "vote")]


class Decide(Command, frozen=True, tag="decide"):
    """After votes that did not pass, settle it: what is decided, and who decides. For facilitators."""

    text: str
    person: str

    def decide(self, turn: Turn) -> list[Event]:
        turn.must_facilitate()
        found, objective = last_round(turn.session), turn.room.works_on(turn.session)
        if found is None or not found.shown or objective is None:
            raise Refused("not_now", "Show the result first.")
        if not lacking(found):
            raise Refused("passed", "The vote has passed; nobody has to decide.")
        if self.person not in turn.session.roles:
            raise Refused("no_such_person", "Name somebody who is here.")
        words = text.clean(self.text, text.LINE, "The decision")
        return [Decided(session=turn.session.code, objective=objective.id, text=words, by=self.person)]


class ConfidenceVote(Activity):
    """Votes are secret until shown, concerns unsigned for ever; at most three rounds stand side by side."""

    name = "confidence"
    count_only = True
    counts_votes = True
    settings = {"edits": "fixing"}
    takes = (
        CastConfidence,
        RaiseConcern,
        SettleConcern,
        AskRoom,
        FixLine,
        VoteAgain,
        Decide,
        TakeCard,
        PutCardDown,
        ChangeResult,
        Comment,
    )

    def enter(self, turn: Turn, phase: PhasePlan, run: str, anew: bool = True) -> list[Event]:
        if turn.room.works_on(turn.session) is None:
            return []
        last = last_round(turn.session)
        if last and (not last.shown or last.number >= confidence.MOST_ROUNDS or not anew):
            return []
        return [*_open(turn, run), _listen(turn, run, "vote")]

    def was_shown(self, session: Session, phase: PhasePlan) -> bool:
        last = last_round(session)
        return bool(last and last.shown)

    def voted(self, room: Room, session: Session) -> int | None:
        last = last_round(session)
        return None if last is None or last.shown else len(own_voters(room, last))

    def undo(self, turn: Turn, run: str) -> list[Event]:
        last = last_round(turn.session)
        opened = last is not None and last.run == run and not last.shown
        return [RoundSetAside(round=last.id)] if last and opened else []

    def waiting(self, session: Session, phase: PhasePlan) -> bool:
        last = last_round(session)
        return bool(last and not last.shown and last.votes)

    def reveal(self, turn: Turn) -> list[Event]:
        last, objective = last_round(turn.session), turn.room.works_on(turn.session)
        if last is None or last.shown or objective is None:
            return []
        came = _as_shown(turn, last)
        values = came.values()
        beside = {r.id: who_counts(turn.room, r) for r in turn.board.rounds.values() if r.shown and not r.withheld}
        withholds = to_withhold(who_counts(turn.room, came), beside)
        told = came.tells()
        taken = ConfidenceTaken(
            objective=objective.id,
            session=turn.session.code,
            round=last.number,
            mean=round(came.mean(), 4) if told else 0.0,
            voters=len(values) if told else min(len(values), FIGURES_FROM - 1),
            votes=values if came.hidden() >= SPLIT_FROM else [],
            lines=turn.record.lines_of(objective),
            withholds=[turn.board.rounds[id].number for id in withholds],
        )
        shown = RoundShown(
            round=last.id,
            order=turn.by.shuffle(sorted(came.concerns)),
            counted=came.counted,
            withholds=withholds,
            resting=sorted(came.resting),
            secret=came.secret,
        )
        return [
            shown,
            taken,
            *_passes(turn, came, unsettled(came), came.asked),
            _listen(turn, turn.run.id, "hear"),
        ]

    def set_aside(self, turn: Turn) -> list[Event]:
        last = last_round(turn.session)
        return [RoundSetAside(round=last.id)] if last and not last.shown else []

    def main(self, room: Room, session: Session) -> Main | None:
        last = last_round(session)
        if last is None:
            return None
        if not last.shown:
            return Main("Show the result" if last.number == 1 else "Show both rounds", "reveal")
        if _stage(session) == "fix":
            return Main("Vote again", "vote_again", {"after": last.number})
        state = standing(room, session)
        if state["decided"] or not state["lacks"]:
            return None
        if lacking(last) == "asking":
            return Main("We have asked the room", "ask_room")
        if last.number < confidence.MOST_ROUNDS and state["worries"]:
            return Main("Fix this line", "fix_line", {"line": state["worries"]})
        return None

    def words(self, room: Room, session: Session) -> dict[str, str]:
        last, stage = last_round(session), _stage(session)
        if stage == "fix":
            return {
                "title": "Change the words",
                "prompt": "Change only what the concern is about.",
                "empty": "Nothing chosen to fix.",
            }
        if last and last.shown and standing(room, session)["passed"]:
            return {
                "title": "We are sure enough",
                "prompt": "What made the difference? Say it in one sentence.",
                "empty": "No concern was written.",
            }
        if stage == "hear":
            return {
                "title": "What is missing?",
                "prompt": "Somebody here sees a risk. What would you want changed?",
                "empty": "No concern was written. Ask once: “What might a 2 have seen?” Then move on.",
            }
        if last and last.number > 1:
            return {
                "title": "And now?",
                "prompt": "Same question, new words. Your old vote is not carried over.",
                "empty": "You have not voted in this round.",
            }
        return {}

    def hint(self, session: Session) -> str:
        last = last_round(session)
        if _stage(session) == "fix":
            return "One person types, one concern at a time; each ends with a sentence."
        if _stage(session) == "hear":
            return "Thank the low votes before you answer them. Invite; never ask who."
        return (
            "Three votes at most; after that it is a decision, so name who takes it."
            if last and last.number > 1
            else ""
        )

    def quiet(self, session: Session, phase: PhasePlan) -> bool:
        return _stage(session) == "hear"

    def seen_by(self, session: Session, phase: PhasePlan) -> str:
        if _stage(session) == "fix":
            return "Everyone, as you write. Comments carry your name."
        return (
            "Secret. Everyone sees how many chose what when it is shown, never who."
            if _stage(session) == "vote"
            else ""
        )

    def everyone(self, room: Room, session: Session) -> dict[str, Any]:
        objective = room.works_on(session)
        results = room.record.results_of(objective.id) if objective else []
        run = session.run
        return {
            "stage": _stage(session),
            "line": run.state.get("line", "") if run else "",
            "objective": objective.id if objective else "",
            "results": [result.id for result in results],
            **standing(room, session),
        }

    def facilitators(self, room: Room, session: Session) -> dict[str, Any]:
        last = last_round(session)
        shown = bool(last and last.shown)
        return {
            "remark": confidence.remark(last.values()) if last and last.splits() else "",
            "lacks": lacking(last) if last and shown else "",
            "silent": silent(last) if last and shown else 0,
            "asked": bool(last and last.asked),
        }

    def mine(self, room: Room, session: Session, person: str, pens: Pens) -> dict[str, Any]:
        last = last_round(session)
        if last is None:
            return {}
        wrote = pens(last.id)
        vote = next((v for pen, v in last.votes.items() if pen in wrote), None)
        concern = next((c for c in last.concerns.values() if c.pen in wrote), None)
        own: dict[str, Any] = {"round": last.id}
        if vote:
            own["vote"] = {
                "value": vote.value,
                "meaningful": vote.meaningful,
                "inclusive": vote.inclusive,
                "can_do": vote.can_do,
            }
        if concern:
            own["concern"] = {"line": concern.line, "text": concern.text}
        return own


def _stage(session: Session) -> Literal["vote", "hear", "fix"]:
    last = last_round(session)
    if last is None or not last.shown:
        return "vote"
    return "fix" if session.run and session.run.state.get("fixing") else "hear"


def _open(turn: Turn, run: str) -> list[Event]:
    last = last_round(turn.session)
    number = last.number + 1 if last else 1
    people = set(turn.session.taking_part())
    present = sorted(people & turn.by.here) or sorted(people)
    return [RoundOpened(round=f"sure.{number}.{turn.by.new_id()}", number=number, present=present, run=run)]


def _listen(turn: Turn, run: str, stage: str) -> Event:
    return FixBegun(run=run, line="", deadline=turn.by.at + _MINUTES[stage] * 60_000)


def _open_round(turn: Turn, wanted: str, words: str = "") -> ConfidenceRound:
    last = last_round(turn.session)
    more = {"text": words} if words else {}
    if last is None:
        raise Refused("not_now", "There is no vote open.", **more)
    if wanted and wanted != last.id:
        raise Refused("phase_over", "That round is over, so this was not counted. Vote in this one.", **more)
    if last.shown:
        raise Refused("vote_over", "The votes are shown; this round is over.", **more)
    return last


def _as_shown(turn: Turn, last: ConfidenceRound) -> ConfidenceRound:
    """The open round as it would be shown now."""
    found = replace(as_it_counts(turn.room, turn.session, last), shown=True)
    counting = found.counting()
    found.concerns = {id: c for id, c in found.concerns.items() if c.pen in counting}
    found.counted = counted(turn.room, turn.session, found)
    return found


def _passes(turn: Turn, found: ConfidenceRound, left: int, asked: bool) -> list[Event]:
    objective: Objective | None = turn.room.works_on(turn.session)
    lacks = confidence.lacks(found.values(), found.counted, found.present, left, silent(found), asked)
    if objective is None or lacks or found.hidden() < FIGURES_FROM:
        return []
    return [ConfidencePassed(objective=objective.id, session=turn.session.code)]
