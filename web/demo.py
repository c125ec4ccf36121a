"""The demonstration organisation: a room filled with Kestrel Heat, with sessions of it ready to be rehearsed."""

import asyncio

from sessions.activities.festival.hosting import PlanHosts
from sessions.activities.festival.planning import DrawLineUp, PlanFestival
from sessions.activities.festival.publishing import PublishLineUp
from sessions.activities.marketplace.planning import PlanMarket
from sessions.rules.line_up.wish import LEAD
from workshop import files, joining, taking_in
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
