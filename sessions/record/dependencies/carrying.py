"""After a yes: which result of the provider carries it, and how it ends: done, slipped, withdrawn, taken up again."""

from typing import Literal

from sessions.record.dependencies.dependency import Dependency, Mode
from sessions.record.dependencies.speaking import StepCommand, found, stepped
from sessions.record.objectives.keeping import must_say_why
from sessions.record.results.keeping import MOST_RESULTS
from sessions.record.results.result import KeyResult, ResultBegun, ResultChanged
from sessions.room import Keeping, Turn
from sessions.rules import bounds, text
from sessions.rules.event import Event
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused
from sessions.rules.text import LineWords

#: What each way of ending it is as a step, and where it leads.
_ENDS = {
    "done": ("finish", "done"),
    "slipped": ("slip", "slipped"),
    "withdrawn": ("withdraw", "withdrawn"),
    "proposed": ("take_up", "proposed"),
}


class ReflectNeed(StepCommand, frozen=True, tag="reflect_need"):
    """Say which result of one's own goal carries it: one of its own, one with a wider scope, or a changed metric.

    ``text`` words a new result of its own, on the goal that ``result`` names or on the team's first one.
    """

    mode: Mode
    result: Id = ""
    text: LineWords = ""
    why: LineWords = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        need = found(turn, self, "reflect")
        why = text.optional(self.why, text.LINE, "The reason")
        if self.mode == "dedicated" and self.text.strip():
            words = text.clean(self.text, text.LINE, "The result").replace("\n", " ")
            own = turn.record.results.get(need.reflected_in) if need.mode == "dedicated" else None
            if own and not own.dropped:
                return _worded_already(own, words)
            id, made = self._made(turn, need, words)
            return [*made, stepped(turn, need, "reflect", why=why, changes={"reflected_in": id, "mode": self.mode})]
        _must_be_theirs(turn, need, self.result)
        if (need.reflected_in, need.mode) == (self.result, self.mode):
            return []
        _must_be_free(turn, need, self.result, self.mode)
        return [stepped(turn, need, "reflect", why=why, changes={"reflected_in": self.result, "mode": self.mode})]

    def _made(self, turn: Turn | Keeping, need: Dependency, words: str) -> tuple[str, list[Event]]:
        """A new result under the provider's goal."""
        goals = [goal for goal in turn.record.objectives.values() if goal.team == need.provider and goal.text]
        goal = next((goal for goal in goals if goal.id == self.result), goals[0] if goals else None)
        if goal is None:
            raise Refused("no_goal", "Your team has no goal on the record yet that could carry it.", text=self.text)
        must_say_why(goal, text.optional(self.why, text.LINE, "The reason"))
        standing = turn.record.results_of(goal.id)
        if len(standing) >= MOST_RESULTS:
            raise Refused("too_many", "Twelve results are more than anybody can keep in mind.", text=self.text)
        bounds.must_fit("key results", len(turn.record.results) + 1)
        id = turn.by.new_id()
        place = 1 + max((r.place for r in standing), default=-1)
        begun = ResultBegun(result=id, objective=goal.id, text="", place=place)
        return id, [begun, ResultChanged(result=id, field="text", value=words, why=self.why.strip())]


class SettleNeed(StepCommand, frozen=True, tag="settle_need"):
    """Say that it has come, slips, is withdrawn, or (``proposed``) is taken up again; why, where it is no good news."""

    state: Literal["done", "slipped", "withdrawn", "proposed"]
    why: LineWords = ""

    def decide(self, turn: Turn | Keeping) -> list[Event]:
        step, state = _ENDS[self.state]
        known = turn.record.dependencies.get(self.dependency)
        if known and known.state == state != "proposed":
            return []
        need, why = found(turn, self, step), text.optional(self.why, text.LINE, "The reason")
        if step == "slip" and not why:
            raise Refused("needs_reason", "Say in a few words what happened, so that others can plan.")
        if step == "take_up":
            return [stepped(turn, need, step, state, why, True, confirmed=0, answered_by="")]
        return [stepped(turn, need, step, state, why)]


def _worded_already(own: KeyResult, words: str) -> list[Event]:
    """One need has one result of its own: the same words again are no second one."""
    if text.alike(own.text) == text.alike(words):
        return []
    sentence = "“{result}” carries this already. Reword that one, or choose another."
    raise Refused("carried_already", sentence, {"result": own.text}, text=words)


def _must_be_theirs(turn: Turn | Keeping, need: Dependency, id: str) -> None:
    home, result = turn.record.objective_of(id), turn.record.results.get(id)
    if result is None or result.dropped or home is None or home.team != need.provider:
        raise Refused("no_such_result", "Choose a result of your own team’s goal that carries it.")


def _must_be_free(turn: Turn | Keeping, need: Dependency, id: str, mode: str) -> None:
    """A result of its own carries one need; what carries several has a wider scope."""
    for other in turn.record.dependencies.values():
        if other.id != need.id and other.reflected_in == id and other.live and "dedicated" in (mode, other.mode):
            raise Refused(
                "carries_another",
                "That result carries “{need}” already. Say that its scope gets wider, or add one of its own.",
                {"need": other.upstream_need},
            )
