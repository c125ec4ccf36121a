"""What only a desk without a room can get wrong: who sits down while others leave, and what it keeps for them."""

import asyncio
import json

from websockets.asyncio.client import connect

from tests.cluster.relayed.server import Relayed
from tests.server import Client, Opened
from workshop.together.relaying import Relayed as Room


def relayed(server: Relayed) -> list[Room]:
    """Rooms that are looked at from the process people come to."""
    found: list[Room] = server.app.state.rooms.together.relays.all()
    return found


async def test_who_was_let_in_hears_also_when_everybody_before_has_left_meanwhile(server: Relayed) -> None:
    opened: Opened = await server.open()
    (ann,) = await opened.people("Ann")
    # She opens the page a second time, and closes the first one before the second has said its first word.
    where = f"{server.address.replace('http', 'ws')}/api/sessions/{opened.code}/live"
    async with connect(where, additional_headers={"Authorization": f"Bearer {ann.key}"}, compression=None) as second:
        for client in server.clients:
            await client.leave()
        server.clients.clear()
        async with asyncio.timeout(5):
            while any(room.desk.seats() for room in relayed(server)):
                await asyncio.sleep(0)
        await second.send(json.dumps({"since": 0, "epoch": ""}))
        helm = Client(server.holder, opened.code, opened.links["helm_token"])
        await helm.come()
        await helm.to("context")
        async with asyncio.timeout(5):
            while True:
                frame = json.loads(await second.recv())
                if not frame.get("full") and frame.get("set", {}).get("step", {}).get("key") == "context":
                    break
        await helm.leave()


async def test_nothing_is_kept_for_a_seat_once_it_was_answered(server: Relayed) -> None:
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    known = len(ann.frames)
    for frame in ({"id": "z" * 5000, "do": "done"}, {"id": "", "do": "done"}, {"id": "y", "do": "nothing"}):
        await ann.say(frame)
    await ann.until(lambda: sum("refused" in frame for frame in ann.frames[known:]) == 3)
    await ann.say({"follow": [f"place:{'x' * 50}{number}" for number in range(100)]})
    await ann.asked()
    (room,) = relayed(server)
    assert [asked for asked in room._asked.values() if asked] == []
    assert {seat.visitor.looks_at for seat in room._at.values()} == {frozenset()}


async def test_a_command_before_the_first_word_is_refused(server: Relayed) -> None:
    opened = await server.open()
    (ann,) = await opened.people("Ann")
    where = f"{server.address.replace('http', 'ws')}/api/sessions/{opened.code}/live"
    async with connect(where, additional_headers={"Authorization": f"Bearer {ann.key}"}, compression=None) as early:
        await early.send(json.dumps({"id": "a", "do": "done"}))
        assert json.loads(await early.recv())["code"] == "no_first_word"
