"""Before the lock: how decisions are made, what nobody has answered, and whether people believe in it."""

from collections.abc import Iterator

from sessions.record.brief import BRIEF, gaps_in_brief
from sessions.record.charter import CHARTER, gaps_in_charter
from sessions.record.checks.check import Check, Finding
from sessions.record.checks.ground import Ground

_NARRATIVE = {"think": "what people shall think", "feel": "what they shall feel", "do": "what they shall do"}


class IsNotSettled(Check):
    """A gap in the four decisions, the forum, the brief or the narrative (S4: “who decides, what gets prioritised”)."""

    code = "G1"
    fix = "Ask the sponsor: a strategic brief before planning, and four decisions before the first conflict."
    source = "S4, S0"
    blocks = True
    on = frozenset({"room", "objective"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        if not ground.goals:
            return
        record = ground.record
        charter = {part: CHARTER[part] for part in gaps_in_charter(record)}
        yield from self._gap(charter, "charter", "How you decide is not settled yet: {blank}.")
        brief = {part: BRIEF[part] for part in gaps_in_brief(record)}
        yield from self._gap(brief, "brief", "The brief does not say yet: {blank}.")
        if ground.tops:
            told = {part: words for part, words in _NARRATIVE.items() if not record.narrative.get(part)}
            yield from self._gap(told, "narrative", "There is no story yet that people can retell: {blank}.")

    def _gap(self, blank: dict[str, str], name: str, sentence: str) -> Iterator[Finding]:
        if blank:
            words = ", ".join(words[0].lower() + words[1:] for words in blank.values())
            yield Finding(self.code, tuple(blank), sentence, {"blank": words.replace("?", "")}, name=name)


class IsStillOpen(Check):
    """Feedback that nobody has answered (S0: “embedded all of the feedback”)."""

    code = "G2"
    fix = "Answer it with a reason: adopted, adapted or declined."
    source = "S0"
    blocks = True
    on = frozenset({"feedback", "objective", "result", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for given in ground.record.open_feedback():
            goal = ground.record.objectives.get(given.objective)
            if goal is None or not goal.text:
                continue
            about = ground.record.results.get(given.on)
            # What was said of a line that is gone is said of its goal, in a file too.
            line = ground.record.public(goal.id if about and about.dropped else given.on)
            values = {"words": given.text, "team": ground.name(given.team), "line": line}
            sentence = (
                "Nobody has answered {team} yet: “{words}”." if given.team else "Nobody has answered “{words}” yet."
            )
            yield Finding(self.code, (given.id,), sentence, values, (goal.id,))


class HasNotPassed(Check):
    """A goal that no confidence vote has passed (S0: “final confidence vote… meaningful and inclusive”)."""

    code = "G3"
    fix = "Hear what holds people back, mend the line, and vote again."
    source = "S0"
    blocks = True
    on = frozenset({"objective"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        last = {vote.objective: vote for vote in ground.record.confidence}
        for goal in ground.goals:
            vote = last.get(goal.id)
            if (goal.team and vote is None) or (vote and vote.has_passed()):
                continue
            sentence = "The vote on “{line}” has not passed yet." if vote else "Nobody has voted on “{line}” yet."
            yield Finding(self.code, (goal.id,), sentence, {"line": goal.text}, (goal.id,))
