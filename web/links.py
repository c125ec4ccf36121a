"""Ways in besides the door: links and their keys, devices that are claimed, and one that is lent."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from web import access, addresses
from web.faults import Fault
from workshop import joining, keys
from workshop.keys import Voice
from workshop.tables import OPERATOR

router = APIRouter(prefix="/api")


class Key(BaseModel):
    """A key out of a link's fragment."""

    key: str = Field(max_length=200)


class LinkWish(BaseModel):
    """Whom a link is for: a person who is here, a co-facilitator or the big screen."""

    role: str = "person"
    person: str = ""


class ClaimWish(BaseModel):
    """Whom a device says it belongs to."""

    person: str = Field(max_length=60)


class ClaimSecret(BaseModel):
    """What a device was given when it claimed."""

    claim: str = Field(max_length=100)


class Lending(BaseModel):
    """Who uses the facilitator's device for a while."""

    name: str = Field(max_length=400)


@router.post("/keys")
async def trade(request: Request, wish: Key) -> Response:
    """Trade a link's key for a place on the browser's ring; says which page it opens."""
    access.check_origin(request)
    rooms = access.rooms(request)
    voice = keys.of_key(rooms.store, wish.key)
    if voice is None:
        raise access.wrong_guess(request, "wrong_key", "This link does not work any more. Ask for a new one.")
    if "origin" in request.headers:
        access.must_keep_cookies(request)
    ring = access.fresh_ring(request)
    if voice.role == "co-facilitator":
        already = [v for v in access.voices(request) if v.session == voice.session]
        steering = [v for v in already if v.role == "facilitator"]
        if steering:
            return JSONResponse({"go": _page_of(steering[0])})
        voice = await joining.join_as_facilitator(rooms, voice.session, ring)
    else:
        await joining.put_on_ring(rooms, ring, voice)
    response = JSONResponse({"go": _page_of(voice)})
    access.give_ring(request, response, ring.name)
    return response


@router.post("/sessions/{code}/links", status_code=201)
async def new_link(request: Request, code: str, wish: LinkWish) -> dict[str, str]:
    """A new link: to one's own other device, or whatever a facilitator asks for."""
    access.check_origin(request)
    _, found = access.must_find(request, code)
    own = next((v for v in access.voices_in(request, code) if v.person and v.person == wish.person), None)
    mine = own if wish.role == "person" and own and own.role != "lent" else None
    maker = mine or access.must_help(request, code, wish.role, wish.person)
    if wish.role not in ("person", "co-facilitator", "screen"):
        raise Fault(422, "no_such_role", "A link is for a person, a co-facilitator or the screen.")
    key = await joining.link_for(access.rooms(request), found.code, wish.role, maker, wish.person, own=mine)
    page = {"person": "", "co-facilitator": "/helm", "screen": "/screen"}[wish.role]
    url = f"{addresses.base(request)}/s/{found.code}{page}#key={key}"
    return {"url": url, "qr": addresses.qr(url)}


@router.post("/sessions/{code}/helm", status_code=201)
async def take_helm(request: Request, code: str) -> Response:
    """Facilitate a session of one's own room, whoever opened it; a browser's ring speaks for it, others get the key."""
    access.check_origin(request)
    room, found = access.must_find(request, code)
    access.must_keep(request, room.id)
    if found.state == "closed":
        raise Fault(409, "closed", "This session is over. Its read-out stays.")
    if "origin" not in request.headers:
        key = keys.new_key()
        await joining.join_as_facilitator(access.rooms(request), found.code, key=key)
        return JSONResponse({"helm_token": key}, status_code=201)
    ring = access.fresh_ring(request)
    steering = [v for v in access.voices_in(request, code) if found.is_facilitator(v.person)]
    voice = steering[0] if steering else await joining.join_as_facilitator(access.rooms(request), found.code, ring)
    response = JSONResponse({"go": _page_of(voice)}, status_code=201)
    if not steering:
        access.give_ring(request, response, ring.name)
    return response


@router.post("/sessions/{code}/claims", status_code=201)
async def make_claim(request: Request, code: str, wish: ClaimWish) -> dict[str, str]:
    """Say that this device belongs to somebody who is here; a facilitator answers."""
    access.check_origin(request, cookie_counts=False)
    _, found = access.must_find(request, code)
    return {"claim": await joining.claim(access.rooms(request), found.code, wish.person)}


@router.post("/sessions/{code}/claims/answer")
async def read_claim(request: Request, code: str, wish: ClaimSecret) -> Response:
    """How a claim was answered; after a yes, once, the browser can speak for the person."""
    access.check_origin(request, cookie_counts=False)
    _, found = access.must_find(request, code)
    ring = access.fresh_ring(request)
    person, answer = await joining.claimed(access.rooms(request), found.code, wish.claim, ring)
    response = JSONResponse({"answer": answer, **({"person": person} if answer == "yes" else {})})
    if answer == "yes":
        access.give_ring(request, response, ring.name)
    return response


@router.post("/sessions/{code}/lend", status_code=201)
async def lend(request: Request, code: str, wish: Lending) -> Response:
    """A private screen on the facilitator's device, for somebody without one."""
    access.check_origin(request)
    _, found, _ = access.must_facilitate(request, code)
    ring = access.fresh_ring(request)
    voice, _ = await joining.join(access.rooms(request), found.code, wish.name, ring=ring, lent=True)
    response = JSONResponse({"go": f"/s/{found.code}?as={voice.person}&lent=1"}, status_code=201)
    access.give_ring(request, response, ring.name)
    return response


def _page_of(voice: Voice) -> str:
    if voice.role == OPERATOR:
        return "/server"
    if voice.role == "room" or voice.role.startswith("member:"):
        return f"/r/{voice.room}"
    page = {"facilitator": "/helm", "screen": "/screen"}.get(voice.role, "")
    return f"/s/{voice.session}{page}" + (f"?as={voice.person}" if voice.role == "person" else "")
