"""Links upward: what serves the organisation's goal and what does not, how, and what changed above since."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from sessions.record.checks.check import Check, Finding
from sessions.record.checks.ground import Ground
from sessions.record.objectives.objective import Objective

#: How many of a goal's words stand in the result above, of a hundred, to say the same.
SAME_WORDS = 80
#: A goal of fewer words than this says nothing the same.
_FEWEST_WORDS = 3
#: How alike a result has to be to one above to be a copy of it, of a hundred.
_COPY = 90
#: From how many links on their kinds say something about the whole, and the share of those taken over.
_FEWEST_LINKS, _MOST_TAKEN_OVER = 3, 0.5
_WORD = re.compile(r"\w+")


class IsOrphan(Check):
    """A line of the organisation's goal that no team serves (S4: “orphaned objectives”)."""

    code = "V1"
    fix = "Name the team that delivers it, or drop it: a map of who delivers what, before sign-off."
    source = "S4"
    blocks = True
    on = frozenset({"objective", "result", "share", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for top in ground.tops:
            results = ground.results[top.id]
            for result in results:
                if result.id not in ground.served:
                    sentence = "No team works on “{line}”. Who delivers it?"
                    yield Finding(self.code, (result.id,), sentence, {"line": result.text}, (top.id,))
            if not ground.served & {top.id, *(result.id for result in results)}:
                sentence = "No team’s goal serves “{line}” yet."
                yield Finding(self.code, (top.id,), sentence, {"line": top.text}, (top.id,))


class IsUnlinked(Check):
    """A team's goal that serves nothing above (S0: “possibly none at all, and that's ok”)."""

    code = "V2"
    fix = "Open the push-back: say why, and it goes upward as feedback. Never force a link."
    source = "S0"
    on = frozenset({"objective", "result", "share", "team", "feedback"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for goal in ground.of_teams:
            if ground.ties(goal) or not ground.tops:
                continue
            values = {"team": ground.name(goal.team), "line": goal.text, "reason": goal.unaligned}
            on, goals = (goal.team, goal.id), (goal.id,)
            if goal.unaligned and (ground.upward.get(goal.team) or _said_upward(ground, goal)):
                sentence = "{team} serves nothing above, and has said why: {reason}"
                yield Finding(f"{self.code}-OK", on, sentence, values, goals, fine=True)
            elif goal.unaligned:
                sentence = "{team} serves nothing above ({reason}), and has not said so upward yet."
                yield Finding(self.code, on, sentence, values, goals)
            else:
                sentence = "{team} has not said yet what “{line}” serves above, or why nothing."
                yield Finding(self.code, on, sentence, values, goals)


class SaysTheSame(Check):
    """A goal in the words of a result above it, and an organisation where most goals are taken over as they are.

    A goal that serves nothing yet is held against every result above: then it is a link that nobody has said.
    """

    code = "V3"
    fix = "Is it a focus, or a crisis? If not: take it as a guide instead, with the goal in the team’s own words."
    source = "S1, S2"
    on = frozenset({"objective", "result", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        above = {result.id: result.text for top in ground.tops for result in ground.results[top.id]}
        for goal in ground.of_teams:
            links = ground.links.get(goal.id)
            parents = [link.parent for link in links if link.parent in above] if links else list(above)
            parent = next((id for id in parents if _same_words(goal.text, above[id])), "")
            if parent:
                sentence = "The goal of {team} says nearly the same as “{line}” above it. Is it meant to be taken over?"
                values = {"team": ground.name(goal.team), "line": above[parent]}
                yield Finding(self.code, (goal.team, goal.id), sentence, values, (goal.id,), (goal.text,))
        yield from self._whole(ground)

    def _whole(self, ground: Ground) -> Iterator[Finding]:
        links = [link for goal in ground.of_teams for link in ground.links.get(goal.id, ()) if link.kind]
        taken = [link.child for link in links if link.kind == "explicit"]
        if len(links) < _FEWEST_LINKS or len(taken) <= _MOST_TAKEN_OVER * len(links):
            return
        sentence = "{taken} of {all} links are taken over as they are: a change above changes all of them."
        values = {"taken": len(taken), "all": len(links)}
        yield Finding(self.code, tuple(dict.fromkeys(taken)), sentence, values, ("-",), name="whole")


class IsHandedDown(Check):
    """A goal taken over as it is, whose results others wrote (S2: “micromanagement trap”).

    One that serves nothing yet is asked as well: whoever wrote it may have meant a link.
    """

    code = "V4"
    fix = "Let the team write its results itself: what is above is a jumping-off point to discuss."
    source = "S2"
    on = frozenset({"objective", "result", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        above = [result.text for top in ground.tops for result in ground.results[top.id]]
        for goal in ground.of_teams:
            links, results = ground.links.get(goal.id), ground.results[goal.id]
            if not results or (links and not any(link.kind == "explicit" for link in links)):
                continue
            outside = sum(ground.is_outside(result, goal.team) for result in results)
            copied = sum(any(_is_copy(result.text, text) for text in above) for result in results) if links else 0
            values: dict[str, str | int] = {"team": ground.name(goal.team), "count": len(results)}
            if outside * 2 > len(results):
                sentence = "Most results of {team} were written by somebody outside the team."
            elif copied * 2 > len(results):
                sentence = "Most results of {team} are copies of what stands above."
            else:
                continue
            yield Finding(self.code, (goal.team, goal.id), sentence, values, (goal.id,), (f"{outside} {copied}",))


class HasNoKind(Check):
    """A link of which nobody has said what kind it is (S2: “is it clear what kind of alignment”)."""

    code = "V5"
    fix = "Ask whoever owns the goal: taken over as it is, a guide, or shared?"
    source = "S2"
    on = frozenset({"objective", "result", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for goal in ground.of_teams:
            for link in ground.links.get(goal.id, ()):
                if not link.kind:
                    values = {"team": ground.name(goal.team), "line": ground.record.public(link.parent)}
                    sentence = "Is it clear how {team} serves “{line}”: taken over as it is, as a guide, or shared?"
                    yield Finding(self.code, (goal.id, link.parent), sentence, values, (goal.id,))


class ChangedAbove(Check):
    """A line above that says something else since the link to it was made or confirmed (S1: “any change… overhaul”)."""

    code = "V6"
    fix = "Look at what changed, and confirm the link or reconsider it."
    source = "S1"
    on = frozenset({"objective", "result", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for goal in ground.of_teams:
            for link in ground.links.get(goal.id, ()):
                since = ground.record.reworded.get(link.parent, 0)
                if link.at and since > link.at:
                    values = {"team": ground.name(goal.team), "line": ground.record.public(link.parent)}
                    sentence = "“{line}” has changed since {team} said that its goal serves it."
                    cause = (str(since),)
                    yield Finding(self.code, (goal.id, link.parent), sentence, values, (goal.id,), cause)


def _said_upward(ground: Ground, goal: Objective) -> bool:
    """Whether a file says which feedback of the record says so."""
    return goal.kept.get("feedback_up") in ground.record.feedback


@lru_cache(4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _same_words(words: str, above: str) -> bool:
    own, other = _words(words), _words(above)
    return len(own) >= _FEWEST_WORDS and 100 * len(own & other) >= SAME_WORDS * len(own)


def _is_copy(words: str, above: str) -> bool:
    return fuzz.token_sort_ratio(words.casefold(), above.casefold()) >= _COPY
