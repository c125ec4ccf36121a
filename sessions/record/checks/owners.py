"""Who answers for it: one lead for what is shared, two people for what the organisation wants."""

from collections.abc import Iterator

from sessions.record.checks.check import Check, Finding, GoalCheck
from sessions.record.checks.ground import Ground
from sessions.record.objectives.objective import Objective
from sessions.record.shares.share import carried


class HasNoLead(Check):
    """A shared result that teams support and none leads (S4: “shared outcomes with no lead”)."""

    code = "O1"
    fix = "Appoint one owner of the join."
    source = "S4; [WN]"
    blocks = True
    on = frozenset({"share", "result", "objective", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for share in ground.record.shares.values():
            led = share.lead if share.named else share.claims
            teams = [*carried(ground.record, share)]
            result = ground.record.results.get(share.result)
            if led or not teams or result is None or result.dropped:
                continue
            sentence = "{teams} support “{line}”, and nobody leads it."
            if len(teams) == 1:
                sentence = "{teams} supports “{line}”, and nobody leads it."
            values = {"teams": ground.names(teams), "line": result.text}
            goals = _of_share(ground, share.result)
            yield Finding(self.code, (share.result,), sentence, values, goals, tuple(sorted(teams)))


class IsLedTwice(Check):
    """A shared result that two say they lead; or the same measure in two teams' goals that share nothing."""

    code = "O2"
    fix = "One leads; what the others do is said explicitly."
    source = "S4"
    blocks = True
    on = frozenset({"share", "result", "objective", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for share in ground.record.shares.values():
            if not share.named and len(share.claims) > 1:
                sentence = "{teams} both say that they lead “{line}”."
                if len(share.claims) > 2:
                    sentence = "{teams} all say that they lead “{line}”."
                values = {"teams": ground.names(share.claims), "line": ground.record.wording(share.result)}
                goals = _of_share(ground, share.result)
                yield Finding(self.code, (share.result,), sentence, values, goals, tuple(share.claims))
        for same in ground.same_measure:
            directions = {result.direction for _, result in same}
            if {"up", "down"} <= directions:
                continue
            sentence = "{teams} count “{metric}” and do not share it. Who leads it?"
            values = {"teams": ground.names(team for team, _ in same), "metric": same[0][1].metric}
            on, goals = tuple(r.id for _, r in same), tuple(dict.fromkeys(r.objective for _, r in same))
            yield Finding(self.code, on, sentence, values, goals, on, name=on[0])


class IsNoPair(GoalCheck):
    """A result of the organisation that is not carried by two (S0: “leads for each Key Result in pairs”)."""

    code = "O3"
    fix = "Find the second of the pair: one carries, one stands beside."
    source = "S0"

    def of(self, ground: Ground, goal: Objective) -> Iterator[Finding]:
        for result in ground.results[goal.id] if not goal.team else ():
            count = len(result.leads)
            if count == 2:
                continue
            sentence = "“{line}” is carried by {count} people. Which two of them?"
            if count < 2:
                sentence = "“{line}” is carried by one alone." if count else "Nobody carries “{line}” yet."
            yield Finding(self.code, (result.id,), sentence, {"line": result.text, "count": count}, (goal.id,))


def _of_share(ground: Ground, result: str) -> tuple[str, ...]:
    """The goals in whose lock a shared result stands: its own, and those that carry it."""
    share = ground.record.shares[result]
    lines = (result, *(part.result for part in share.parts.values()))
    return tuple(dict.fromkeys(goal for line in lines for goal in ground.goal_of(line)))
