"""Who has been heard: whether others have read a goal, whether it looks further ahead, how many teams come along."""

from collections.abc import Iterator

from sessions.record.checks.check import Check, Finding
from sessions.record.checks.ground import Ground

#: How many people, of how many teams, should have seen a goal (``spec/formats.md``, C).
PEOPLE, TEAMS = 6, 3
#: The share of teams that should be linked to a result of the organisation.
LINKED = 60


class IsHardlyRead(Check):
    """A goal that few others have read at a walk or a festival, or that a partner never came by."""

    code = "P1"
    fix = "Nudge them, or have the two talk: half an hour is enough."
    source = "(d)"
    on = frozenset({"review", "dependency", "team", "objective"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        people, teams = dict[str, int](), dict[str, set[str]]()
        for review in ground.record.reviews.values():
            people[review.team] = people.get(review.team, 0) + review.people
            teams.setdefault(review.team, set()).update(review.by)
        possible = len(ground.by_team) - 1
        for team in (team for team in people if team in ground.by_team):
            goals, name = ground.goals_of([team]), ground.name(team)
            if people[team] < PEOPLE or len(teams[team]) < min(TEAMS, possible):
                sentence = "{count} people of {teams} other teams have read the goal of {team}. A few more would help."
                values: dict[str, str | int] = {"count": people[team], "teams": len(teams[team]), "team": name}
                yield Finding(self.code, (team,), sentence, values, goals)
            for need in ground.needs:
                if need.provider == team and need.consumer not in teams[team]:
                    sentence = "{partner} counts on {team}, and has not come by its goal yet."
                    values = {"partner": ground.name(need.consumer), "team": name}
                    yield Finding(self.code, (team, need.consumer), sentence, values, goals)


class BuildsForNowAlone(Check):
    """A goal of which nothing builds for later (S0: “balance between urgent/important, and not urgent important”)."""

    code = "P2"
    fix = "Keep a place for what was most often called *building for later*."
    source = "S0"
    on = frozenset({"objective", "result"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        for goal in ground.goals:
            if goal.later is False:
                sentence = "Nothing in “{line}” builds for later."
                yield Finding(self.code, (goal.id,), sentence, {"line": goal.text}, (goal.id,))


class FewAreLinked(Check):
    """Fewer than three of five teams serve a result of the organisation (S0: “align a large portion of the teams”)."""

    code = "P3"
    fix = "Refine the goal, until most teams find themselves in it."
    source = "S0"
    on = frozenset({"objective", "result", "share", "team"})

    def find(self, ground: Ground) -> Iterator[Finding]:
        above = {result.id for top in ground.tops for result in ground.results[top.id]}
        teams = [team.id for team in ground.record.standing_teams() if team.kind != "leadership"]
        if not above or not ground.by_team or not teams:
            return
        loose = [team for team in teams if not any(above & _serves(ground, g.id) for g in ground.by_team.get(team, ()))]
        linked = len(teams) - len(loose)
        if 100 * linked < LINKED * len(teams):
            sentence = "{linked} of {all} teams serve a result of the organisation. Does it speak to the others?"
            values = {"linked": linked, "all": len(teams)}
            goals = tuple(top.id for top in ground.tops)
            yield Finding(self.code, tuple(loose), sentence, values, goals, name="whole")


def _serves(ground: Ground, goal: str) -> set[str]:
    carried = {share.result for r in ground.results[goal] if (share := ground.shares.get(r.id))}
    return carried | {link.parent for link in ground.links.get(goal, ())}
