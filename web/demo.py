"""The demonstration organisation: a room filled with Kestrel Heat, with sessions of it ready to be rehearsed."""

import asyncio
import json

from sessions.activities.festival.hosting import PlanHosts
from sessions.activities.festival.planning import DrawLineUp, PlanFestival
from sessions.activities.festival.publishing import PublishLineUp
from sessions.activities.marketplace.planning import PlanMarket
from sessions.decide import decide_record
from sessions.record.dependencies.triggers import RaiseTrigger
from sessions.rules.line_up.wish import LEAD
from web import demo_steps
from workshop import files, joining, taking_in
from workshop.asking import by
from workshop.directory import Rooms
from workshop.keys import Ring

#: What is done before Kestrel's festival begins (``spec/kestrel.md``, step 7).
FESTIVAL = (
    PlanFestival(stages=4, slots=4, headliners={LEAD: 2, "PLA": 2}),
    DrawLineUp(),
    PublishLineUp(),
    PlanHosts(),
)
#: What is done before its marketplace begins: after a festival nobody pitches (step 8).
MARKET = (PlanMarket(pitches="none"),)


async def open_demo(rooms: Rooms, ring: Ring | None = None) -> tuple[str, str]:
    """A room filled with Kestrel Heat, an organisation of 121 people after its marketplace."""
    came = files.document.read(await asyncio.to_thread(files.DEMO.read_text))
    id, key = await joining.open_room(rooms, came.organisation, ring)
    await taking_in.take_in(rooms.room(id), came)
    return id, key


async def open_step(rooms: Rooms, step: int, address: str, ring: Ring | None = None) -> dict[str, str]:
    """A room of Kestrel's as it stands when a step of its cycle begins, with the session that comes next in it."""
    body = json.loads(await asyncio.to_thread(files.DEMO.read_text))
    came = files.document.read(json.dumps(demo_steps.with_themes(demo_steps.at_step(body, step), step)))
    id, key = await joining.open_room(rooms, came.organisation, ring)
    held = rooms.room(id)
    await taking_in.take_in(held, came)
    if step >= demo_steps.LAST:
        acts = by("")
        fired = RaiseTrigger(dependency="D6", text="feed 88% complete", day="2026-08-07")
        await held.turns.ask("", lambda: decide_record(held.room, fired, acts, True))
    made = {"room": id, "room_token": key, "url": f"{address}/r/{id}#key={key}"}
    if step not in demo_steps.SESSIONS:
        return made
    format, title = demo_steps.SESSIONS[step]
    if format == "festival":
        return {**made, "session_url": await open_festival(rooms, id, address, ring)}
    if format == "marketplace":
        return {**made, "session_url": await open_market(rooms, id, address, ring)}
    team = demo_steps.TEAM if format == "team_draft" else ""
    about = demo_steps.GOAL if format == "confidence_vote" else ""
    opened = await joining.open_session(rooms, format, title, id, ring, team, about)
    return {**made, "session_url": f"{address}/s/{opened.code}/helm#key={opened.helm}"}


async def open_festival(rooms: Rooms, room: str, address: str, ring: Ring | None = None) -> str:
    """The link to facilitate Kestrel's festival, with its line-up published and its hosts planned."""
    opened = await joining.open_prepared(rooms, room, "festival", "Festival Q3", FESTIVAL, ring)
    return f"{address}/s/{opened.code}/helm#key={opened.helm}"


async def open_market(rooms: Rooms, room: str, address: str, ring: Ring | None = None) -> str:
    """The link to facilitate Kestrel's marketplace: needs that wait for a yes are marked already."""
    opened = await joining.open_prepared(rooms, room, "marketplace", "Marketplace Q3", MARKET, ring)
    return f"{address}/s/{opened.code}/helm#key={opened.helm}"


async def open_leads(rooms: Rooms, room: str, address: str, ring: Ring | None = None) -> str:
    """The link to facilitate Kestrel's horizontal session (step 10)."""
    opened = await joining.open_prepared(rooms, room, "horizontal_session", "Horizontal Q3", (), ring)
    return f"{address}/s/{opened.code}/helm#key={opened.helm}"


async def open_ready(rooms: Rooms, room: str, address: str, ring: Ring | None = None) -> dict[str, str]:
    """The links to everything of Kestrel's that is ready to be rehearsed."""
    return {
        "festival_url": await open_festival(rooms, room, address, ring),
        "market_url": await open_market(rooms, room, address, ring),
        "leads_url": await open_leads(rooms, room, address, ring),
    }
