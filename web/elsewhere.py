"""Elsewhere: a request for a room that another process holds is answered there, whichever process it came to."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sessions.rules.refusal import Refused
from web.access import PASSED, as_fault, is_local_command
from web.admitting import Kind, admitted, seat_for
from web.faults import Fault
from workshop.cut import Visitor
from workshop.directory import AWAY, Rooms
from workshop.seats import Seat
from workshop.store import HeldElsewhere
from workshop.together.crossing import read, write
from workshop.together.links import Answer, Links, Unreachable
from workshop.together.relaying import Relayed
from workshop.together.together import Together

#: Seconds for which a request looks for whoever holds its room, and between two looks.
LOOKING, AGAIN = 6.0, 0.25

_NOT_HERE = "You are not part of this session. Join it with its code."
#: Says why nothing could be done, as this server says it.
Refuse = Callable[[Request, Exception], Awaitable[Response]]


class Asked(msgspec.Struct, array_like=True):
    """A request as it came."""

    method: str
    scheme: str
    path: str
    raw_path: bytes
    query: bytes
    headers: list[tuple[bytes, bytes]]
    client: tuple[str, int] | None
    server: tuple[str, int | None] | None
    root_path: str = ""
    body: bytes = b""
    #: A command on the machine of the process it came to, with the key of that machine.
    local: bool = False
    #: Where it is about a seat: what it is in.
    kind: str = ""
    named: str = ""


class Answered(msgspec.Struct, array_like=True):
    """What was said to it. ``moved``: the room is not here, and nothing was done."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = []
    body: bytes = b""
    moved: bool = False


class Admitted(msgspec.Struct, array_like=True):
    """Whom a seat speaks as, or why it has no place."""

    room: str = ""
    visitor: Visitor | None = None
    fault: tuple[int, str, str, dict[str, Any]] | None = None
    moved: bool = False


class Elsewhere:
    """Passes on what is asked of rooms that this process does not hold, and answers what others pass on."""

    def __init__(self, app: ASGIApp, whole: FastAPI, refuse: Refuse) -> None:
        self.app, self._whole, self._refuse = app, whole, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        together = self._together() if scope["type"] == "http" and PASSED not in scope else None
        if together is None:
            await self.app(scope, receive, send)
            return
        body = _Kept(receive)
        try:
            await self._find(together, scope, body, send)
        except (Refused, HTTPException) as why:
            response = await self._refuse(Request(scope), why)
            await response(scope, body.again(), send)

    def _together(self) -> Together | None:
        rooms: Rooms = self._whole.state.rooms
        return rooms.together

    async def _find(self, together: Together, scope: Scope, body: "_Kept", send: Send) -> None:
        until = time.monotonic() + LOOKING
        while True:
            try:
                await self.app(scope, body.again(), send)
                return
            except HeldElsewhere as elsewhere:
                asked = _asked(scope, await body.whole(), self._whole.state.local_key)
                answer = await _pass_on(together, elsewhere, asked)
                if answer is not None:
                    await _say(send, answer)
                    return
            if time.monotonic() > until:
                raise Refused("busy", AWAY)
            await asyncio.sleep(AGAIN)


async def _pass_on(together: Together, held: HeldElsewhere, asked: Asked) -> Answered | None:
    """What the process that holds the room answers; none where it does not hold it, or is not there to be asked."""
    try:
        answer = read(Answered, await together.links.answered(held.process, "http", write(asked)))
    except Unreachable:
        # It may have been done. What only looks is asked again; what does something is for the asker to decide.
        if asked.method in ("GET", "HEAD"):
            return None
        raise Refused("busy", AWAY) from None
    if answer.moved:
        together.knows(held.room, 0)
        return None
    return answer


async def seat_elsewhere(asks: HTTPConnection, held: HeldElsewhere, kind: Kind, named: str) -> tuple[Relayed, Seat]:
    """A seat in a room that another process holds; raises ``Fault``."""
    together: Together | None = asks.app.state.rooms.together
    assert together is not None
    asked = _asked({**asks.scope, "method": "GET"}, b"", "")
    asked.kind, asked.named = kind, named
    try:
        answer = read(Admitted, await together.links.answered(held.process, "admit", write(asked)))
    except Unreachable:
        raise as_fault(Refused("busy", AWAY)) from None
    if answer.moved:
        together.knows(held.room, 0)
        raise as_fault(Refused("busy", AWAY))
    if answer.visitor is None:
        status, code, sentence, values = answer.fault or (403, "not_here", _NOT_HERE, {})
        raise Fault(status, code, sentence, values)
    room, seat = together.relays.room(answer.room, held.process), seat_for(answer.visitor)
    room.expect(seat)
    return room, seat


def answer_others(app: FastAPI, links: Links) -> None:
    """Answer what other processes pass on, from now on."""
    tasks: set[asyncio.Task[None]] = set()

    def later(work: Any) -> None:
        task = asyncio.ensure_future(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    links.asked["http"] = lambda process, body, answer: later(_answer(app, read(Asked, body), answer))
    links.asked["admit"] = lambda process, body, answer: later(_admit(app, read(Asked, body), answer))


async def _answer(app: FastAPI, asked: Asked, answer: Answer) -> None:
    said, sent = Answered(), list[bytes]()

    async def receive() -> Message:
        return {"type": "http.request", "body": asked.body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            said.status, said.headers = message["status"], [(bytes(k), bytes(v)) for k, v in message["headers"]]
        elif message["type"] == "http.response.body":
            sent.append(message.get("body", b""))

    try:
        await app(_scope(asked), receive, send)
        said.body = b"".join(sent)
    except HeldElsewhere:
        said = Answered(moved=True)
    finally:
        answer(write(said if said.status or said.moved else Answered(500)))


async def _admit(app: FastAPI, asked: Asked, answer: Answer) -> None:
    asks = HTTPConnection({**_scope(asked), "app": app})
    found: Rooms = app.state.rooms
    kind: Kind = "record" if asked.kind == "record" else "session"
    try:
        row = found.store.session(asked.named) if kind == "session" else None
        await found.awake(row["room"] if row else asked.named)
        room, visitor = admitted(asks, kind, asked.named)
        answer(write(Admitted(room.id, visitor)))
    except HeldElsewhere:
        answer(write(Admitted(moved=True)))
    except Refused as refusal:
        fault = refusal if isinstance(refusal, Fault) else as_fault(refusal)
        answer(write(Admitted(fault=(fault.status, fault.code, fault.sentence, fault.values))))


def _asked(scope: Scope, body: bytes, local_key: str) -> Asked:
    asks = HTTPConnection(scope)
    return Asked(
        scope["method"],
        scope["scheme"],
        scope["path"],
        scope.get("raw_path") or scope["path"].encode(),
        scope["query_string"],
        [(bytes(name), bytes(value)) for name, value in scope["headers"]],
        tuple(scope["client"]) if scope.get("client") else None,
        tuple(scope["server"]) if scope.get("server") else None,
        scope.get("root_path", ""),
        body,
        bool(local_key) and is_local_command(asks),
    )


def _scope(asked: Asked) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": asked.scheme,
        "path": asked.path,
        "raw_path": asked.raw_path,
        "query_string": asked.query,
        "root_path": asked.root_path,
        "headers": asked.headers,
        "client": asked.client,
        "server": asked.server,
        "state": {},
        "extensions": {},
        PASSED: "local" if asked.local else "other",
    }


async def _say(send: Send, answer: Answered) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})


class _Kept:
    """A body that can be read again, as often as the request is looked at."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._messages: list[Message] = []

    def again(self) -> Receive:
        """Receive it from its beginning."""
        at = 0

        async def receive() -> Message:
            nonlocal at
            if at == len(self._messages):
                self._messages.append(await self._receive())
            at += 1
            return self._messages[at - 1]

        return receive

    async def whole(self) -> bytes:
        """All of it."""
        receive, parts = self.again(), list[bytes]()
        while True:
            message = await receive()
            parts.append(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body"):
                return b"".join(parts)
