"""The next cycle: a room of its own, which begins with teams, people, the charter and what is open."""

import json
from collections.abc import Mapping
from typing import Any

from sessions.record.brief import CycleSet
from sessions.record.cycles import CycleBeside, CycleClosed, CycleFollows, must_be_written, scores
from sessions.room import Room
from sessions.rules.refusal import Refused
from workshop import joining, taking_in
from workshop.clock import now_ms
from workshop.directory import Rooms
from workshop.files import document
from workshop.hooks import hooks
from workshop.keys import Ring
from workshop.open_room import OpenRoom

#: What of a record goes along as it stands.
_ALONG = ("organisation", "teams", "leaders", "brief", "governance", "forum", "programme")
#: What of it goes along while it is open.
_OPEN_NEEDS = ("proposed", "undecided", "slipped", "accepted", "conditional")


async def turn(
    rooms: Rooms, held: OpenRoom, name: str, start: str, end: str, fates: Mapping[str, str], ring: Ring | None = None
) -> tuple[str, str]:
    """Close a cycle and open the next; returns its room and its key. Raises ``Refused``.

    ``fates`` say by result whether it is to ``continue``, ``change`` or ``stop``; nothing said is stopped.
    """
    must_be_written(held.room.record)
    if any(session.state == "open" for session in held.room.sessions.values()):
        raise Refused("in_session", "A session goes on right now. Close it before the cycle ends.")
    body = await held.turns.apart(lambda: carried(held.room, fates))
    came = document.read(body)
    room, key = await joining.open_room(rooms, held.room.record.organisation or held.room.name, ring)
    following = rooms.room(room)
    await taking_in.take_in(following, came)
    before = [*held.room.record.before, CycleBeside(held.id, held.room.record.cycle.get("name") or held.title)]
    organisation = held.room.record.organisation or held.room.name
    cycle = CycleSet(organisation=organisation[:60], name=name, start=start, end=end, at=now_ms())
    await following.turns.ask("", lambda: [cycle, CycleFollows(before=before)])
    await hooks.go_along(held, following)
    after = CycleBeside(room, name)
    known = {result: fate for result, fate in fates.items() if result in held.room.record.results}
    closed = CycleClosed(at=now_ms(), scores=scores(held.room), fates=known, next=after)
    await held.turns.ask("", lambda: [closed])
    return room, key


def carried(room: Room, fates: Mapping[str, str]) -> str:
    """What the next cycle begins with, as a document: goals whose results go on are drafts, from where they stand.

    What was open of this cycle is a theme of the next: what nobody has answered, and what was not decided.
    """
    said = json.loads(document.write(room, whole=False))
    found = {name: said[name] for name in _ALONG if said.get(name)}
    found.get("brief", {}).pop("current_theme", None)
    goals = [*(_several(said.get("top"))), *said.get("okrs", [])]
    going = [goal for goal in (_goes_on(goal, fates) for goal in goals) if goal]
    found["top"] = [goal for goal in going if not goal.get("team")]
    found["okrs"] = [goal for goal in going if goal.get("team")]
    found["dependencies"] = [_need(row) for row in said.get("dependencies", []) if row.get("state") in _OPEN_NEEDS]
    found["raid"] = [row for row in said.get("raid", []) if not row.get("closed")]
    found["themes"] = [*_open_themes(room), *(row for row in said.get("themes", []) if row.get("state") == "open")]
    return json.dumps({name: value for name, value in found.items() if value}, ensure_ascii=False)


def _goes_on(goal: dict[str, Any], fates: Mapping[str, str]) -> dict[str, Any] | None:
    results = [_result(row, fates[row["id"]]) for row in goal["key_results"] if fates.get(row["id"]) in _GOES_ON]
    if not results:
        return None
    kept: dict[str, Any] = {name: goal[name] for name in ("id", "objective", "team") if name in goal}
    return {**kept, "status": "draft", "key_results": results}


_GOES_ON = ("continue", "change")


def _result(row: dict[str, Any], fate: str) -> dict[str, Any]:
    """It begins where it stands today; what it is shared with is said anew."""
    left = ("current", "shared", "role", "owner", "lead_pair", "contribution")
    kept = {name: value for name, value in row.items() if name not in left}
    now = row.get("current")
    return {**kept, "continuity": fate, **({"baseline": now} if now is not None else {})}


def _need(row: dict[str, Any]) -> dict[str, Any]:
    """What is needed goes on; when, and what carries it, is asked again."""
    left = ("need_by", "decision_date", "reflected_in", "consumer_kr", "history", "confirmed", "decide_by")
    return {**{name: value for name, value in row.items() if name not in left}, "state": "proposed"}


def _open_themes(room: Room) -> list[dict[str, Any]]:
    record = room.record
    given = [
        {"id": f"open-{f.id}", "text": f.text, "dots": 0, "teams": [f.team] if f.team else [], "state": "open"}
        for f in record.open_feedback()
        if record.objectives[f.objective].status != "draft"
    ]
    clashes = [
        {"id": f"clash-{at}", "text": conflict.why, "dots": 0, "teams": list(conflict.raised_by), "state": "open"}
        for at, conflict in enumerate(record.conflicts.values())
        if not conflict.outcome and conflict.why
    ]
    return given + clashes


def _several(said: Any) -> list[dict[str, Any]]:
    return said if isinstance(said, list) else [said] if isinstance(said, dict) else []
