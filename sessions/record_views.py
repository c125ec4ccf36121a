"""What the record shows, built up from what is allowed: everyone invited, and besides whoever keeps it."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

from sessions import formats
from sessions.entities import result_card
from sessions.record.alignment import Alignment
from sessions.record.confidence import Confidence
from sessions.record.feedback import Feedback
from sessions.record.objectives import Objective
from sessions.room import Held, Room

Entity = dict[str, Any]
Thing = TypeVar("Thing")


def keys(room: Room) -> Iterator[str]:
    """Every key that could hold something."""
    record = room.record
    yield "room"
    yield from ("team:" + id for id in record.teams)
    yield from ("leader:" + id for id in room.people)
    yield from ("objective:" + id for id in record.objectives)
    yield from ("result:" + id for id in record.results)
    yield from ("feedback:" + id for id in record.feedback)
    yield from ("session:" + id for id in room.held)


class Sight:
    """A look at the record as it is now; what has to be found for each thing is gathered once for all of them."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def for_everyone(self, key: str) -> Entity | None:
        """The entity under ``key`` as everybody sees it who may look at the record; drafts are not there."""
        return _entity(self, key, drafts=False)

    def for_keepers(self, key: str) -> Entity | None:
        """What whoever holds the key sees besides: drafts, and what belongs to them."""
        return _entity(self, key, drafts=True) if self.for_everyone(key) is None else None

    @cached_property
    def team_places(self) -> dict[str, int]:
        """Team → its place in the list."""
        return {id: place for place, id in enumerate(self.room.record.teams)}

    @cached_property
    def goal_places(self) -> dict[str, int]:
        """Objective → its place in the list."""
        return {id: place for place, id in enumerate(self.room.record.objectives)}

    @cached_property
    def links(self) -> dict[str, list[Alignment]]:
        """Objective → what it serves."""
        return _grouped(self.room.record.alignments.values(), lambda link: link.child)

    @cached_property
    def votes(self) -> dict[str, list[Confidence]]:
        """Objective → rounds of confidence votes that may be told."""
        return _grouped((v for v in self.room.record.confidence if v.tells()), lambda vote: vote.objective)

    @cached_property
    def open(self) -> dict[str, list[Feedback]]:
        """Objective → feedback that nobody has answered."""
        return _grouped(self.room.record.open_feedback(), lambda given: given.objective)

    @cached_property
    def carriers(self) -> set[str]:
        """Who leads, carries a result, or sponsors."""
        record = self.room.record
        return {*record.leaders, *record.carriers(), record.sponsor}


def _grouped(things: Iterable[Thing], by: Callable[[Thing], str]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = {}
    for thing in things:
        found.setdefault(by(thing), []).append(thing)
    return found


def stale(touched: set[str]) -> set[str]:
    """Which keys have to be looked at again after ``touched``."""
    found = {key for key in touched if key.partition(":")[0] in _KINDS}
    return found | {"leader:" + key[7:] for key in touched if key.startswith("person:")}


_KINDS = {"room", "team", "leader", "objective", "result", "feedback", "session"}


def _entity(sight: Sight, key: str, drafts: bool) -> Entity | None:
    kind, _, id = key.partition(":")
    room, record = sight.room, sight.room.record
    match kind:
        case "room":
            return _head(room)
        case "team":
            team = record.teams.get(id)
            if team is None or team.gone:
                return None
            return {"name": team.name, "kind": team.kind, "size": team.size, "place": sight.team_places[id]}
        case "leader":
            person = room.people.get(id)
            known = person is not None and not person.gone and id in sight.carriers
            return {"name": person.name} if person and known else None
        case "objective":
            objective = record.objectives.get(id)
            return _objective(sight, objective) if objective and _visible(objective, drafts) else None
        case "result":
            result = record.results.get(id)
            objective = record.objectives.get(result.objective) if result else None
            if result is None or result.dropped or objective is None or not _visible(objective, drafts):
                return None
            card = result_card(room, result)
            return {**card, "lead_names": [room.name_of(p) for p in result.leads]}
        case "feedback":
            given = record.feedback.get(id)
            home = record.objectives.get(given.objective) if given else None
            return _feedback(room, given) if given and home and _visible(home, drafts) else None
        case "session":
            held = room.held.get(id)
            return _held(room, held) if held else None
    return None


def _visible(objective: Objective, drafts: bool) -> bool:
    return bool(objective.text) and (drafts or objective.status != "draft")


def _head(room: Room) -> Entity:
    record = room.record
    shown = [f for f in record.open_feedback() if _visible(record.objectives[f.objective], drafts=False)]
    return {
        "name": record.organisation or room.name,
        "cycle": record.cycle,
        "brief": record.brief,
        "narrative": record.narrative,
        "sponsor": record.sponsor,
        "sponsor_name": room.name_of(record.sponsor),
        "open": len(shown),
    }


def _objective(sight: Sight, objective: Objective) -> Entity:
    room, links, votes = sight.room, sight.links.get(objective.id, ()), sight.votes.get(objective.id, ())
    return {
        "team": objective.team,
        "text": objective.text,
        "status": objective.status,
        "version": objective.version,
        "unaligned": objective.unaligned,
        "locked_by": room.name_of(objective.locked_by),
        "serves": [
            {"parent": link.parent, "words": _shown_line(room, link.parent), "kind": link.kind, "reason": link.reason}
            for link in links
        ],
        "confidence": [{"round": v.round, "mean": round(v.mean, 2), "voters": v.voters} for v in votes],
        "open": len(sight.open.get(objective.id, ())),
        "place": sight.goal_places[objective.id],
    }


def _feedback(room: Room, given: Feedback) -> Entity:
    team = room.record.teams.get(given.team)
    touches = room.record.teams.get(given.touches)
    return {
        "objective": given.objective,
        "on": given.on,
        "line": room.record.wording(given.on),
        "kind": given.kind,
        "text": given.text,
        "source": given.source,
        "team": given.team,
        "team_name": team.name if team else "",
        "touches": touches.name if touches else "",
        "by": given.by,
        "by_name": room.name_of(given.by),
        "version": given.version,
        "late": given.late,
        "state": given.state,
        "reason": given.reason,
        "due": given.due,
    }


def _shown_line(room: Room, id: str) -> str:
    """What a line says, unless it is a draft's."""
    objective = room.record.objective_of(id)
    return room.record.wording(id) if objective and _visible(objective, drafts=False) else ""


def _held(room: Room, held: Held) -> Entity:
    session = room.sessions.get(held.code)
    state = session.state if session else "closed" if held.ended else "lobby"
    return {
        "title": session.title if session else held.title,
        "format": held.format,
        "format_name": formats.ALL[held.format].name if held.format in formats.ALL else held.format,
        "state": state,
        "opened": held.opened,
        "ended": held.ended,
        "planned": held.planned,
        "teams": held.teams,
    }
