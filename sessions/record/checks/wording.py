"""Wording and figures: whether a goal says where it wants to get, and how anybody would know."""

import re
from collections.abc import Iterator

from sessions.record.checks.check import Check, Finding, GoalCheck
from sessions.record.checks.ground import Ground
from sessions.record.objectives.objective import Objective
from sessions.record.results.result import KeyResult

#: What a result needs to be measured, and how screens call it.
_NEEDED = {"metric": "what is counted", "unit": "unit", "baseline": "where it stands", "target": "target"}
#: Words a task begins with, where a result says what will be different.
_TASKS = (
    "build carry complete conduct create define deliver design develop do document draft establish execute finish "
    "hire hold host implement install introduce launch make migrate organise organize perform pilot plan prepare "
    "present produce provide publish release review roll run send set ship start test train update upgrade write"
)
_TASK = re.compile(rf"\s*(?:{_TASKS.replace(' ', '|')})\b", re.IGNORECASE)
_WAY = re.compile(r"\bfrom\b.*\d.*\bto\b.*\d|\d\s*\S*\s*(?:→|->|–>)\s*\d", re.IGNORECASE)
#: A number that is no year and no quarter.
_NUMBER = re.compile(r"(?<![\w.])(?!(?:19|20)\d\d\b)\d[\d.,]*")
_YES_OR_NO = ("yes/no", "yes or no", "y/n", "done", "done/not done", "true/false", "boolean", "binary", "0/1")
_FEWEST, _MOST = 3, 5
#: Goals of one team from which on it is strongly said.
_FAR_TOO_MANY = 3


class NotMeasured(GoalCheck):
    """A result without metric, unit, baseline or target (S0: “clear measures”)."""

    code = "Q1"
    fix = "Fill in the figures. Where nobody knows where it stands, finding out is the first result."
    source = "S0; [ORCA]"
    blocks = True

    def of(self, ground: Ground, goal: Objective) -> Iterator[Finding]:
        for result in ground.results[goal.id]:
            blank = [words for name, words in _NEEDED.items() if getattr(result, name) in (None, "")]
            if not blank:
                continue
            values = {"line": result.text, "blank": _listed(blank)}
            sentence = "“{line}” does not say yet: {blank}."
            if result.finder and blank == [_NEEDED["baseline"]]:
                sentence = "Nobody knows yet where “{line}” stands. {finder} finds out."
                values = {"line": result.text, "finder": result.finder}
            yield Finding(self.code, (result.id,), sentence, values, (goal.id,))


class IsATask(GoalCheck):
    """A result that begins like a task, and does not say from where to where."""

    code = "Q2"
    fix = "Ask: what changes if you do?"
    source = "[ORCA]"

    def of(self, ground: Ground, goal: Objective) -> Iterator[Finding]:
        for result in ground.results[goal.id]:
            if _TASK.match(result.text) and not _goes_somewhere(result):
                sentence = "“{line}” says what you do. What changes if you do it?"
                yield Finding(self.code, (result.id,), sentence, {"line": result.text}, (goal.id,))


class HasNoScale(GoalCheck):
    """A result whose target is where it stands, or that is only done or not."""

    code = "Q3"
    fix = "Add a scale: how much of it, how often, for how many?"
    source = "[POR]"

    def of(self, ground: Ground, goal: Objective) -> Iterator[Finding]:
        for result in ground.results[goal.id]:
            values = {"line": result.text}
            if result.unit.strip().casefold() in _YES_OR_NO or _is_done_or_not(result):
                sentence = "“{line}” can only be done or not. Is there a scale in it?"
                yield Finding(self.code, (result.id,), sentence, values, (goal.id,))
            elif result.baseline is not None and result.baseline == result.target and result.direction != "keep":
                sentence = "“{line}” has its target where it stands already."
                yield Finding(self.code, (result.id,), sentence, values, (goal.id,))


class HasSeveralGoals(Check):
    """A team with more than one goal (S0: “one objective (rather than the suggested 3 to 5)”)."""

    code = "Q4"
    fix = "Park one of them."
    source = "S0, S4"
    on = frozenset({"objective", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for team, goals in ground.by_team.items():
            if len(goals) < 2:
                continue
            values: dict[str, str | int] = {"team": ground.name(team), "count": len(goals)}
            sentence = "{team} has {count} goals. Which one could wait?"
            if len(goals) > _FAR_TOO_MANY:
                sentence = "{team} has {count} goals: far too many to keep in mind. Which could wait?"
            yield Finding(self.code, (team,), sentence, values, tuple(goal.id for goal in goals))


class HasTooFewOrMany(GoalCheck):
    """A goal with fewer than three results, or more than five."""

    code = "Q5"
    fix = "Merge or split, until there are three to five."
    source = "S0; [VIN]"

    def of(self, ground: Ground, goal: Objective) -> Iterator[Finding]:
        count = len(ground.results[goal.id])
        if _FEWEST <= count <= _MOST:
            return
        sentence = "“{line}” has {count} results. Three to five can be kept in mind."
        if count < 2:
            sentence = "“{line}” has one result alone." if count else "“{line}” has no results yet."
        yield Finding(self.code, (goal.id,), sentence, {"line": goal.text, "count": count}, (goal.id,))


class HasANumber(GoalCheck):
    """A number in the sentence of a goal that takes nothing over as it is."""

    code = "Q6"
    fix = "Say the direction in the goal, and the number in a result."
    source = "[VIN]"

    def of(self, ground: Ground, goal: Objective) -> Iterator[Finding]:
        links = ground.links.get(goal.id, [])
        if links and _NUMBER.search(goal.text) and not any(link.kind == "explicit" for link in links):
            sentence = "“{line}” has a number in it. Is the direction clear without it?"
            yield Finding(self.code, (goal.id,), sentence, {"line": goal.text}, (goal.id,))


def _goes_somewhere(result: KeyResult) -> bool:
    return (result.baseline is not None and result.target is not None) or bool(_WAY.search(result.text))


def _is_done_or_not(result: KeyResult) -> bool:
    return (result.baseline, result.target) == (0, 1) and not result.unit.strip()


def _listed(words: list[str]) -> str:
    return ", ".join(words)
