"""What a file means for the record that is there: the one fact it amounts to, and what may not pass."""

from collections.abc import Callable
from typing import Any

from sessions.record.conflicts.rows import CONFLICTS
from sessions.record.cycles import must_be_written
from sessions.record.dependencies.rows import DEPENDENCIES
from sessions.record.files.importing import Imported, ObjectiveRow, ResultRow
from sessions.record.files.incoming import Incoming
from sessions.record.files.matching import Matching
from sessions.record.raid.rows import RAID
from sessions.record.record import Record
from sessions.record.shares.incoming import must_keep_shares
from sessions.room import Room
from sessions.rules import bounds
from sessions.rules.refusal import Refused


def counts(room: Room, event: Imported) -> dict[str, dict[str, int]]:
    """How many teams, objectives, key results and people of a file are new here, and how many known."""
    kinds: dict[str, tuple[list[str], dict[str, Any]]] = {
        "teams": ([row.id for row in event.teams], room.record.teams),
        "objectives": ([row.id for row in event.objectives], room.record.objectives),
        "key_results": ([row.id for row in event.results], room.record.results),
        "people": ([row.id for row in event.leaders], room.people),
    }
    return {kind: {"all": len(ids), "new": sum(id not in there for id in ids)} for kind, (ids, there) in kinds.items()}


def settle(room: Room, came: Incoming, at: int, by: str, new_id: Callable[[], str]) -> Imported:
    """The one fact that a file amounts to here. Raises ``Refused`` where a row cannot be read, or may not pass."""
    event = weigh(room, came, at, by, new_id)
    if came.bad:
        first = min(came.bad, key=lambda unread: unread.line)
        why = {"line": first.line, "say": first.why.say}
        raise Refused("bad_rows", "Nothing was imported. Line {line}: {say}", why)
    return event


def weigh(room: Room, came: Incoming, at: int, by: str, new_id: Callable[[], str]) -> Imported:
    """What a file would amount to here; ``came.bad`` says by line what stands in its way."""
    must_be_written(room.record)
    matching = Matching(room, came, new_id)
    objectives = matching.objectives()
    record = room.record
    kept = came.kept
    if isinstance(came.kept.get("dependencies"), list):
        kept = {**came.kept, "dependencies": matching.needs()}
    for listed in (DEPENDENCIES, CONFLICTS, RAID):
        listed.must_be_read(came, came.need_lines if listed is DEPENDENCIES else ())
    bounds.must_fit("teams", len({*record.teams, *matching.teams}))
    bounds.must_fit("objectives", len({*record.objectives, *(row.id for row in objectives)}))
    bounds.must_fit("key results", len({*record.results, *(row.id for row in matching.results)}))
    bounds.must_fit("people", len({*room.people, *matching.leaders}))
    _must_not_touch_what_is_locked(room.record, came, objectives, matching.results)
    must_keep_shares(room.record, came, objectives, matching.results)
    return Imported(
        at=at,
        by=by,
        organisation=came.organisation,
        cycle=came.cycle,
        brief=came.brief,
        narrative=came.narrative,
        teams=list(matching.teams.values()),
        objectives=objectives,
        results=matching.results,
        leaders=list(matching.leaders.values()),
        alignments=[*came.alignments, *matching.ties()],
        feedback=came.feedback,
        confidence=came.confidence,
        kept=kept,
        columns=came.chosen,
    )


def _must_not_touch_what_is_locked(
    record: Record, came: Incoming, objectives: list[ObjectiveRow], results: list[ResultRow]
) -> None:
    """A file gives no reasons, so it cannot change what is locked; saying the same again is fine."""
    locked = {o.id for o in record.objectives.values() if o.status == "locked"}
    for row in objectives:
        known = record.objectives.get(row.id)
        if known and row.id in locked and (row.text != known.text or row.status not in ("", "locked")):
            came.refuse(1, "“{text}” is locked. Change it on the record, with a reason.", text=known.text)
    for found in results:
        if found.objective in locked:
            result = record.results.get(found.id)
            if result is None or any(getattr(result, name) != value for name, value in found.fields.items()):
                came.refuse(1, "“{text}” is part of a locked goal. Change it on the record.", text=found.fields["text"])
