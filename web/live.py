"""The live socket: who sits down, what they send, and that they are heard in turn."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from fastapi import APIRouter, WebSocket
from starlette.responses import JSONResponse

from sessions.rules.refusal import Refused
from web.access import as_fault
from web.admitting import Kind, admit
from web.elsewhere import seat_elsewhere
from web.fanout import EXTENSION, FanoutProtocol, FastPort, PlainPort
from web.faults import Fault
from workshop import wire
from workshop.open_room import OpenRoom, hear
from workshop.seats import PATIENCE, Seat
from workshop.store import HeldElsewhere
from workshop.together.relaying import Relayed

router = APIRouter()
#: Bytes an echo has at most, and seconds until a socket has to have said its first word.
ECHO, FIRST_WORD = 64, 20.0
_tasks: set[asyncio.Task[None]] = set()

#: A room that is held here, or one of another process.
Room = OpenRoom | Relayed


@router.websocket("/api/sessions/{code}/live")
async def live(websocket: WebSocket, code: str) -> None:
    """The wire of one seat, from its first word to its last."""
    await _let_in(websocket, "session", code)


@router.websocket("/api/rooms/{room}/live")
async def record(websocket: WebSocket, room: str) -> None:
    """The wire of the record alone, for whoever holds the room's key or was invited."""
    await _let_in(websocket, "record", room)


async def _let_in(websocket: WebSocket, kind: Kind, named: str) -> None:
    """Let somebody in where they have a place, whichever process holds the room; or say why not."""
    try:
        why_not: HeldElsewhere | Refused | None = getattr(websocket.state, "not_here", None)
        if isinstance(why_not, Refused):
            raise why_not
        room, seat = (
            admit(websocket, kind, named) if why_not is None else await seat_elsewhere(websocket, why_not, kind, named)
        )
    except Fault as fault:
        await _deny(websocket, fault)
    except Refused as refusal:
        await _deny(websocket, as_fault(refusal))
    else:
        await _serve(websocket, room, seat)


async def _deny(websocket: WebSocket, fault: Fault) -> None:
    said = JSONResponse({"code": fault.code, "say": fault.say}, status_code=fault.status)
    await websocket.send_denial_response(said)


async def _serve(websocket: WebSocket, room: Room, seat: Seat) -> None:
    try:
        await websocket.accept()
        await _hear_all(websocket, room, seat)
    finally:
        seat.gone = True
        room.left(seat)


async def _hear_all(websocket: WebSocket, room: Room, seat: Seat) -> None:
    port = _port(websocket)
    seat.port = port
    port.on_resume = lambda: room.catch_up(seat)
    silent = asyncio.get_running_loop().call_later(FIRST_WORD, _must_have_spoken, seat)
    try:
        await _listen(websocket, room, seat, websocket.scope.get("extensions", {}).get(EXTENSION))
    finally:
        silent.cancel()
        if isinstance(port, PlainPort):
            port.stop()


def _must_have_spoken(seat: Seat) -> None:
    if not seat.ready and not seat.gone:
        seat.dismiss("no_first_word", "Nothing was said on this connection, so it was closed.")


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


async def _listen(websocket: WebSocket, room: Room, seat: Seat, protocol: FanoutProtocol | None) -> None:
    """Take messages until the socket is gone; straight from the protocol where it is ours."""
    if protocol is not None:
        protocol.on_text = lambda text: _take(room, seat, text)
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return
        _take(room, seat, message.get("text") or message.get("bytes") or b"")


def _take(room: Room, seat: Seat, text: str | bytes) -> None:
    outline = wire.Frame()
    try:
        outline = wire.read(text)
        if not _is_free(seat, outline, text) and not _within_its_share(seat):
            return
        if outline.do or outline.follow or outline.unfollow:
            if seat.first_word is not None and not seat.ready:
                seat.early.append(text)
            else:
                room.hear(seat, text, outline)
        elif outline.since is not None:
            _first_word(room, seat, outline.since, outline.epoch)
        elif outline.at is not None:
            seat.echoed = outline.at
        else:
            raise Refused("unknown_frame", "This message is neither a command, an echo nor a first word.")
    except Refused as fault:
        seat.tell(wire.refused(outline.id, fault))


def _is_free(seat: Seat, outline: wire.Frame, text: str | bytes) -> bool:
    """Whether a frame is an echo and nothing else, as often as there is something to echo: only that is free."""
    echo = outline.at is not None and len(text) <= ECHO and outline == wire.Frame(at=outline.at)
    return echo and seat.may_echo(asyncio.get_running_loop().time())


def _first_word(room: Room, seat: Seat, since: int, epoch: str) -> None:
    """One first word of a seat is worked on at a time; of those that come meanwhile the last counts."""
    waiting, seat.first_word = seat.first_word is not None, (since, epoch)
    if not waiting:
        _later(_sit(room, seat))


async def _sit(room: Room, seat: Seat) -> None:
    try:
        word = None
        while word != seat.first_word and not seat.gone:
            word = seat.first_word
            assert word is not None
            await room.sit(seat, *word)
    finally:
        seat.first_word = None
    _hear_early(room, seat)


def _hear_early(room: Room, seat: Seat) -> None:
    """What was said behind the first word is heard in its order, now that the seat has its place."""
    early, seat.early = seat.early, []
    for text in early if seat.ready else ():
        hear(room, seat, text)


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
