"""The live socket: who sits down, what they send, and that they are heard in turn."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from fastapi import APIRouter, WebSocket
from starlette.responses import JSONResponse

from sessions.rules.refusal import Refused
from web.access import Fault, check_origin, in_room, must_find, ring_of, rooms, voices_in
from web.fanout import EXTENSION, FanoutProtocol, FastPort, PlainPort
from workshop import wire
from workshop.keys import digest
from workshop.open_room import OpenRoom
from workshop.publishing import RECORD
from workshop.seats import PATIENCE, Seat

router = APIRouter()
_tasks: set[asyncio.Task[None]] = set()


@router.websocket("/api/sessions/{code}/live")
async def live(websocket: WebSocket, code: str) -> None:
    """The wire of one seat, from its first word to its last."""
    try:
        room, seat = _admit(websocket, code)
    except Fault as fault:
        await websocket.send_denial_response(
            JSONResponse({"code": fault.code, "say": fault.say}, status_code=fault.status)
        )
        return
    await _serve(websocket, room, seat)


@router.websocket("/api/rooms/{room}/live")
async def record(websocket: WebSocket, room: str) -> None:
    """The wire of the record alone, for whoever holds the room's key or was invited."""
    try:
        held, seat = _admit_to_record(websocket, room)
    except Fault as fault:
        await websocket.send_denial_response(
            JSONResponse({"code": fault.code, "say": fault.say}, status_code=fault.status)
        )
        return
    await _serve(websocket, held, seat)


async def _serve(websocket: WebSocket, room: OpenRoom, seat: Seat) -> None:
    await websocket.accept()
    port = _port(websocket)
    seat.port = port
    port.on_resume = lambda: room.publishing.catch_up(seat)
    try:
        await _listen(websocket, room, seat, websocket.scope.get("extensions", {}).get(EXTENSION))
    finally:
        seat.gone = True
        room.publishing.leave(seat)
        if isinstance(port, PlainPort):
            port.stop()


def _admit(websocket: WebSocket, code: str) -> tuple[OpenRoom, Seat]:
    _must_say_whence(websocket)
    room, session = must_find(websocket, code)
    wanted = websocket.query_params.get("as", "")
    found = voices_in(websocket, code, "" if wanted == "screen" else wanted)
    if not found:
        raise Fault(403, "not_here", "You are not part of this session. Join it with its code.")
    screen = found[0].role == "screen" or wanted == "screen"
    return room, Seat(_Nowhere(), session.code, found[0].person, screen=screen)


def _admit_to_record(websocket: WebSocket, room: str) -> tuple[OpenRoom, Seat]:
    _must_say_whence(websocket)
    found = in_room(websocket, room)
    if not found or rooms(websocket).store.room(room) is None:
        raise Fault(403, "not_here", "You are not invited to this record. Ask for its link.")
    held = rooms(websocket).room(room)
    person = next((held.room.whole(v.person) for v in found if v.person), "")
    teams = [v.role.removeprefix("member:") for v in found if v.role.startswith("member:")]
    key = any(v.role == "room" for v in found)
    who = person or digest(websocket.headers.get("authorization", "") or ring_of(websocket)).hex()
    return held, Seat(_Nowhere(), RECORD, person, key=key, team=next(filter(None, teams), ""), who=who)


def _must_say_whence(websocket: WebSocket) -> None:
    check_origin(websocket)
    if "origin" not in websocket.headers and ring_of(websocket):
        raise Fault(403, "no_origin", "Without an Origin, use a Bearer key.")


def _port(websocket: WebSocket) -> FastPort | PlainPort:
    def close(code: int, reason: str) -> None:
        _later(_close(websocket, code, reason))

    protocol = websocket.scope.get("extensions", {}).get(EXTENSION)
    return FastPort(protocol, close) if protocol else PlainPort(websocket.send_text, close)


def _later(work: Coroutine[Any, Any, None]) -> None:
    """Have it done soon, and hold on to it until it is."""
    task = asyncio.create_task(work)
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


async def _close(websocket: WebSocket, code: int, reason: str) -> None:
    try:
        await websocket.close(code, reason)
    except RuntimeError:
        return


async def _listen(websocket: WebSocket, room: OpenRoom, seat: Seat, protocol: FanoutProtocol | None) -> None:
    """Take messages until the socket is gone; straight from the protocol where it is ours."""
    if protocol is not None:
        protocol.on_text = lambda text: _take(room, seat, text)
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return
        _take(room, seat, message.get("text") or message.get("bytes") or b"")


def _take(room: OpenRoom, seat: Seat, text: str | bytes) -> None:
    outline = wire.Frame()
    try:
        outline = wire.read(text)
        if outline.at is None and not _within_its_share(seat):
            return
        if outline.do:
            _command(room, seat, text, outline)
        elif outline.since is not None:
            _later(room.sit(seat, outline.since, outline.epoch))
        elif outline.at is not None:
            seat.echoed = outline.at
        elif outline.follow or outline.unfollow:
            _follow(room, seat, outline)
        else:
            raise Refused("unknown_frame", "This message is neither a command, an echo nor a first word.")
    except Refused as fault:
        seat.tell(wire.refused(outline.id, fault))


def _within_its_share(seat: Seat) -> bool:
    """Whether the seat may send this; beyond its share it is warned, and then cut off."""
    if seat.may_send(asyncio.get_running_loop().time()):
        return True
    if seat.excess > PATIENCE:
        if not seat.gone:
            seat.gone = True
            seat.dismiss("too_fast", "Too many messages at once, so the connection was closed.")
        return False
    raise Refused("too_fast", "That was too fast. Wait a second; what you wrote is kept.")


def _command(room: OpenRoom, seat: Seat, text: str | bytes, outline: wire.Frame) -> None:
    if not seat.ready:
        raise Refused("no_first_word", "Say “since” first, then send commands.")
    if seat.screen:
        raise Refused("not_yours", "The big screen only shows.")
    command = wire.command(text, outline)
    if seat.session == RECORD:
        room.take_on_record(seat.person, seat.key, seat.team, command, seat.tell, seat.who)
        return
    room.take(seat.session, seat.person, command, seat.tell)


def _follow(room: OpenRoom, seat: Seat, outline: wire.Frame) -> None:
    if not seat.ready:
        raise Refused("no_first_word", "Say “since” first, then follow.")
    room.publishing.follow(seat, outline.follow, outline.unfollow)


class _Nowhere:
    """A port before the socket is open."""

    paused = False
    on_resume: Any = None

    def write(self, payloads: list[bytes], framed: bytes | None = None) -> None:
        """Nothing is open yet."""

    def close(self, code: int, reason: str) -> None:
        """Nothing is open yet."""
