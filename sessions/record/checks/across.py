"""Between teams: targets that are cut up, goals that only look inward, that pull apart, or that say the same."""

from collections.abc import Iterator

from sessions.record.checks.check import Check, Finding
from sessions.record.checks.ground import Ground
from sessions.record.checks.likeness import together
from sessions.record.duplicates import key_of
from sessions.record.results.result import KeyResult, plain
from sessions.record.shares.share import in_full


class IsNotInFull(Check):
    """A shared result with another target than the whole one (S0: “a KR to make the increase in full”)."""

    code = "H1"
    fix = "Copy the full target. What the team adds to it goes into a note."
    source = "S0; [FC]"
    blocks = True
    on = frozenset({"share", "result", "objective", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for share in ground.record.shares.values():
            whole = ground.record.results.get(share.result)
            for team, part in share.parts.items() if whole else ():
                own = ground.record.results.get(part.result)
                if whole is None or own is None or own.dropped or in_full(whole.target, own.target):
                    continue
                sentence = "{team} carries “{line}” with {own} as its target; the whole target is {whole}."
                values = {"team": ground.name(team), "line": whole.text}
                values |= {"own": plain(own.target), "whole": plain(whole.target)}
                goals = tuple(dict.fromkeys((own.objective, whole.objective)))
                yield Finding(self.code, (own.id,), sentence, values, goals)


class LooksInward(Check):
    """A team whose every measure is its own, and that serves nothing above (S4: “siloed measures”)."""

    code = "H2"
    fix = "Ask: whose outcome moves? A brief before planning brings goals out of their own four walls."
    source = "S4"
    on = frozenset({"objective", "result", "share", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for team, goals in ground.by_team.items():
            results = [result for goal in goals for result in ground.results[goal.id]]
            inward = bool(results) and all(result.scope == "internal" for result in results)
            if inward and not any(ground.ties(goal) for goal in goals):
                sentence = "All that {team} counts is its own, and its goal serves nothing above. Whose outcome moves?"
                yield Finding(self.code, (team,), sentence, {"team": ground.name(team)}, ground.goals_of([team]))


class PullsApart(Check):
    """Two lines that two teams say work against each other, or that count the same in opposite directions."""

    code = "H3"
    fix = "Make it a conflict card: both say what they need, and the tie-breaker decides. Clashes need a forum."
    source = "S4"
    on = frozenset({"conflict", "result", "objective", "team", "share"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        decided = {frozenset((c.a, c.b)) for c in ground.record.conflicts.values() if c.outcome}
        for conflict in ground.record.conflicts.values():
            if conflict.outcome or len(set(conflict.raised_by)) < 2:
                continue
            sentence = "{count} teams say that “{one}” and “{other}” work against each other: {why}"
            lines = {"one": ground.record.public(conflict.a), "other": ground.record.public(conflict.b)}
            values: dict[str, str | int] = {"count": len(set(conflict.raised_by)), "why": conflict.why, **lines}
            goals = (*ground.goal_of(conflict.a), *ground.goal_of(conflict.b))
            yield Finding(self.code, (conflict.a, conflict.b), sentence, values, goals or ("-",))
        for same in ground.same_measure:
            ways = {result.direction: (team, result) for team, result in reversed(same)}
            if not {"up", "down"} <= ways.keys():
                continue
            (team, one), (other, two) = ways["up"], ways["down"]
            if frozenset((one.id, two.id)) not in decided:
                sides: dict[str, str | int] = {"team": ground.name(team), "other": ground.name(other)}
                sentence = "{team} wants “{metric}” to go up, {other} wants it to go down."
                values = {**sides, "metric": one.metric}
                yield Finding(self.code, (one.id, two.id), sentence, values, (one.objective, two.objective))


class IsSaidTwice(Check):
    """Results of two teams that say nearly the same and are not shared (S1: “dependencies, duplicates, synergies”)."""

    code = "H4"
    fix = "Merge them, or share one of them under one lead."
    source = "S1"
    on = frozenset({"result", "objective", "team", "share", "duplicate"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        known = {result.id: (team, result) for team, result in ground.team_results}
        beside: dict[str, set[str]] = {}
        for one, two in ground.alike.pairs({id: result.text for id, (_, result) in known.items()}):
            if self._asks(ground, known[one], known[two]):
                beside.setdefault(one, set()).add(two)
                beside.setdefault(two, set()).add(one)
        for group in together(beside, known):
            first = known[group[0]][1]
            sentence = "{teams} say nearly the same: “{line}”. Is it one result that they carry together?"
            values = {"teams": ground.names(known[id][0] for id in group), "line": first.text}
            goals = tuple(dict.fromkeys(known[id][1].objective for id in group))
            yield Finding(self.code, tuple(group), sentence, values, goals, tuple(group), name=group[0])

    def _asks(self, ground: Ground, one: tuple[str, KeyResult], two: tuple[str, KeyResult]) -> bool:
        settled = key_of(one[0], two[0]) in ground.record.duplicates
        return one[0] != two[0] and not settled and not ground.are_joined(one[1], two[1])
