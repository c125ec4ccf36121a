"""What checks look at: the record laid out once, by team, goal, line and need, so that no check searches it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from sessions.record.checks.likeness import Alike
from sessions.room import Room

if TYPE_CHECKING:
    from sessions.record.alignment import Alignment
    from sessions.record.dependencies.dependency import Dependency
    from sessions.record.feedback import Feedback
    from sessions.record.objectives.objective import Objective
    from sessions.record.results.result import KeyResult
    from sessions.record.shares.share import Share

#: For how many needs of others a team has room, where it has not said.
USUAL_CAPACITY = 3
#: The most teams that one sentence names.
_NAMED = 4


class Ground:
    """The record as it is now. Drafts are asked about themselves; what speaks of several goals leaves them out."""

    def __init__(self, room: Room, alike: Alike | None = None) -> None:
        self.room, self.record = room, room.record
        self.alike = alike or Alike()

    @cached_property
    def goals(self) -> list[Objective]:
        """Goals with words, of teams that are on the list and of the whole organisation."""
        teams = self.record.teams
        listed = {"", *(id for id, team in teams.items() if not team.gone)}
        return [goal for goal in self.record.objectives.values() if goal.text and goal.team in listed]

    @cached_property
    def by_id(self) -> dict[str, Objective]:
        """The same by their ids."""
        return {goal.id: goal for goal in self.goals}

    @cached_property
    def open(self) -> list[Objective]:
        """Those that everybody may read."""
        return [goal for goal in self.goals if goal.status != "draft"]

    @cached_property
    def tops(self) -> list[Objective]:
        """The organisation's goals that everybody may read."""
        return [goal for goal in self.open if not goal.team]

    @cached_property
    def of_teams(self) -> list[Objective]:
        """The teams' goals that everybody may read."""
        return [goal for goal in self.open if goal.team]

    @cached_property
    def by_team(self) -> dict[str, list[Objective]]:
        """Team → its goals that everybody may read."""
        found: dict[str, list[Objective]] = {}
        for goal in self.of_teams:
            found.setdefault(goal.team, []).append(goal)
        return found

    @cached_property
    def results(self) -> dict[str, list[KeyResult]]:
        """Goal → its results that stand, in their order."""
        return {goal.id: self.record.results_of(goal.id) for goal in self.goals}

    @cached_property
    def team_results(self) -> list[tuple[str, KeyResult]]:
        """Every result of a team's goal that everybody may read, with the team."""
        return [(goal.team, result) for goal in self.of_teams for result in self.results[goal.id]]

    @cached_property
    def links(self) -> dict[str, list[Alignment]]:
        """Goal → what it serves."""
        found: dict[str, list[Alignment]] = {}
        for link in self.record.alignments.values():
            found.setdefault(link.child, []).append(link)
        return found

    @cached_property
    def shares(self) -> dict[str, Share]:
        """Result → the shared one that it carries."""
        return {part.result: share for share in self.record.shares.values() for part in share.parts.values()}

    @cached_property
    def served(self) -> set[str]:
        """Lines that a team's goal serves, or a team's result carries."""
        open = {goal.id for goal in self.of_teams}
        linked = {link.parent for child, links in self.links.items() if child in open for link in links}
        return linked | {share.result for _, result in self.team_results if (share := self.shares.get(result.id))}

    @cached_property
    def needs(self) -> list[Dependency]:
        """Needs that somebody counts on, or waits for an answer to."""
        return [need for need in self.record.dependencies.values() if need.live]

    @cached_property
    def upward(self) -> dict[str, list[Feedback]]:
        """Team → what it said of the organisation's goals."""
        tops, found = {goal.id for goal in self.tops}, dict[str, list["Feedback"]]()
        for given in self.record.feedback.values():
            if given.team and given.objective in tops:
                found.setdefault(given.team, []).append(given)
        return found

    @cached_property
    def same_measure(self) -> list[list[tuple[str, KeyResult]]]:
        """Results, with their teams, of several teams that count the same and do not all share it."""
        by: dict[str, list[tuple[str, KeyResult]]] = {}
        for team, result in self.team_results:
            if result.metric:
                by.setdefault(result.metric.strip().casefold(), []).append((team, result))
        return [same for same in by.values() if len(same) > 1 and self._stand_apart(same)]

    def _stand_apart(self, same: list[tuple[str, KeyResult]]) -> bool:
        """Whether these are of several teams, and not all one shared result."""
        shared = {share.result if (share := self.shares.get(r.id)) else r.id for _, r in same}
        return len(shared) > 1 and len({team for team, _ in same}) > 1

    def are_joined(self, one: KeyResult, two: KeyResult) -> bool:
        """Whether two results carry the same shared one, or one of them carries the other."""
        first, second = self.shares.get(one.id), self.shares.get(two.id)
        if first and second and first.result == second.result:
            return True
        return (first is not None and first.result == two.id) or (second is not None and second.result == one.id)

    def ties(self, goal: Objective) -> bool:
        """Whether a goal serves something, or one of its results carries a shared one."""
        return bool(self.links.get(goal.id)) or any(r.id in self.shares for r in self.results[goal.id])

    def goal_of(self, line: str) -> tuple[str, ...]:
        """The goal a line belongs to."""
        home = self.record.objective_of(line)
        return (home.id,) if home else ()

    def goals_of(self, teams: Iterable[str]) -> tuple[str, ...]:
        """The goals of these teams; an id that no goal has where they have none, for it stands in no lock then."""
        return tuple(goal.id for team in teams for goal in self.by_team.get(team, ())) or ("-",)

    def name(self, team: str) -> str:
        """What a team is called."""
        return self.record.team_name(team)

    def names(self, teams: Iterable[str]) -> str:
        """What teams are called, each once, as a list of words; of many, the first few and how many more."""
        names = list(dict.fromkeys(map(self.name, teams)))
        shown = names if len(names) <= _NAMED else [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} more"]
        return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]

    def is_outside(self, result: KeyResult, team: str) -> bool:
        """Whether whoever wrote a result is known to be of another team than the one whose goal it is."""
        return author_team(self.room, result) not in ("", team)


def author_team(room: Room, result: KeyResult) -> str:
    """The team of whoever wrote a result, where that is known: as a file says, or as they are here."""
    person = room.people.get(room.whole(result.author))
    return result.author_team or (person.team if person else "")
