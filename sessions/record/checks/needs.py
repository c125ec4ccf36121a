"""Needs: whether they are answered, dated, carried, and whether those who are asked can do it."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from sessions.record.checks.check import Check, Finding
from sessions.record.checks.ground import USUAL_CAPACITY, Ground
from sessions.record.dependencies.dependency import YES, Dependency
from sessions.rules.circles import circles
from sessions.rules.days import is_after


class NeedCheck(Check):
    """A question that is asked of one need at a time; of those nobody counts on any more, only where it says so."""

    source = "S4"
    on = frozenset({"dependency", "team", "objective"})
    #: What it says, with places for the two teams and the need.
    sentence: ClassVar[str] = ""

    def find(self, ground: Ground) -> Iterator[Finding]:
        for need in self.asked(ground):
            sentence = self.says(ground, need)
            if sentence:
                names = {"consumer": ground.name(need.consumer), "provider": ground.name(need.provider)}
                values = {**names, "need": need.upstream_need or "something"}
                goals = ground.goals_of((need.consumer, need.provider))
                cause = (need.state, need.need_by, need.decision_date)
                yield Finding(self.code, (need.id,), sentence, values, goals, cause)

    def asked(self, ground: Ground) -> Iterable[Dependency]:
        """Of which needs it is asked."""
        return ground.needs

    def says(self, ground: Ground, need: Dependency) -> str:
        """What it says of one; nothing where all is well."""
        raise NotImplementedError


class IsUnanswered(NeedCheck):
    """A need whose provider has not answered: silence never accepts."""

    code = "N1"
    fix = "A slot at a stall, or a look at the board together; it is raised when its time is over."
    source = "[CODA]"
    blocks = True

    def says(self, ground: Ground, need: Dependency) -> str:
        if need.waits_for != "provider":
            return ""
        return "{provider} has not answered {consumer} yet: “{need}”."


class HasNoDecisionDay(NeedCheck):
    """A need without a day by which it is decided, or with one that is too late (S4: “decision dates”)."""

    code = "N2"
    fix = "Fill it in together, on the screen."

    def says(self, ground: Ground, need: Dependency) -> str:
        if not need.decision_date:
            return "Nobody has said by when “{need}” ({consumer} of {provider}) is decided."
        if is_after(need.decision_date, need.need_by):
            return "“{need}” ({consumer} of {provider}) is decided only after the day it is needed."
        return ""


class HasNoTrigger(NeedCheck):
    """A need of which nobody has said how anybody would notice that it slips (S4: “failure triggers”)."""

    code = "N3"
    fix = "Fill it in together, on the screen."

    def says(self, ground: Ground, need: Dependency) -> str:
        return "" if need.failure_trigger else "How would you notice that “{need}” ({consumer} of {provider}) slips?"


class IsNotCarried(NeedCheck):
    """A yes that no result of the provider carries (S0: “reflect their OKR within your team's OKR”)."""

    code = "N4"
    fix = "Choose what carries it: a result of its own, the scope of one, or a metric."
    source = "S0"
    on = frozenset({"dependency", "team", "result", "objective"})

    def says(self, ground: Ground, need: Dependency) -> str:
        carrier = ground.record.results.get(need.reflected_in)
        line = ground.record.objectives.get(need.reflected_in)
        if need.state not in YES or line or (carrier and not carrier.dropped):
            return ""
        return "{provider} has said yes to {consumer}, and nothing in its goal carries “{need}” yet."


class IsDeclinedAndStays(NeedCheck):
    """A declined need of a goal that counts on it as before."""

    code = "N5"
    fix = "Cut the goal to what is possible without it."
    source = "(d)"
    on = frozenset({"dependency", "team", "result", "objective"})

    def asked(self, ground: Ground) -> Iterable[Dependency]:
        return (need for need in ground.record.dependencies.values() if need.state == "declined")

    def says(self, ground: Ground, need: Dependency) -> str:
        since = max((step.at for step in need.steps if step.state == "declined"), default=0)
        lines = [need.consumer_kr] if need.consumer_kr in ground.record.results else []
        goals = ground.by_team.get(need.consumer, ())
        lines = lines or [line for goal in goals for line in (goal.id, *(r.id for r in ground.results[goal.id]))]
        if any(line in ground.record.reworded and ground.record.reworded[line] >= since for line in lines):
            return ""
        return "{provider} has declined “{need}”, and the goal of {consumer} is as it was. What is possible without it?"


class IsOverloaded(Check):
    """A team that more is asked of than it has room for."""

    code = "N6"
    fix = "Put them in an order by the tie-breaker, and say so to those who wait."
    source = "(d)"
    on = frozenset({"dependency", "team", "objective"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        asked: dict[str, int] = {}
        for need in ground.needs:
            asked[need.provider] = asked.get(need.provider, 0) + 1
        for id, count in asked.items():
            team = ground.record.teams.get(id)
            room = team.capacity if team and team.capacity >= 0 else USUAL_CAPACITY
            if count > room:
                sentence = "{count} needs count on {team}, which has room for {room}."
                values: dict[str, str | int] = {"count": count, "team": ground.name(id), "room": room}
                yield Finding(self.code, (id,), sentence, values, ground.goals_of([id]))


class GoesInACircle(Check):
    """Teams that wait for each other in a circle."""

    code = "N7"
    fix = "Break it by the order in which things are decided: who can go first?"
    source = "(d)"
    on = frozenset({"dependency", "team", "objective"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for circle in circles([(need.consumer, need.provider) for need in ground.needs]):
            names = " → ".join(ground.name(team) for team in (*circle, circle[0]))
            sentence = "These wait for each other: {teams}. Who can go first?"
            yield Finding(self.code, tuple(circle), sentence, {"teams": names}, ground.goals_of(circle))


class IsNotReady(NeedCheck):
    """A need that does not say what is needed, or what happens without it (S4: “isn't ready to commit”)."""

    code = "N8"
    fix = "It is not ready to commit to: ask for both."

    def says(self, ground: Ground, need: Dependency) -> str:
        if not need.upstream_need:
            return "{consumer} asks {provider} for something, and has not said what."
        return "" if need.downstream_impact else "What happens to {consumer} if {provider} does not bring “{need}”?"
