"""The history of the record: every change in words, newest first, with who, when and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from sessions.record.alignment import link_in_words
from sessions.record.brief import PARTS
from sessions.record.dependencies.happening import FIELDS
from sessions.record.dependencies.words import STANDINGS, who
from sessions.record.results.result import plain
from sessions.room import Room
from sessions.rules.differences import Piece, differences


class Sign(Protocol):
    """By whom a change is, when (Unix milliseconds), why, in which session, and whether it came with a file."""

    @property
    def imported(self) -> bool: ...

    @property
    def by(self) -> str: ...
    @property
    def at(self) -> int: ...
    @property
    def why(self) -> str: ...
    @property
    def session(self) -> str: ...


@dataclass(slots=True)
class Revision:
    """One change: who, what, when (Unix milliseconds) and why.

    ``on`` is an objective's, result's or team's id, and empty where it is the record as a whole; ``was`` and ``now``
    are kept as they were, with ids for people, teams and lines.
    """

    objective: str
    on: str
    what: str
    was: Any
    now: Any
    by: str
    at: int
    why: str
    session: str
    imported: bool


@dataclass(slots=True)
class Change:
    """A change as people read it: names instead of ids, and the words in pieces; ``at`` is 0 where none was kept."""

    at: int
    who: str
    key: str
    what: str
    why: str
    imported: bool
    on: str
    was: str
    now: str

    @property
    def pieces(self) -> list[Piece]:
        """The words that went, came and stayed."""
        return differences(self.was, self.now)

    @property
    def iso(self) -> str:
        """The moment for whoever computes with it, in UTC."""
        return datetime.fromtimestamp(self.at / 1000, UTC).isoformat(timespec="seconds") if self.at else ""

    @property
    def day(self) -> str:
        """The moment for who reads it where nothing computes, in UTC."""
        return datetime.fromtimestamp(self.at / 1000, UTC).strftime("%d %b %Y, %H:%M UTC") if self.at else ""


#: What of a goal and its results changes its words or its measure; everything else is about them.
WORDS = {
    "text": "wording",
    "metric": "what is counted",
    "baseline": "where it was",
    "target": "target",
    "current": "where it is now",
    "direction": "direction",
    "unit": "unit",
    "finder": "who finds out",
    "find_by": "by when",
    "continuity": "continuity",
    "scope": "what it moves",
    "teams": "teams it touches",
    "result": "result",
}
WHAT = WORDS | {
    "status": "status",
    "version": "version",
    "polisher": "who polishes it",
    "leads": "who carries it",
    "serves": "what it serves",
    "team": "team",
    "kind": "kind of team",
    "size": "people in it",
    "capacity": "room for needs of others",
    "dependency": "answer",
    "duplicate": "what becomes of what both do",
    "share": "who leads it",
    "conflict": "conflict",
    "conflict.outcome": "decision",
    "raid": "to be watched",
    "theme": "what became of a theme",
    "finding": "what the record asks",
    "dependency.fired": "off track",
    "dependency.answered": "answer to what was raised",
    **{f"dependency.{field}": words for field, words in FIELDS.items()},
    "organisation": "name of the organisation",
    "sponsor": "sponsor",
    "cycle.name": "name of the cycle",
    "cycle.start": "first day of the cycle",
    "cycle.end": "last day of the cycle",
    "narrative.think": "what people shall think",
    "narrative.feel": "what people shall feel",
    "narrative.do": "what people shall do",
    **{f"brief.{part}": words for part, words in PARTS.items()},
}


def history(
    room: Room, of: str = "", session: str = "", drafts: bool = False, but: str = "", most: int = 0, skip: int = 0
) -> list[Change]:
    """Changes of one objective, of one session, or all, ``but`` one objective's; ``most`` of them after ``skip``.

    Those of drafts are there only where ``drafts`` may be seen.
    """
    record = room.record
    found: list[Revision] = []
    for revision in reversed(record.revisions):
        objective = record.objectives.get(revision.objective)
        hidden = bool(revision.objective) and (objective is None or (objective.status == "draft" and not drafts))
        hidden = hidden or (revision.objective == but != "")
        if hidden or (of and revision.objective != of) or (session and revision.session != session):
            continue
        found.append(revision)
        if most and len(found) >= skip + most:
            break
    return [_change(room, revision) for revision in found[skip:]]


def _change(room: Room, revision: Revision) -> Change:
    say = _SAID.get(revision.what, _plainly)
    was, now = say(room, revision.was), say(room, revision.now)
    return Change(
        at=revision.at,
        who=room.name_of(revision.by) or _whose(room, revision.session),
        key=revision.what,
        what=WHAT.get(revision.what, revision.what),
        why=revision.why,
        imported=revision.imported,
        on=_named(room, revision),
        was=was,
        now=now,
    )


def _whose(room: Room, session: str) -> str:
    held = room.held.get(session)
    return held.title if held else "whoever keeps the record"


def _named(room: Room, revision: Revision) -> str:
    """What changed: the words of a goal or result, the name of a team, or of the whole."""
    team = room.record.teams.get(revision.on)
    if revision.what in ("team", "kind", "size", "capacity") and team:
        return team.name
    if revision.what == "duplicate":
        return " and ".join(room.record.team_name(team) for team in revision.on.split("."))
    need = room.record.dependencies.get(revision.on)
    if need:
        return f"{who(room.record, need)}: {need.upstream_need}"
    return room.record.wording(revision.on) if revision.on else room.record.organisation


def _plainly(room: Room, value: Any) -> str:
    if isinstance(value, float):
        return plain(value)
    return "" if value is None else str(value)


def _people(room: Room, value: Any) -> str:
    people = value if isinstance(value, list) else [value]
    return ", ".join(name for name in map(room.name_of, people) if name)


def _teams(room: Room, value: Any) -> str:
    return ", ".join(room.record.teams[team].name for team in value if team in room.record.teams)


def _links(room: Room, value: Any) -> str:
    return "; ".join(link_in_words(room, *link) for link in value)


def _lead(room: Room, value: Any) -> str:
    team, person = value if isinstance(value, list) else ("", "")
    return f"{person}, {room.record.team_name(team)}" if person else ""


def _standing(room: Room, value: Any) -> str:
    return STANDINGS.get(value, "")


def _line(room: Room, value: Any) -> str:
    return room.record.public(value)


_SAID: dict[str, Callable[[Room, Any], str]] = {
    "dependency": _standing,
    "share": _lead,
    "dependency.reflected_in": _line,
    "dependency.consumer_kr": _line,
    "leads": _people,
    "sponsor": _people,
    "polisher": _people,
    "teams": _teams,
    "serves": _links,
}
