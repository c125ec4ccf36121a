"""Questions at a stage: asked unsigned, asked too by others; hosts put one up, set one aside, or keep it for later."""

from typing import ClassVar, Literal

from sessions.activities.festival.hosting import must_host
from sessions.activities.festival.programme import NOBODY, Festival, festival, letter, plays_for
from sessions.activities.festival.questions import Question, State
from sessions.room import Command, Session, Turn
from sessions.rules import text
from sessions.rules.event import Event, SessionEvent
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import NoteWords

#: Questions one person can ask at one act.
MOST_QUESTIONS = 5


class QuestionAsked(SessionEvent, frozen=True, tag="question_asked"):
    """A pen asks something at an act."""

    unsigned: ClassVar[bool] = True
    own_words: ClassVar[tuple[str, ...]] = ("text",)
    question: str
    act: str
    pen: str
    text: str

    def evolve(self, session: Session) -> None:
        kept = festival(session)
        kept.questions[self.question] = Question(self.question, self.act, self.pen, self.text)
        kept.asked.setdefault(self.pen, []).append(self.question)
        kept.of_act.setdefault(self.act, []).append(self.question)
        _touch(session, kept, self.question)
        session.board.touched_pens.add(self.pen)


class QuestionPlussed(SessionEvent, frozen=True, tag="question_plussed"):
    """A pen asks a question too, or not after all; hosts alone see how many do."""

    unsigned: ClassVar[bool] = True
    question: str
    pen: str
    on: bool

    def evolve(self, session: Session) -> None:
        kept = festival(session)
        found = kept.questions[self.question]
        (found.plus.add if self.on else found.plus.discard)(self.pen)
        session.touch("desk:" + found.act)
        session.touched_people.update(kept.duties.get(found.act, NOBODY).people)
        session.board.touched_pens.add(self.pen)


class QuestionHandled(SessionEvent, frozen=True, tag="question_handled"):
    """A host did something with a question: what it is now. One at most is up on a stage."""

    question: str
    state: State

    def evolve(self, session: Session) -> None:
        kept = festival(session)
        found = kept.questions[self.question]
        act = kept.live.get(found.act)
        stage = kept.stages.get(letter(act.stage)) if act else None
        for shown in kept.stages.values():
            if shown.up == found.id and shown is not stage:
                shown.up = ""
        if stage and self.state == "up":
            if stage.up != found.id:
                kept.take_down(session, stage)
            stage.up = found.id
        elif stage and stage.up == found.id:
            stage.up = ""
        found.state = self.state
        session.touch("stage")
        _touch(session, kept, found.id)
        session.board.touched_pens.add(found.pen)


class AskedBack(SessionEvent, frozen=True, tag="asked_back"):
    """A host asks the unsigned asker something, whom alone it reaches."""

    own_words: ClassVar[tuple[str, ...]] = ("text",)
    question: str
    text: str
    by: str

    def evolve(self, session: Session) -> None:
        kept = festival(session)
        kept.questions[self.question].back = self.text
        _touch(session, kept, self.question)
        session.board.touched_pens.add(kept.questions[self.question].pen)


class QuestionReplied(SessionEvent, frozen=True, tag="question_replied"):
    """The team answers in writing what there was no time for."""

    own_words: ClassVar[tuple[str, ...]] = ("text",)
    question: str
    text: str
    by: str

    def evolve(self, session: Session) -> None:
        kept = festival(session)
        found = kept.questions[self.question]
        found.reply = self.text
        if found.state in ("open", "later", "answered"):
            found.state = "answered" if self.text else "later"
        _touch(session, kept, self.question)
        session.board.touched_pens.add(found.pen)


class AskQuestion(Command, frozen=True, tag="ask_question"):
    """Ask something at the act one stands at, or stood at; unsigned."""

    who = "participants"
    anytime: ClassVar[bool] = True
    knows_its_phase: ClassVar[bool] = True
    act: Id
    text: NoteWords

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        must_have_been(turn, kept, self.act, self.text)
        words = text.clean(self.text, what="Your question")
        pen = turn.pen("question:" + self.act)
        if len(kept.asked.get(pen, ())) >= MOST_QUESTIONS:
            enough = "You have asked {most} questions here. Add your +1 to those of others."
            raise Refused("enough", enough, {"most": MOST_QUESTIONS})
        return [QuestionAsked(question=turn.by.new_id(), act=self.act, pen=pen, text=words)]


class PlusQuestion(Command, frozen=True, tag="plus_question"):
    """Ask a question too, or not after all; only the hosts see how many do."""

    who = "participants"
    anytime: ClassVar[bool] = True
    question: Id
    on: bool = True

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        found = kept.questions.get(self.question)
        if found is None or found.state == "flagged":
            raise Refused("no_such_question", "That question is not there any more.")
        must_have_been(turn, kept, found.act)
        if turn.holds_pen(found.pen):
            raise Refused("own_question", "It is your own question: it counts already.")
        pen = turn.pen("plus:" + found.act)
        return [] if (pen in found.plus) == self.on else [QuestionPlussed(question=found.id, pen=pen, on=self.on)]


class HandleQuestion(Command, frozen=True, tag="handle_question"):
    """As a host, put a question on the stage's screen, take it down, set it aside, or say that it was answered."""

    anytime: ClassVar[bool] = True
    question: Id
    to: Literal["up", "open", "answered", "later", "flagged"]

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        found = _question(turn, kept, self.question)
        if found.state == self.to:
            return []
        if self.to == "up" and found.state == "flagged":
            raise Refused("flagged", "Somebody has set this question aside just now. Take it back first.")
        act = kept.live.get(found.act)
        if self.to == "up" and (act is None or act.slot != kept.slot):
            raise Refused("not_now", "This act does not play now, so nothing of it goes on the screen.")
        return [QuestionHandled(question=found.id, state=self.to)]


class AskBack(Command, frozen=True, tag="ask_back"):
    """As a host, ask whoever asked a question something; it reaches them alone, and you do not learn who they are."""

    anytime: ClassVar[bool] = True
    question: Id
    text: NoteWords

    def decide(self, turn: Turn) -> list[Event]:
        found = _question(turn, festival(turn.session), self.question)
        return [AskedBack(question=found.id, text=text.clean(self.text, what="Your words"), by=turn.by.person)]


class AnswerQuestion(Command, frozen=True, tag="answer_question"):
    """As one of the team it was asked of, or a host, answer in writing what there was no time for."""

    anytime: ClassVar[bool] = True
    question: Id
    text: NoteWords

    def decide(self, turn: Turn) -> list[Event]:
        kept = festival(turn.session)
        found = kept.questions.get(self.question)
        act = kept.ever.get(found.act) if found else None
        if found is None or act is None or found.state == "flagged":
            raise Refused("no_such_question", "That question is not there any more.", text=self.text)
        if plays_for(turn.room, turn.by.person) != act.team:
            must_host(turn, act.id)
        said = text.optional(self.text, what="The answer")
        if not said and not found.reply:
            raise Refused("blank", "The answer is empty. Write a few words first.")
        return [QuestionReplied(question=found.id, text=said, by=turn.by.person)]


def must_have_been(turn: Turn, kept: Festival, act: str, words: str = "") -> None:
    """Refuse whoever neither stands at an act nor ever did."""
    if act not in kept.live:
        raise Refused("no_such_act", "That act is not in the line-up any more.", text=words)
    been = not kept.crowd.been.get(act, set()).isdisjoint(turn.room.entries(turn.by.person))
    if not been and kept.stands(turn.room, turn.by.person) != act:
        raise Refused("not_there", "Go to that stage first: then you can ask there and leave a note.", text=words)


def _question(turn: Turn, kept: Festival, id: str) -> Question:
    found = kept.questions.get(id)
    if found is None:
        raise Refused("no_such_question", "That question is not there any more.")
    must_host(turn, found.act)
    return found


def _touch(session: Session, kept: Festival, question: str) -> None:
    """Everybody at the act, its hosts, and the facilitators see it differently now."""
    act = kept.questions[question].act
    session.touch("question:" + question, "desk:" + act)
    session.touched_people.update(kept.duties.get(act, NOBODY).people)
