"""Asking for something: what is needed, of whom, by when and because; changed, filled in, passed on for a decision."""

from typing import Literal

from sessions.record.dependencies.dependency import AGREED_ON, YES, Dependency
from sessions.record.dependencies.happening import DependencyStepped
from sessions.record.dependencies.speaking import (
    StepCommand,
    found,
    must_be_as_read,
    stepped,
)
from sessions.room import AnywhereCommand, Keeping, Turn
from sessions.rules import bounds, text
from sessions.rules.days import a_day, is_after
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.meanwhile import same_as_before
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords, NameWords, NoteWords

_DAYS = ("need_by", "decision_date")


class SayNeed(AnywhereCommand, frozen=True, tag="say_need"):
    """Ask another team for something: I need ``text`` by ``need_by`` because ``because``.

    Days are ISO dates, or empty. ``consumer`` is one's own team; only keepers and facilitators name another, and say
    ``why``. ``result`` is the one it is needed for.
    """

    provider: Id
    text: NoteWords
    because: NoteWords = ""
    need_by: str = ""
    decision_date: str = ""
    off_track: LineWords = ""
    consumer: Id = ""
    result: Id = ""
    why: LineWords = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        consumer, why = _asks(turn, self.consumer), text.optional(self.why, text.LINE, "The reason")
        if consumer != turn.own_team and not why:
            raise Refused("needs_reason", "You ask for another team: add a line that says who told you.")
        _must_be_another(turn, consumer, self.provider)
        bounds.must_fit("dependencies", len(turn.record.dependencies) + 1)
        words = text.clean(self.text, what="What you need")
        _must_be_new(turn, consumer, self.provider, words)
        need_by, decision = a_day(self.need_by), a_day(self.decision_date)
        _in_order(decision, need_by)
        said = {
            "upstream_need": words,
            "downstream_impact": text.optional(self.because, what="The reason"),
            "need_by": need_by,
            "decision_date": decision,
            "failure_trigger": text.optional(self.off_track, text.LINE, "How you will know"),
            "consumer_kr": _own_result(turn, consumer, self.result),
        }
        return [
            DependencyStepped(
                dependency=turn.by.new_id(),
                step="say",
                state="proposed",
                version=1,
                team=turn.own_team if turn.own_team == consumer else "",
                consumer=consumer,
                provider=self.provider,
                changes={field: now for field, now in said.items() if now},
                why=why,
            )
        ]


class ChangeNeed(StepCommand, frozen=True, tag="change_need"):
    """Change one field of a dependency; ``was`` is what the change started from.

    Another need or day after a yes is a new question: the answer is open again.
    """

    field: Literal[
        "upstream_need", "downstream_impact", "need_by", "decision_date", "failure_trigger", "consumer_kr", "owner"
    ]
    value: NoteWords = ""
    was: str | None = None
    why: LineWords = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        step = "change" if self.field in AGREED_ON else "fill"
        need = found(turn, self, step)
        now: str = getattr(need, self.field)
        same_as_before(self.was, now, self.value)
        value, why = self._value(turn, need), text.optional(self.why, text.LINE, "The reason")
        if value == now:
            return []
        anew = step == "change"
        answered = need.state in (*YES, "declined", "slipped")
        state = "proposed" if anew and answered else need.state
        return [stepped(turn, need, step, state, why, anew, changes={self.field: value})]

    def _value(self, turn: Turn | Keeping, need: Dependency) -> str:
        if self.field == "consumer_kr":
            return _own_result(turn, need.consumer, self.value)
        if self.field == "upstream_need":
            return text.clean(self.value, what="What you need")
        if self.field in _DAYS:
            days: dict[str, str] = {name: getattr(need, name) for name in _DAYS} | {
                self.field: a_day(self.value.strip())
            }
            _in_order(days["decision_date"], days["need_by"])
            return days[self.field]
        return text.optional(self.value, text.NAME if self.field == "owner" else text.NOTE, "This").replace("\n", " ")


class AskDecision(StepCommand, frozen=True, tag="ask_decision"):
    """Pass a dependency on: ``whose`` decision it is, by name, and by which day (ISO)."""

    whose: NameWords
    day: str
    why: LineWords = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        need = found(turn, self, "ask_decision")
        whose = text.clean(self.whose, text.NAME, "The name of who decides").replace("\n", " ")
        day, why = a_day(self.day), text.optional(self.why, text.LINE, "The reason")
        if not day:
            raise Refused("needs_day", "Say by which day {whose} decides.", {"whose": whose}, text=self.whose)
        if (need.state, need.decider, need.decide_by) == ("undecided", whose, day):
            return []
        must_be_as_read(turn, need, self.version, self.why)
        return [
            stepped(turn, need, "ask_decision", "undecided", why, True, changes={"decider": whose, "decide_by": day})
        ]


def _asks(turn: Turn | Keeping, wish: str) -> str:
    """The team somebody asks for."""
    if turn.keeps and wish:
        if wish not in turn.record.teams or turn.record.teams[wish].gone:
            raise Refused("no_such_team", "That team is not on the list.")
        return wish
    if not turn.own_team:
        raise Refused("no_team", "Say first which team you are of: then others know who asks.")
    if wish and wish != turn.own_team:
        own, other = turn.record.team_name(turn.own_team), turn.record.team_name(wish)
        sentence = "You are here for {own}. What {other} needs is for somebody of {other} to say."
        raise Refused("not_yours", sentence, {"own": own, "other": other})
    return turn.own_team


def _must_be_another(turn: Turn | Keeping, consumer: str, provider: str) -> None:
    if provider not in turn.record.teams or turn.record.teams[provider].gone:
        raise Refused("no_such_team", "That team is not on the list.")
    if provider == consumer:
        raise Refused("own_team", "A team does not ask itself. What you need of your own people is a plan of yours.")


def _must_be_new(turn: Turn | Keeping, consumer: str, provider: str, words: str) -> None:
    for need in turn.record.dependencies.values():
        same = (need.consumer, need.provider) == (consumer, provider) and need.state != "withdrawn"
        if same and text.alike(need.upstream_need) == text.alike(words):
            name = turn.record.team_name(provider)
            raise Refused("asked_already", "Your team has asked {name} for this already.", {"name": name}, text=words)


def _own_result(turn: Turn | Keeping, consumer: str, id: str) -> str:
    """A result of the consumer's own goal, or nothing."""
    if not id:
        return ""
    home, result = turn.record.objective_of(id), turn.record.results.get(id)
    if home is None or home.team != consumer or result is None or result.dropped:
        raise Refused("no_such_result", "That is not a result of your team’s goal.")
    return id


def _in_order(decision: str, need_by: str) -> None:
    """Something is decided before it is needed."""
    if is_after(decision, need_by):
        sentence = (
            "It would be decided on {decision}, after it is needed on {need_by}. Decide earlier, or need it later."
        )
        raise Refused("days_turned", sentence, {"decision": decision, "need_by": need_by})
