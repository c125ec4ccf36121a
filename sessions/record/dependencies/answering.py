"""Answering: yes, yes if, no, or a decision; then the other half: the consumer confirms the very words it reads."""

from typing import Literal

from sessions.record.decisions import Decided
from sessions.record.dependencies.dependency import YES, Dependency
from sessions.record.dependencies.life import ANSWERS
from sessions.record.dependencies.speaking import StepCommand, found, must_be_as_read, stepped
from sessions.room import Keeping, Turn
from sessions.rules import text
from sessions.rules.days import a_day, is_after
from sessions.rules.event import Event
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords, NameWords

Answer = Literal["accepted", "conditional", "declined"]


class AnswerNeed(StepCommand, frozen=True, tag="answer_need"):
    """Answer what another team needs: yes, yes if (``words`` say what has to hold), or no (``words`` say why).

    ``need_by`` is another day one can do it by; ``owner`` who looks after it, by name: else whoever answers.
    """

    answer: Answer
    words: LineWords = ""
    need_by: str = ""
    owner: NameWords = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        step = ANSWERS[self.answer]
        need = found(turn, self, step)
        said = _words_for(self.answer, self.words)
        day = a_day(self.need_by) or need.need_by
        owner = text.optional(self.owner, text.NAME, "The name").replace("\n", " ")
        owner = owner or need.owner or turn.room.name_of(turn.by.person) if self.answer in YES else need.owner
        if _same(need, self.answer, said, day):
            return [] if owner == need.owner else [stepped(turn, need, "fill", changes={"owner": owner})]
        must_be_as_read(turn, need, self.version, self.words)
        _must_have_a_new_day(need, self.answer, day)
        _must_be_before(need, day)
        changes = {"need_by": day, "owner": owner, "condition": "", "reason": "", **said}
        by = turn.by.person
        return [stepped(turn, need, step, self.answer, "", True, confirmed=0, answered_by=by, changes=changes)]


class DecideNeed(StepCommand, frozen=True, tag="decide_need"):
    """Say how a decision came out that was asked for; by whoever it is given to, or written down for them."""

    answer: Answer
    words: LineWords = ""
    need_by: str = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        need = found(turn, self, "decide")
        must_be_as_read(turn, need, self.version, self.words)
        said = _words_for(self.answer, self.words)
        day = a_day(self.need_by) or need.need_by
        _must_be_before(need, day)
        changes = {"need_by": day, "condition": "", "reason": "", **said}
        settled = (
            f"{turn.record.team_name(need.provider)} for {turn.record.team_name(need.consumer)}: {need.upstream_need}"
        )
        decided = Decided(session=turn.code, objective="", text=settled, by=need.decider)
        why, by = next(iter(said.values()), "") or need.decider, turn.by.person
        return [
            stepped(turn, need, "decide", self.answer, why, True, confirmed=0, answered_by=by, changes=changes),
            decided,
        ]


class ConfirmNeed(StepCommand, frozen=True, tag="confirm_need"):
    """Say that the answer is what one's team needs; ``version`` is the one that was read."""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        need = turn.record.dependencies.get(self.dependency)
        if need and need.agreed and self.version == need.version and turn.own_team == need.consumer:
            return []
        need = found(turn, self, "confirm")
        if self.version == -1:
            raise Refused("needs_version", "Say which version you have read.")
        must_be_as_read(turn, need, self.version)
        if need.answered_by and turn.room.whole(need.answered_by) == turn.by.person:
            other = turn.record.team_name(need.consumer)
            sentence = "You gave the answer to this. Somebody else of {other} has to confirm it."
            raise Refused("both_halves", sentence, {"other": other})
        return [stepped(turn, need, "confirm", confirmed=need.version)]


class AskAgain(StepCommand, frozen=True, tag="ask_again"):
    """Say that the answer is not quite it, and what is missing: the answer is open again."""

    words: LineWords

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        need = found(turn, self, "ask_again")
        words = text.clean(self.words, text.LINE, "What is missing")
        must_be_as_read(turn, need, self.version, self.words)
        return [stepped(turn, need, "ask_again", "proposed", words, True, confirmed=0, answered_by="")]


def _words_for(answer: str, words: str) -> dict[str, str]:
    """The condition of a yes, or the reason of a no."""
    if answer == "conditional":
        return {"condition": text.clean(words, text.LINE, "What has to hold").replace("\n", " ")}
    if answer == "declined":
        return {"reason": text.clean(words, text.LINE, "The reason").replace("\n", " ")}
    return {}


def _same(need: Dependency, answer: str, said: dict[str, str], day: str) -> bool:
    """Whether this was answered already, in the same words."""
    now = {name: getattr(need, name) for name in ("condition", "reason") if getattr(need, name)}
    return need.state == answer and now == said and need.need_by == day


def _must_have_a_new_day(need: Dependency, answer: str, day: str) -> None:
    """What has slipped is not promised again by the day it slipped from."""
    if need.state == "slipped" and answer in YES and day == need.need_by:
        raise Refused("needs_day", "This has slipped: say by which day you can do it now.")


def _must_be_before(need: Dependency, day: str) -> None:
    if is_after(need.decision_date, day):
        sentence = "It would be done on {day}, before it is decided on {decision}."
        raise Refused("days_turned", sentence, {"day": day, "decision": need.decision_date})
