"""Whose side somebody takes in a dependency, and what every step begins with: is it theirs, and is it next?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sessions.record.decisions import is_whose
from sessions.record.dependencies.dependency import Dependency
from sessions.record.dependencies.happening import DependencyStepped
from sessions.record.dependencies.life import must_be_next
from sessions.room import AnywhereCommand, Keeping, Turn
from sessions.rules.ids import Id
from sessions.rules.refusal import Refused

if TYPE_CHECKING:
    from sessions.record.record import Record


class StepCommand(AnywhereCommand, frozen=True, kw_only=True):
    """A step from where a dependency stands. ``version`` is the one that was read; -1 does not say."""

    dependency: Id
    version: int = -1


def sides(turn: Turn | Keeping, need: Dependency) -> frozenset[str]:
    """Which sides whoever acts can take here."""
    found = {"keeper"} if turn.keeps else set()
    found |= {"consumer"} if turn.own_team == need.consumer else set()
    found |= {"provider"} if turn.own_team == need.provider else set()
    found |= {"decider"} if is_whose(turn, need.decider) else set()
    return frozenset(found)


def names(record: Record, need: Dependency) -> dict[str, str]:
    """The two teams and the decider, for sentences."""
    decider = need.decider or "Nobody yet"
    return {
        "consumer": record.team_name(need.consumer),
        "provider": record.team_name(need.provider),
        "decider": decider,
    }


def found(turn: Turn | Keeping, asked: StepCommand, step: str) -> Dependency:
    """The dependency, where this step is next and of whoever acts; refused where it is not what they read."""
    need = turn.record.dependencies.get(asked.dependency)
    if need is None:
        raise Refused("no_such_need", "That need is not there any more.")
    must_be_next(need, step, sides(turn, need), names(turn.record, need))
    return need


def must_be_as_read(turn: Turn | Keeping, need: Dependency, version: int, words: str = "") -> None:
    """Refuse a step that was taken from something else than what stands there now."""
    if version in (-1, need.version):
        return
    last = need.steps[-1] if need.steps else None
    who = turn.room.name_of(last.by) if last else ""
    typed: dict[str, Any] = {"text": words} if words else {}
    if last and who:
        sentence = "{who} has changed this meanwhile. Read it again, then say it again."
        raise Refused("changed_meanwhile", sentence, {"who": who}, **typed)
    raise Refused("changed_meanwhile", "This has changed meanwhile. Read it again, then say it again.", **typed)


def stepped(
    turn: Turn | Keeping,
    need: Dependency,
    step: str,
    state: str = "",
    why: str = "",
    anew: bool = False,
    confirmed: int | None = None,
    answered_by: str | None = None,
    changes: Mapping[str, str] | None = None,
) -> DependencyStepped:
    """The fact that a step was taken. ``anew``: what the two have to agree on is another one since.

    Whoever acts for neither of the two says why, for others read it.
    """
    acts = sides(turn, need)
    if acts == {"keeper"} and not why:
        raise Refused("needs_reason", "You act for others here: add a line that says why, or who told you.")
    return DependencyStepped(
        dependency=need.id,
        step=step,
        state=state or need.state,
        version=need.version + (1 if anew else 0),
        confirmed=need.confirmed if confirmed is None else confirmed,
        team=turn.own_team if acts & {"consumer", "provider"} else "",
        answered_by=need.answered_by if answered_by is None else answered_by,
        changes={field: now for field, now in (changes or {}).items() if now != getattr(need, field)},
        why=why,
    )
