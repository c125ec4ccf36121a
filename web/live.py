"""The live socket: who sits down, what they send, and that they are heard in turn."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from fastapi import APIRouter, WebSocket
from starlette.responses import JSONResponse

from sessions.rules.refusal import Refused
from web.access import check_origin, in_room, must_find, ring_of, rooms, voices_in
from web.fanout import EXTENSION, FanoutProtocol, FastPort, PlainPort
from web.faults import Fault
from workshop import wire
from workshop.cut import RECORD, Visitor
from workshop.keys import LENT, Voice, digest
from workshop.open_room import OpenRoom
from workshop.seats import PATIENCE, Seat

router = APIRouter()
#: Bytes an echo has at most, and seconds until a socket has to have said its first word.
ECHO, FIRST_WORD = 64, 20.0
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
    port.on_resume = lambda: room.desk.catch_up(seat)
    silent = asyncio.get_running_loop().call_later(FIRST_WORD, _must_have_spoken, seat)
    try:
        await _listen(websocket, room, seat, websocket.scope.get("extensions", {}).get(EXTENSION))
    finally:
        silent.cancel()
        seat.gone = True
        room.desk.leave(seat)
        if isinstance(port, PlainPort):
            port.stop()


def _must_have_spoken(seat: Seat) -> None:
    if not seat.ready and not seat.gone:
        seat.dismiss("no_first_word", "Nothing was said on this connection, so it was closed.")


def _admit(websocket: WebSocket, code: str) -> tuple[OpenRoom, Seat]:
    _must_say_whence(websocket)
    room, session = must_find(websocket, code)
    wanted = websocket.query_params.get("as", "")
    found = voices_in(websocket, code, "" if wanted == "screen" else wanted)
    if not found:
        raise Fault(403, "not_here", "You are not part of this session. Join it with its code.")
    screen = found[0].role == "screen" or wanted == "screen"
    voice = next((v for v in found if v.role == "screen"), found[0]) if screen else found[0]
    own = voice.role == "screen" or session.is_facilitator(voice.person)
    hand = lent_hand(voice, websocket.query_params.get("hand", ""))
    visitor = Visitor(session.code, voice.person, voice.look[0], hand, session.code, screen, own_screen=screen and own)
    return room, Seat(_Nowhere(), visitor)


def lent_hand(voice: Voice, given: str) -> str:
    """What a seat looks with: on a device that was lent, each opening of the page sees only what it wrote itself."""
    if voice.role != "lent":
        return voice.hand
    if not LENT.fullmatch(given):
        raise Fault(403, "not_here", "Open this page again from the device that lends it.")
    return given


def _admit_to_record(websocket: WebSocket, room: str) -> tuple[OpenRoom, Seat]:
    _must_say_whence(websocket)
    found = in_room(websocket, room)
    if not found or rooms(websocket).store.room(room) is None:
        raise Fault(403, "not_here", "You are not invited to this record. Ask for its link.")
    held = rooms(websocket).room(room)
    speaks = next((v for v in found if v.person), Voice(room, "", "", ""))
    person = held.room.whole(speaks.person)
    teams = [v.role.removeprefix("member:") for v in found if v.role.startswith("member:")]
    key = any(v.role == "room" for v in found)
    who = person or digest(websocket.headers.get("authorization", "") or ring_of(websocket)).hex()
    visitor = Visitor(RECORD, person, speaks.person, speaks.hand, speaks.session, key=key, who=who)
    visitor.team = next(filter(None, teams), "")
    return held, Seat(_Nowhere(), visitor)


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
        if not _is_free(seat, outline, text) and not _within_its_share(seat):
            return
        if outline.do:
            _command(room, seat, text, outline)
        elif outline.since is not None:
            _first_word(room, seat, outline.since, outline.epoch)
        elif outline.at is not None:
            seat.echoed = outline.at
        elif outline.follow or outline.unfollow:
            _follow(room, seat, outline)
        else:
            raise Refused("unknown_frame", "This message is neither a command, an echo nor a first word.")
    except Refused as fault:
        seat.tell(wire.refused(outline.id if len(outline.id) <= wire.LONGEST_ID else "", fault))


def _is_free(seat: Seat, outline: wire.Frame, text: str | bytes) -> bool:
    """Whether a frame is an echo and nothing else, as often as there is something to echo: only that is free."""
    echo = outline.at is not None and len(text) <= ECHO and outline == wire.Frame(at=outline.at)
    return echo and seat.may_echo(asyncio.get_running_loop().time())


def _first_word(room: OpenRoom, seat: Seat, since: int, epoch: str) -> None:
    """One first word of a seat is worked on at a time; of those that come meanwhile the last counts."""
    waiting, seat.first_word = seat.first_word is not None, (since, epoch)
    if not waiting:
        _later(_sit(room, seat))


async def _sit(room: OpenRoom, seat: Seat) -> None:
    try:
        word = None
        while word != seat.first_word and not seat.gone:
            word = seat.first_word
            assert word is not None
            await room.sit(seat, *word)
    finally:
        seat.first_word = None


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
    visitor = seat.visitor
    if visitor.screen:
        raise Refused("not_yours", "The big screen only shows.")
    command = wire.command(text, outline)
    if visitor.channel == RECORD:
        room.turns.take_on_record(visitor.person, visitor.key, visitor.team, command, seat.tell, visitor.who)
        return
    room.turns.take(visitor.channel, visitor.person, command, seat.tell, visitor.look)


def _follow(room: OpenRoom, seat: Seat, outline: wire.Frame) -> None:
    if not seat.ready:
        raise Refused("no_first_word", "Say “since” first, then follow.")
    room.turns.audience.wish(seat.id, outline.follow, outline.unfollow)


class _Nowhere:
    """A port before the socket is open."""

    paused = False
    on_resume: Any = None

    def write(self, payloads: list[bytes], framed: bytes | None = None) -> None:
        """Nothing is open yet."""

    def close(self, code: int, reason: str) -> None:
        """Nothing is open yet."""
