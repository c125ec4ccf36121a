"""The log: nobody who comes waits for the room to fall silent."""

import asyncio

from sessions.facilitate.attention import Hand
from tests.server import Server


async def test_somebody_can_come_while_commands_never_stop(server: Server) -> None:
    opened = await server.open()
    ann, _ = await opened.people("Ann Bob")
    room = server.room(opened.code)

    async def never_stop() -> None:
        count = 0
        while True:
            count += 1
            room.take(opened.code, ann.person, Hand(id=f"h{count}", on=count % 2 == 1), lambda payload: None)
            await asyncio.sleep(0)

    pressing = asyncio.create_task(never_stop())
    try:
        async with asyncio.timeout(8):
            cy = await server.join(opened.code, "Cy")
    finally:
        pressing.cancel()
    assert cy.person in {key.partition(":")[2] for key in cy.session if key.startswith("person:")}
