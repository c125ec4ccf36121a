"""What is kept of hooks: which a room has, and what waits to be told to each, beside the events that it tells of."""

import json
import secrets
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import delete, func, select, update

from sessions.news import News
from workshop.clock import now_ms
from workshop.statements import Rows, table
from workshop.store import Store
from workshop.tables import CallRow, HookRow


def hooks_of(store: Store, room: str) -> Rows:
    """The hooks of a room, the oldest first."""
    t = table(HookRow)
    with store.reading() as stored:
        found = stored.execute(select(t).where(t.c.room == room).order_by(t.c.made, t.c.id))
        return [dict(row._mapping) for row in found]


def a_call(room: str, session: str, hook: str, news: News) -> dict[str, Any]:
    """The row of something that waits to be told to one program."""
    at = datetime.fromtimestamp(now_ms() / 1000, UTC).isoformat(timespec="milliseconds")
    body = json.dumps({**msgspec.to_builtins(news), "room": room, "at": at}, ensure_ascii=False).encode()
    id = secrets.token_urlsafe(12)
    return {"id": id, "hook": hook, "room": room, "session": session, "body": body, "due": now_ms(), "tries": 0}


def due(store: Store, most: int) -> Rows:
    """Calls that are due, with the address, kind and secret of their hooks."""
    calls, hooks = table(CallRow), table(HookRow)
    query = select(calls, hooks.c.url, hooks.c.kind, hooks.c.secret).join(hooks, hooks.c.id == calls.c.hook)
    with store.reading() as stored:
        found = stored.execute(query.where(calls.c.due <= now_ms()).order_by(calls.c.due).limit(most))
        return [dict(row._mapping) for row in found]


def next_due(store: Store) -> int:
    """When the next call is due (Unix milliseconds), or 0."""
    calls, hooks = table(CallRow), table(HookRow)
    first = select(func.min(calls.c.due)).select_from(calls.join(hooks, hooks.c.id == calls.c.hook))
    with store.reading() as stored:
        return stored.execute(first).scalar() or 0


def sweep(store: Store, all: bool = False) -> None:
    """What waits for a program that is not on a list any more, or for anybody, is dropped; in the writing thread."""
    calls, hooks = table(CallRow), table(HookRow)
    gone = delete(calls) if all else delete(calls).where(calls.c.hook.not_in(select(hooks.c.id)))
    with store.writing() as stored:
        stored.execute(gone)


def claim(store: Store, id: str, due: int, until: int) -> bool:
    """Whether this process may call, and no other before then (Unix milliseconds); in the writing thread."""
    t = table(CallRow)
    with store.writing() as stored:
        return stored.execute(update(t).where(t.c.id == id, t.c.due == due).values(due=until)).rowcount == 1


def taken(store: Store, call: dict[str, Any]) -> None:
    """A call was taken; in the writing thread."""
    calls, hooks = table(CallRow), table(HookRow)
    with store.writing() as stored:
        stored.execute(delete(calls).where(calls.c.id == call["id"]))
        now = now_ms()
        listens = update(hooks).where(hooks.c.id == call["hook"]).values(tried=now, told=now, failing=0, said="")
        stored.execute(listens)


def not_taken(store: Store, call: dict[str, Any], again: int, why: str) -> None:
    """It was not, and is due again then (Unix milliseconds; 0: given up); in the writing thread."""
    calls, hooks = table(CallRow), table(HookRow)
    with store.writing() as stored:
        if again:
            stored.execute(update(calls).where(calls.c.id == call["id"]).values(due=again, tries=call["tries"] + 1))
        else:
            stored.execute(delete(calls).where(calls.c.id == call["id"]))
        since = update(hooks).where(hooks.c.id == call["hook"], hooks.c.failing == 0).values(failing=now_ms())
        stored.execute(since)
        stored.execute(update(hooks).where(hooks.c.id == call["hook"]).values(tried=now_ms(), said=why[:80]))
