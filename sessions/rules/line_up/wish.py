"""What is asked of a line-up, and the counting that says whether one exists (``spec/formats.md``, D)."""

from collections.abc import Mapping

from sessions.rules.problem import Problem
from sessions.rules.refusal import Refused

#: Leadership, as a line-up knows it: it has an act where it is a headliner.
LEAD = "LEAD"
#: A headliner has up to so many slots; a team that is none has one.
MOST_SHOWINGS = 3
MOST_TEAMS, MOST_STAGES, MOST_SLOTS, MOST_PAIRS = 200, 26, 24, 1_000


class Wish(Problem, frozen=True, tag="line_up"):
    """Teams with their people, stages, slots, headliners with how often they play, and who must see whom.

    ``starred`` are teams that the same people want to see, with how many they are.
    """

    teams: dict[str, int]
    stages: int
    slots: int
    headliners: dict[str, int] = {}
    pairs: list[tuple[str, str]] = []
    starred: list[tuple[str, str, int]] = []

    def showings(self) -> dict[str, int]:
        """How often each team plays, sorted by team: the order in which a wish is written changes nothing."""
        return {team: self.headliners.get(team, 1) for team in sorted({*self.teams, *self.headliners})}

    def must_see(self) -> list[tuple[str, str]]:
        """Each pair of consumer and provider once, sorted."""
        return sorted(set(self.pairs))


def must_be_possible(wish: Wish, names: Mapping[str, str] | None = None) -> None:
    """Refuse, in numbers, what no line-up can give. Who is counted here is all that can be in the way.

    At most one headliner plays in a slot and the others fill what is free, so counting is enough.
    """
    _must_be_sound(wish, names or {})
    slots, cells = sum(wish.headliners.values()), wish.stages * wish.slots
    if slots > wish.slots:
        raise Refused(
            "no_line_up",
            "{asked} headliner slots are asked for ({who}), but {slots} exist: headliners never play at the same time. "
            "Let one of them play less often, or add a slot.",
            {"asked": slots, "who": _counted(wish.headliners, names or {}), "slots": _slots(wish.slots)},
        )
    acts = sum(wish.showings().values())
    if acts > cells:
        raise Refused(
            "no_line_up",
            "{acts} acts do not fit: {stages} × {slots} hold {cells}. Add a stage or a slot.",
            {"acts": acts, "stages": _stages(wish.stages), "slots": _slots(wish.slots), "cells": cells},
        )


def called(team: str, names: Mapping[str, str]) -> str:
    """What people call a team."""
    return names.get(team, "Leadership" if team == LEAD else team)


def _must_be_sound(wish: Wish, names: Mapping[str, str]) -> None:
    known = {*wish.teams, *wish.headliners, LEAD}
    if not wish.teams and not wish.headliners:
        raise Refused("no_line_up", "A line-up needs at least one team.")
    if len(wish.teams) > MOST_TEAMS or len(wish.pairs) > MOST_PAIRS:
        raise Refused(
            "no_line_up",
            "A line-up is made for at most {teams} teams and {pairs} must-see pairs.",
            {"teams": MOST_TEAMS, "pairs": MOST_PAIRS},
        )
    if not 1 <= wish.stages <= MOST_STAGES or not 1 <= wish.slots <= MOST_SLOTS:
        raise Refused(
            "no_line_up",
            "A festival has from 1 to {stages} stages and from 1 to {slots} slots.",
            {"stages": MOST_STAGES, "slots": MOST_SLOTS},
        )
    for team, people in wish.teams.items():
        if not team.strip() or not _can_be_written(team) or people < 0:
            raise Refused("no_line_up", "Each team needs a name, and no fewer than no people.")
    for team, plays in wish.headliners.items():
        if team != LEAD and team not in wish.teams:
            raise Refused("no_line_up", "{team} is a headliner, but not one of the teams.", {"team": team[:60]})
        if not 1 <= plays <= MOST_SHOWINGS:
            raise Refused(
                "no_line_up",
                "{team} cannot play {plays} times: a headliner has two or three slots.",
                {"team": called(team, names), "plays": plays},
            )
    for consumer, provider in wish.pairs:
        if consumer == provider or not {consumer, provider} <= known:
            raise Refused(
                "no_line_up",
                "“{consumer} must see {provider}” does not name two of the teams.",
                {"consumer": consumer[:60], "provider": provider[:60]},
            )


def _counted(headliners: Mapping[str, int], names: Mapping[str, str]) -> str:
    return ", ".join(f"{called(team, names)} {plays}" for team, plays in sorted(headliners.items()))


def _can_be_written(name: str) -> bool:
    """Whether a name can be stored and shown; half a sign cannot."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _slots(count: int) -> str:
    return f"{count} slot" if count == 1 else f"{count} slots"


def _stages(count: int) -> str:
    return f"{count} stage" if count == 1 else f"{count} stages"
